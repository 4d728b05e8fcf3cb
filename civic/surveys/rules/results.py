"""From kept counts to what may be printed: shares, medians, means and places, with nothing that finds a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from civic.surveys.rules.conditions import Compare, Condition, comparisons
from civic.surveys.rules.counting import ALL, ANSWERED, BOROUGH, NOT_SHOWN
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire
from civic.surveys.rules.suppression import SMALLEST, Choosing, hidden_in_choices, hidden_in_whole

Counts = Mapping[str, Mapping[str, int]]
FEW, LINKED = "few", "linked"
"""Why nothing of a question is printed: too few answers; or its number of people would give away a hidden number."""

WHOLE = ("single", "yes_no", "scale", "borough")
WITH_BOROUGH = "borough_given"
"""The level of those whose borough is known: its number is the sum of the boroughs."""
MOST_BANDS = 5


@dataclass(frozen=True)
class Bar:
    """One answer, how many gave it and which share of the people that is; both None where the number is held back."""

    key: str
    n: int | None
    share: float | None


@dataclass(frozen=True)
class Finding:
    """What may be printed of one question, or of one row of a matrix (`people`: how many answered it)."""

    key: str
    people: int | None = None
    bars: tuple[Bar, ...] = ()
    rows: tuple[Finding, ...] = ()
    median: Decimal | None = None
    mean: float | None = None
    places: Mapping[str, float] = field(default_factory=dict)
    withheld: str = ""

    @property
    def holds_back(self) -> bool:
        """Whether some number in it is held back."""
        return any(bar.n is None for bar in self.bars) or any(row.holds_back for row in self.rows)

    @property
    def most(self) -> Bar | None:
        """The answer given most often, if that can be said."""
        printed = [bar for bar in self.bars if bar.n is not None]
        top = max(printed, key=lambda bar: bar.n or 0, default=None)
        held_back = (self.people or 0) - sum(bar.n or 0 for bar in printed)
        return top if top and not (self.holds_back and held_back > (top.n or 0)) else None


@dataclass(frozen=True)
class Results:
    """What may be printed of a survey."""

    responses: int | None
    levels: tuple[Bar, ...]
    boroughs: Mapping[str, int | None] | None
    findings: Mapping[str, Finding]


def results(
    questionnaire: Questionnaire,
    counts: Counts,
    *,
    responses_by_level: Mapping[str, int],
    boroughs: Sequence[str] = (),
    smallest: int = SMALLEST,
) -> Results:
    """Everything that may be printed, from the counts over all levels and the responses of each level that was possible."""
    responses = sum(responses_by_level.values())
    levels = _levels(responses_by_level, responses, smallest)
    findings: dict[str, Finding] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            if question.is_asked:
                conditions = [condition for condition in (section.show_if, question.show_if) if condition]
                maker = _Maker(question, counts, boroughs, smallest)
                findings[question.key] = maker.finding(_gives_away(conditions, questionnaire, findings, maker.shown()))
    return Results(
        responses if responses >= smallest else None,
        levels,
        _boroughs(counts.get(BOROUGH, {}), levels, boroughs, smallest),
        findings,
    )


def _levels(by_level: Mapping[str, int], responses: int, smallest: int) -> tuple[Bar, ...]:
    return _bars(by_level, hidden_in_whole(by_level, smallest), responses) if responses >= smallest else ()


def _boroughs(
    counts: Mapping[str, int], levels: tuple[Bar, ...], boroughs: Sequence[str], smallest: int
) -> Mapping[str, int | None] | None:
    """Responses by borough; nothing at all where their sum would give away a number held back among the levels."""
    known = {code: counts.get(code, 0) for code in boroughs}
    if sum(known.values()) not in [bar.n for bar in levels if bar.key == WITH_BOROUGH]:
        return None
    hidden = hidden_in_whole(known, smallest)
    return None if len(hidden) == len(known) else {code: None if code in hidden else n for code, n in known.items()}


def _bars(counts: Mapping[str, int], hidden: Iterable[str], people: int) -> tuple[Bar, ...]:
    held_back = set(hidden)
    return tuple(
        Bar(key, None, None) if key in held_back else Bar(key, n, n / people if people else 0.0)
        for key, n in counts.items()
    )


def _gives_away(
    conditions: Sequence[Condition],
    questionnaire: Questionnaire,
    findings: Mapping[str, Finding],
    shown: tuple[int, int],
) -> bool:
    """Whether the number of people who were asked would tell a number held back in an earlier question."""
    named = [compare for condition in conditions for compare in comparisons(condition)]
    alone = len(conditions) == 1 and isinstance(conditions[0], Compare)
    return any(_touches(compare, alone, questionnaire, findings, shown) for compare in named)


def _touches(
    compare: Compare, alone: bool, questionnaire: Questionnaire, findings: Mapping[str, Finding], shown: tuple[int, int]
) -> bool:
    question, finding = questionnaire.question(compare.question), findings.get(compare.question)
    if question is None or finding is None or finding.withheld:
        return True
    if compare.comparison in ("answered", "not_shown"):
        return False
    if question.kind == "matrix":
        found = next((row for row in finding.rows if row.key == compare.row), None)
        return found is None or bool(found.withheld) or _is_hidden(found, str(compare.value))
    if question.kind == "multiple" and not (alone and compare.comparison == "includes"):
        return finding.holds_back
    if question.kind in ("single", "yes_no", "borough", "multiple"):
        return _is_hidden(finding, str(compare.value))
    if question.kind in ("scale", "ranking"):
        return finding.holds_back
    return min(shown) < SMALLEST  # numbers, dates and texts: their values are not printed one by one


def _is_hidden(finding: Finding, key: str) -> bool:
    return any(bar.n is None for bar in finding.bars if bar.key == key)


class _Maker:
    """Makes the finding of one question."""

    def __init__(self, question: Question, counts: Counts, boroughs: Sequence[str], smallest: int) -> None:
        self.question, self.counts, self.boroughs, self.smallest = question, counts, boroughs, smallest
        self.own = counts.get(question.key, {})
        self.people = self.own.get(ANSWERED, 0)

    def shown(self) -> tuple[int, int]:
        """How many were asked, and how many were not."""
        everyone, hidden = self.counts.get(ALL, {}).get("", 0), self.own.get(NOT_SHOWN, 0)
        return everyone - hidden, hidden

    def finding(self, gives_away: bool) -> Finding:
        """What may be printed of the question."""
        key, kind = self.question.key, self.question.kind
        if self.people < self.smallest:
            return Finding(key, withheld=FEW)
        if gives_away:
            return Finding(key, withheld=LINKED)
        if kind == "matrix":
            return Finding(key, self.people, rows=tuple(self.row(row) for row in self.row_keys()))
        if kind == "multiple":
            return Finding(key, self.people, self.choices())
        if kind == "ranking":
            return self.ranking()
        if kind in WHOLE:
            return self.whole(key, self.cells(self.own), self.people)
        if kind == "number":
            return self.number()
        if kind == "date":
            return self.whole(key, _periods(self.own), self.people)
        return Finding(key, self.people)

    def row_keys(self) -> tuple[str, ...]:
        return self.question.row_keys

    def cells(self, kept: Mapping[str, int]) -> dict[str, int]:
        """Every possible answer with its count, also the ones that nobody gave or that only an earlier version had."""
        question = self.question
        known: tuple[str, ...] = {
            "yes_no": ("yes", "no"),
            "scale": tuple(str(point) for point in question.points),
            "borough": tuple(self.boroughs),
        }.get(question.kind, question.option_keys + ((OTHER,) if question.other else ()))
        return {key: kept.get(key, 0) for key in (*known, *_answers(kept))}

    def whole(self, key: str, cells: dict[str, int], people: int) -> Finding:
        hidden = hidden_in_whole(cells, self.smallest)
        bars = _bars(cells, hidden, people)
        if self.question.kind != "scale":
            return Finding(key, people, bars)
        values = {Decimal(point): n for point, n in cells.items()}
        if not hidden:
            return Finding(key, people, bars, median=median(values), mean=mean(values))
        return Finding(key, people, bars, median=_median_all_know(bars, people))

    def row(self, row: str) -> Finding:
        kept = self.counts.get(f"{self.question.key}.{row}", {})
        people = kept.get(ANSWERED, 0)
        return self.whole(row, self.cells(kept), people) if people >= self.smallest else Finding(row, withheld=FEW)

    def choices(self) -> tuple[Bar, ...]:
        question, cells = self.question, self.cells(self.own)
        choosing = Choosing(
            self.people,
            alone=frozenset(option.key for option in question.options if option.exclusive),
            fewest=max(1, int(question.minimum or 1)),
            most=int(question.maximum) if question.maximum is not None else None,
        )
        return _bars(cells, hidden_in_choices(cells, choosing, self.smallest), self.people)

    def ranking(self) -> Finding:
        first = self.whole(self.question.key, self.cells(self.own), self.people)
        if first.holds_back:
            return first
        places = {}
        for option in self.question.option_keys:
            given = {Decimal(place): n for place, n in self.counts.get(f"{self.question.key}.{option}", {}).items()}
            if sum(given.values()) >= self.smallest:
                places[option] = mean(given)
        return Finding(first.key, first.people, first.bars, places=places)

    def number(self) -> Finding:
        values = {Decimal(value): n for value, n in _answers(self.own).items()}
        cells = _bands(values, self.question)
        bars = _bars(cells, hidden_in_whole(cells, self.smallest), self.people)
        if any(bar.n is None for bar in bars):
            return Finding(self.question.key, self.people, bars)
        return Finding(self.question.key, self.people, bars, median=median(values), mean=mean(values))


def _answers(kept: Mapping[str, int]) -> dict[str, int]:
    return {key: n for key, n in kept.items() if not key.startswith(":")}


def median(values: Mapping[Decimal, int]) -> Decimal:
    """The value in the middle, each counted as often as it was given; halfway between the two in the middle of an even number."""
    people = sum(values.values())
    lower, upper = _at(values, (people + 1) // 2), _at(values, people // 2 + 1)
    return lower if lower == upper else (lower + upper) / 2


def _at(values: Mapping[Decimal, int], place: int) -> Decimal:
    for value in sorted(values):
        place -= values[value]
        if place <= 0:
            return value
    raise ValueError("a place beyond the last value")


def mean(values: Mapping[Decimal, int]) -> float:
    """The average, each value counted as often as it was given, to one decimal place."""
    return round(float(sum(value * n for value, n in values.items()) / sum(values.values())), 1)


def _median_all_know(bars: Sequence[Bar], people: int) -> Decimal | None:
    """The median, where it is the same wherever the people held back stand: then it tells nothing that is not printed."""
    printed = {Decimal(bar.key): bar.n for bar in bars if bar.n is not None}
    hidden = [Decimal(bar.key) for bar in bars if bar.n is None]
    held_back = people - sum(printed.values())
    at_either_end = {median(_plus(printed, end, held_back)) for end in (min(hidden), max(hidden))}
    return at_either_end.pop() if len(at_either_end) == 1 else None


def _plus(values: Mapping[Decimal, int], value: Decimal, n: int) -> dict[Decimal, int]:
    return {**values, value: values.get(value, 0) + n}


def _bands(values: Mapping[Decimal, int], question: Question) -> dict[str, int]:
    """Numbers put into bands: one a value where few are possible, else about equally many answers in each.

    A band is named by its ends, "10..20" (10 up to, not including, 20), "..10", "20.."; a single value by itself.
    """
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and high - low <= 10 and not question.decimals:
        return {str(n): values.get(Decimal(n), 0) for n in range(int(low), int(high) + 1)}
    if len(values) <= MOST_BANDS:
        return {f"{value:f}": values[value] for value in sorted(values)}
    people = sum(values.values())
    edges = sorted({_plain(_at(values, people * part // MOST_BANDS + 1)) for part in range(1, MOST_BANDS)})
    edges = [edge for edge in edges if min(values) < edge]
    ends = [(None, edges[0]), *pairwise(edges), (edges[-1], None)] if edges else [(None, None)]
    return {
        f"{'' if low is None else f'{low:f}'}..{'' if high is None else f'{high:f}'}": sum(
            n for value, n in values.items() if (low is None or value >= low) and (high is None or value < high)
        )
        for low, high in ends
    }


def _plain(value: Decimal) -> Decimal:
    """An edge that is easy to read: two digits at most."""
    return value if value == 0 else Decimal(f"{round(value, 1 - value.adjusted()):f}")


def _periods(kept: Mapping[str, int]) -> dict[str, int]:
    """Dates by month ("2026-03"), or by year where the months are many."""
    months = _answers(kept)
    if len(months) <= 12:
        return {month: months[month] for month in sorted(months)}
    years: dict[str, int] = {}
    for month in sorted(months):
        years[month[:4]] = years.get(month[:4], 0) + months[month]
    return years

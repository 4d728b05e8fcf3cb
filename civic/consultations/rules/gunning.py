"""What stands between a draft and a fair consultation: what blocks it, and what needs a reason that everybody can read.

The four principles of R v Brent ex p Gunning (1985), confirmed in Coughlan (2001) and endorsed by the Supreme Court (2014):
a formative stage, sufficient reasons, adequate time, conscientious consideration. "CO" stands for the Cabinet Office's
Consultation Principles (2018).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from civic.consultations.rules.dates import days_open, last_day
from civic.core.clock import london_today

Period = tuple[date, date]

LEAST_DAYS_TO_CONSIDER = 14
"""Less between closing and decision needs a reason: nobody believes that it was all read."""


@dataclass(frozen=True)
class Holds:
    """An activity as far as the rules look at it."""

    name: str
    is_public: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What the rules look at."""

    can_change: str = ""
    background: str = ""
    decision_maker: str = ""
    has_officer: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    decision_on: date | None = None
    equality_note: str = ""
    language: str = "en"
    documents: frozenset[tuple[str, str]] = frozenset()  # (kind, language)
    activities: tuple[Holds, ...] = ()
    least_days: int = 42
    quiet: tuple[Period, ...] = ()  # pre-election periods
    decided_already: bool = False


@dataclass(frozen=True)
class Point:
    """One thing the rules found: its code, whether it blocks, and the principle it comes from."""

    code: str
    blocks: bool
    source: str


@dataclass
class _Found:
    points: list[Point] = field(default_factory=list)

    def block(self, code: str, source: str, where: bool) -> None:
        if where:
            self.points.append(Point(code, True, source))

    def warn(self, code: str, source: str, where: bool) -> None:
        if where:
            self.points.append(Point(code, False, source))


def points(facts: Facts, now: datetime) -> list[Point]:
    """Everything that stands in the way, blocks first."""
    found = _Found()
    _formative(found, facts)
    _reasons(found, facts)
    _time(found, facts, now)
    _consideration(found, facts)
    return sorted(found.points, key=lambda point: not point.blocks)


def blocks(found: Iterable[Point]) -> list[str]:
    """The codes that no reason talks away."""
    return [point.code for point in found if point.blocks]


def warnings(found: Iterable[Point]) -> list[str]:
    """The codes that need a reason."""
    return [point.code for point in found if not point.blocks]


def _formative(found: _Found, facts: Facts) -> None:
    found.block("no_can_change", "gunning_1", not facts.can_change.strip())
    found.block("decided_already", "gunning_1", facts.decided_already)
    ends = facts.closes_at
    found.warn(
        "decided_before_closing", "gunning_1",
        ends is not None and facts.decision_on is not None and facts.decision_on <= last_day(ends),
    )  # fmt: skip


def _reasons(found: _Found, facts: Facts) -> None:
    found.block("no_background", "gunning_2", not facts.background.strip())
    kinds = {kind for kind, _language in facts.documents}
    found.block("no_equality", "equality_act", not facts.equality_note.strip() and "equality" not in kinds)
    found.warn("no_documents", "gunning_2", not kinds)
    languages = {facts.language} | {language for _kind, language in facts.documents}
    found.warn("one_language", "co_f", len(languages) == 1)


def _time(found: _Found, facts: Facts, now: datetime) -> None:
    opens, closes = facts.opens_at, facts.closes_at
    found.block("no_opening_date", "gunning_3", opens is None)
    found.block("no_closing_date", "gunning_3", closes is None)
    found.block("closes_in_the_past", "gunning_3", closes is not None and closes <= now)
    if opens is None or closes is None:
        return
    found.block("closes_before_opening", "gunning_3", closes <= opens)
    if closes <= opens:
        return
    opens = max(opens, now)
    first, last = london_today(opens), last_day(closes)
    if closes > now:
        found.warn("short_run", "gunning_3", days_open(opens, closes) < facts.least_days)
    found.warn("august", "gunning_3", meets_august(first, last))
    found.warn("christmas", "gunning_3", meets_christmas(first, last))
    found.warn("pre_election", "co_pre_election", any(meets((first, last), period) for period in facts.quiet))


def _consideration(found: _Found, facts: Facts) -> None:
    found.block("no_decision_maker", "gunning_4", not facts.decision_maker.strip())
    found.block("no_officer", "gunning_4", not facts.has_officer)
    found.block("no_activity", "co_d", not facts.activities)
    found.block("hidden_activity", "co_d", any(not each.is_public for each in facts.activities))
    opens, closes, decided = facts.opens_at, facts.closes_at, facts.decision_on
    if opens is None or closes is None:
        return
    found.warn("activity_shorter", "gunning_3", any(_is_shorter(each, opens, closes) for each in facts.activities))
    stays_open = (each.closes_at is not None and each.closes_at > closes for each in facts.activities)
    found.warn("activity_longer", "gunning_4", any(stays_open))
    if decided is not None and decided > last_day(closes):
        days = (decided - last_day(closes)).days
        found.warn("hurried_decision", "gunning_4", days < LEAST_DAYS_TO_CONSIDER)


def _is_shorter(activity: Holds, opens: datetime, closes: datetime) -> bool:
    begins_late = activity.opens_at is not None and activity.opens_at > opens
    ends_early = activity.closes_at is not None and activity.closes_at < closes
    return begins_late or ends_early


def meets(one: Period, other: Period) -> bool:
    """Whether two periods, their first and last days included, have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def meets_august(first: date, last: date) -> bool:
    """Whether a day of August lies in the run, when many people are away."""
    years = range(first.year, last.year + 1)
    return any(meets((first, last), (date(year, 8, 1), date(year, 8, 31))) for year in years)


def meets_christmas(first: date, last: date) -> bool:
    """Whether a day from 20 December to 3 January lies in the run."""
    years = range(first.year - 1, last.year + 1)
    christmas = ((date(year, 12, 20), date(year, 12, 20) + timedelta(days=14)) for year in years)
    return any(meets((first, last), each) for each in christmas)

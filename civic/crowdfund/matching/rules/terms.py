"""The terms of a scheme: one formula, and the funders who share one pot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

from civic.core.money import Money

MOST_PENCE_PER_POUND = 1_000
"""Ten pounds for one: with more, the backers would only be the occasion for a grant, and a grant is decided by people."""
NO_LIMIT = 10**15
"""Pence; more than any pot holds."""


@dataclass(frozen=True)
class Fixed:
    """The same sum for each campaign, once it has so many backers."""

    each: Money
    backers: int = 1

    def is_met(self, *, given_minor: int, target_minor: int, backers: int) -> bool:
        """Whether the campaign has earned the sum, with so many pence given by so many people."""
        return backers >= self.backers


@dataclass(frozen=True)
class Ratio:
    """So many pence for each pound given, rounded down gift by gift; a limit that is None does not exist."""

    pence_per_pound: int
    per_gift: Money | None = None
    per_person: Money | None = None  # all gifts of one person to one campaign
    per_person_in_scheme: Money | None = None  # all gifts of one person to all campaigns of the scheme
    per_campaign: Money | None = None


@dataclass(frozen=True)
class LumpSum:
    """A sum for a campaign of which everything here that is not None is true; counted are the gifts that the scheme sees."""

    each: Money
    percent: int | None = None  # of its target
    amount: Money | None = None
    backers: int | None = None

    def is_met(self, *, given_minor: int, target_minor: int, backers: int) -> bool:
        """Whether the campaign has earned the sum, with so many pence given by so many people."""
        return (
            (self.percent is None or given_minor * 100 >= target_minor * self.percent)
            and (self.amount is None or given_minor >= self.amount.minor)
            and (self.backers is None or backers >= self.backers)
        )


@dataclass(frozen=True)
class PerBacker:
    """A sum for each person who has given a campaign at least so much, in one gift or in several."""

    each: Money
    least: Money
    per_campaign: Money | None = None
    per_person_in_scheme: Money | None = None


Formula = Fixed | Ratio | LumpSum | PerBacker
KINDS: dict[str, type[Formula]] = {"fixed": Fixed, "ratio": Ratio, "lump_sum": LumpSum, "per_backer": PerBacker}


@dataclass(frozen=True)
class Funder:
    """Somebody who has put money into the pot."""

    id: int
    contribution: Money


@dataclass(frozen=True)
class Scheme:
    """A formula and those who pay for it, in the order in which they joined: where all else is equal, the earlier pays."""

    formula: Formula
    funders: tuple[Funder, ...]

    @property
    def pot(self) -> Money:
        """Everything that has been put in."""
        return sum((funder.contribution for funder in self.funders), Money(0))


class Numbers(NamedTuple):
    """The numbers of any formula in pence, for counting fast; a limit that it does not have is out of reach."""

    pence_per_pound: int = 0
    each: int = 0
    least: int = 0
    per_gift: int = NO_LIMIT
    per_person: int = NO_LIMIT
    per_person_in_scheme: int = NO_LIMIT
    per_campaign: int = NO_LIMIT


def numbers(formula: Formula) -> Numbers:
    """The numbers of this formula."""
    kept = {name: getattr(formula, name, None) for name in Numbers._fields}
    given = {name: value for name, value in kept.items() if value is not None}
    return Numbers(**{name: value.minor if isinstance(value, Money) else value for name, value in given.items()})


# How a formula is kept, and what makes it impossible.


def kind_of(formula: Formula) -> str:
    """ "fixed", "ratio", "lump_sum" or "per_backer"."""
    return next(kind for kind, made in KINDS.items() if isinstance(formula, made))


def kept(formula: Formula) -> dict[str, int | None]:
    """The terms as whole numbers under their names, sums in pence ("per_gift_minor"): what stands in a column."""
    values = {field.name: getattr(formula, field.name) for field in fields(formula)}
    sums = _sums(type(formula))
    return {
        f"{name}_minor" if name in sums else name: value.minor if isinstance(value, Money) else value
        for name, value in values.items()
    }


def read(kind: str, terms: Mapping[str, int | None]) -> Formula:
    """The formula of which kept() made these terms; terms that are missing are those it has by itself."""
    made = KINDS[kind]
    sums = {f"{name}_minor": name for name in _sums(made)}
    return made(
        **{
            sums.get(name, name): Money(value) if name in sums and value is not None else value
            for name, value in terms.items()
        }  # type: ignore[arg-type]
    )


def faults(formula: Formula) -> Iterator[tuple[str, str]]:
    """What makes a formula impossible: the field and a code whose words stand in words.FAULTS; "" is the whole of it."""
    for name in _sums(type(formula)):
        value = getattr(formula, name)
        if value is not None and value <= Money(0):
            yield name, "nothing"
    if isinstance(formula, Ratio) and not 1 <= formula.pence_per_pound <= MOST_PENCE_PER_POUND:
        yield "pence_per_pound", "rate"
    if isinstance(formula, LumpSum):
        yield from _faults_of_conditions(formula)
    if isinstance(formula, Fixed) and formula.backers < 1:
        yield "backers", "backers"
    yield from _faults_of_limits(formula)


_NESTED = (
    ("per_gift", "per_person"),
    ("per_gift", "per_person_in_scheme"),
    ("per_gift", "per_campaign"),
    ("per_person", "per_person_in_scheme"),
    ("per_person", "per_campaign"),
    ("each", "per_campaign"),
    ("each", "per_person_in_scheme"),
)
"""The first of each pair could never be given in full if it were more than the second."""


def _faults_of_conditions(formula: LumpSum) -> Iterator[tuple[str, str]]:
    if formula.percent is None and formula.amount is None and formula.backers is None:
        yield "", "condition"
    if formula.percent is not None and not 1 <= formula.percent <= 100:
        yield "percent", "percent"
    if formula.backers is not None and formula.backers < 1:
        yield "backers", "backers"


def _faults_of_limits(formula: Formula) -> Iterator[tuple[str, str]]:
    seen = numbers(formula)
    known = {name for name in _sums(type(formula)) if getattr(formula, name) is not None}
    for inner, outer in _NESTED:
        if {inner, outer} <= known and getattr(seen, inner) > getattr(seen, outer):
            yield inner, "out_of_reach"


def _sums(made: type[Formula]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(made) if field.type in (Money, Money | None))

"""Minimal financial assistance: Subsidy Control Act 2022, sections 36 and 37 (legislation.gov.uk/ukpga/2022/23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from civic.core.money import Money

CEILING = Money(315_000_00)
"""Section 36(1): so much minimal or SPEI financial assistance an enterprise may be given within the applicable period."""
KEPT_YEARS = 3
"""Section 37(7): so many years, from the day it was given, the enterprise keeps its record."""


@dataclass(frozen=True)
class Aid:
    """Assistance of this kind that an enterprise was given: on which day, how much (gross)."""

    given_on: date
    amount: Money


def year_begins(day: date) -> date:
    """The 1 April on which the financial year of a day begins."""
    return date(day.year if (day.month, day.day) >= (4, 1) else day.year - 1, 4, 1)


def period_begins(day: date) -> date:
    """Section 36(2): the elapsed part of the financial year of that day and the two whole years before it."""
    begins = year_begins(day)
    return begins.replace(year=begins.year - 2)


def counts(aid: Aid, on: date) -> bool:
    """Whether it falls into the applicable period of something that is given on this day."""
    return period_begins(on) <= aid.given_on <= on


def total(aids: Iterable[Aid], on: date) -> Money:
    """What counts of all that was given before."""
    return sum((aid.amount for aid in aids if counts(aid, on)), Money(0))


@dataclass(frozen=True)
class Check:
    """The sum that the law asks for: what counts, what is to be given, and whether both stay within the ceiling."""

    on: date
    since: date
    earlier: Money
    gross: Money

    @property
    def together(self) -> Money:
        """What would have been given within the period."""
        return self.earlier + self.gross

    @property
    def left(self) -> Money:
        """What may be given beside it; less than nothing: by so much it is too much."""
        return CEILING - self.together

    @property
    def fits(self) -> bool:
        """Exactly the ceiling is within it."""
        return self.together <= CEILING


def check(aids: Iterable[Aid], gross: Money, on: date) -> Check:
    """Whether so much may be given on this day beside what was given before."""
    return Check(on, period_begins(on), total(aids, on), gross)


def keep_until(given_on: date, years: int = KEPT_YEARS) -> date:
    """The last day on which the record must be kept; a 29 February becomes the 28th."""
    try:
        return given_on.replace(year=given_on.year + years)
    except ValueError:
        return given_on.replace(year=given_on.year + years, day=28)

"""An amount of public money in its two parts: capital, which lasts, and revenue, which is used up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from civic.core.money import Money

NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Capital and revenue, each in whole pence; they never mix, because a budget for one cannot pay the other."""

    capital: Money = NOTHING
    revenue: Money = NOTHING

    @classmethod
    def of(cls, capital_minor: int, revenue_minor: int) -> Amounts:
        """From pence."""
        return cls(Money(int(capital_minor)), Money(int(revenue_minor)))

    @classmethod
    def only(cls, spending: str, amount: Money) -> Amounts:
        """All of it in one part: "capital" or "revenue"."""
        return cls(**{spending: amount})

    @property
    def total(self) -> Money:
        """Both together."""
        return self.capital + self.revenue

    @property
    def parts(self) -> Iterator[tuple[str, Money]]:
        """("capital", …) and ("revenue", …), where there is something."""
        yield from ((name, money) for name, money in (("capital", self.capital), ("revenue", self.revenue)) if money)

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.capital + other.capital, self.revenue + other.revenue)

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(self.capital - other.capital, self.revenue - other.revenue)

    def __neg__(self) -> Amounts:
        return Amounts(-self.capital, -self.revenue)

    def __bool__(self) -> bool:
        return bool(self.capital or self.revenue)

    def fits(self, most: Amounts) -> bool:
        """Whether neither part is more than there is of it."""
        return self.capital <= most.capital and self.revenue <= most.revenue

    @property
    def is_sound(self) -> bool:
        """Whether neither part is less than nothing."""
        return self.capital >= NOTHING and self.revenue >= NOTHING


NONE = Amounts()
"""No money of either kind."""


def together(amounts: Iterable[Amounts]) -> Amounts:
    """The sum of several."""
    return sum(amounts, NONE)


def pounds(minor: int) -> str:
    """Pence as pounds for a file: "20.50", "-3.00"."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"

"""Money: whole minor units (pence) with a currency; no floats, no mixing, no penny lost."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (pence for GBP); raises ValueError when currencies would mix."""

    minor: int
    currency: str = "GBP"

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("Money is a whole number of pence")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        if not isinstance(times, int):
            raise TypeError("multiply money by a whole number; use percent() or split() for shares")
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{Decimal(self.minor) / 100:.2f} {self.currency}"

    def percent(self, percent: int | Decimal) -> "Money":
        """That many hundredths of this amount, half a penny rounded away from zero."""
        share = (Decimal(self.minor) * Decimal(percent) / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return Money(int(share), self.currency)

    def split(self, weights: list[int]) -> list["Money"]:
        """Shares in proportion to `weights` by largest remainder, so that they sum to exactly this amount.

        Ties go to the earlier share. Raises ValueError when no weight is positive or one is negative.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be zero or more, and one of them positive")
        sign, whole = (-1 if self.minor < 0 else 1), abs(self.minor)
        shares = [whole * weight // total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(whole * weights[i] % total), i))
        for i in by_remainder[: whole - sum(shares)]:
            shares[i] += 1
        return [Money(sign * share, self.currency) for share in shares]

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError("money goes with money only")
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other.minor


def GBP(pounds: int | str | Decimal) -> Money:  # noqa: N802 - reads as the currency it is
    """Pounds sterling from whole pounds or a decimal text ("20.50"); raises ValueError for parts of a penny."""
    minor = Decimal(pounds) * 100
    if minor != minor.to_integral_value():
        raise ValueError("no parts of a penny")
    return Money(int(minor))

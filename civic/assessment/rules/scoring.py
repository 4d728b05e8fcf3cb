"""From scores to a result, exactly: whole numbers and fractions, rounded once at the end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

WHOLE_BPS = 10_000

Values = Mapping[int, int]
"""Scores by the number of their criterion."""


@dataclass(frozen=True)
class Mark:
    """A score and why; without a value where none was chosen yet."""

    value: int | None
    words: str = ""


def weighted(values: Mapping[int, int | Fraction], weights: Values, scale: int) -> Fraction:
    """A share of the highest possible: each score times its weight, over the top of the scale times all weights.

    Every criterion of `weights` needs a value between 0 and `scale`; raises KeyError where one is missing.
    """
    return Fraction(sum(weights[each] * values[each] for each in weights)) / (scale * sum(weights.values()))


def bps(share: Fraction) -> int:
    """A share in hundredths of a percent, half of one rounded away from nothing: 2/3 is 6667, or 66.67%."""
    sign = -1 if share < 0 else 1
    return sign * int(abs(share) * WHOLE_BPS + Fraction(1, 2))


def mean(values: Collection[int]) -> Fraction:
    """The mean, exactly; raises ZeroDivisionError for none."""
    return Fraction(sum(values), len(values))


def item_result(given: Sequence[Values], weights: Values, scale: int, agreed: Values | None = None) -> Fraction:
    """The result of an item: for each criterion what was agreed, or else the mean of what the assessors gave.

    Where nothing was agreed that is the mean of the assessors' own results.
    """
    agreed = agreed or {}
    values = {
        each: Fraction(agreed[each]) if each in agreed else mean([one[each] for one in given]) for each in weights
    }
    return weighted(values, weights, scale)


def spread(results: Collection[int]) -> int:
    """How far the assessors' results are apart, in hundredths of a percent, as anybody can work out from what is shown."""
    return max(results) - min(results)


def needs_talk(spread_bps: int, gap: int) -> bool:
    """Whether assessors are `gap` of 100 points or more apart, so that a meeting has to talk about the item."""
    return spread_bps >= gap * 100


def needs_reason(agreed: int, given: Collection[int]) -> bool:
    """Whether an agreed score must say why: always, but where it is what every assessor gave."""
    return set(given) != {agreed}


def two_places(value: Fraction) -> Decimal:
    """A mean as it is shown, with two decimals, half rounded up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

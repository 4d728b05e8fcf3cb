"""How assessors compare on the same items: who gives more than others, and whether that changed on the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from civic.assessment.rules.scoring import bps

FEW = 5
"""Fewer items than this say little about a person."""


@dataclass(frozen=True)
class Given:
    """One assessor's result for one item, as a share of the highest possible, and when it was sent."""

    item: int
    user: int
    share: Fraction
    at: datetime


@dataclass(frozen=True)
class Tendency:
    """How one assessor compares with those who judged the same items, in hundredths of a percent of the highest possible.

    `lean` is the mean difference over `n` items; `first` and `second` are the same for the earlier and the later half of them
    (of an odd number the earlier half is the larger), and none where there is only one item.
    """

    user: int
    n: int
    lean: int
    first: int | None
    second: int | None

    @property
    def drift(self) -> int | None:
        """How much more they give in the second half than in the first; below nothing where they became stricter."""
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def is_few(self) -> bool:
        """Whether there are too few items to say much."""
        return self.n < FEW


def tendencies(given: Iterable[Given]) -> list[Tendency]:
    """Every assessor who shared an item with somebody, who gives least first."""
    by_item: dict[int, list[Given]] = defaultdict(list)
    for each in given:
        by_item[each.item].append(each)
    apart: dict[int, list[tuple[datetime, int, Fraction]]] = defaultdict(list)
    for item, together in by_item.items():
        for one in together:
            others = [each.share for each in together if each.user != one.user]
            if others:
                apart[one.user].append((one.at, item, one.share - sum(others, Fraction(0)) / len(others)))
    found = [_tendency(user, [difference for _, _, difference in sorted(rows)]) for user, rows in apart.items()]
    return sorted(found, key=lambda each: (each.lean, each.user))


def _tendency(user: int, differences: list[Fraction]) -> Tendency:
    half = (len(differences) + 1) // 2
    both = len(differences) > 1
    return Tendency(
        user,
        len(differences),
        _mean(differences),
        _mean(differences[:half]) if both else None,
        _mean(differences[half:]) if both else None,
    )


def _mean(differences: list[Fraction]) -> int:
    return bps(sum(differences, Fraction(0)) / len(differences))

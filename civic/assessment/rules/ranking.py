"""The ranked list, and where the money ends in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from civic.core.money import Money

Sums = tuple[Money, Money]
"""Capital and revenue."""
NOTHING: Sums = (Money(0), Money(0))


class Ranked(Protocol):
    """What stands in a ranked list; without a rank where there is no result (yet, or for this reader)."""

    @property
    def rank(self) -> int | None:
        """Its place, shared by equals."""
        ...

    @property
    def asked(self) -> Sums:
        """Capital and revenue asked for."""
        ...


Row = TypeVar("Row", bound=Ranked)


@dataclass(frozen=True)
class Lined(Generic[Row]):
    """A row against the money: what all rows down to it ask for, and whether it is paid for.

    `place` is "within" above the line, "fits" for one below that would by itself fit into what is left, else "beyond"; ""
    where it has no rank or no money was named. `is_line` marks the first row below the line.
    """

    row: Row
    total: Sums | None = None
    place: str = ""
    is_line: bool = False


def ranks(results: Sequence[int]) -> list[int]:
    """The place of each result in a list from high to low: equals share a place, and the next is counted behind them all."""
    places: list[int] = []
    for at, result in enumerate(results):
        places.append(places[-1] if at and results[at - 1] == result else at + 1)
    return places


def against(rows: Iterable[Row], left: Sums | None) -> list[Lined[Row]]:
    """The list with its running totals and the line where the money `left` ends.

    The line stands above the first place that does not fit, whatever comes below; who shares a place stands on one side of
    it together, for their titles decide nothing.
    """
    lined: list[Lined[Row]] = []
    total, spent, is_over = NOTHING, NOTHING, False
    for rank, group in groupby(rows, key=lambda row: row.rank):
        equals = list(group)
        if rank is None:
            lined += [Lined(row) for row in equals]
            continue
        wanted = _sum(NOTHING, *(row.asked for row in equals))
        starts = left is not None and not is_over and not _fits(_sum(spent, wanted), left)
        is_over = is_over or starts
        spent = spent if is_over else _sum(spent, wanted)
        for at, row in enumerate(equals):
            total = _sum(total, row.asked)
            lined.append(Lined(row, total, _place(row, spent, left, is_over), starts and at == 0))
    return lined


def _place(row: Ranked, spent: Sums, left: Sums | None, is_over: bool) -> str:
    if left is None:
        return ""
    if not is_over:
        return "within"
    return "fits" if _fits(_sum(spent, row.asked), left) else "beyond"


def _fits(sums: Sums, left: Sums) -> bool:
    return sums[0] <= left[0] and sums[1] <= left[1]


def _sum(*sums: Sums) -> Sums:
    return sum((each for each, _ in sums), Money(0)), sum((each for _, each in sums), Money(0))


def money_over(lined: Sequence[Lined[Any]], left: Sums) -> Sums:
    """What is not spent once everything above the line is paid."""
    within = [each.row.asked for each in lined if each.place == "within"]
    capital, revenue = _sum(NOTHING, *within)
    return left[0] - capital, left[1] - revenue

"""What may be printed of a table so that nobody can be found in it.

A number under 10 is never printed. That alone is not enough: from "100 people, 93 yes" anybody works out the other 7.
So more numbers are held back until what is left allows many values for each of them, even to a reader who knows this
very procedure. Two kinds of table are known here:

* shares of a whole: each person stands in exactly one cell, and the total is printed (single choice, scale, borough);
* choices: each person may stand in several cells, and the number of people is printed (multiple choice).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

SMALLEST = 10
"""The smallest number that is ever printed."""

SPREAD = 5
"""A number held back must be able to be at least this many different numbers."""


def hidden_in_whole(counts: Mapping[str, int], smallest: int = SMALLEST, spread: int = SPREAD) -> frozenset[str]:
    """The cells to hold back in a table whose cells add up to a printed total."""
    hidden = [key for key, n in counts.items() if n < smallest]
    if not hidden:
        return frozenset()
    reader = _Reader(len(hidden), smallest, spread)
    total = sum(counts[key] for key in hidden)
    large = sorted((key for key in counts if counts[key] >= smallest), key=lambda key: counts[key])
    for added, key in enumerate([*large]):
        if added > _MOST_ADDED:
            return frozenset(counts)
        if len(reader.values(added, total, counts[key])) >= spread:
            break
        hidden.append(key)
        total += counts[key]
    return frozenset(hidden)


_MOST_ADDED = 2
"""Where this many more cells do not hide the small ones, the whole table is held back."""


@dataclass(frozen=True)
class _Reader:
    """A reader who knows this procedure and which of the cells held back are the `small` ones, but not their numbers."""

    small: int
    smallest: int
    spread: int

    def values(self, added: int, total: int, printed: int) -> set[int]:
        """What one small cell may be once `added` cells were added to the small ones, all these make `total`, and
        `printed` is the smallest number still to be seen.

        Cells are added from the smallest up, and only where those before did not hide the small ones well enough.
        """
        if not added:
            return set(_values(total, self.small, self.smallest - 1))
        found: set[int] = set()
        for last in self._last_added(added, total, printed):
            before = self.values(added - 1, total - last, last)
            if len(before) < self.spread:
                found |= before
        return found

    def _last_added(self, added: int, total: int, printed: int) -> Iterable[int]:
        """The sizes of the last cell added that can leave the ones before it in need of another."""
        most_small = self.small * (self.smallest - 1)
        if added == 1:
            return range(max(self.smallest, total - most_small), min(printed, total) + 1)
        near = most_small + 2 * self.smallest
        first_is_tiny = range(total - self.smallest - near, total + 1)
        both_are_alike = range((total - near) // 2, (total + near) // 2 + 1)
        return (n for n in {*first_is_tiny, *both_are_alike} if self.smallest <= n <= printed)


def _values(total: int, cells: int, top: int) -> range:
    """The values of one of `cells` numbers from 0 to `top` that add up to `total`."""
    return range(max(0, total - (cells - 1) * top), min(total, top) + 1)


@dataclass(frozen=True)
class Choosing:
    """The rules of a multiple choice: how many people chose, what stands alone, and the fewest and most one may choose."""

    people: int
    alone: frozenset[str] = frozenset()
    fewest: int = 1
    most: int | None = None


def hidden_in_choices(
    counts: Mapping[str, int], choosing: Choosing, smallest: int = SMALLEST, spread: int = SPREAD
) -> frozenset[str]:
    """The cells to hold back in a multiple choice whose number of people is printed."""
    hidden = {key for key, n in counts.items() if n < smallest}
    small = frozenset(hidden)
    if hidden and _everybody_is_needed(counts, choosing, smallest, spread):
        return frozenset(counts)
    large = sorted((key for key in counts if counts[key] >= smallest), key=lambda key: counts[key])
    while hidden and large and not _all_open(counts, hidden, small, choosing, smallest, spread):
        hidden.add(large.pop(0))
    return frozenset(hidden)


def _everybody_is_needed(counts: Collection[str], choosing: Choosing, smallest: int, spread: int) -> bool:
    """Whether there are so many people for so few options that, were every number small, each would have to be the
    largest small one."""
    places = sum(choosing.fewest if key in choosing.alone else 1 for key in counts)
    slack = places * (smallest - 1) - choosing.fewest * choosing.people
    return 0 <= slack < (spread - 1) * max(choosing.fewest, 1)


def _all_open(
    counts: Mapping[str, int],
    hidden: Collection[str],
    small: Collection[str],
    choosing: Choosing,
    smallest: int,
    spread: int,
) -> bool:
    ranges = _ranges(counts, hidden, small, choosing, smallest)
    return all(ranges[key][1] - ranges[key][0] + 1 >= spread for key in hidden)


def _ranges(
    counts: Mapping[str, int], hidden: Collection[str], small: Collection[str], choosing: Choosing, smallest: int
) -> dict[str, tuple[int, int]]:
    """The lowest and highest number a reader has to allow for each cell, from all that links it to the printed ones.

    With P people, those who chose something alone (A) and the others (P - A), each of whom made `fewest` to `most` choices:
    fewest * (P - A) <= all other choices <= most * (P - A), and none of them was chosen by more than P - A people.
    """
    ranges = {key: (n, n) for key, n in counts.items()}
    printed = [n for key, n in counts.items() if key not in hidden]
    for key in hidden:
        ranges[key] = (0, smallest - 1) if key in small else (smallest, min([choosing.people, *printed]))
    shared = [key for key in counts if key not in choosing.alone]
    alone = [key for key in counts if key in choosing.alone]
    most = choosing.most or max(len(shared), 1)
    rules: list[tuple[dict[str, int], int]] = [  # weights and the most their sum may be
        (dict.fromkeys(shared, 1) | dict.fromkeys(alone, most), most * choosing.people),
        (dict.fromkeys(shared, -1) | dict.fromkeys(alone, -choosing.fewest), -choosing.fewest * choosing.people),
        *(({key: 1} | dict.fromkeys(alone, 1), choosing.people) for key in shared),
    ]
    for _ in range(8):
        before = dict(ranges)
        for weights, limit in rules:
            _tighten(ranges, weights, limit)
        if ranges == before:
            break
    return ranges


def _tighten(ranges: dict[str, tuple[int, int]], weights: Mapping[str, int], limit: int) -> None:
    least = sum(weight * ranges[key][0 if weight > 0 else 1] for key, weight in weights.items())
    for key, weight in weights.items():
        low, high = ranges[key]
        room = limit - (least - weight * (low if weight > 0 else high))
        if weight > 0:
            high = min(high, room // weight)
        else:
            low = max(low, -(room // -weight))
        if low > high:  # only when the counts contradict each other; print nothing more precise than before
            continue
        least += weight * ((low if weight > 0 else high) - (ranges[key][0] if weight > 0 else ranges[key][1]))
        ranges[key] = (low, high)

"""What may be printed of a table so that nobody can be found in it.

A number under 10 is never printed. That alone is not enough: from "100 people, 93 yes" anybody works out the other 7.
So more numbers are held back until what is left allows many values for each of them, even to a reader who knows this
very procedure. Two kinds of table are known here:

* shares of a whole: each person stands in exactly one cell, and the total is printed (single choice, scale, borough);
* choices: each person may stand in several cells, and the number of people is printed (multiple choice).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SMALLEST = 10
"""The smallest number that is ever printed."""

SPREAD = 5
"""A number held back must be able to be at least this many different numbers."""


def hidden_in_whole(counts: Mapping[str, int], smallest: int = SMALLEST, spread: int = SPREAD) -> frozenset[str]:
    """The cells to hold back in a table whose cells add up to a printed total."""
    small = [key for key, n in counts.items() if n < smallest]
    if not small:
        return frozenset()
    hidden, held_back, added = list(small), sum(counts[key] for key in small), 0
    large = sorted((key for key in counts if counts[key] >= smallest), key=lambda key: counts[key])
    while large:
        if _values_of_a_small_cell(len(small), added, held_back, counts[large[0]], smallest, spread) >= spread:
            break
        key = large.pop(0)
        hidden.append(key)
        held_back, added = held_back + counts[key], added + 1
    return frozenset(hidden)


def _values_of_a_small_cell(small: int, added: int, held_back: int, printed: int, smallest: int, spread: int) -> int:
    """How many values a reader has to allow for a small cell, knowing this procedure, how many cells are small, how many
    were added to them, what all of these add up to, and the smallest number that is still `printed`."""
    top = smallest - 1
    if not added:
        return len(_values(held_back, small, top))
    # Cells are added from the smallest up, so each of them lies between `smallest` and `printed`; and none would have
    # been added had the small ones hidden each other well enough.
    sums = range(max(0, held_back - added * printed), min(small * top, held_back - added * smallest) + 1)
    needy = [total for total in sums if len(_values(total, small, top)) < spread]
    return len({value for total in needy for value in _values(total, small, top)})


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
    large = sorted((key for key in counts if counts[key] >= smallest), key=lambda key: counts[key])
    while hidden and large and not _all_open(counts, hidden, small, choosing, smallest, spread):
        hidden.add(large.pop(0))
    return frozenset(hidden)


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

"""Groups that stand out: rings (A gives to B, B to C, C back to A), and many things within a short time."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

LONGEST = 4
"""In a longer ring nobody knows any more that they are in one."""
Ring = tuple[int, ...]
Item = TypeVar("Item")


def rings(arrows: Iterable[tuple[int, int]]) -> Iterator[Ring]:
    """The rings of two, three and four in these arrows, each once, from its lowest number on, shortest first.

    A ring that holds a shorter one says nothing more, and is left out; else four friends would make dozens.
    """
    there = {(start, end) for start, end in arrows if start != end}
    yield from sorted((start, end) for start, end in there if start < end and (end, start) in there)
    nexts: dict[int, list[int]] = {}
    for start, end in sorted(there):
        if (end, start) not in there:
            nexts.setdefault(start, []).append(end)
    for length in range(3, LONGEST + 1):
        for first in sorted(nexts):
            yield from _closed(nexts, there, (first,), length)


def clusters(
    moments: Iterable[tuple[datetime, Item]], least: int, span: timedelta
) -> list[list[tuple[datetime, Item]]]:
    """Groups in which at least so many fall within a span; groups that overlap are one."""
    order = sorted(moments, key=lambda each: each[0])
    groups: list[tuple[int, int]] = []
    end = 0
    for start, (moment, _) in enumerate(order):
        while end < len(order) and order[end][0] - moment <= span:
            end += 1
        if end - start >= least:
            overlaps = bool(groups) and start < groups[-1][1]
            groups = [*groups[:-1], (groups[-1][0], end)] if overlaps else [*groups, (start, end)]
    return [order[start:end] for start, end in groups]


def _closed(nexts: dict[int, list[int]], there: set[tuple[int, int]], path: Ring, length: int) -> Iterator[Ring]:
    if len(path) == length:
        if path[0] in nexts.get(path[-1], ()) and not _has_short_cut(there, path):
            yield path
        return
    for each in nexts.get(path[-1], ()):
        if each > path[0] and each not in path:
            yield from _closed(nexts, there, (*path, each), length)


def _has_short_cut(there: set[tuple[int, int]], ring: Ring) -> bool:
    """Whether two that do not stand next to each other in the ring are joined by an arrow, whichever way it points."""
    places = range(len(ring))
    apart = ((a, b) for a in places for b in places if (b - a) % len(ring) not in (0, 1, len(ring) - 1))
    return any((ring[a], ring[b]) in there for a, b in apart)

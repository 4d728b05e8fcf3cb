"""Who judges what: shared out so that nobody has more than others, and always in the same way from the same facts."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

Pair = tuple[int, int]
"""An item and an assessor."""


@dataclass(frozen=True)
class Open:
    """An item that lacks assessors: how many, and who may not judge it (or does already)."""

    id: int
    needs: int
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Shared:
    """What sharing out comes to: the new pairs, how many each assessor then has, and the items that still lack somebody."""

    pairs: list[Pair]
    loads: dict[int, int]
    unfilled: list[int] = field(default_factory=list)


def balanced(panel: int, items: Iterable[Open], loads: Mapping[int, int]) -> Shared:
    """Share items out among the assessors of `loads` (how many each has already): every item gets all it needs, or all there are.

    Nobody ends with two or more above somebody to whom one of their new items could go, by however many hands; so, where
    nobody is excluded and all begin alike, loads differ by at most one. Ties are decided by a hash of the numbers alone.
    """
    wanted = sorted(
        items, key=lambda each: (len(set(loads) - each.excluded) - each.needs, _chance(panel, each.id), each.id)
    )
    after, on = dict(sorted(loads.items())), {}
    for item in wanted:
        may = [each for each in after if each not in item.excluded]
        may.sort(key=lambda who, item=item: (after[who], _chance(panel, item.id, who), who))  # type: ignore[misc]
        on[item.id] = set(may[: item.needs])
        for who in on[item.id]:
            after[who] += 1
    _even_out(panel, {each.id: each for each in wanted}, on, after)
    lacking = sorted(each.id for each in wanted if len(on[each.id]) < each.needs)
    return Shared(sorted((item, who) for item, people in on.items() for who in people), after, lacking)


def _even_out(panel: int, items: Mapping[int, Open], on: dict[int, set[int]], loads: dict[int, int]) -> None:
    """Hand items on, from whoever has most to whoever has least, while that brings two people nearer to each other."""
    while hands := _way_down(panel, items, on, loads):
        for giver, item, taker in hands:
            on[item].remove(giver)
            on[item].add(taker)
        loads[hands[0][0]] -= 1
        loads[hands[-1][2]] += 1


def _way_down(
    panel: int, items: Mapping[int, Open], on: Mapping[int, set[int]], loads: Mapping[int, int]
) -> list[tuple[int, int, int]]:
    """The shortest way by which an item's worth of work can go from one person to another who has two or more less."""
    lowest = min(loads.values(), default=0)
    heavy = {who for people in on.values() for who in people if loads[who] >= lowest + 2}
    for start in sorted(heavy, key=lambda who: (-loads[who], who)):
        came: dict[int, tuple[int, int]] = {}
        queue, seen = deque([start]), {start}
        while queue:
            giver = queue.popleft()
            for item, taker in _may_give(panel, giver, items, on, loads):
                if taker in seen:
                    continue
                seen.add(taker)
                came[taker] = (giver, item)
                if loads[taker] <= loads[start] - 2:
                    return _hands(came, start, taker)
                queue.append(taker)
    return []


def _may_give(
    panel: int, giver: int, items: Mapping[int, Open], on: Mapping[int, set[int]], loads: Mapping[int, int]
) -> list[Pair]:
    """What somebody could hand to whom, those with least first."""
    mine = [item for item, people in on.items() if giver in people]
    pairs = [(item, who) for item in mine for who in loads if who not in on[item] and who not in items[item].excluded]
    return sorted(pairs, key=lambda pair: (loads[pair[1]], _chance(panel, *pair), pair))


def _hands(came: Mapping[int, tuple[int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    hands = []
    while end != start:
        giver, item = came[end]
        hands.append((giver, item, end))
        end = giver
    return hands[::-1]


def _chance(*numbers: int) -> bytes:
    return blake2b(":".join(map(str, numbers)).encode(), digest_size=8).digest()

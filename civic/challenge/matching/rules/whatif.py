"""What would happen if: other numbers of places, a challenge closed, a startup gone; and what would then be different."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from civic.challenge.matching.rules.stable import Market, match, without


@dataclass(frozen=True)
class Change:
    """What is thought of as different."""

    places: Mapping[str, int] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.places or self.closed or self.gone)


@dataclass(frozen=True)
class Moved:
    """A startup with another challenge than before; `is_better` by its own list, None where it is gone."""

    startup: str
    before: str | None
    after: str | None
    is_better: bool | None


def changed(market: Market, change: Change) -> Market:
    """The market as it would be; a closed challenge has no places."""
    known = set(market.challenges)
    places = dict(market.places) | {name: n for name, n in change.places.items() if name in known}
    places |= dict.fromkeys(change.closed & known, 0)
    return without(Market(market.startups, market.challenges, places, market.minimums), change.gone)


def compared(market: Market, change: Change) -> tuple[dict[str, str | None], list[Moved]]:
    """The match as it would be, and every startup to whom something else would happen."""
    before, after = match(market), match(changed(market, change))
    return after, moves(market, before, after, change.gone)


def moves(
    market: Market, before: Mapping[str, str | None], after: Mapping[str, str | None], gone: Iterable[str] = ()
) -> list[Moved]:
    """Who has another challenge than before."""
    away = set(gone)
    return [
        Moved(each, before[each], after.get(each), None if each in away else _is_better(market, each, before, after))
        for each in sorted(market.startups)
        if each in away or before[each] != after.get(each)
    ]


def _is_better(market: Market, startup: str, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> bool:
    ranks = list(market.startups[startup])
    was, now = before[startup], after.get(startup)
    return now in ranks and (was not in ranks or ranks.index(now) < ranks.index(was))

"""Things about gifts that a person should look at before money moves. Nothing here judges anybody, and nothing follows by itself.

A signal is listed only where it made a difference: its `effect` is what less would be matched if what it hints at were so. A family
that shares a card, two organisers who wish each other well with a tenner, a newsletter that brings four neighbours in an evening:
where the match would be the same, nobody is bothered. No marks are given and none are added up.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.groups import clusters, rings
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, Ratio, Scheme
from civic.crowdfund.matching.rules.traces import Organisers, Seen, Trace, grouped, ids, sum_of

NEW_FOR = timedelta(hours=48)
"""An account that gives within so long of being made is called new: most people sign up because they want to give."""
COHORT = 5
"""So many new accounts for one campaign are looked at: a household is smaller."""
COHORT_SPAN = timedelta(hours=24)
"""They were made within so long of each other: somebody who makes people up does it in one day."""
SPLIT = 5
"""So many gifts of the size that is matched in full: two or three are chance, because people like round sums."""
SPLIT_SPAN = timedelta(hours=1)
"""They came within so long of each other: somebody is sitting there, typing."""
SPLIT_PERCENT = 95
"""A gift is just at the limit from so many percent of the size that is matched in full, and not above it."""
RING_LEAST = GBP(20)
"""What organisers give to each other's campaigns is looked at from here on: less is neighbourly and buys little."""
RUSH = 3
"""So many gifts must have carried a campaign over its threshold: one or two new neighbours are how campaigns grow."""
RUSH_SPAN = timedelta(hours=24)
"""They came within so long before the threshold was passed: in the last stretch it is known how much is missing."""

KINDS = ("circle", "own", "card", "cohort", "split", "rush")


@dataclass(frozen=True)
class Signal:
    """Something to look at: where it was seen, in which gifts, what can be told of it, and what depends on it."""

    kind: str
    key: str  # the same each night while its first gift stands, so that it is decided on once
    campaigns: tuple[int, ...]
    gifts: tuple[int, ...]
    effect: Money  # what less would be matched if it were so; never more than the gifts were matched with
    facts: Mapping[str, Any] = field(default_factory=dict)  # numbers, sums and moments: no names, addresses or cards


def signals(
    scheme: Scheme, traces: Iterable[Trace], targets: Mapping[int, Money], organisers: Mapping[int, Organisers]
) -> list[Signal]:
    """Everything to look at in a scheme's gifts, what most depends on first."""
    seen = Seen(scheme, [trace for trace in traces if not trace.gift.is_excluded], targets, organisers)
    found = [signal for look in _LOOKS for signal in look(seen)]
    return sorted((signal for signal in found if signal.effect), key=lambda signal: (-signal.effect.minor, signal.key))


def _circles(seen: Seen) -> Iterator[Signal]:
    """Organisers of A give to B, and those of B to A; or round a ring of up to four campaigns."""
    given: dict[tuple[int, int], list[Trace]] = {}
    for trace in seen.traces:
        for start in seen.runs(trace):
            if _are_apart(seen, start, trace.gift.campaign):
                given.setdefault((start, trace.gift.campaign), []).append(trace)
    for ring in rings(arrow for arrow, traces in given.items() if sum_of(traces) >= RING_LEAST):
        traces = [trace for arrow in zip(ring, (*ring[1:], ring[0]), strict=True) for trace in given[arrow]]
        facts = {"campaigns": len(ring), "given": sum_of(traces), "gifts": len(ids(traces))}
        yield _signal(seen, "circle", traces, seen.without(ring, traces), facts, ring, key=ring)


def _are_apart(seen: Seen, one: int, other: int) -> bool:
    """Two campaigns of different organisations."""
    if other not in seen.organisers:
        return False
    return seen.organisers[one].organisation != seen.organisers[other].organisation


def _own(seen: Seen) -> Iterator[Signal]:
    """A gift to a campaign from its own organiser: with the account, the address or a card that is theirs."""
    for campaign, traces in seen.in_campaign.items():
        mine = [trace for trace in traces if seen.is_organisers(campaign, trace)]
        by_card = [trace for trace in mine if campaign not in seen.runs(trace)]
        facts = {"gifts": len(ids(mine)), "given": sum_of(mine), "by_card": len(ids(by_card))}
        if mine:
            yield _signal(seen, "own", mine, seen.without([campaign], mine), facts, [campaign], key=[campaign])


def _cards(seen: Seen) -> Iterator[Signal]:
    """One card under several names: listed where, taken as one person, they would have been matched with less."""
    for card, traces in grouped((trace for trace in seen.traces if trace.card), lambda trace: trace.card).items():
        people = {trace.gift.person for trace in traces}
        if len(people) > 1 and _names_may_matter(seen, card, traces):
            campaigns = sorted({trace.gift.campaign for trace in traces})
            facts = {"people": len(people), "gifts": len(ids(traces)), "given": sum_of(traces)}
            yield _signal(seen, "card", traces, seen.effect(campaigns, _as_one(card)), facts, campaigns)


def _as_one(card: str) -> Callable[[Trace], Gift]:
    """Whoever gave with this card is one person."""
    return lambda trace: replace(trace.gift, person=f"card {card}") if trace.card == card else trace.gift


def _names_may_matter(seen: Seen, card: str, traces: Sequence[Trace]) -> bool:
    """Whether one name instead of several makes a difference to these gifts; quick, because hundreds of couples share a card."""
    formula = seen.scheme.formula
    if isinstance(formula, (Fixed, LumpSum)):
        # Each name beyond the first is a backer less; with enough others, it does not matter.
        return any(
            seen.backers(campaign) - len({trace.gift.person for trace in mine}) + 1 < (formula.backers or 0)
            for campaign, mine in grouped(traces, lambda trace: trace.gift.campaign).items()
        )
    # Looked at by themselves, with all the room that the limits leave.
    return seen.come_to(trace.gift for trace in traces) > seen.come_to(map(_as_one(card), traces))


def _cohorts(seen: Seen) -> Iterator[Signal]:
    """Accounts made within a day of each other that gave to one campaign as soon as they were there."""
    for campaign, traces in seen.in_campaign.items():
        for group in clusters(_new_accounts(traces), COHORT, COHORT_SPAN):
            accounts = {trace.gift.person for _, trace in group}
            mine = [trace for trace in traces if trace.gift.person in accounts and _is_new(trace)]
            facts = {
                "accounts": len(accounts),
                "backers": len({trace.gift.person for trace in traces}),
                "since": group[0][0],
                "until": group[-1][0],
            }
            yield _signal(seen, "cohort", mine, seen.without([campaign], mine), facts, [campaign])


def _new_accounts(traces: Iterable[Trace]) -> list[tuple[datetime, Trace]]:
    """The first gift of each new account, with the moment at which the account was made."""
    first: dict[str, tuple[datetime, Trace]] = {}
    for trace in sorted(traces, key=lambda trace: trace.gift.place):
        if trace.account_at is not None and _is_new(trace):
            first.setdefault(trace.gift.person, (trace.account_at, trace))
    return list(first.values())


def _is_new(trace: Trace) -> bool:
    return trace.account_at is not None and timedelta(0) <= trace.gift.since - trace.account_at <= NEW_FOR


def _splits(seen: Seen) -> Iterator[Signal]:
    """Several gifts of just the size that is matched in full, from one card or from new accounts, within an hour."""
    formula = seen.scheme.formula
    if not isinstance(formula, Ratio) or formula.per_gift is None:
        return
    size = -(-formula.per_gift.minor * 100 // formula.pence_per_pound)  # the smallest that reaches the limit
    for campaign, traces in seen.in_campaign.items():
        at_limit = [trace for trace in traces if size * SPLIT_PERCENT <= trace.gift.amount.minor * 100 <= size * 100]
        for card, alike in _alike(at_limit).items():
            for group in clusters([(trace.gift.since, trace) for trace in alike], SPLIT, SPLIT_SPAN):
                mine = [trace for _, trace in group]
                facts = {"gifts": len(mine), "size": Money(size), "one_card": int(bool(card))}
                effect = seen.effect([campaign], _as_one_gift(mine))
                yield _signal(seen, "split", mine, effect, facts, [campaign])


def _alike(traces: Sequence[Trace]) -> dict[str, list[Trace]]:
    """Gifts by the card they came from; under "" those of new accounts that came from different cards."""
    by_card = grouped((trace for trace in traces if trace.card), lambda trace: trace.card)
    many = {card: alike for card, alike in by_card.items() if len(alike) >= SPLIT}
    return many | {"": [trace for trace in traces if _is_new(trace) and trace.card not in many]}


def _as_one_gift(mine: Sequence[Trace]) -> Callable[[Trace], Gift | None]:
    """All of them as one gift, where the first of them stands."""
    first, *rest = sorted(trace.gift.place for trace in mine)
    whole, gone = sum_of(mine), frozenset(rest)

    def change(trace: Trace) -> Gift | None:
        if trace.gift.place == first:
            return replace(trace.gift, amount=whole)
        return None if trace.gift.place in gone else trace.gift

    return change


def _rushes(seen: Seen) -> Iterator[Signal]:
    """A campaign that would not have earned its sum without what organisers and new accounts gave it on the last day."""
    if not isinstance(seen.scheme.formula, (Fixed, LumpSum)):
        return
    for campaign, entry in seen.sums.items():
        last = [
            trace
            for trace in seen.in_campaign[campaign]
            if entry.since - RUSH_SPAN < trace.gift.since and trace.gift.place[:2] <= (entry.since, entry.gift)
        ]
        mine = [trace for trace in last if _is_new(trace) or _is_of_organisers(seen, trace)]
        if len(ids(mine)) >= RUSH:
            new = len(ids(trace for trace in mine if _is_new(trace)))
            facts = {"gifts": len(ids(mine)), "given": sum_of(mine), "new": new, "earned_at": entry.since}
            yield _signal(seen, "rush", mine, seen.without([campaign], mine), facts, [campaign], key=[campaign])


def _is_of_organisers(seen: Seen, trace: Trace) -> bool:
    """Whether somebody who runs this or another campaign of the scheme gave."""
    return bool(seen.runs(trace)) or any(trace.card in cards for cards in seen.cards.values())


_LOOKS: tuple[Callable[[Seen], Iterator[Signal]], ...] = (_circles, _own, _cards, _cohorts, _splits, _rushes)


def _signal(
    seen: Seen,
    kind: str,
    traces: Sequence[Trace],
    effect: Money,
    facts: dict[str, Any],
    campaigns: Iterable[int],
    key: Iterable[int] = (),
) -> Signal:
    there, gifts = tuple(campaigns), tuple(sorted(ids(traces)))
    name = ":".join(str(part) for part in (kind, *(tuple(key) or (there[0], gifts[0]))))
    return Signal(kind, name, there, gifts, min(effect, seen.matched(there, gifts)), facts)

"""The whole working of a scheme: what each gift is matched with and who pays it, replayed from nothing or carried on by one gift."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from civic.core.money import Money
from civic.crowdfund.matching.rules.formulas import State, Taken
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.splitting import split
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, Scheme

Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What was given for one part of a gift, or to a campaign as its sum; with its working."""

    campaign: int
    gift: int  # of a campaign's sum: the gift with which it was earned
    part: int
    person: str  # of a campaign's sum: nobody
    since: datetime
    full: Money  # what the formula comes to before any limit
    amount: Money
    cap: str  # the reason for the difference, one of formulas.REASONS
    shares: Mapping[int, Money]  # what each funder pays of it, by its number
    is_sum: bool = False

    @property
    def key(self) -> Key:
        """What it is known by: its part of a gift, or its campaign, which has one sum at most."""
        return (self.campaign, 0, 0) if self.is_sum else (self.campaign, self.gift, self.part)


@dataclass(frozen=True)
class Working:
    """Everything that a scheme gives for the gifts of its open campaigns, in order, and where that leaves it."""

    entries: tuple[Entry, ...]
    state: State


def working(
    scheme: Scheme, gifts: Iterable[Gift], targets: Mapping[int, Money], settled: Iterable[Entry] = ()
) -> Working:
    """Match all gifts to open campaigns (those in `targets`) from nothing, in the order in which they began to stand.

    `settled` are the entries of campaigns that have closed: they stay as they are and come out of the pot first. For the
    others that changes nothing, whoever came first; and what has been decided with a campaign cannot be taken from it again.
    """
    state = State(scheme, targets)
    for entry in settled:
        count(state, entry)
    entries = [append(state, gift) for gift in sorted(gifts, key=lambda gift: gift.place)]
    return Working(tuple(entry for entry in entries if entry is not None), state)


def append(state: State, gift: Gift) -> Entry | None:
    """Match the gift that comes next and count it in `state`; None where the formula looks at campaigns and nothing is earned.

    It costs the same however many gifts came before.
    """
    assert gift.campaign in state.targets, "the campaign is not open in this scheme"
    assert state.last is None or gift.place > state.last, "a gift that does not come last needs the whole working"
    state.last = gift.place
    is_sum = isinstance(state.scheme.formula, (Fixed, LumpSum))
    if gift.is_excluded:
        return None if is_sum else _entry(state, gift, (0, 0, "excluded"), is_sum=False)
    taken = state.take(gift.campaign, gift.person, gift.amount.minor, gift.before.minor)
    return None if taken is None else _entry(state, gift, taken, is_sum=is_sum)


def count(state: State, entry: Entry) -> None:
    """Count in `state` what was given already: it comes out of the pot, and out of what is left for its person."""
    for funder, share in entry.shares.items():
        state.charged[funder] += share.minor
    state.count(entry.campaign, entry.person, entry.amount.minor)


def _entry(state: State, gift: Gift, taken: Taken, *, is_sum: bool) -> Entry:
    full, amount, cap = taken
    shares = split(amount, state.scheme.funders, state.charged)
    for funder, share in shares.items():
        state.charged[funder] += share.minor
    return Entry(
        campaign=gift.campaign,
        gift=gift.id,
        part=0 if is_sum else gift.part,
        person="" if is_sum else gift.person,
        since=gift.since,
        full=Money(full),
        amount=Money(amount),
        cap=cap,
        shares=shares,
        is_sum=is_sum,
    )

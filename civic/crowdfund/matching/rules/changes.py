"""What must change: between what stands and what is worked out afresh, and when money of a closed campaign goes back."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from civic.core.money import Money
from civic.crowdfund.matching.rules.formulas import State
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.splitting import given_back
from civic.crowdfund.matching.rules.terms import NO_LIMIT, Fixed, Funder, LumpSum, PerBacker, Scheme
from civic.crowdfund.matching.rules.working import Entry

NOTHING = Money(0)


@dataclass(frozen=True)
class Difference:
    """What must be added, changed (from what, to what) and taken away so that what stands is what was worked out."""

    added: tuple[Entry, ...]
    changed: tuple[tuple[Entry, Entry], ...]
    removed: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def campaigns(self) -> frozenset[int]:
        """The campaigns of which an entry changes in any way: those that must be held while it is written."""
        before = (entry.campaign for entry, _ in self.changed)
        return frozenset((*before, *(entry.campaign for entry in (*self.added, *self.removed))))


def difference(stored: Iterable[Entry], fresh: Iterable[Entry]) -> Difference:
    """Compare by key. Entries that give nothing count too: they are kept for the reason they give."""
    before, after = ({entry.key: entry for entry in entries} for entries in (stored, fresh))
    both = [key for key in after if key in before]
    return Difference(
        added=tuple(entry for key, entry in after.items() if key not in before),
        changed=tuple((before[key], after[key]) for key in both if before[key] != after[key]),
        removed=tuple(entry for key, entry in before.items() if key not in after),
    )


def match_of(entries: Iterable[Entry]) -> dict[tuple[int, int], Money]:
    """What each funder's money comes to in each campaign, by campaign and funder; those that pay nothing are left out."""
    sums: dict[tuple[int, int], Money] = defaultdict(lambda: NOTHING)
    for entry in entries:
        for funder, share in entry.shares.items():
            sums[entry.campaign, funder] += share
    return dict(sums)


def after_close(scheme: Scheme, entries: Iterable[Entry], gifts: Iterable[Gift]) -> list[Entry]:
    """The entries of a campaign that has closed, once `gifts` (their parts) are what is left of its gifts.

    Nothing rises any more. What was given for a gift is at most what the formula comes to for what is left of it, so each pound that
    goes back to a backer takes its match along, and each funder gets back its share. A campaign's sum was earned, and stays.
    """
    if isinstance(scheme.formula, (Fixed, LumpSum)):
        return list(entries)
    left: dict[Hashable, list[Gift]] = defaultdict(list)
    by_person = isinstance(scheme.formula, PerBacker)  # whichever gift it came with, it was given for all of them
    for gift in gifts:
        left[(gift.campaign, gift.person) if by_person else (gift.campaign, gift.id, gift.part)].append(gift)
    return [
        _at_most(entry, _alone(scheme, left[(entry.campaign, entry.person) if by_person else entry.key]))
        for entry in entries
    ]


def endless(scheme: Scheme) -> Scheme:
    """The same formula with a pot that has no end: what gifts would bring if no others had drunk from it."""
    return replace(scheme, funders=(Funder(0, Money(NO_LIMIT)),))


def total_of(scheme: Scheme, gifts: Iterable[Gift], targets: Mapping[int, Money]) -> Money:
    """What these gifts come to together, in their order; nothing is said of who pays."""
    state = State(scheme, targets)
    before = state.left
    for gift in sorted(gifts, key=lambda gift: gift.place):
        if not gift.is_excluded:
            state.take(gift.campaign, gift.person, gift.amount.minor, gift.before.minor)
    return before - state.left


def _alone(scheme: Scheme, gifts: Sequence[Gift]) -> Money:
    return total_of(endless(scheme), gifts, {})


def _at_most(entry: Entry, most: Money) -> Entry:
    if entry.amount <= most:
        return entry
    return replace(entry, amount=most, cap="taken_back", shares=given_back(entry.shares, most))

"""The gifts of a scheme laid out for looking: who gave what with which card, who runs what, and what depends on it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from civic.core.money import Money
from civic.crowdfund.matching.rules.changes import endless, total_of
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.terms import Scheme
from civic.crowdfund.matching.rules.working import Entry, working

NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Trace:
    """One part of a gift with what is known of who gave it; none of this is kept with a signal."""

    gift: Gift
    email: str
    card: str = ""  # the provider's fingerprint of the card; "" where it has none
    account_at: datetime | None = None  # when the account was made; None for guests


@dataclass(frozen=True)
class Organisers:
    """Who runs a campaign: the members of its organisation, and their addresses."""

    organisation: int
    persons: frozenset[str]
    emails: frozenset[str]


@dataclass(frozen=True)
class Seen:
    """Everything that is looked at."""

    scheme: Scheme
    traces: Sequence[Trace]
    targets: Mapping[int, Money]
    organisers: Mapping[int, Organisers]

    @cached_property
    def in_campaign(self) -> dict[int, list[Trace]]:
        """The gifts of each campaign."""
        return grouped(self.traces, lambda trace: trace.gift.campaign)

    @cached_property
    def cards(self) -> dict[int, frozenset[str]]:
        """The cards that each campaign's organisers have used in the scheme under their own names."""
        used: dict[int, set[str]] = defaultdict(set)
        for trace in self.traces:
            for campaign in self.runs(trace):
                used[campaign].add(trace.card)
        return {campaign: frozenset(cards - {""}) for campaign, cards in used.items()}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is given, by the whole working."""
        return working(self.scheme, (trace.gift for trace in self.traces), self.targets).entries

    @cached_property
    def sums(self) -> Mapping[int, Entry]:
        """What campaigns were given as such, by campaign."""
        return {entry.campaign: entry for entry in self.entries if entry.is_sum}

    def matched(self, campaigns: Iterable[int], gifts: Iterable[int]) -> Money:
        """What these gifts are really matched with, and these campaigns as such."""
        for_gifts = (self._by_gift.get(gift, NOTHING) for gift in gifts)
        for_campaigns = (self.sums[campaign].amount for campaign in campaigns if campaign in self.sums)
        return sum((*for_gifts, *for_campaigns), NOTHING)

    def runs(self, trace: Trace) -> frozenset[int]:
        """The campaigns whose organisers gave this, by account or by address."""
        by_person, by_address = self._run_by
        return by_person.get(trace.gift.person, _NONE) | by_address.get(plain_address(trace.email), _NONE)

    def is_organisers(self, campaign: int, trace: Trace) -> bool:
        """Whether this was given by an organiser of the campaign: with the account, the address or a card that is theirs."""
        return campaign in self.runs(trace) or trace.card in self.cards.get(campaign, _NO_CARDS)

    def effect(self, campaigns: Iterable[int], change: Callable[[Trace], Gift | None]) -> Money:
        """What less these campaigns' gifts would come to if each were what `change` makes of it (None: not there).

        As if the pot had no end: who else drank from it has nothing to do with what is looked at.
        """
        here = [trace for each in campaigns for trace in self.in_campaign.get(each, ())]
        changed = (gift for trace in here if (gift := change(trace)) is not None)
        before, after = (self.come_to(gifts) for gifts in ((trace.gift for trace in here), changed))
        return max(before - after, NOTHING)

    def without(self, campaigns: Iterable[int], gone: Iterable[Trace]) -> Money:
        """What less would be matched without these gifts."""
        numbers = ids(gone)
        return self.effect(campaigns, lambda trace: None if trace.gift.id in numbers else trace.gift)

    def come_to(self, gifts: Iterable[Gift]) -> Money:
        """What gifts would be matched with if they were all there are, and the pot had no end."""
        return total_of(endless(self.scheme), gifts, self.targets)

    def backers(self, campaign: int) -> int:
        """How many people have given to the campaign."""
        return self._backers[campaign]

    @cached_property
    def _backers(self) -> Mapping[int, int]:
        return {each: len({trace.gift.person for trace in traces}) for each, traces in self.in_campaign.items()}

    @cached_property
    def _by_gift(self) -> Mapping[int, Money]:
        amounts: dict[int, Money] = defaultdict(lambda: NOTHING)
        for entry in self.entries:
            if not entry.is_sum:
                amounts[entry.gift] += entry.amount
        return amounts

    @cached_property
    def _run_by(self) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
        persons: dict[str, set[int]] = defaultdict(set)
        addresses: dict[str, set[int]] = defaultdict(set)
        for campaign, run in self.organisers.items():
            for person in run.persons:
                persons[person].add(campaign)
            for address in {plain_address(email) for email in run.emails} - {""}:
                addresses[address].add(campaign)
        by_person, by_address = ({name: frozenset(each) for name, each in of.items()} for of in (persons, addresses))
        return by_person, by_address


_NONE: frozenset[int] = frozenset()
_NO_CARDS: frozenset[str] = frozenset()


def plain_address(email: str) -> str:
    """An address without what its owner can change at will: capitals, "+anything", and Gmail's dots; "" where there is none."""
    name, at, host = email.strip().casefold().rpartition("@")
    if not at:
        return ""
    name, host = name.partition("+")[0], {"googlemail.com": "gmail.com"}.get(host, host)
    return f"{name.replace('.', '') if host == 'gmail.com' else name}@{host}"


def grouped(traces: Iterable[Trace], by: Callable[[Trace], Any]) -> dict[Any, list[Trace]]:
    """The gifts that have the same of something, under it."""
    groups: dict[Any, list[Trace]] = defaultdict(list)
    for trace in traces:
        groups[by(trace)].append(trace)
    return dict(groups)


def sum_of(traces: Iterable[Trace]) -> Money:
    """What these gifts come to."""
    return sum((trace.gift.amount for trace in traces), NOTHING)


def ids(traces: Iterable[Trace]) -> frozenset[int]:
    """The numbers of these gifts; the parts of one have one number."""
    return frozenset(trace.gift.id for trace in traces)

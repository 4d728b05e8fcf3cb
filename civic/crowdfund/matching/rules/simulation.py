"""What a scheme would come to before it runs: gifts go on as an assumption says, and the formulas do what they will do.

A forecast is no prophecy: it says what follows from the assumption, which is printed with it. The same question has the same answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from civic.core.money import Money
from civic.crowdfund.matching.rules.formulas import State
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.terms import Scheme
from civic.crowdfund.rules.promise import Sentence

DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
MOST_DAYS = 60
"""Longer ago says little of what comes."""


MOST_GIFTS = 2_000_000
"""More are not tried: the answer would take longer than anybody waits for a page."""


@dataclass(frozen=True)
class Assumption:
    """What is taken for granted about gifts."""

    days: int  # until its close, each campaign is given what it was given in the last so many days; 0: nothing more
    counts_past: bool = False  # whether gifts that stand already are matched too


@dataclass(frozen=True)
class Prospect:
    """A campaign that would join, as it is now."""

    id: int
    target: Money
    counted: Money  # what counts towards its target so far
    opened_at: datetime
    closes_at: datetime
    gifts: Sequence[Gift]  # those that stand


@dataclass(frozen=True)
class Outlook:
    """What would become of one campaign."""

    id: int
    target: Money
    gifts: int  # expected, over those it has
    expected: Money  # what they come to
    without: Money  # everything that counts at its close, without the scheme
    match: Money
    share_bps: int  # of all that is matched, in hundredths of a percent, rounded down

    @property
    def with_match(self) -> Money:
        """Everything that counts at its close."""
        return self.without + self.match

    @property
    def reaches_without(self) -> bool:
        """Whether the target would be reached without the scheme."""
        return self.without >= self.target

    @property
    def reaches(self) -> bool:
        """Whether the target would be reached with it."""
        return self.with_match >= self.target


@dataclass(frozen=True)
class Forecast:
    """What would become of a scheme and its campaigns."""

    pot: Money
    total: Money  # matched
    empty_at: datetime | None  # the moment of the gift that takes the last penny
    campaigns: tuple[Outlook, ...]

    @property
    def left(self) -> Money:
        """What is left in the pot at the end."""
        return self.pot - self.total

    @property
    def expected(self) -> Money:
        """What is given to all campaigns, over what they have."""
        return sum((each.expected for each in self.campaigns), Money(0))

    @property
    def helped(self) -> int:
        """How many campaigns reach their target that would not have reached it."""
        return sum(each.reaches and not each.reaches_without for each in self.campaigns)


def simulate(scheme: Scheme, prospects: Sequence[Prospect], *, assumption: Assumption, now: datetime) -> Forecast:
    """Let the scheme run over these campaigns from now to the last close.

    Expected gifts are those of each campaign's last days in the same order, at the same distances and of the same sizes, again and
    again until it closes; each time from people who are new, but for whoever gave several of them.
    """
    state = State(scheme, {each.id: each.target for each in prospects})
    people, empty_at = count(), None
    expected = [_expected(each, people, assumption.days, now) for each in prospects]
    if assumption.counts_past:
        empty_at = _match_past(state, prospects)
    if empty_at is None:
        empty_at = _match_expected(state, expected, now)
    total = scheme.pot - state.left
    return Forecast(
        pot=scheme.pot,
        total=total,
        empty_at=empty_at if total else None,
        campaigns=tuple(
            _outlook(each, gifts, Money(state.campaigns[each.id].matched_minor), total)
            for each, gifts in zip(prospects, expected, strict=True)
        ),
    )


def too_many(prospects: Sequence[Prospect], *, assumption: Assumption, now: datetime) -> bool:
    """Whether there would be more gifts than are tried: those of a single day, say, again and again for two months."""
    expected = 0
    for each in prospects:
        window = _window(each, assumption.days, now)
        rounds = max((each.closes_at - now) // window + 1, 0) if assumption.days else 0
        expected += rounds * sum(gift.since > now - window for gift in each.gifts) if rounds > 1 else len(each.gifts)
    return expected > MOST_GIFTS


Moment = tuple[int, int, int, int, int, int]
"""A gift that is expected: microseconds from now, the number of the gift it repeats, campaign, person, pence, pence of earlier parts."""


def _match_past(state: State, prospects: Sequence[Prospect]) -> datetime | None:
    """Match the gifts that stand; the moment at which the pot was empty."""
    take = state.take
    for since, _, _, campaign, person, amount, before in sorted(
        (gift.since, gift.id, gift.part, gift.campaign, gift.person, gift.amount.minor, gift.before.minor)
        for each in prospects
        for gift in each.gifts
        if not gift.is_excluded
    ):
        take(campaign, person, amount, before)
        if not state.left_minor:
            return since
    return None


def _match_expected(state: State, expected: Iterable[Sequence[Moment]], now: datetime) -> datetime | None:
    """Match the gifts that are expected; the moment at which the pot is empty: whoever comes then gets nothing."""
    take = state.take
    for since, _, campaign, person, amount, before in sorted(chain.from_iterable(expected)):
        take(campaign, person, amount, before)
        if not state.left_minor:
            return now + timedelta(microseconds=since)
    return None


def _expected(prospect: Prospect, people: Iterator[int], days: int, now: datetime) -> list[Moment]:
    """The gifts of the last days, repeated until the campaign closes; a campaign that is younger repeats what there was."""
    window = _window(prospect, days, now)
    first = -(window // MICROSECOND) if days else 0
    moments: list[Any] = sorted(
        (at, gift.id, gift.campaign, gift.person, gift.amount.minor, gift.before.minor)
        for gift in prospect.gifts
        if not gift.is_excluded and first < (at := (gift.since - now) // MICROSECOND) <= 0
    )
    left, step = (prospect.closes_at - now) // MICROSECOND, window // MICROSECOND
    again: list[Moment] = []
    for start in range(step, left + step + 1, step) if moments and left > 0 else ():
        new: dict[str, int] = defaultdict(people.__next__)  # by the person who gave it the first time
        again += [
            (since + start, number, campaign, new[person], amount, before)
            for since, number, campaign, person, amount, before in moments
            if since + start < left
        ]
    return again


def _window(prospect: Prospect, days: int, now: datetime) -> timedelta:
    return min(timedelta(days=days), max(now - prospect.opened_at, DAY))


def _outlook(prospect: Prospect, gifts: Sequence[Moment], match: Money, total: Money) -> Outlook:
    expected = Money(sum(gift[4] for gift in gifts))
    return Outlook(
        id=prospect.id,
        target=prospect.target,
        gifts=len(gifts),
        expected=expected,
        without=prospect.counted + expected,
        match=match,
        share_bps=match.minor * 10_000 // total.minor if total else 0,
    )


# In words.


def assumption_sentence(assumption: Assumption) -> Sentence:
    """What is taken for granted."""
    gifts = (
        lazy_ngettext(
            "Until it closes, each campaign is given the same gifts as in the last day, again and again, by new people.",
            "Until it closes, each campaign is given the same gifts as in the last %(num)d days, again and again, by new people.",
            assumption.days,
        )
        if assumption.days
        else _l("Nobody gives anything more.")
    )
    return Sentence(gifts, _PAST[assumption.counts_past])


def forecast_sentence(forecast: Forecast) -> Sentence:
    """How much is matched, and how long the pot lasts."""
    return Sentence(_ends(forecast), total=forecast.total, left=forecast.left, moment=forecast.empty_at or "")


_PAST: dict[bool, Any] = {
    True: _l("Gifts that stand already are matched too."),
    False: _l("Only new gifts are matched."),
}


def _ends(forecast: Forecast) -> Any:
    if not forecast.total:
        return _l("Nothing is matched.")
    if forecast.empty_at is None:
        return _l("%(total)s is matched, and %(left)s is left in the pot when the last campaign closes.")
    return _l("%(total)s is matched, and the pot is empty on %(moment)s.")

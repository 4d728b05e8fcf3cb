"""Closing and settling: arithmetic that a resident could check, and the published rule for cards that fail, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from civic.core.clock import london_minute, london_today
from civic.core.money import Money
from civic.crowdfund.rules.fees import platform_fee
from civic.crowdfund.rules.progress import Progress

NOTHING = Money(0)
REMINDER = timedelta(hours=48)
"""Backers whose card needs them hear of it this often, and have at least this long from the first time."""
LAST_TRY = timedelta(hours=24)
"""So long before the end of the grace window a card that failed is tried by itself once more."""
MOST_EXTRA_DAYS = 30


class Policy(Protocol):
    """What a campaign promised at its launch about cards that fail."""

    @property
    def grace_days(self) -> int:
        """How long backers have to put a card right."""
        ...

    @property
    def minimum_percent(self) -> int:
        """The share of the target, in percent, that is enough once cards have failed."""
        ...


# At the closing instant.


def outcome(progress: Progress) -> Literal["reach", "expire"]:
    """What happens to a campaign at its close: every penny of the target counts, so 99.9 % expires."""
    return "reach" if progress.is_reached else "expire"


def grace_end(closed_at: datetime, days: int) -> datetime:
    """Until when a failed card can be put right: the last minute of the day in London, so many days after the close."""
    return london_minute(london_today(closed_at) + timedelta(days=days))


def fair_grace(grace_until: datetime, told_at: datetime) -> datetime:
    """The end of the window for somebody who is told only now that their card failed: nobody has less than 48 hours."""
    return max(grace_until, told_at + REMINDER)


# After the grace window.


@dataclass(frozen=True)
class Secured:
    """What a campaign really has once cards were charged: only money that came, or is in other hands with evidence."""

    target: Money
    collected: Money  # taken from cards for the campaign, less refunds, without tips
    offline: Money  # cash and cheques, confirmed by staff
    funds: Money  # raised before, with evidence
    in_kind: Money  # gifts in kind, with evidence
    match: Money  # the Mayor's pledge and other funds

    @property
    def total(self) -> Money:
        """Everything that is secured."""
        return self.collected + self.offline + self.funds + self.in_kind + self.match

    @property
    def percent(self) -> int:
        """The share of the target in whole percent, rounded down."""
        return self.total.minor * 100 // self.target.minor


def is_enough(secured: Secured, *, minimum_percent: int) -> bool:
    """Whether the organisation is paid: at least `minimum_percent` of the target is secured, to the penny."""
    return secured.total.minor * 100 >= secured.target.minor * minimum_percent


def after_grace(secured: Secured, *, minimum_percent: int) -> Literal["settle", "fall_short"]:
    """What happens once the window is over or no card is left to wait for."""
    return "settle" if is_enough(secured, minimum_percent=minimum_percent) else "fall_short"


# What the organisation gets.


def share_of_fee(fee: Money, shares: Mapping[str, int], account: str) -> Money:
    """The part of a card payment's fee that falls on `account`, in proportion to its share; shares together lose no penny."""
    parts = fee.split(list(shares.values()))
    return dict(zip(shares, parts, strict=True)).get(account, NOTHING)


def fees_of(charges: Iterable[tuple[Money, Mapping[str, int]]], account: str) -> Money:
    """What the payment provider's fees come to for `account` over all (fee, shares) of a campaign."""
    return sum((share_of_fee(fee, shares, account) for fee, shares in charges), NOTHING)


@dataclass(frozen=True)
class Payout:
    """From what was collected to what the organisation gets."""

    collected: Money
    card_fees: Money
    platform_fee: Money

    @property
    def amount(self) -> Money:
        """What is paid out; never less than nothing."""
        return max(self.collected - self.card_fees - self.platform_fee, NOTHING)


def payout(collected: Money, card_fees: Money, platform_fee_bps: int) -> Payout:
    """The platform's fee is taken of collected money only, in hundredths of a percent, half a penny rounded up."""
    left = max(collected - card_fees, NOTHING)
    return Payout(collected, card_fees, min(platform_fee(collected, platform_fee_bps), left))


# Money that goes back.

_BACK: dict[tuple[str, str], tuple[str, ...]] = {
    ("collected", "partly_refunded"): ("refund_part",),
    ("collected", "refunded"): ("refund",),
    ("collected", "disputed"): ("dispute",),
    ("partly_refunded", "collected"): ("restore",),
    ("partly_refunded", "refunded"): ("refund",),
    ("partly_refunded", "disputed"): ("dispute",),
    ("refunded", "collected"): ("restore",),
    ("refunded", "partly_refunded"): ("restore", "refund_part"),
    ("refunded", "disputed"): ("restore", "dispute"),
    ("disputed", "collected"): ("win",),
    ("disputed", "partly_refunded"): ("win", "refund_part"),
    ("disputed", "refunded"): ("lose",),
}


def state_of_money(stays: Money, taken: Money, *, is_disputed: bool) -> str:
    """The state of a pledge whose money was taken, by how much of it stays taken; what went back wholly cannot be disputed."""
    if stays <= NOTHING:
        return "refunded"
    if is_disputed:
        return "disputed"
    return "collected" if stays >= taken else "partly_refunded"


def verbs_between(status: str, wanted: str) -> tuple[str, ...]:
    """The moves that bring a pledge whose money was taken to the state its money says; none where it is there."""
    return () if status == wanted else _BACK[status, wanted]


# The published rule, in words.


def grace_sentence(policy: Policy) -> Any:
    """How long backers have when a card cannot be charged."""
    return lazy_ngettext(
        "If the target is reached and your card cannot be charged, you have %(num)d day to put it right.",
        "If the target is reached and your card cannot be charged, you have %(num)d days to put it right.",
        policy.grace_days,
    )


def shortfall_rule_sentence(policy: Policy) -> Any:
    """What happens when, after that, some of the promised money is still missing; two lazy sentences in one text."""
    return _l(
        "If cards fail and, in the end, at least %(percent)s%% of the target has come together, the organisation is paid. "
        "If it is less, two members of our staff decide together: to pay out all the same, to give backers more time, "
        "or to give everybody their money back.",
        percent=policy.minimum_percent,
    )

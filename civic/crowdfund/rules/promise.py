"""The promise on a pledge: one plain sentence about where the money is, the same on the page, in mails and in the account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from civic.core.i18n import current, format_date, format_datetime, format_money, money_text
from civic.core.money import Money

CONSENT_VERSION = "2026-11"
"""Raised whenever the words of the consent change; kept with each consent."""


NONE = Money(0)


@dataclass(frozen=True)
class Promised:
    """What must be known of a pledge."""

    status: str
    amount: Money
    tip: Money = NONE
    collected: Money = NONE  # of both, less refunds
    pending: tuple[Money, Money] | None = None  # a higher amount and tip that wait for their card
    taken_at: datetime | None = None

    @property
    def total(self) -> Money:
        """What is taken from the card."""
        return self.amount + self.tip


@dataclass(frozen=True)
class Asked:
    """What must be known of the campaign that was pledged to."""

    status: str
    title: str
    organisation: str
    target: Money
    closes_at: datetime
    grace_until: datetime | None = None
    grace_days: int = 7


class Sentence:
    """Words for a person with their places filled in the language that is spoken when they are read; safe in any page."""

    def __init__(self, *templates: Any, **facts: Any):
        self.templates, self.facts = templates, facts

    def __str__(self) -> str:
        facts = {name: written(value) for name, value in self.facts.items()}
        return " ".join(str(template) % facts for template in self.templates)

    def __html__(self) -> Markup:
        facts = {name: marked(value) for name, value in self.facts.items()}
        return Markup(" ").join(escape(str(template)) % facts for template in self.templates)

    def __repr__(self) -> str:
        return f"Sentence({self})"


def written(value: Any) -> str:
    """A fact as plain text says it: £20, 18 December 2026, 11:59pm; kept whole where it is read from right to left."""
    if isinstance(value, Money):
        return _isolated(money_text(value))
    if isinstance(value, datetime):
        return format_datetime(value)
    return str(value) if isinstance(value, (Sentence, _Day, int)) else _isolated(str(value))


def marked(value: Any) -> Markup:
    """The same in a page: names stand apart from the language around them, and sums where it runs from right to left."""
    if isinstance(value, Money) and current().dir == "rtl":
        return format_money(value)
    if isinstance(value, (Sentence, Money, datetime, _Day, int)) or not value:
        return escape(value if isinstance(value, Sentence) else written(value))
    return Markup("<bdi>{}</bdi>").format(value)


def sum_of(amount: Money, tip: Money) -> Any:
    """ "£20", or "£20 and a tip of £2"."""
    return Sentence(_l("%(amount)s and a tip of %(tip)s"), amount=amount, tip=tip) if tip else amount


def day(moment: datetime | None) -> Any:
    """A London date that is written when it is read."""
    return Sentence("%(day)s", day=_Day(moment))


NOTHING = _l("Nothing has left your account.")
NEVER = _l("Nothing has left your account, and nothing will.")


def promise_sentence(pledge: Promised, campaign: Asked, now: datetime) -> Sentence:
    """Where the money of this pledge is now, in every state of pledge and campaign."""
    words = _SAYING[pledge.status](pledge, campaign, now)
    return Sentence(
        *words,
        sum=sum_of(pledge.amount, pledge.tip),
        total=pledge.total,
        left=pledge.collected,
        back=pledge.total - pledge.collected,
        higher=sum_of(*pledge.pending) if pledge.pending else "",
        taken=day(pledge.taken_at),
        closes=campaign.closes_at,
        grace=campaign.grace_until or "",
        target=campaign.target,
        organisation=campaign.organisation,
    )


def _awaiting_card(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    if _is_open(campaign, now):
        return (_l("You have promised nothing yet, because your card has not been saved."), NOTHING)
    return (_l("The campaign closed before your card was saved, so you have promised nothing."), NEVER)


def _authorised(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    if campaign.status in ("failed", "withdrawn", "refunding"):
        return _released(pledge, campaign, now)
    promised = (_l("You have promised %(sum)s."), NOTHING)
    if campaign.status != "live":
        return (*promised, _l("The campaign reached its target, so it is about to be taken from your card."))
    if not _is_open(campaign, now):
        return (
            *promised,
            _l("The campaign closed on %(closes)s. It will be taken only if the pledges add up to %(target)s."),
        )
    condition = _l(
        "It will be taken when the campaign closes, on %(closes)s, and only if the campaign has reached %(target)s by then."
    )
    if pledge.pending:
        return (*promised, condition, _l("You asked to raise it to %(higher)s: that counts once your card is saved."))
    return (*promised, condition)


def _charging(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (
        _l("The campaign reached its target. %(sum)s is being taken from your card now."),
        _l("We write to you when it has been taken."),
    )


def _past_due(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    refused = _l("The campaign reached its target, but your bank has not let us take %(sum)s.")
    if campaign.grace_until is not None and now < campaign.grace_until:
        return (refused, NOTHING, _l("Your card needs you by %(grace)s, or your promise ends."))
    return (refused, NOTHING, _l("The time to put it right is over."))


def _collected(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    taken = _l("%(sum)s was taken from your card on %(taken)s, because the campaign reached its target.")
    return (taken, _WHERE_NOW.get(campaign.status, _WHERE_NOW["collecting"]))


def _partly_refunded(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (
        _l("%(sum)s was taken from your card on %(taken)s."),
        _l("%(back)s of it has been given back to your card, and %(left)s stays taken."),
    )


def _refunded(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (
        _l("%(sum)s was taken from your card on %(taken)s, and all of it has been given back."),
        _l("It can take ten days until you see it in your account."),
    )


def _disputed(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (
        _l("%(sum)s was taken from your card on %(taken)s, and the payment is disputed with your bank."),
        _l("Your bank holds the money until it has decided."),
    )


def _dropped(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (_l("Your bank did not let us take %(sum)s in time, so your promise has ended."), NEVER)


def _released(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    if campaign.status == "withdrawn":
        return (_l("The campaign was withdrawn, so your promise of %(sum)s has ended."), NEVER)
    return (_l("The campaign did not reach its target, so your promise of %(sum)s has ended."), NEVER)


def _cancelled(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (_l("You cancelled your promise of %(sum)s."), NEVER)


def _abandoned(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (_l("Your card was not saved, so you have promised nothing."), NEVER)


def _refused(pledge: Promised, campaign: Asked, now: datetime) -> tuple[Any, ...]:
    return (
        _l("The campaign closed before your card was saved, so your promise could not be taken."),
        NEVER,
        _l("We have let your card go."),
    )


_SAYING = {
    "awaiting_card": _awaiting_card,
    "authorised": _authorised,
    "charging": _charging,
    "past_due": _past_due,
    "collected": _collected,
    "partly_refunded": _partly_refunded,
    "refunded": _refunded,
    "disputed": _disputed,
    "dropped": _dropped,
    "released": _released,
    "cancelled": _cancelled,
    "abandoned": _abandoned,
    "refused": _refused,
}
_WHERE_NOW = {
    "collecting": _l("We keep it for %(organisation)s until everybody’s card has been asked."),
    "shortfall": _l(
        "Too many other cards were refused: our staff decide whether the project goes ahead. If not, you get it back."
    ),
    "paying": _l("It is on its way to %(organisation)s."),
    "refunding": _l("The project cannot go ahead: all of it is being given back to your card."),
    "funded": _l("It has been paid to %(organisation)s, less the fees."),
    "delivered": _l("It has been paid to %(organisation)s, less the fees."),
    "failed": _l("The project cannot go ahead: all of it is being given back to your card."),
}


def consent_sentence(pledge: Promised, campaign: Asked, *, charged_by: str) -> Sentence:
    """What a backer agrees to: how much, on what condition, until when, who takes it, and how to get out of it."""
    return Sentence(
        _l("I promise %(sum)s to “%(title)s” of %(organisation)s."),
        _l(
            "%(site)s may charge my card once, with %(total)s, when the campaign closes on %(closes)s, "
            "and only if it has reached %(target)s by then."
        ),
        _l("If it has not, nothing is taken."),
        _l("Until it closes I can change or cancel this promise on my pledge’s page."),
        _l("If my bank refuses the charge, it may be tried again for %(days)s days."),
        sum=sum_of(pledge.amount, pledge.tip),
        total=pledge.total,
        title=campaign.title,
        organisation=campaign.organisation,
        closes=campaign.closes_at,
        target=campaign.target,
        site=charged_by,
        days=campaign.grace_days,
    )


def _is_open(campaign: Asked, now: datetime) -> bool:
    return campaign.status == "live" and now < campaign.closes_at


def _isolated(text: str) -> str:
    """Unicode's isolates, in right-to-left languages only: "£20" would read "20£"."""
    return f"\u2068{text}\u2069" if text and current().dir == "rtl" else text


class _Day:
    def __init__(self, moment: datetime | None):
        self.moment = moment

    def __str__(self) -> str:
        return format_date(self.moment)

"""Paying the organisation: fees first, then one payment of what is left, which a finance officer releases."""

from datetime import datetime
from itertools import chain, count
from typing import Any

from civic.core import audit
from civic.core.money import Money
from civic.core.states import advance
from civic.crowdfund.actions import cards, telling
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.queries.campaigns import closing_lock
from civic.crowdfund.rules import references
from civic.crowdfund.rules import settlement as rules
from civic.ledger import names
from civic.ledger.actions import hold, post
from civic.ledger.queries import is_posted
from civic.payments import providers
from civic.payments.actions import transfers
from civic.payments.actions.refusals import NotOwed
from civic.payments.checkpoints import cp
from civic.payments.models import Transfer

PAYING = ("paying", "funded", "delivered")
"""States in which something may be owed to the organisation."""


def pay(campaign: Campaign, now: datetime) -> str | None:
    """Ask for the payment to the organisation as soon as nothing stands in its way; the campaign is locked by the caller."""
    asked = queries.transfers_of(campaign.id)
    if any(each.status == "sent" for each in asked):
        return fund(campaign, now)
    if any(each.status == "released" for each in asked):
        return None
    hold(references.of_campaign(campaign.id))  # no refund is booked between reading the balance and asking for it
    if not queries.readiness(campaign, now).is_ready:
        return None
    post_fees(campaign, now)
    cp("paying.posted")
    amount = queries.books(campaign.id).owed
    if amount <= Money(0):
        return fund(campaign, now)
    _take_back_stale(asked, amount, now)
    if _stands(asked, amount):
        return None
    _ask(campaign, amount, name=references.of_settlement(campaign.id), by=None, now=now)
    cp("paying.requested")
    return "request"


def ask_again(campaign: Campaign, *, by: Any, now: datetime) -> None:
    """Ask once more for what is owed: after an officer said no, or where money came back after the campaign was paid.

    Somebody else must release it. Raises NotOwed where nothing is owed.
    """
    campaign = closing_lock(campaign.id)
    if campaign.status not in PAYING:
        raise NotOwed(Money(0))
    amount, asked = queries.books(campaign.id).owed, queries.transfers_of(campaign.id)
    name = references.of_settlement(campaign.id)
    if any(each.status == "sent" for each in asked):
        name = f"{name}:{len(asked) + 1}"
    _ask(campaign, amount, name=name, by=by, now=now)
    audit.record("ask_for_payout_again", on=campaign, by=by, now=now, after={"amount_minor": amount.minor})


def fund(campaign: Campaign, now: datetime) -> str:
    """The organisation has its money (or had it from the start): the campaign is funded and everybody hears so."""
    advance(campaign, "pay", by=None, now=now)
    campaign.finished_at = now
    cards.let_go_of_campaign(campaign.id, now)
    telling.tell_everybody(campaign.id, "campaign_funded")
    telling.tell_organisers(campaign.id, "organiser_funded")
    return "pay"


def payout_of(campaign: Campaign) -> rules.Payout:
    """From what was collected to what the organisation gets, by the books and the fees that are known so far."""
    collected = queries.books(campaign.id).collected
    fees = rules.fees_of(queries.fee_shares(campaign.id), references.of_campaign(campaign.id))
    return rules.payout(collected, min(fees, max(collected, Money(0))), campaign.platform_fee_bps)


def post_fees(campaign: Campaign, now: datetime) -> None:
    """Fees fall on the campaign: what the payment provider kept, and our own if there is one."""
    found, books = payout_of(campaign), queries.books(campaign.id)
    against = names.fees(providers.current().name)
    _post_missing(campaign, "fee_recharge", found.card_fees - books.card_fees, against, now)
    _post_missing(campaign, "platform_fee", found.platform_fee - books.platform_fee, names.PLATFORM_INCOME, now)


def _post_missing(campaign: Campaign, kind: str, missing: Money, against: str, now: datetime) -> None:
    """Post what is missing (or too much) of a fee since it was last posted: money may go back between asking and paying."""
    account = references.of_campaign(campaign.id)
    corrections = (f"{account}:{number}" for number in count(2))
    ref = next(ref for ref in chain([account], corrections) if not is_posted(kind, ref))
    post(kind, ref, {account: missing, against: -missing}, at=now, memo=campaign.title)


def _take_back_stale(asked: list[Transfer], amount: Money, now: datetime) -> None:
    """A payment that was asked for or has failed, and is no longer what is owed, is taken back."""
    for transfer in asked:
        if transfer.status in ("requested", "failed") and transfer.amount != amount:
            transfers.decline(transfer, by=None, now=now, why="what is owed has changed")


def _stands(asked: list[Transfer], amount: Money) -> bool:
    """Whether the payment waits for an officer already, or an officer said no to it: then a person must ask again."""
    return bool(asked) and asked[-1].amount == amount and asked[-1].status in ("requested", "failed", "declined")


def _ask(campaign: Campaign, amount: Money, *, name: str, by: Any | None, now: datetime) -> None:
    transfers.request(
        reference=name,
        group=references.of_campaign(campaign.id),
        organisation_id=campaign.organisation_id,
        account=references.of_campaign(campaign.id),
        amount=amount,
        by=by,
        now=now,
    )

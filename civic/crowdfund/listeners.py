"""What payments announce, as it changes pledges and campaigns. Each may be told twice and late: nothing goes backwards.

The charge is locked by whoever announces; then come the pledge and the campaign's sums.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update

from civic.core import clock
from civic.core.db import db
from civic.core.states import advance, can
from civic.crowdfund.actions import fixing, payout, pledges, settlement, telling, totals
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.queries.campaigns import closing_lock
from civic.crowdfund.rules import counting, references
from civic.crowdfund.rules import settlement as rules
from civic.payments import events
from civic.payments.models import Charge

CLOSED = ("charging", "past_due", *counting.COLLECTED, "refunded", "dropped")
"""States of pledges that only settlement moves: a card saved for one of these mends a charge."""


def card_saved(event: events.CardSaved) -> None:
    """A card was saved: for a new promise, a higher one, or in place of one that failed."""
    pledge = _pledge(event.reference)
    if pledge is None:
        return
    now = clock.now()
    if pledge.status in CLOSED:
        fixing.use_another_card(pledge, payment_method_id=event.payment_method_id, now=now)
    else:
        pledges.card_saved(event, now=now)


def card_setup_ended(event: events.CardSetupEnded) -> None:
    """No card was saved: a failed card stays failed, a promise without one ends."""
    pledge = _pledge(event.reference)
    if pledge is not None and pledge.status not in CLOSED:
        pledges.card_ended(event, now=clock.now())


def charge_succeeded(event: events.ChargeSucceeded) -> None:
    """The money was taken: the backer has a receipt coming, and the campaign that much."""
    pledge, now = _locked(event.reference), clock.now()
    if pledge is None or not can(pledge, "collect"):
        return
    before = totals.sums_of(pledge)
    advance(pledge, "collect", by=None, now=now)
    pledge.collected_minor, pledge.ended_at = event.amount.minor, now
    totals.follow(pledge, before)
    telling.tell_one(pledge, "charge_receipt")


def charge_needs_person(event: events.ChargeNeedsPerson) -> None:
    """Only the backer can mend it: they hear so at once, and have at least 48 hours from now."""
    pledge, now = _locked(event.reference), clock.now()
    if pledge is None or not can(pledge, "stall"):
        return
    before = totals.sums_of(pledge)
    advance(pledge, "stall", by=None, now=now, why=event.code)
    pledge.reminded_at = now
    totals.follow(pledge, before)
    _leave_time(pledge, event.charge_id, now)
    telling.tell_one(pledge, "charge_needs_you", code=event.code, will_retry=int(event.will_retry))


def charge_cancelled(event: events.ChargeCancelled) -> None:
    """The charge was given up: the promise ends, and nothing was taken."""
    pledge = _locked(event.reference)
    if pledge is not None and can(pledge, "drop"):
        settlement.drop(pledge, clock.now())


def charge_refunded(event: events.ChargeRefunded) -> None:
    """Money went back to the card."""
    pledge = _follow_money(event.charge_id, event.reference)
    if pledge is not None:
        telling.tell_one(pledge, "charge_refunded", amount_minor=event.amount.minor)


def refund_failed(event: events.RefundFailed) -> None:
    """A refund came back; what stays taken is what it was before."""
    _follow_money(event.charge_id, event.reference)


def dispute_changed(event: events.DisputeChanged) -> None:
    """A bank asks for the money of a pledge, gives it back, or keeps it."""
    _follow_money(event.charge_id, event.reference)


def transfer_sent(event: events.TransferSent) -> None:
    """The organisation was paid: the campaign is funded, and everybody hears so."""
    campaign_id = references.campaign_named(event.group)
    if campaign_id is not None:
        campaign = closing_lock(campaign_id)
        if can(campaign, "pay"):
            payout.fund(campaign, clock.now())


LISTENERS: dict[type, list[Callable[[Any], None]]] = {
    events.CardSaved: [card_saved],
    events.CardSetupEnded: [card_setup_ended],
    events.ChargeSucceeded: [charge_succeeded],
    events.ChargeNeedsPerson: [charge_needs_person],
    events.ChargeCancelled: [charge_cancelled],
    events.ChargeRefunded: [charge_refunded],
    events.RefundFailed: [refund_failed],
    events.DisputeChanged: [dispute_changed],
    events.TransferSent: [transfer_sent],
}
"""For the manifest. A transfer that failed stands on the finance desk and on the campaign's settlement page."""


def _follow_money(charge_id: int, reference: str) -> Pledge | None:
    """Bring a pledge to what is true of its charge; read afresh, so that the order of announcements does not matter."""
    pledge = _locked(reference)
    if pledge is None or pledge.status not in (*counting.COLLECTED, "refunded"):
        return None
    charge = db.session.get_one(Charge, charge_id)
    stays = queries.stays_taken(charge)
    before = totals.sums_of(pledge)
    wanted = rules.state_of_money(stays, charge.amount, is_disputed=queries.is_disputed(charge))
    for verb in rules.verbs_between(pledge.status, wanted):
        advance(pledge, verb, by=None, now=clock.now())
    pledge.collected_minor = stays.minor
    totals.follow(pledge, before)
    return pledge


def _leave_time(pledge: Pledge, charge_id: int, now: Any) -> None:
    """Where the first try came late (a provider that was away for days), the window stays open for 48 hours from it."""
    charge = db.session.get_one(Charge, charge_id)
    grace_until = db.session.scalar(select(Campaign.grace_until).where(Campaign.id == pledge.campaign_id))
    fair = rules.fair_grace(grace_until, now) if grace_until else None
    if charge.attempts > 1 or fair is None or fair == grace_until:
        return
    longer = update(Campaign).where(Campaign.id == pledge.campaign_id, Campaign.status == "collecting")
    changed = longer.values(grace_until=fair, version=Campaign.version + 1).where(Campaign.grace_until < fair)
    db.session.execute(changed.execution_options(synchronize_session=False))


def _pledge(reference: str) -> Pledge | None:
    public_id = references.pledge_named(reference)
    mine = select(Pledge).where(Pledge.public_id == public_id)
    return db.session.scalars(mine).one_or_none() if public_id else None


def _locked(reference: str) -> Pledge | None:
    public_id = references.pledge_named(reference)
    mine = select(Pledge).where(Pledge.public_id == public_id).with_for_update()
    return db.session.scalars(mine.execution_options(populate_existing=True)).one_or_none() if public_id else None

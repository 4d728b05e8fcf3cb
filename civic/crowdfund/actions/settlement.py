"""From the closing instant to the money paid out: one decision at a time, each on the locked campaign, each once by its state."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from civic.accounts.models import User
from civic.core.announcements import announce
from civic.core.db import db
from civic.core.money import Money
from civic.core.states import advance, advance_all
from civic.crowdfund.actions import cards, payout, telling, totals
from civic.crowdfund.events import CampaignClosing, CampaignEnded, CampaignSecured
from civic.crowdfund.models import Campaign, Pledge, ShortfallDecision
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.queries.campaigns import closing_lock
from civic.crowdfund.rules import counting, references
from civic.crowdfund.rules import settlement as rules
from civic.crowdfund.rules.progress import Progress
from civic.ledger.names import TIPS_INCOME
from civic.payments.actions import charges, refunds
from civic.payments.actions.charges import ChargeRequest
from civic.payments.checkpoints import cp
from civic.payments.models import PaymentMethod


def close(campaign_id: int, now: datetime) -> str | None:
    """Decide a campaign whose deadline has passed: "reach" or "expire"; None, and nothing done, where there is nothing to decide.

    One transaction of a few statements, however many pledges: a pledge is counted and charged, or refused, and nothing between.
    """
    campaign = closing_lock(campaign_id)
    if campaign.status != "live" or campaign.closes_at is None or now < campaign.closes_at:
        return None
    announce(CampaignClosing(campaign_id, now))
    totals.recount(campaign_id)
    progress = figures.progress(campaign)
    verb = rules.outcome(progress)
    _write_counts(campaign, progress, now)
    advance(campaign, verb, by=None, now=now, why=f"{progress.counted} of {progress.target}")
    _refuse_unfinished(campaign_id, now)
    cp("closing.decided")
    if verb == "reach":
        _collect(campaign, now)
    else:
        _release(campaign, "campaign_failed", now)
        announce(CampaignEnded(campaign_id, verb, now))
        telling.tell_organisers(campaign_id, "organiser_failed")
    cp("closing.before_commit")
    return verb


def withdraw(campaign: Campaign, *, by: Any, why: str, now: datetime) -> None:
    """Take a campaign back before its close: nobody is charged, cards are let go, everybody who pledged is told.

    Raises IllegalMove once it has closed.
    """
    campaign = closing_lock(campaign.id)
    was_live = campaign.status == "live"
    announce(CampaignClosing(campaign.id, now))
    advance(campaign, "withdraw", by=by, now=now, why=why)
    campaign.finished_at = now
    if was_live:
        campaign.closed_at = now
        _refuse_unfinished(campaign.id, now)
        _release(campaign, "campaign_withdrawn", now)
        announce(CampaignEnded(campaign.id, "withdraw", now))
        telling.tell_organisers(campaign.id, "organiser_withdrawn")


def move_on(campaign_id: int, now: datetime) -> str | None:
    """Do what is due for a campaign that has closed; the verb of the move that was made, None where it still waits."""
    campaign = closing_lock(campaign_id)
    step = {"collecting": _after_collecting, "paying": payout.pay, "refunding": _after_refunding}.get(campaign.status)
    return step(campaign, now) if step else None


def _write_counts(campaign: Campaign, progress: Progress, now: datetime) -> None:
    campaign.closed_at = now
    campaign.pledged_at_close_minor = progress.pledged.minor
    campaign.offline_at_close_minor = progress.offline.minor
    campaign.funds_at_close_minor = progress.funds.minor
    campaign.match_at_close_minor = progress.match.minor


def _refuse_unfinished(campaign_id: int, now: datetime) -> None:
    """Who had not saved a card by now has promised nothing; a raise whose card was not saved is not taken."""
    mine = Pledge.campaign_id == campaign_id
    refused = advance_all(Pledge, "refuse", where=mine, by=None, now=now)
    if refused:
        _set(Pledge.id.in_(refused), ended_at=now)
        telling.tell_everybody(campaign_id, "campaign_missed")
    _set(mine & Pledge.pending_amount_minor.is_not(None), pending_amount_minor=None, pending_tip_minor=None)


def _collect(campaign: Campaign, now: datetime) -> None:
    campaign.grace_until = rules.grace_end(now, campaign.grace_days)
    mine = Pledge.campaign_id == campaign.id
    advance_all(Pledge, "charge", where=mine, by=None, now=now)
    standing = select(
        Pledge.public_id, Pledge.amount_minor, Pledge.tip_minor, Pledge.payment_method_id, PaymentMethod.detached_at
    ).outerjoin(PaymentMethod, PaymentMethod.id == Pledge.payment_method_id)
    rows = db.session.execute(standing.where(mine, Pledge.status == "charging").order_by(Pledge.id)).all()
    requests = [
        charge_request(campaign, public_id, amount, tip, payment_method_id=card)
        for public_id, amount, tip, card, detached_at in rows
        if card is not None and detached_at is None
    ]
    charges.queue(requests, group=references.of_campaign(campaign.id), now=now)
    if len(requests) < len(rows):
        _ask_for_cards(campaign.id, now)
    telling.tell_everybody(campaign.id, "campaign_reached")
    telling.tell_organisers(campaign.id, "organiser_reached")


def charge_request(
    campaign: Campaign, public_id: str, amount_minor: int, tip_minor: int, *, payment_method_id: int
) -> ChargeRequest:
    """What is taken for one pledge and whose money it becomes."""
    shares = {references.of_campaign(campaign.id): amount_minor}
    if tip_minor:
        shares[TIPS_INCOME] = tip_minor
    return ChargeRequest(
        reference=references.of_pledge(public_id),
        payment_method_id=payment_method_id,
        amount=Money(amount_minor + tip_minor),
        shares=shares,
        description=campaign.title,
        statement=references.statement_words(campaign.title),
    )


def _ask_for_cards(campaign_id: int, now: datetime) -> None:
    """Pledges whose card has gone meanwhile (its bank or its owner took it away) need another one, not a charge."""
    gone = PaymentMethod.id.is_(None) | PaymentMethod.detached_at.is_not(None)
    cardless = (
        select(Pledge.id)
        .outerjoin(PaymentMethod, PaymentMethod.id == Pledge.payment_method_id)
        .where(Pledge.campaign_id == campaign_id, Pledge.status == "charging", gone)
    )
    moved = advance_all(Pledge, "stall", where=Pledge.id.in_(cardless), by=None, now=now, why="the card has gone")
    totals.recount(campaign_id)
    _set(Pledge.id.in_(moved), reminded_at=now)
    for pledge in db.session.scalars(select(Pledge).where(Pledge.id.in_(moved))):
        telling.tell_one(pledge, "charge_needs_you")


def _release(campaign: Campaign, message: str, now: datetime) -> None:
    """Nobody is charged: every promise ends, every card is let go, everybody is told."""
    campaign.finished_at = now
    mine = Pledge.campaign_id == campaign.id
    released = advance_all(Pledge, "release", where=mine, by=None, now=now)
    _set(mine & (Pledge.status == "released"), ended_at=now)
    if released:
        telling.tell_everybody(campaign.id, message)
    cards.let_go_of_campaign(campaign.id, now)


# After the charges.


def _after_collecting(campaign: Campaign, now: datetime) -> str | None:
    waiting = queries.still_waiting(campaign.id)
    if not waiting:
        return _decide(campaign, now)
    assert campaign.grace_until is not None
    if now < campaign.grace_until or any(each.status in queries.IN_FLIGHT for each in waiting):
        return None
    if rules.is_enough(queries.secured(campaign), minimum_percent=campaign.minimum_percent):
        give_up_on(
            waiting, now
        )  # ChargeCancelled drops each, or it was paid meanwhile; then there is nothing to wait for
        return None
    # Nobody is given up yet: officers may decide to give more time.
    charges.rest([each.charge_id for each in waiting if each.status == "retry_wait"], now=now)
    return _decide(campaign, now)


def _decide(campaign: Campaign, now: datetime) -> str:
    """Once it is known what came: settle, or fall short; by the rule that was published with the campaign."""
    secured = queries.secured(campaign)
    verb = rules.after_grace(secured, minimum_percent=campaign.minimum_percent)
    why = f"{secured.total} of {secured.target} secured, {campaign.minimum_percent} % are enough"
    advance(campaign, verb, by=None, now=now, why=why)
    if verb == "fall_short":
        telling.tell_organisers(campaign.id, "organiser_shortfall")
    else:
        announce(CampaignSecured(campaign.id, now))
    cp("settling.decided")
    return verb


def give_up_on(waiting: list[Any], now: datetime) -> None:
    """Stop waiting for pledges: their charges are given up at the provider; what never had a charge ends here."""
    charges.give_up([each.charge_id for each in waiting if each.charge_id is not None], now=now)
    without = [each.pledge_id for each in waiting if each.charge_id is None]
    for pledge in db.session.scalars(select(Pledge).where(Pledge.id.in_(without)).with_for_update()):
        drop(pledge, now)


def drop(pledge: Pledge, now: datetime) -> None:
    """A promise ends because its card could not be charged; its backer is told."""
    before = totals.sums_of(pledge)
    advance(pledge, "drop", by=None, now=now)
    pledge.ended_at = now
    totals.follow(pledge, before)
    cards.let_go_of(pledge, now)
    telling.tell_one(pledge, "charge_dropped")


def _after_refunding(campaign: Campaign, now: datetime) -> str | None:
    """Everybody gets their money back; asked again every time, so that no crash and no late payment leaves anybody out."""
    if waiting := queries.still_waiting(campaign.id):
        if not any(each.status in queries.IN_FLIGHT for each in waiting):
            give_up_on(waiting, now)
        return None
    standing = queries.standings(campaign.id)
    if any(state in standing for state in counting.COLLECTED):
        refund_everybody(campaign, now)
        return None
    announce(CampaignClosing(campaign.id, now))
    advance(campaign, "finish", by=None, now=now)
    campaign.finished_at = now
    announce(CampaignEnded(campaign.id, "finish", now))
    cards.let_go_of_campaign(campaign.id, now)
    telling.tell_organisers(campaign.id, "organiser_refunded")
    return "finish"


def refund_everybody(campaign: Campaign, now: datetime) -> int:
    """Ask for the refund of every charge that has none yet, as two officers decided."""
    decided = select(ShortfallDecision).where(
        ShortfallDecision.campaign_id == campaign.id,
        ShortfallDecision.choice == "refund",
        ShortfallDecision.status == "decided",
    )
    decision = db.session.scalars(decided).one()
    proposed_by, decided_by = (db.session.get(User, each) for each in (decision.proposed_by_id, decision.decided_by_id))
    if proposed_by is None or decided_by is None:
        return 0  # an officer's account was erased: what is left is refunded one by one on the finance desk
    group = references.of_campaign(campaign.id)
    return refunds.refund_group(group, why=decision.why, proposed_by=proposed_by, by=decided_by, now=now)


def _set(where: Any, **values: Any) -> None:
    change = update(Pledge).where(where).values(values)
    db.session.execute(change.execution_options(synchronize_session=False))


def forget_reminders(campaign_id: int) -> None:
    """Backers whose cards failed have new time: they are told at once, whenever they were told last."""
    _set((Pledge.campaign_id == campaign_id) & (Pledge.status == "past_due"), reminded_at=None)

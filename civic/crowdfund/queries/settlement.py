"""What can be asked about a campaign that has closed: what is still coming, what is secured, and what a payout waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import OrganisationMember, User
from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.models import Campaign, Pledge, ShortfallDecision
from civic.crowdfund.queries import figures
from civic.crowdfund.rules import references
from civic.crowdfund.rules.settlement import Secured
from civic.ledger.models import LedgerEntry, LedgerTransaction
from civic.payments.models import Charge, Dispute, Payee, Refund, Transfer
from civic.payments.queries import payees

WAITING = ("charging", "past_due")
"""Pledges of which it is not yet known whether their money comes."""
IN_FLIGHT = ("queued", "created", "processing", "unknown")
"""Charges that are being tried: nobody is given up while nobody has asked the bank, or the bank has not answered."""
NEEDS_PERSON = ("requires_action", "declined", "retry_wait")
FEES = ("fee_recharge", "platform_fee")
PAYMENTS = ("transfer", "transfer_reversal", "receivable")
"""Kinds of postings by which a campaign's money goes elsewhere than back to its backers."""
MOVING_REFUNDS = ("requested", "approved", "submitted")


def reference() -> ColumnElement[str]:
    """A pledge's reference, as SQL (rules.references.of_pledge)."""
    return literal("pledge:") + Pledge.public_id


def live_charge_of(pledge: Pledge) -> Charge | None:
    """The one charge of a pledge that was not given up."""
    mine = select(Charge).where(
        Charge.reference == references.of_pledge(pledge.public_id), Charge.status != "cancelled"
    )
    return db.session.scalars(mine.execution_options(populate_existing=True)).one_or_none()


@dataclass(frozen=True)
class Standing:
    """How many pledges of a campaign stand in one state, and their pence without tips."""

    count: int
    amount: Money


def standings(campaign_id: int) -> dict[str, Standing]:
    """The pledges of a campaign by state, in one question; a state without any is missing."""
    sums = select(Pledge.status, func.count(), func.sum(Pledge.amount_minor)).where(Pledge.campaign_id == campaign_id)
    rows = db.session.execute(sums.group_by(Pledge.status))
    return {status: Standing(count, Money(int(minor))) for status, count, minor in rows}


def still_waiting(campaign_id: int) -> list[Row[Any]]:
    """Pledges whose money may still come: (pledge_id, charge_id, charge status); without a charge only by a fault of ours."""
    joined = and_(Charge.reference == reference(), Charge.status != "cancelled")
    waiting = select(Pledge.id.label("pledge_id"), Charge.id.label("charge_id"), Charge.status).outerjoin(
        Charge, joined
    )
    mine = waiting.where(Pledge.campaign_id == campaign_id, Pledge.status.in_(WAITING))
    return list(db.session.execute(mine.order_by(Pledge.id)))


def secured(campaign: Campaign) -> Secured:
    """What a closed campaign really has by now."""
    total = figures.kept(campaign.id)
    return Secured(
        target=campaign.target,
        collected=Money(total.collected_minor),
        offline=Money(total.offline_minor),
        funds=Money(total.funds_minor),
        in_kind=Money(total.in_kind_minor),
        match=Money(total.match_minor),
    )


def stays_taken(charge: Charge) -> Money:
    """What of a charge has neither gone back to the card nor been lost to its bank."""
    back = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.charge_id == charge.id, Refund.status.in_(("submitted", "succeeded"))
    )
    lost = select(func.coalesce(func.sum(Dispute.amount_minor), 0)).where(
        Dispute.charge_id == charge.id, Dispute.status == "lost"
    )
    gone = db.session.execute(select(back.scalar_subquery(), lost.scalar_subquery())).one()
    return max(charge.amount - Money(int(gone[0]) + int(gone[1])), Money(0))


def is_disputed(charge: Charge) -> bool:
    """Whether a bank is asking for the money of a charge."""
    mine = select(Dispute.id).where(Dispute.charge_id == charge.id, Dispute.status == "open").limit(1)
    return db.session.scalar(mine) is not None


@dataclass(frozen=True)
class Books:
    """What the ledger says of a campaign's money, from the cards of its backers to its organisation."""

    collected: Money  # taken from cards for it, less what went back
    card_fees: Money  # of the payment provider, borne by the campaign
    platform_fee: Money
    paid: Money  # to the organisation, less what was called back

    @property
    def owed(self) -> Money:
        """What is still owed to the organisation."""
        return self.collected - self.card_fees - self.platform_fee - self.paid


def books(campaign_id: int) -> Books:
    """A campaign's account, by what its entries are for; in one question."""
    sums = (
        select(LedgerTransaction.kind, func.sum(LedgerEntry.minor))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account == references.of_campaign(campaign_id))
    )
    kinds = {kind: Money(int(minor)) for kind, minor in db.session.execute(sums.group_by(LedgerTransaction.kind))}
    card_fees, platform_fee = (kinds.pop(kind, Money(0)) for kind in FEES)
    paid = sum((kinds.pop(kind, Money(0)) for kind in PAYMENTS), Money(0))
    return Books(-sum(kinds.values(), Money(0)), card_fees, platform_fee, paid)


def fee_shares(campaign_id: int) -> list[tuple[Money, dict[str, int]]]:
    """(fee, shares) of every charge whose money the campaign keeps; a fee that is not yet known is left out.

    The fee of a charge whose money went back to its backer is the platform's loss, not the campaign's.
    """
    lost = exists().where(Dispute.charge_id == Charge.id, Dispute.status == "lost")
    columns = select(Charge.fee_minor, Charge.shares).where(
        Charge.group == references.of_campaign(campaign_id),
        Charge.status == "succeeded",
        Charge.fee_minor > 0,
        Charge.refunded_minor < Charge.amount_minor,
        ~lost,
    )
    return [(Money(int(fee or 0)), shares) for fee, shares in db.session.execute(columns)]


@dataclass(frozen=True)
class Readiness:
    """What a payout waits for; ready when nothing is left."""

    owed: Money
    waiting: int  # pledges whose cards are still being tried
    fees_unknown: int  # charges whose fee the provider has not told
    not_available: int  # charges whose money the provider has not released
    available_at: datetime | None  # when the last of it is expected
    open_disputes: int
    moving_refunds: int
    payee: str  # none, pending, active or restricted

    @property
    def is_ready(self) -> bool:
        """Whether the organisation can be paid now."""
        counts = (self.waiting, self.fees_unknown, self.not_available, self.open_disputes, self.moving_refunds)
        return not any(counts) and (self.payee == "active" or not self.owed)


def readiness(campaign: Campaign, now: datetime) -> Readiness:
    """What still stands between a campaign's money and its organisation."""
    group = references.of_campaign(campaign.id)
    late = or_(Charge.available_at.is_(None), Charge.available_at > now)
    taken = select(
        func.count().filter(Charge.fee_minor.is_(None)), func.count().filter(late), func.max(Charge.available_at)
    ).where(Charge.group == group, Charge.status == "succeeded")
    fees_unknown, not_available, available_at = db.session.execute(taken).one()
    return Readiness(
        owed=books(campaign.id).owed,
        waiting=len(still_waiting(campaign.id)),
        fees_unknown=fees_unknown,
        not_available=not_available,
        available_at=available_at,
        open_disputes=_of_group(Dispute, group, Dispute.status == "open"),
        moving_refunds=_of_group(Refund, group, Refund.status.in_(MOVING_REFUNDS)),
        payee=payees.state(campaign.organisation_id),
    )


def _of_group(model: Any, group: str, condition: Any) -> int:
    mine = select(func.count()).select_from(model).join(Charge, Charge.id == model.charge_id)
    return db.session.scalar(mine.where(Charge.group == group, condition)) or 0


def transfers_of(campaign_id: int) -> list[Transfer]:
    """The payments to the organisation that were asked for, oldest first."""
    mine = select(Transfer).where(Transfer.group == references.of_campaign(campaign_id)).order_by(Transfer.id)
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def has_payee(campaign: Campaign) -> bool:
    """Whether the organisation has begun to register where money is paid out."""
    mine = select(Payee.id).where(Payee.organisation_id == campaign.organisation_id).limit(1)
    return db.session.scalar(mine) is not None


def organisers(organisation_id: int) -> list[Row[Any]]:
    """The people of an organisation as mail needs them: (id, email, language)."""
    people = select(User.id, User.email, User.language).join(OrganisationMember, OrganisationMember.user_id == User.id)
    return list(
        db.session.execute(people.where(OrganisationMember.organisation_id == organisation_id).order_by(User.id))
    )


# What is due.


def due_to_close(now: datetime) -> list[int]:
    """Live campaigns whose deadline has passed, the longest past first."""
    due = select(Campaign.id).where(Campaign.status == "live", Campaign.closes_at <= now)
    return list(db.session.scalars(due.order_by(Campaign.closes_at, Campaign.id)))


def being_settled() -> list[int]:
    """Campaigns of which something may be due by itself: charging, paying, giving back."""
    moving = select(Campaign.id).where(Campaign.status.in_(("collecting", "paying", "refunding")))
    return list(db.session.scalars(moving.order_by(Campaign.id)))


def to_remind(now: datetime, told_before: datetime) -> Iterable[int]:
    """Pledges whose card needs their backer, while it can still be put right, that were last told before a moment."""
    due = (
        select(Pledge.id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Campaign.status == "collecting", Campaign.grace_until > now)
        .where(Pledge.status == "past_due", or_(Pledge.reminded_at.is_(None), Pledge.reminded_at <= told_before))
    )
    return db.session.scalars(due.order_by(Pledge.id)).all()


def open_proposal(campaign_id: int) -> ShortfallDecision | None:
    """What one officer proposed and no other has decided yet."""
    mine = select(ShortfallDecision).where(
        ShortfallDecision.campaign_id == campaign_id, ShortfallDecision.status == "proposed"
    )
    return db.session.scalars(mine).one_or_none()


def decisions(campaign_id: int) -> list[ShortfallDecision]:
    """Everything that was proposed about a shortfall, the newest first."""
    mine = select(ShortfallDecision).where(ShortfallDecision.campaign_id == campaign_id)
    return list(db.session.scalars(mine.order_by(ShortfallDecision.id.desc())))


def officers(campaign_id: int) -> dict[int, str]:
    """The names of those who proposed or decided, by number."""
    who = select(ShortfallDecision.proposed_by_id).where(ShortfallDecision.campaign_id == campaign_id)
    decided = select(ShortfallDecision.decided_by_id).where(ShortfallDecision.campaign_id == campaign_id)
    people = select(User.id, User.display_name, User.email).where(or_(User.id.in_(who), User.id.in_(decided)))
    return {number: name or email for number, name, email in db.session.execute(people)}


def unsettled() -> list[Campaign]:
    """Campaigns between their close and their end, those that wait for a person first."""
    order = case({"shortfall": 0, "paying": 1, "refunding": 2}, value=Campaign.status, else_=3)
    moving = select(Campaign).where(Campaign.status.in_(("collecting", "shortfall", "paying", "refunding")))
    with_organisation = moving.options(joinedload(Campaign.organisation, innerjoin=True))
    return list(db.session.scalars(with_organisation.order_by(order, Campaign.closed_at, Campaign.id).limit(500)))


def waiting_for_officers() -> int:
    """How many campaigns fell short and wait for a decision; for the staff front page."""
    return db.session.scalar(select(func.count()).where(Campaign.status == "shortfall")) or 0

"""Disputes: a bank takes a charge back until it is settled who is right; meanwhile that much is not paid out."""

from datetime import datetime

from sqlalchemy import select

from civic.core.announcements import announce
from civic.core.db import db
from civic.core.money import Money
from civic.core.states import advance
from civic.ledger import names, queries
from civic.ledger.actions import post
from civic.payments.actions import transfers
from civic.payments.actions.shares import debits
from civic.payments.events import DisputeChanged
from civic.payments.models import Charge, Dispute
from civic.payments.provider import DisputeFacts

VERBS = {"won": "win", "lost": "lose"}


def take_in(seen: DisputeFacts, *, provider: str, now: datetime) -> Dispute | None:
    """What is true of a dispute at the provider; stale news change nothing. None when its charge is none of ours."""
    charge = db.session.scalars(
        select(Charge)
        .where(Charge.provider == provider, Charge.provider_charge_id == seen.charge_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if charge is None:
        return None
    dispute = _known(seen) or _new(seen, charge, now)
    dispute.due_at = seen.due_at
    if seen.withdrawn and dispute.status == "open":
        _post("dispute", dispute, {names.DISPUTES: 1, names.held(provider): -1}, now)
    if (dispute.status, VERBS.get(seen.status, "")) in Dispute.TRANSITIONS:
        _decide(dispute, charge, seen, now)
    return dispute


def _decide(dispute: Dispute, charge: Charge, seen: DisputeFacts, now: datetime) -> None:
    advance(dispute, VERBS[seen.status], by=None, now=now)
    dispute.closed_at = now
    held, ref = names.held(charge.provider), dispute.provider_dispute_id
    if dispute.status == "won":
        # A bank that only asked has taken nothing, so nothing comes back.
        if queries.is_posted("dispute", ref):
            _post("dispute_won", dispute, {held: 1, names.DISPUTES: -1}, now)
        _tell(dispute, charge)
        return
    came_from = (
        held if queries.is_posted("dispute_won", ref) or not queries.is_posted("dispute", ref) else names.DISPUTES
    )
    amount = Money(dispute.amount_minor)
    given = debits(charge, amount)
    post("dispute_lost", ref, given | {came_from: -amount}, at=now, memo=dispute.reason)
    _tell(dispute, charge)
    transfers.call_back(given, reference=f"dispute:{dispute.id}", now=now)


def _post(kind: str, dispute: Dispute, signs: dict[str, int], now: datetime) -> None:
    amount = Money(dispute.amount_minor)
    lines = {account: amount * sign for account, sign in signs.items()}
    post(kind, dispute.provider_dispute_id, lines, at=now, memo=dispute.reason)


def _tell(dispute: Dispute, charge: Charge) -> None:
    amount = Money(dispute.amount_minor)
    announce(DisputeChanged(charge.id, charge.reference, charge.group, amount, dispute.status))


def _known(seen: DisputeFacts) -> Dispute | None:
    mine = select(Dispute).where(Dispute.provider_dispute_id == seen.dispute_id).with_for_update()
    return db.session.scalars(mine.execution_options(populate_existing=True)).one_or_none()


def _new(seen: DisputeFacts, charge: Charge, now: datetime) -> Dispute:
    dispute = Dispute(
        charge_id=charge.id,
        provider_dispute_id=seen.dispute_id,
        amount_minor=seen.amount.minor,
        status="open",
        reason=seen.reason,
        opened_at=now,
        due_at=seen.due_at,
    )
    db.session.add(dispute)
    db.session.flush()
    _tell(dispute, charge)
    return dispute

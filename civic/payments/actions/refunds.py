"""Money back to a card: asked for by one person, approved by another, or seen at the provider first.

Locks are taken in one order everywhere: charge, refund or dispute, what the rooms above lock, ledger accounts, transfers.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.jobs import enqueue
from civic.core.money import Money
from civic.core.states import advance, advance_all
from civic.ledger import names, queries
from civic.ledger.actions import post
from civic.payments.actions import transfers
from civic.payments.actions.refusals import (
    AskedAlready,
    IsTheirOwn,
    NeedsSomebodyElse,
    NothingTaken,
    TooMuchToRefund,
    UnderDispute,
)
from civic.payments.actions.shares import debits
from civic.payments.events import ChargeRefunded, RefundFailed
from civic.payments.models import Charge, Dispute, PaymentMethod, Refund
from civic.payments.provider import RefundResult, Refused


def request(charge: Charge, amount: Money, *, why: str, by: Any, now: datetime) -> Refund:
    """Ask that money of a charge goes back; nothing moves before another person approves."""
    charge = locked(Charge, charge.id)
    if charge.status != "succeeded":
        raise NothingTaken()
    if db.session.scalar(select(_disputed(charge).exists())):
        raise UnderDispute()
    left = charge.amount - Money(charge.refunded_minor)
    if not Money(0) < amount <= left:
        raise TooMuchToRefund(left)
    same = select(Refund.id).where(
        Refund.charge_id == charge.id,
        Refund.status == "requested",
        Refund.amount_minor == amount.minor,
        Refund.requested_by_id == by.id,
    )
    if db.session.scalar(select(same.exists())):
        raise AskedAlready()
    charge.refunded_minor += amount.minor
    refund = Refund(
        charge_id=charge.id,
        amount_minor=amount.minor,
        status="requested",
        origin="person",
        why=why,
        requested_by_id=by.id,
        requested_at=now,
    )
    db.session.add(refund)
    db.session.flush()
    audit.record("request", on=refund, by=by, now=now, why=why, after={"amount_minor": amount.minor})
    return refund


def approve(refund: Refund, *, by: Any, now: datetime) -> Refund:
    """Let a refund go; raises NeedsSomebodyElse for who asked for it, and IsTheirOwn for whose card it is."""
    refund = locked(Refund, refund.id)
    if refund.requested_by_id == by.id:
        raise NeedsSomebodyElse()
    if card_holder(refund) == by.id:
        raise IsTheirOwn()
    advance(refund, "approve", by=by, now=now)
    refund.approved_by_id, refund.next_attempt_at = by.id, now
    audit.record("approve", on=refund, by=by, now=now, after={"amount_minor": refund.amount_minor})
    _carry_out()
    return refund


def card_holder(refund: Refund) -> int | None:
    """Whose card the money goes back to; None for somebody without an account."""
    whose = select(PaymentMethod.person_id).join(Charge, Charge.payment_method_id == PaymentMethod.id)
    return db.session.scalar(whose.where(Charge.id == refund.charge_id))


def decline(refund: Refund, *, by: Any, now: datetime, why: str = "") -> Refund:
    """Say no to a refund, or take one's own request back; the money may be asked for again."""
    charge, refund = _both(refund.id)
    advance(refund, "decline", by=by, now=now, why=why)
    refund.reason, refund.finished_at = why, now
    charge.refunded_minor -= refund.amount_minor
    audit.record("decline", on=refund, by=by, now=now, why=why)
    return refund


def refund_group(group: str, *, why: str, proposed_by: Any, by: Any, now: datetime) -> int:
    """Give back all that is left of every charge of a group; tells how many. Proposed by one person, decided by another.

    Called again it adds nothing: each charge has one such refund at most. What a bank disputes is left to the bank.
    """
    if proposed_by.id == by.id:
        raise NeedsSomebodyElse()
    session = db.session
    session.flush()
    taken = select(Charge.id).where(Charge.group == group, Charge.status == "succeeded").order_by(Charge.id)
    session.execute(taken.with_for_update()).all()
    disputed = select(Dispute.charge_id).where(Dispute.status.in_(("open", "lost")))
    left = Charge.amount_minor - Charge.refunded_minor
    due = select(
        Charge.id,
        left,
        literal("requested"),
        literal("campaign"),
        literal(why),
        literal(proposed_by.id),
        literal(by.id),
        literal(""),
        literal(0),
        literal(now),
        literal(now),
    ).where(Charge.group == group, Charge.status == "succeeded", left > 0, Charge.id.not_in(disputed))
    columns = "charge_id amount_minor status origin why requested_by_id approved_by_id reason attempts requested_at"
    new = upsert(Refund).from_select([*columns.split(), "next_attempt_at"], due).on_conflict_do_nothing()
    made = len(session.scalars(new.returning(Refund.id)).all())
    if not made:
        return 0
    in_group = select(Charge.id).where(Charge.group == group)
    ours = (Refund.origin == "campaign", Refund.status == "requested", Refund.charge_id.in_(in_group))
    amounts = select(Refund.charge_id, Refund.amount_minor).where(*ours).subquery()
    reserved = update(Charge).where(Charge.id == amounts.c.charge_id)
    session.execute(
        reserved.values(refunded_minor=Charge.refunded_minor + amounts.c.amount_minor).execution_options(
            synchronize_session=False
        )
    )
    session.expire_all()
    advance_all(Refund, "approve", where=and_(*ours), by=by, now=now, why=why)
    audit.record("refund_group", on=("group", group), by=by, now=now, why=why, after={"refunds": made})
    _carry_out()
    return made


def record(refund_id: int, result: RefundResult | Refused, *, now: datetime) -> None:
    """What the provider answered to a refund of ours; told twice, it is true once."""
    charge, refund = _both(refund_id)
    if isinstance(result, RefundResult):
        if refund.provider_refund_id in (None, result.refund_id):
            _move(refund, charge, result, now)
    elif refund.status == "approved":
        refund.reason = result.code
        _fail(refund, charge, now)


def take_in(seen: RefundResult, *, provider: str, now: datetime) -> Refund | None:
    """What is true of a refund at the provider, whoever made it there; None when its charge is none of ours."""
    charge = db.session.scalars(
        select(Charge)
        .where(Charge.provider == provider, Charge.provider_charge_id == seen.charge_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if charge is None:
        return None
    refund = _known(seen, charge) or _new(seen, charge, now)
    _move(refund, charge, seen, now)
    return refund


def _move(refund: Refund, charge: Charge, seen: RefundResult, now: datetime) -> None:
    if refund.amount != seen.amount:
        raise ValueError(f"refund {refund.id} is of another amount at the provider")
    refund.provider_refund_id = seen.refund_id
    if seen.status == "failed":
        if refund.status != "failed":
            refund.reason = seen.reason
            _fail(refund, charge, now)
        return
    if refund.status == "approved":
        verb = "succeed" if seen.status == "succeeded" else "submit"
        advance(refund, verb, by=None, now=now)
        _post(refund, charge, now)
    elif refund.status == "submitted" and seen.status == "succeeded":
        advance(refund, "succeed", by=None, now=now)
    if refund.status == "succeeded":
        refund.finished_at = refund.finished_at or now


def _post(refund: Refund, charge: Charge, now: datetime) -> None:
    ref = refund.provider_refund_id
    assert ref is not None
    given = debits(charge, refund.amount)
    post("refund", ref, given | {names.held(charge.provider): -refund.amount}, at=now, memo=refund.why)
    _tell(ChargeRefunded, refund, charge)
    transfers.call_back(given, reference=f"refund:{refund.id}", now=now)


def _fail(refund: Refund, charge: Charge, now: datetime) -> None:
    was_posted = refund.status in ("submitted", "succeeded")
    advance(refund, "fail", by=None, now=now, why=refund.reason)
    refund.finished_at, refund.next_attempt_at = now, None
    charge.refunded_minor -= refund.amount_minor
    if was_posted and refund.provider_refund_id:
        undone = {account: -money for account, money in queries.lines("refund", refund.provider_refund_id).items()}
        post("refund_failed", refund.provider_refund_id, undone, at=now, memo=refund.reason)
    _tell(RefundFailed, refund, charge)


def _tell(event: type[ChargeRefunded] | type[RefundFailed], refund: Refund, charge: Charge) -> None:
    db.session.flush()
    stays = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.charge_id == charge.id, Refund.status.in_(("submitted", "succeeded"))
    )
    left = charge.amount - Money(int(db.session.scalar(stays) or 0))
    announce(event(charge.id, charge.reference, charge.group, refund.amount, left))


def _known(seen: RefundResult, charge: Charge) -> Refund | None:
    mine = select(Refund).where(Refund.charge_id == charge.id).with_for_update()
    mine = mine.execution_options(populate_existing=True)
    by_name = db.session.scalars(mine.where(Refund.provider_refund_id == seen.refund_id)).one_or_none()
    number = seen.reference.removeprefix("refund:")
    if by_name is not None or not (seen.reference.startswith("refund:") and number.isdecimal()):
        return by_name
    # Made by us, and the answer was lost.
    lost = mine.where(Refund.id == int(number), Refund.provider_refund_id.is_(None), Refund.status == "approved")
    return db.session.scalars(lost).one_or_none()


def _new(seen: RefundResult, charge: Charge, now: datetime) -> Refund:
    if seen.status != "failed":
        _make_room(charge, seen.amount, now)
    charge.refunded_minor += seen.amount.minor
    refund = Refund(
        charge_id=charge.id,
        amount_minor=seen.amount.minor,
        status="approved",
        origin="provider",
        why="",
        requested_at=now,
    )
    db.session.add(refund)
    db.session.flush()
    return refund


def _make_room(charge: Charge, amount: Money, now: datetime) -> None:
    """What went back at the provider is gone: requests that no longer fit are turned down, the latest first."""
    waiting = (
        select(Refund)
        .where(
            Refund.charge_id == charge.id,
            Refund.status.in_(("requested", "approved")),
            Refund.provider_refund_id.is_(None),
        )
        .order_by(Refund.status.desc(), Refund.id.desc())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for refund in db.session.scalars(waiting).all():
        if charge.refunded_minor + amount.minor <= charge.amount_minor:
            return
        refund.reason = "refunded_at_provider"
        if refund.status == "approved":
            _fail(refund, charge, now)
            continue
        advance(refund, "decline", by=None, now=now, why=refund.reason)
        refund.finished_at = now
        charge.refunded_minor -= refund.amount_minor


def _both(refund_id: int) -> tuple[Charge, Refund]:
    """The charge and the refund, locked in this order."""
    charge_id = db.session.scalar(select(Refund.charge_id).where(Refund.id == refund_id))
    return locked(Charge, charge_id), locked(Refund, refund_id)


def _disputed(charge: Charge) -> Any:
    return select(Dispute.id).where(Dispute.charge_id == charge.id, Dispute.status.in_(("open", "lost")))


def _carry_out() -> None:
    from civic.payments.engine.paying import pay_back

    enqueue(pay_back)

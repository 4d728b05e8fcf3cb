"""Money that goes back at the sandbox: refunds, disputes, and what is paid out to our bank."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civic.core.money import Money
from civic.payments.provider import Bug, DisputeFacts, RefundResult, Refused
from civic.payments.sandbox import fees
from civic.payments.sandbox.cards import CARDS
from civic.payments.sandbox.models import SandboxDispute, SandboxMethod, SandboxPayment, SandboxRefund
from civic.payments.sandbox.outside import balance, book, found, happened, later, new_id


def refund(session: Session, charge_id: str, amount: Money, *, reference: str, now: datetime) -> RefundResult | Refused:
    """Send money of a charge back to the card; refused beyond what is left of it, or while the bank disputes it."""
    payment = _charged(session, charge_id)
    left = payment.amount_minor - payment.refunded_minor
    if amount.currency != "GBP" or amount.minor <= 0:
        raise Bug("not an amount")
    if left == 0:
        return Refused("charge_already_refunded", "The whole charge was given back before.")
    if amount.minor > left:
        return Refused("amount_too_large", "More than is left of the charge.")
    if session.scalar(select(_disputes_of(payment).exists())):
        return Refused("charge_disputed", "The bank has taken this money back.")
    payment.refunded_minor += amount.minor
    later_on = CARDS[found(session, SandboxMethod, payment.method_id).card].later
    row = SandboxRefund(
        id=new_id("re"),
        payment_id=payment.id,
        reference=reference,
        amount_minor=amount.minor,
        status="pending" if later_on == "refund_pending" else "succeeded",
        created_at=now,
    )
    session.add(row)
    session.flush()
    if later_on.startswith("refund"):
        later(session, later_on, row.id, at=now + fees.REFUNDED_AFTER)
    book(session, "refund", row.id, -amount.minor, now=now)
    _tell_refund(session, "refund.created", row, payment, now)
    return refund_truth(row, payment)


def refund_truth(row: SandboxRefund, payment: SandboxPayment) -> RefundResult:
    """What the provider knows about a refund."""
    return RefundResult(row.id, row.status, Money(row.amount_minor), payment.charge_id or "", row.reason, row.reference)  # type: ignore[arg-type]


def refund_arrives(session: Session, refund_id: str, *, now: datetime) -> None:
    """A refund that took its time is on the card."""
    row = found(session, SandboxRefund, refund_id, lock=True)
    if row.status == "pending":
        row.status = "succeeded"
        _tell_refund(session, "refund.updated", row, found(session, SandboxPayment, row.payment_id), now)


def refund_fails(session: Session, refund_id: str, *, now: datetime) -> None:
    """A bank sends a refund back: the money is ours again."""
    row = found(session, SandboxRefund, refund_id, lock=True)
    if row.status == "failed":
        return
    payment = found(session, SandboxPayment, row.payment_id, lock=True)
    row.status, row.reason = "failed", "expired_or_canceled_card"
    payment.refunded_minor -= row.amount_minor
    book(session, "refund_failure", row.id, row.amount_minor, now=now)
    _tell_refund(session, "refund.failed", row, payment, now)


def open_dispute(session: Session, payment_id: str, *, now: datetime) -> str | None:
    """A bank takes back what is left of a charge, and the provider its fee; None where nothing can be disputed."""
    payment = found(session, SandboxPayment, payment_id, lock=True)
    left = payment.amount_minor - payment.refunded_minor
    if payment.status != "succeeded" or left == 0 or session.scalar(select(_disputes_of(payment).exists())):
        return None
    row = SandboxDispute(
        id=new_id("dp"),
        payment_id=payment.id,
        amount_minor=left,
        status="open",
        reason="fraudulent",
        due_at=now + fees.EVIDENCE_WITHIN,
        created_at=now,
    )
    session.add(row)
    book(session, "dispute", row.id, -left, now=now, fee=fees.DISPUTE_FEE.minor)
    _tell_dispute(session, "charge.dispute.created", row, payment, now)
    _tell_dispute(session, "charge.dispute.funds_withdrawn", row, payment, now)
    return row.id


def close_dispute(session: Session, dispute_id: str, won: bool, *, now: datetime) -> None:
    """The bank decides; won means that the money comes back, and the fee does not."""
    row = found(session, SandboxDispute, dispute_id, lock=True)
    if row.status != "open":
        return
    payment = found(session, SandboxPayment, row.payment_id)
    row.status = "won" if won else "lost"
    if won:
        book(session, "dispute_reversal", row.id, row.amount_minor, now=now)
        _tell_dispute(session, "charge.dispute.funds_reinstated", row, payment, now)
    _tell_dispute(session, "charge.dispute.closed", row, payment, now)


def dispute_truth(row: SandboxDispute, payment: SandboxPayment) -> DisputeFacts:
    """What the provider knows about a dispute."""
    return DisputeFacts(
        row.id,
        payment.charge_id or "",
        Money(row.amount_minor),
        row.status,  # type: ignore[arg-type]
        row.reason,
        row.due_at,
    )


def pay_out(session: Session, *, now: datetime) -> int:
    """Send everything that may be used to our bank; tells how much, in pence."""
    usable, _all = balance(session, now)
    if usable > 0:
        payout = new_id("po")
        book(session, "payout", payout, -usable, now=now)
        happened(session, "payout.paid", payout, now=now)
    return max(usable, 0)


def _charged(session: Session, charge_id: str) -> SandboxPayment:
    wanted = select(SandboxPayment).where(SandboxPayment.charge_id == charge_id).with_for_update()
    payment = session.scalars(wanted).one_or_none()
    if payment is None:
        raise Bug("no such charge")
    return payment


def _disputes_of(payment: SandboxPayment):  # type: ignore[no-untyped-def]
    return select(SandboxDispute.id).where(SandboxDispute.payment_id == payment.id, SandboxDispute.status != "won")


def _tell_refund(session: Session, kind: str, row: SandboxRefund, payment: SandboxPayment, now: datetime) -> None:
    happened(session, kind, row.id, now=now, refund=row.id, charge=payment.charge_id, payment=payment.id)


def _tell_dispute(session: Session, kind: str, row: SandboxDispute, payment: SandboxPayment, now: datetime) -> None:
    happened(session, kind, row.id, now=now, dispute=row.id, charge=payment.charge_id, payment=payment.id)

"""Taking money at the sandbox, in two steps: prepared, then confirmed; what the card is decides what comes of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Declined,
    PaymentRequest,
    PaymentResult,
    Processing,
    Succeeded,
    Waiting,
)
from civic.payments.sandbox import fees
from civic.payments.sandbox.cards import CARDS, TestCard
from civic.payments.sandbox.models import SandboxCustomer, SandboxMethod, SandboxPayment
from civic.payments.sandbox.outside import book, found, happened, later, new_id

OVER = ("succeeded", "cancelled", "processing")


def create(session: Session, wish: PaymentRequest, *, now: datetime) -> Waiting:
    """Prepare a payment; no money moves. Raises Bug for less than 30p, another currency, or a statement over 22 characters."""
    found(session, SandboxCustomer, wish.customer_id)
    if wish.amount.currency != "GBP" or wish.amount < fees.SMALLEST:
        raise Bug("amount_too_small")
    if len(wish.statement) > 22:
        raise Bug("the statement has more than 22 characters")
    payment = SandboxPayment(
        id=new_id("pi"),
        customer_id=wish.customer_id,
        reference=wish.reference,
        group=wish.group,
        amount_minor=wish.amount.minor,
        description=wish.description,
        statement=wish.statement,
        created_at=now,
    )
    session.add(payment)
    happened(session, "payment_intent.created", payment.id, now=now, payment=payment.id)
    return Waiting(payment.id)


def truth(payment: SandboxPayment) -> PaymentResult:
    """What the provider knows about a payment."""
    match payment.status:
        case "succeeded":
            assert payment.charge_id is not None
            assert payment.charged_at is not None
            return Succeeded(payment.id, payment.charge_id, payment.amount, payment.charged_at)
        case "processing":
            return Processing(payment.id)
        case "action_required":
            return ActionRequired(payment.id)
        case "declined":
            return Declined(payment.id, payment.code, payment.decline_code, payment.advice)
        case "cancelled":
            return Cancelled(payment.id)
    return Waiting(payment.id)


def confirm(
    session: Session, payment_id: str, method_id: str, *, now: datetime, return_url: str | None = None
) -> PaymentResult:
    """Ask the card for the money; with `return_url` the person is here and may be asked by the bank.

    What is over stays as it is and is told. Raises Bug for a card that is another customer's or was let go.
    """
    payment = found(session, SandboxPayment, payment_id, lock=True)
    if payment.status in OVER:
        return truth(payment)
    method = found(session, SandboxMethod, method_id)
    if method.customer_id != payment.customer_id or method.detached_at is not None:
        raise Bug("payment_method_unexpected_state")
    payment.method_id, payment.return_url = method.id, return_url or ""
    method.tries += 1
    _ask(session, payment, method, now)
    return truth(payment)


def answer_bank(session: Session, payment_id: str, passed: bool, *, now: datetime) -> SandboxPayment:
    """The person answered the bank's question: the money is taken, or the card is refused."""
    payment = found(session, SandboxPayment, payment_id, lock=True)
    if payment.status != "action_required" or not payment.return_url:
        raise Bug("the bank asked nothing")
    if passed:
        _take(session, payment, now)
    else:
        _decline(session, payment, "payment_intent_authentication_failure", "", "", now)
    return payment


def cancel(session: Session, payment_id: str, *, now: datetime) -> PaymentResult:
    """Give a payment up; what is over stays as it is and is told."""
    payment = found(session, SandboxPayment, payment_id, lock=True)
    if payment.status not in OVER:
        payment.status = "cancelled"
        happened(session, "payment_intent.canceled", payment.id, now=now, payment=payment.id)
    return truth(payment)


def decide(session: Session, payment_id: str, *, now: datetime) -> None:
    """A slow bank makes up its mind."""
    payment = found(session, SandboxPayment, payment_id, lock=True)
    if payment.status != "processing":
        return
    card = _card(session, payment)
    if card.at_charge == "slow_decline":
        _decline(session, payment, "card_declined", "generic_decline", "", now)
    else:
        _take(session, payment, now)


def book_charge(session: Session, payment_id: str, *, now: datetime) -> None:
    """The provider's own account shows a payment, less its fee; it may be used seven days later."""
    payment = found(session, SandboxPayment, payment_id, lock=True)
    assert payment.charge_id is not None
    kept = fees.fee(payment.amount, _card(session, payment).country)
    book(
        session, "charge", payment.charge_id, payment.amount_minor,
        now=now, fee=kept.minor, available_in=fees.AVAILABLE_AFTER,
    )  # fmt: skip
    happened(session, "charge.updated", payment.charge_id, now=now, charge=payment.charge_id, payment=payment.id)


def _ask(session: Session, payment: SandboxPayment, method: SandboxMethod, now: datetime) -> None:
    card = CARDS[method.card]
    if (method.exp_year, method.exp_month) < (now.year, now.month):
        return _decline(session, payment, "expired_card", "expired_card", "confirm_card_data", now)
    if card.at_charge == "ask":
        payment.status, payment.code = "action_required", "authentication_required"
        kind = "payment_intent.requires_action" if payment.return_url else "payment_intent.payment_failed"
        return happened(session, kind, payment.id, now=now, payment=payment.id)
    if card.at_charge in ("slow", "slow_decline"):
        payment.status, payment.code = "processing", ""
        later(session, "decide", payment.id, at=now + fees.DECIDED_AFTER)
        return happened(session, "payment_intent.processing", payment.id, now=now, payment=payment.id)
    if card.at_charge and not (card.once and method.tries > 1):
        return _decline(session, payment, "card_declined", card.at_charge, card.advice, now)
    return _take(session, payment, now)


def _take(session: Session, payment: SandboxPayment, now: datetime) -> None:
    payment.status, payment.charge_id, payment.charged_at = "succeeded", new_id("ch"), now
    payment.code = payment.decline_code = payment.advice = ""
    happened(session, "payment_intent.succeeded", payment.id, now=now, payment=payment.id, charge=payment.charge_id)
    later(session, "book", payment.id, at=now + fees.BOOKED_AFTER)
    if _card(session, payment).later == "dispute":
        later(session, "dispute", payment.id, at=now + fees.DISPUTED_AFTER)


def _decline(
    session: Session, payment: SandboxPayment, code: str, decline_code: str, advice: str, now: datetime
) -> None:
    payment.status, payment.code, payment.decline_code, payment.advice = "declined", code, decline_code, advice
    happened(session, "payment_intent.payment_failed", payment.id, now=now, payment=payment.id)


def _card(session: Session, payment: SandboxPayment) -> TestCard:
    return CARDS[found(session, SandboxMethod, payment.method_id).card]

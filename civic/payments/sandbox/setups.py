"""Saving a card at the sandbox: the visit, the card typed, the bank's question."""

from datetime import datetime

from sqlalchemy.orm import Session

from civic.payments.provider import Bug, Card, SetupRequest, SetupResult
from civic.payments.sandbox.cards import CARDS, TestCard
from civic.payments.sandbox.models import SandboxCustomer, SandboxMethod, SandboxSetup
from civic.payments.sandbox.outside import found, happened, later, new_id


def add_customer(session: Session, reference: str, *, now: datetime) -> str:
    """A new customer, known by our reference alone."""
    customer = SandboxCustomer(id=new_id("cus"), reference=reference, created_at=now)
    session.add(customer)
    return customer.id


def start(session: Session, wish: SetupRequest, *, now: datetime) -> SandboxSetup:
    """Begin a visit; raises Bug for a customer unknown, a time already over, or no amount."""
    found(session, SandboxCustomer, wish.customer_id)
    if wish.expires_at <= now or wish.amount.minor <= 0 or wish.amount.currency != "GBP":
        raise Bug("a setup that can never succeed")
    setup = SandboxSetup(
        id=new_id("cs"),
        customer_id=wish.customer_id,
        reference=wish.reference,
        status="open",
        amount_minor=wish.amount.minor,
        consent=wish.consent,
        description=wish.description,
        return_url=wish.return_url,
        cancel_url=wish.cancel_url,
        language=wish.language,
        created_at=now,
        expires_at=wish.expires_at,
    )
    session.add(setup)
    later(session, "expire", setup.id, at=wish.expires_at)
    return setup


def truth(session: Session, setup_id: str, *, now: datetime) -> SetupResult:
    """What the provider knows about a visit; raises Bug for an unknown one."""
    setup = found(session, SandboxSetup, setup_id)
    card = None
    if setup.status == "succeeded":
        card = card_facts(found(session, SandboxMethod, setup.method_id))
    status = "expired" if setup.status == "open" and setup.expires_at <= now else setup.status
    return SetupResult(setup.id, status, setup.reference, card, setup.authenticated, setup.reason)  # type: ignore[arg-type]


def card_facts(method: SandboxMethod) -> Card:
    """What may be known of a saved card."""
    card = CARDS[method.card]
    return Card(
        method.id,
        card.brand,
        card.last4,
        method.exp_month,
        method.exp_year,
        card.country,
        f"sandbox-{card.key}",
    )


def type_card(
    session: Session, setup_id: str, card: TestCard, exp_month: int, exp_year: int, *, now: datetime
) -> SandboxSetup:
    """A test card is typed: saved at once, refused (`reason`), or the bank is asked first (still open, with a method)."""
    setup = _open(session, setup_id, now)
    setup.reason, setup.method_id = "", None
    if card.at_setup in ("card_declined", "expired_card"):
        setup.reason = card.at_setup
        happened(session, "setup_intent.setup_failed", setup.id, now=now, setup=setup.id)
        return setup
    method = SandboxMethod(
        id=new_id("pm"),
        customer_id=setup.customer_id,
        card=card.key,
        exp_month=exp_month,
        exp_year=exp_year,
        created_at=now,
    )
    session.add(method)
    session.flush()
    setup.method_id = method.id
    if card.at_setup != "challenge":
        _succeed(session, setup, now)
    return setup


def answer_bank(session: Session, setup_id: str, passed: bool, *, now: datetime) -> SandboxSetup:
    """The person answered the bank's question: the card is saved, or another may be typed."""
    setup = _open(session, setup_id, now)
    if setup.method_id is None:
        raise Bug("the bank asked nothing")
    if passed:
        setup.authenticated = True
        _succeed(session, setup, now)
    else:
        setup.reason, setup.method_id = "authentication_failed", None
        happened(session, "setup_intent.setup_failed", setup.id, now=now, setup=setup.id)
    return setup


def expire(session: Session, setup_id: str, *, now: datetime) -> None:
    """The time for a visit is over."""
    setup = found(session, SandboxSetup, setup_id, lock=True)
    if setup.status == "open":
        setup.status, setup.method_id = "expired", None
        happened(session, "checkout.session.expired", setup.id, now=now, setup=setup.id)


def detach(session: Session, method_id: str, *, now: datetime) -> None:
    """Let a card go; once is enough."""
    method = found(session, SandboxMethod, method_id, lock=True)
    if method.detached_at is None:
        method.detached_at = now
        happened(session, "payment_method.detached", method.id, now=now)


def _open(session: Session, setup_id: str, now: datetime) -> SandboxSetup:
    setup = found(session, SandboxSetup, setup_id, lock=True)
    if setup.status != "open" or setup.expires_at <= now:
        raise Bug("the visit is over")
    return setup


def _succeed(session: Session, setup: SandboxSetup, now: datetime) -> None:
    setup.status = "succeeded"
    happened(session, "setup_intent.succeeded", setup.id, now=now, setup=setup.id)
    happened(session, "checkout.session.completed", setup.id, now=now, setup=setup.id)

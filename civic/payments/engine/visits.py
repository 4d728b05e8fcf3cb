"""Saving a card: the person goes to the provider's page, and what came of it is read from the provider alone."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.core import clock
from civic.core.announcements import announce
from civic.core.db import db, locked, transaction
from civic.core.money import Money
from civic.core.states import advance
from civic.core.tokens import code_from
from civic.core.web import external_url
from civic.payments import providers
from civic.payments.actions import setups
from civic.payments.checkpoints import cp
from civic.payments.errors import PaymentsUnavailable
from civic.payments.events import CardNotWanted, CardSaved, CardSetupEnded
from civic.payments.models import CardSetup, PaymentMethod
from civic.payments.provider import Bug, Card, PaymentProvider, ProviderError, SetupRequest, SetupResult

log = structlog.get_logger()

GIVEN_UP_AFTER = timedelta(hours=1)
"""A visit of which the provider still says nothing so long after its end is over."""

WAY_BACK_LASTS = timedelta(days=2)
"""How long after a visit's end its way back still leads somewhere."""


def start(setup: CardSetup) -> str:
    """Open the provider's page for a visit begun and committed before; gives its address.

    Asked again, it is the same visit. Raises PaymentsUnavailable, with nothing lost.
    """
    if setup.status != "open":
        return setup.return_path
    try:
        provider = providers.outside()
        providers.named(setup.provider, setup.mode)
        customer_id = setup.customer_id or _customer(provider, setup)
        begun = provider.start_setup(_wish(setup, customer_id), key=f"{setup.key}-page")
    except ProviderError as error:
        log.warning("setup_not_started", setup=setup.key, error=str(error))
        raise PaymentsUnavailable() from error
    cp("setup.after_api")
    with transaction():
        locked(CardSetup, setup.id).setup_id = begun.setup_id
    cp("setup.after_commit")
    return begun.url


def sync(setup_key: str) -> CardSetup:
    """Read what came of a visit and make it true here; announces CardSaved or CardSetupEnded.

    Raises PaymentsUnavailable where the provider gives no answer.
    """
    setup = db.session.scalars(select(CardSetup).where(CardSetup.key == setup_key)).one()
    if setup.status != "open":
        return setup
    result = _truth(setup)
    cp("setup_truth.after_api")
    with transaction():
        setup = locked(CardSetup, setup.id)
        if setup.status == "open" and result is not None:
            _apply(setup, result, clock.now())
        cp("setup_truth.before_commit")
    return setup


def proof(setup_key: str) -> str:
    """The part of a way back that only we can write; always the same, for one key at the provider takes one address only."""
    return code_from("payments return", setup_key, groups=6)


def sync_setup_id(setup_id: str) -> CardSetup | None:
    """The same, for the provider's name of a visit; None for one that is not ours."""
    key = db.session.scalars(select(CardSetup.key).where(CardSetup.setup_id == setup_id)).one_or_none()
    return sync(key) if key else None


def _customer(provider: PaymentProvider, setup: CardSetup) -> str:
    """The provider's name for this person: the one of an earlier card, or a new one."""
    with transaction():
        customer_id = _known_customer(setup)
    if customer_id is None:
        reference = f"person:{setup.person_id}" if setup.person_id else setup.reference
        customer_id = provider.ensure_customer(reference, email=setup.email, key=f"{setup.key}-customer")
    cp("customer.after_api")
    with transaction():
        locked(CardSetup, setup.id).customer_id = customer_id
    cp("customer.after_commit")
    return customer_id


def _known_customer(setup: CardSetup) -> str | None:
    """Whose card was saved for the same thing before, or else the person's own: a charge takes one customer's cards only."""
    same = (CardSetup.provider == setup.provider, CardSetup.mode == setup.mode)
    before = select(CardSetup.customer_id).where(
        CardSetup.reference == setup.reference, CardSetup.status == "succeeded", *same
    )
    customer_id = db.session.scalar(before.order_by(CardSetup.id.desc()).limit(1))
    if customer_id or not setup.person_id:
        return customer_id or None
    theirs = select(PaymentMethod.customer_id).where(
        PaymentMethod.person_id == setup.person_id,
        PaymentMethod.provider == setup.provider,
        PaymentMethod.mode == setup.mode,
    )
    return db.session.scalar(theirs.order_by(PaymentMethod.id.desc()).limit(1))


def _wish(setup: CardSetup, customer_id: str) -> SetupRequest:
    token = proof(setup.key)
    return SetupRequest(
        reference=setup.reference,
        customer_id=customer_id,
        amount=Money(setup.amount_minor, setup.currency),
        consent=setup.consent,
        description=setup.description,
        return_url=external_url("payments.show_setup_return", key=setup.key, t=token, lang=setup.language),
        cancel_url=external_url("payments.leave_setup", key=setup.key, t=token, lang=setup.language),
        language=setup.language,
        expires_at=setup.expires_at,
    )


def _truth(setup: CardSetup) -> SetupResult | None:
    """What the provider knows; None where it was never asked and still may be."""
    now = clock.now()
    if setup.setup_id is None:
        return SetupResult("", "expired") if setup.expires_at + GIVEN_UP_AFTER < now else None
    try:
        db.session.rollback()
        provider = providers.outside()
        providers.named(setup.provider, setup.mode)
        result = provider.fetch_setup(setup.setup_id)
    except ProviderError as error:
        raise PaymentsUnavailable() from error
    if result.reference not in ("", setup.reference):
        raise Bug(f"the visit {setup.key} is another one at the provider")
    if result.status == "open" and setup.expires_at + GIVEN_UP_AFTER < now:
        return SetupResult(setup.setup_id, "expired")
    return result


def _apply(setup: CardSetup, result: SetupResult, now: datetime) -> None:
    """Make it true, in a transaction, of a visit that is locked and open."""
    if result.status == "open":
        return
    setup.finished_at, setup.email = now, ""
    if result.status == "succeeded" and result.card is not None:
        _saved(setup, result, result.card, now)
        return
    setup.reason = result.reason
    advance(setup, "expire" if result.status == "expired" else "fail", by=None, now=now, why=result.reason)
    announce(CardSetupEnded(setup.id, setup.reference, result.reason or result.status))


def _saved(setup: CardSetup, result: SetupResult, card: Card, now: datetime) -> None:
    """The card is ours to charge once, unless what it was saved for is over: then it is let go again."""
    method_id = _keep(setup, card, result.authenticated, now)
    setup.payment_method_id = method_id
    amount = Money(setup.amount_minor, setup.currency)
    try:
        with db.session.begin_nested():
            advance(setup, "succeed", by=None, now=now)
            announce(CardSaved(setup.id, setup.reference, method_id, amount))
    except CardNotWanted as unwanted:
        db.session.refresh(setup)
        setup.reason = str(unwanted)
        advance(setup, "refuse", by=None, now=now, why=str(unwanted))
        setups.let_go([method_id], now=now)


def _keep(setup: CardSetup, card: Card, authenticated: bool, now: datetime) -> int:
    """The saved card's row, written once however often it is heard of."""
    facts = {
        "brand": card.brand,
        "last4": card.last4,
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "country": card.country,
        "fingerprint": card.fingerprint,
        "authenticated": authenticated,
    }
    new = insert(PaymentMethod).values(
        provider=setup.provider,
        mode=setup.mode,
        customer_id=setup.customer_id,
        provider_id=card.payment_method_id,
        person_id=setup.person_id,
        created_at=now,
        **facts,
    )
    kept = new.on_conflict_do_update(index_elements=["provider", "provider_id"], set_=facts)
    return int(db.session.scalars(kept.returning(PaymentMethod.id)).one())

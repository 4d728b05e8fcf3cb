"""Beginning to save a card, and letting saved cards go."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from civic.core.db import db
from civic.core.jobs import enqueue
from civic.core.money import Money
from civic.payments import jobs, providers
from civic.payments.models import CardSetup

OPEN_FOR = timedelta(hours=23)
"""How long the provider's page stays open; Stripe allows 30 minutes to 24 hours from the call."""

AT_ONCE = 100
"""How many cards one job lets go."""


def begin(
    *,
    key: str,
    reference: str,
    amount: Money,
    consent: str,
    language: str,
    description: str,
    return_path: str,
    cancel_path: str,
    person: Any | None,
    email: str,
    now: datetime,
) -> CardSetup:
    """Note that a person is about to save a card; the same `key` begins the same visit, however often it is asked for.

    `amount` is the most that may ever be taken, and `consent` the very sentence agreed to. After the commit,
    engine.visits.start() says where to send the person.
    """
    begun = db.session.scalars(select(CardSetup).where(CardSetup.key == key)).one_or_none()
    if begun is not None:
        return begun
    provider = providers.current()
    setup = CardSetup(
        key=key,
        reference=reference,
        provider=provider.name,
        mode=provider.mode,
        amount_minor=amount.minor,
        currency=amount.currency,
        consent=consent,
        description=description,
        email=email,
        language=language,
        return_path=return_path,
        cancel_path=cancel_path,
        person_id=getattr(person, "id", None),
        created_at=now,
        expires_at=now + OPEN_FOR,
    )
    db.session.add(setup)
    db.session.flush()
    return setup


def let_go(payment_method_ids: Iterable[int], *, now: datetime) -> None:
    """Let saved cards go once this transaction is kept; a card that a charge may still need stays."""
    ids = sorted(set(payment_method_ids))
    for start in range(0, len(ids), AT_ONCE):
        enqueue(jobs.let_cards_go, ids=ids[start : start + AT_ONCE])

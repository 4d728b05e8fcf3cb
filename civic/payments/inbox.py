"""What the provider announces: first a row, then an effect, exactly once. What happened is read from the object itself.

Stale, repeated and shuffled announcements change nothing: each only says where to look, and what is true is applied once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.core.jobs import enqueue, job
from civic.core.states import advance
from civic.payments import providers
from civic.payments.actions import disputes, payees, refunds
from civic.payments.engine import applying, copying, onboarding, visits
from civic.payments.models import CardSetup, Charge, WebhookEvent
from civic.payments.provider import PaymentProvider, ProviderEvent

log = structlog.get_logger()

Effect = Callable[[], bool]
"""Makes true here what was read at the provider, in the caller's transaction; False where it concerns nothing of ours."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
FIRST_LOOK_BACK = timedelta(days=3)
OVERLAP = timedelta(hours=1)
SETTLES_IN = timedelta(minutes=10)
COPY_LOCK = 7_201_801_402


def receive(provider: PaymentProvider, event: ProviderEvent, *, now: datetime | None = None) -> bool:
    """Keep a verified announcement, and have it handled once this transaction is kept; False where it was told before."""
    now = now or clock.now()
    new = (
        insert(WebhookEvent).on_conflict_do_nothing(index_elements=["provider", "event_id"]).returning(WebhookEvent.id)
    )
    row_id = db.session.scalar(
        new.values(
            provider=provider.name,
            mode=provider.mode,
            event_id=event.event_id,
            kind=event.kind,
            object_id=event.object_id,
            facts=dict(event.facts),
            created_at=event.created_at,
            received_at=now,
            next_attempt_at=now,
        )
    )
    if row_id is not None:
        enqueue(handle_event, event_id=row_id)
    return row_id is not None


@job("payments.handle_event", retries=1)
def handle_event(event_id: int) -> None:
    """Do what an announcement asks for; one that fails is tried again by sweep_events."""
    handle(event_id)


@job("payments.sweep_events")
def sweep_events() -> None:
    """Handle what is still waiting: announcements that failed, and those whose worker died."""
    now = clock.now()
    due = select(WebhookEvent.id).where(
        WebhookEvent.status.in_(("received", "failed")), WebhookEvent.next_attempt_at <= now - timedelta(minutes=1)
    )
    with transaction():
        waiting = db.session.scalars(due.order_by(WebhookEvent.next_attempt_at).limit(1000)).all()
    for event_id in waiting:
        handle(event_id)


@job("payments.poll_events")
def poll_events() -> None:
    """Fetch the announcements that never arrived."""
    poll(clock.now())


def poll(now: datetime) -> int:
    """Walk the provider's own list of announcements since the last one we know; tells how many were new."""
    provider = providers.outside()
    newest = select(func.max(WebhookEvent.created_at)).where(
        WebhookEvent.provider == provider.name, WebhookEvent.mode == provider.mode
    )
    with transaction():
        known = db.session.scalar(newest)
    # Announcements arrive in any order: an older one may still be missing.
    since = known - OVERLAP if known else now - FIRST_LOOK_BACK
    found = 0
    for event in provider.events_since(since):
        with transaction():
            found += receive(provider, event, now=now)
    return found


def handle(event_row_id: int, *, now: datetime | None = None) -> None:
    """Read the object that an announcement is about, and make true here what is true there; once, whoever else tries too."""
    now = now or clock.now()
    with transaction():
        event = db.session.get_one(WebhookEvent, event_row_id, populate_existing=True)
    if event.status in ("processed", "ignored"):
        return
    try:
        effect = _read(event, now)
        with transaction():
            row = locked(WebhookEvent, event_row_id)
            if row.status in ("processed", "ignored"):
                return
            advance(row, "process" if effect() else "ignore", by=None, now=now)
            row.processed_at, row.next_attempt_at, row.error = now, None, ""
    except Exception as error:  # one that cannot be handled keeps no other waiting, and is seen
        log.exception("event_not_handled", event_row=event_row_id, kind=event.kind)
        _put_off(event_row_id, f"{type(error).__name__}: {error}", now)


def _put_off(event_row_id: int, error: str, now: datetime) -> None:
    with transaction():
        row = locked(WebhookEvent, event_row_id)
        if row.status in ("processed", "ignored"):
            return
        advance(row, "fail", by=None, now=now)
        row.error, row.attempts = error[:500], row.attempts + 1
        row.next_attempt_at = now + PAUSES[min(row.attempts, len(PAUSES)) - 1]


def _read(event: WebhookEvent, now: datetime) -> Effect:
    """Ask the provider what is true of the object; the answer as an effect that waits to be applied."""
    provider = providers.named(event.provider, event.mode)
    providers.outside()
    for beginnings, reader in READERS.items():
        if event.kind.startswith(beginnings):
            return reader(provider, event, now)
    return _nothing


def _nothing() -> bool:
    return False


def _setup(provider: PaymentProvider, event: WebhookEvent, now: datetime) -> Effect:
    """A visit to the card page. Its own transactions do it all; a setup intent alone is found by what it was for."""
    with transaction():
        by_name = select(CardSetup.key).where(CardSetup.setup_id.in_((event.facts.get("setup"), event.object_id)))
        keys = list(db.session.scalars(by_name))
        if not keys and event.facts.get("reference"):
            mine = select(CardSetup.key).where(CardSetup.reference == event.facts["reference"])
            keys = list(db.session.scalars(mine.where(CardSetup.status == "open")))
    for key in keys:
        visits.sync(key)
    return lambda: bool(keys)


def _payment(provider: PaymentProvider, event: WebhookEvent, now: datetime) -> Effect:
    payment_id = event.facts.get("payment") or event.object_id
    with transaction():
        mine = select(Charge.id).where(Charge.provider == provider.name, Charge.provider_payment_id == payment_id)
        charge_id = db.session.scalar(mine)
    if charge_id is None:
        return _nothing
    result = provider.fetch_payment(payment_id)

    def effect() -> bool:
        applying.apply(charge_id, result, now=now)
        return True

    return effect


def _refund(provider: PaymentProvider, event: WebhookEvent, now: datetime) -> Effect:
    refund_id = event.facts.get("refund")
    if not refund_id:
        return _nothing
    seen = provider.fetch_refund(refund_id)
    return lambda: refunds.take_in(seen, provider=provider.name, now=now) is not None


def _dispute(provider: PaymentProvider, event: WebhookEvent, now: datetime) -> Effect:
    seen = provider.fetch_dispute(event.facts.get("dispute") or event.object_id)
    return lambda: disputes.take_in(seen, provider=provider.name, now=now) is not None


def _payee(provider: PaymentProvider, event: WebhookEvent, now: datetime) -> Effect:
    with transaction():
        payee = payees.by_account(event.facts.get("account") or event.object_id)
    if payee is None:
        return _nothing
    onboarding.sync(payee, now=now)
    return lambda: True


def _balance(provider: PaymentProvider, event: WebhookEvent, now: datetime) -> Effect:
    """Our account at the provider has a new line. Many come at once: they are copied together, a little later."""

    def effect() -> bool:
        # Whoever does not get the lock leaves it to the one who has it.
        if db.session.scalar(select(func.pg_try_advisory_xact_lock(COPY_LOCK))):
            enqueue(copying.copy_balance, at=now + SETTLES_IN, key="payments.copy_balance")
        return True

    return effect


READERS: dict[str | tuple[str, ...], Callable[[PaymentProvider, WebhookEvent, datetime], Effect]] = {
    ("checkout.session.", "setup_intent."): _setup,
    # Prepared by us, and nothing happened yet: what is told of it later would be stale news.
    "payment_intent.created": lambda provider, event, now: _nothing,
    ("payment_intent.", "charge.succeeded", "charge.failed", "charge.pending", "charge.expired"): _payment,
    ("refund.", "charge.refund.updated"): _refund,
    "charge.dispute.": _dispute,
    ("charge.updated", "payout.", "transfer.", "balance."): _balance,
    ("v2.core.account", "account."): _payee,
}

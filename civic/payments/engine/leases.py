"""Who has a charge in hand: one worker at a time, for a minute; after that whoever was killed is not waited for.

A lease spares work and nothing depends on it: were two to hold one charge, the provider would still take the money once.
"""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select, update

from civic.core.db import db
from civic.payments.models import Charge
from civic.payments.provider import PaymentProvider

LEASE = timedelta(seconds=60)

WORKING = ("queued", "created", "retry_wait", "unknown", "processing")
"""States in which time alone brings a charge forward."""


def claim(provider: PaymentProvider, now: datetime) -> int | None:
    """Take the charge that has waited longest, of those that are due and in nobody's hands; None where there is none."""
    longest = select(Charge.id).where(_due(provider, now)).order_by(Charge.next_attempt_at, Charge.id).limit(1)
    taken = longest.with_for_update(skip_locked=True).scalar_subquery()
    lease = update(Charge).where(Charge.id == taken).values(lease_until=now + LEASE).returning(Charge.id)
    return db.session.scalar(lease.execution_options(synchronize_session=False))


def take(charge_id: int, now: datetime) -> bool:
    """Take this very charge; False where somebody has it in hand."""
    lease = update(Charge).where(Charge.id == charge_id, _free(now)).values(lease_until=now + LEASE)
    taken = db.session.scalar(lease.returning(Charge.id).execution_options(synchronize_session=False))
    return taken is not None


def is_work_left(provider: PaymentProvider, now: datetime) -> bool:
    """Whether a charge is due and in nobody's hands."""
    return bool(db.session.scalar(select(exists().where(_due(provider, now)))))


def _due(provider: PaymentProvider, now: datetime):  # type: ignore[no-untyped-def]
    ours = and_(Charge.provider == provider.name, Charge.mode == provider.mode)
    return and_(Charge.status.in_(WORKING), Charge.next_attempt_at <= now, _free(now), ours)


def _free(now: datetime):  # type: ignore[no-untyped-def]
    return or_(Charge.lease_until.is_(None), Charge.lease_until <= now)

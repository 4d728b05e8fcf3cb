"""Time passes at the sandbox: what will happen by itself happens when it is due, whoever looks first."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civic.payments.sandbox import charging, giving_back, setups
from civic.payments.sandbox.models import SandboxDue

# One process at a time, so that two never wait for each other's rows.
PASSING_LOCK = 7_201_801_402
STRETCH = 500

VERBS: dict[str, Callable[..., object]] = {
    "expire": setups.expire,
    "decide": charging.decide,
    "book": charging.book_charge,
    "dispute": giving_back.open_dispute,
    "refund_fails": giving_back.refund_fails,
    "refund_pending": giving_back.refund_arrives,
}


def is_due(session: Session, now: datetime) -> bool:
    """Whether anything waits to happen."""
    return session.scalar(select(SandboxDue.id).where(SandboxDue.at <= now).limit(1)) is not None


def pass_time(session: Session, now: datetime) -> int:
    """Let a stretch of what is due happen, in order; tells how much. Nothing where another process is at it."""
    if not session.scalar(select(func.pg_try_advisory_xact_lock(PASSING_LOCK))):
        return 0
    due = select(SandboxDue).where(SandboxDue.at <= now).order_by(SandboxDue.at, SandboxDue.id).limit(STRETCH)
    rows = list(session.scalars(due))
    for row in rows:
        VERBS[row.verb](session, row.object_id, now=row.at)
        session.delete(row)
        session.flush()
    return len(rows)

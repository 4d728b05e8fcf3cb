"""What staff can see of the sandbox: everything that stands there."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from civic.core.db import db
from civic.core.money import Money
from civic.payments.sandbox.models import (
    SandboxAccount,
    SandboxDispute,
    SandboxEntry,
    SandboxEvent,
    SandboxFault,
    SandboxPayment,
    SandboxRefund,
    SandboxTransfer,
)
from civic.payments.sandbox.outside import balance


def payments() -> Select[*tuple[Any, ...]]:
    """Payments, each with its open dispute where there is one."""
    is_its = (SandboxDispute.payment_id == SandboxPayment.id) & (SandboxDispute.status == "open")
    return select(SandboxPayment, SandboxDispute).outerjoin(SandboxDispute, is_its)


def refunds() -> Select[SandboxRefund]:
    """Refunds."""
    return select(SandboxRefund)


def entries() -> Select[SandboxEntry]:
    """Lines of our account at the sandbox."""
    return select(SandboxEntry)


def accounts() -> list[SandboxAccount]:
    """The organisations known there, latest first."""
    return list(db.session.scalars(select(SandboxAccount).order_by(SandboxAccount.created_at.desc()).limit(100)))


def transfers() -> list[tuple[SandboxTransfer, str]]:
    """The latest hundred transfers, each with the name of its organisation."""
    both = select(SandboxTransfer, SandboxAccount.name).join(
        SandboxAccount, SandboxAccount.id == SandboxTransfer.account_id
    )
    rows = db.session.execute(both.order_by(SandboxTransfer.created_at.desc(), SandboxTransfer.id).limit(100))
    return [(row[0], row[1]) for row in rows]


def in_the_account(now: datetime) -> tuple[Money, Money]:
    """What lies there: (may be used now, all of it)."""
    usable, everything = balance(db.session, now)
    return Money(usable), Money(everything)


def events() -> Select[SandboxEvent]:
    """Announcements."""
    return select(SandboxEvent)


def untold() -> int:
    """How many announcements wait to be told."""
    return db.session.scalar(select(func.count()).where(SandboxEvent.next_attempt_at.is_not(None))) or 0


def faults() -> list[SandboxFault]:
    """What is ordered to go wrong, oldest first."""
    return list(db.session.scalars(select(SandboxFault).order_by(SandboxFault.id)))


def payment_by_id(payment_id: str) -> SandboxPayment | None:
    """One payment."""
    return db.session.get(SandboxPayment, payment_id)


def dispute_by_id(dispute_id: str) -> SandboxDispute | None:
    """One dispute."""
    return db.session.get(SandboxDispute, dispute_id)


def account_by_id(account_id: str) -> SandboxAccount | None:
    """One organisation's account."""
    return db.session.get(SandboxAccount, account_id)

"""The sandbox's own lists, a stretch at a time: what a reconciliation walks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from civic.core.money import Money
from civic.payments.provider import BalanceEntry, PaymentSeen, ProviderEvent
from civic.payments.sandbox.charging import truth
from civic.payments.sandbox.giving_back import dispute_truth, refund_truth
from civic.payments.sandbox.models import (
    SandboxDispute,
    SandboxEntry,
    SandboxEvent,
    SandboxPayment,
    SandboxRefund,
)

SIZE = 200
Place = tuple[datetime, Any]
Stretch = Callable[[Session, datetime, Place | None], tuple[list[Any], Place | None]]


def events(session: Session, moment: datetime, after: Place | None) -> tuple[list[ProviderEvent], Place | None]:
    """Announcements, whether they were delivered or not."""
    rows, place = _stretch(session, select(SandboxEvent), SandboxEvent, moment, after)
    told = [ProviderEvent(each.name, each.kind, each.object_id, each.created_at, each.facts) for (each,) in rows]
    return told, place


def payments(session: Session, moment: datetime, after: Place | None) -> tuple[list[PaymentSeen], Place | None]:
    """Payments with what came of them."""
    rows, place = _stretch(session, select(SandboxPayment), SandboxPayment, moment, after)
    return [PaymentSeen(each.reference, each.amount, each.created_at, truth(each)) for (each,) in rows], place


def refunds(session: Session, moment: datetime, after: Place | None) -> tuple[list[Any], Place | None]:
    """Refunds, also those made at the provider's own desk."""
    both = select(SandboxRefund, SandboxPayment).join(SandboxPayment, SandboxPayment.id == SandboxRefund.payment_id)
    rows, place = _stretch(session, both, SandboxRefund, moment, after)
    return [refund_truth(refund, payment) for refund, payment in rows], place


def disputes(session: Session, moment: datetime, after: Place | None) -> tuple[list[Any], Place | None]:
    """Disputes."""
    both = select(SandboxDispute, SandboxPayment).join(SandboxPayment, SandboxPayment.id == SandboxDispute.payment_id)
    rows, place = _stretch(session, both, SandboxDispute, moment, after)
    return [dispute_truth(dispute, payment) for dispute, payment in rows], place


def entries(session: Session, moment: datetime, after: Place | None) -> tuple[list[BalanceEntry], Place | None]:
    """Lines of our account there."""
    rows, place = _stretch(session, select(SandboxEntry), SandboxEntry, moment, after)
    return [_entry(each) for (each,) in rows], place


def _entry(row: SandboxEntry) -> BalanceEntry:
    return BalanceEntry(
        row.id,
        row.kind,  # type: ignore[arg-type]
        row.source_id,
        Money(row.amount_minor),
        Money(row.fee_minor),
        Money(row.net_minor),
        row.created_at,
        row.available_at,
    )


def _stretch(
    session: Session, query: Any, model: Any, moment: datetime, after: Place | None
) -> tuple[list[Any], Place | None]:
    key = tuple_(model.created_at, model.id)
    wanted = query.where(key > after) if after else query.where(model.created_at >= moment)
    rows = list(session.execute(wanted.order_by(model.created_at, model.id).limit(SIZE)))
    last = rows[-1][0] if len(rows) == SIZE else None
    return rows, (last.created_at, last.id) if last is not None else None

"""One list of the provider after the other, held against our rows: apply what we miss, cancel what is orphaned, tell the rest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, select

from civic.core.db import db, transaction
from civic.core.money import Money
from civic.payments import differences
from civic.payments.actions import disputes as dispute_actions
from civic.payments.actions import refunds as refund_actions
from civic.payments.actions import transfers as transfer_actions
from civic.payments.engine import applying
from civic.payments.engine.copying import by_hundreds
from civic.payments.models import BalanceRecord, Charge, Dispute, Refund, Transfer, TransferReversal
from civic.payments.provider import (
    Cancelled,
    DisputeFacts,
    PaymentProvider,
    PaymentSeen,
    Processing,
    RefundResult,
    Succeeded,
    Unknown,
)

log = structlog.get_logger()

MAY_BE_UNDER_WAY = timedelta(hours=1)
"""A payment prepared so lately may be about to be written down."""

KEY_FORGOTTEN = timedelta(hours=25)
"""After this a charge that waits gets another payment: its key at the provider is gone."""

A_DAY = timedelta(days=1)
AT_MOST = 500
UNDECIDED = ("unknown", "processing")
REFUND_STATES = {"pending": "submitted", "succeeded": "succeeded", "failed": "failed"}


@dataclass
class Walk:
    """One comparison: with whom, since when, and what was counted on the way."""

    provider: PaymentProvider
    run_id: int
    since: datetime
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)  # charges at the provider of which a difference tells already

    def note(self, kind: str, reference: str, amount: Money | None = None, **details: Any) -> None:
        """Keep a difference, in its own transaction."""
        self.counts["differences"] += 1
        with transaction():
            differences.note(kind, reference, run_id=self.run_id, now=self.now, amount=amount, **details)


def payments(walk: Walk) -> None:
    """The provider's list of payments; then, whether it knows every one that we believe was paid."""
    paid: set[str] = set()
    for stretch in by_hundreds(walk.provider.payments_since(walk.since)):
        walk.counts["payments"] += len(stretch)
        ids = [seen.result.payment_id for seen in stretch if not isinstance(seen.result, Unknown)]
        mine = select(Charge).where(Charge.provider == walk.provider.name, Charge.provider_payment_id.in_(ids))
        with transaction():
            rows = db.session.scalars(mine.execution_options(populate_existing=True))
            known = {row.provider_payment_id: row for row in rows}
        for seen in stretch:
            if isinstance(seen.result, Unknown):
                continue
            charge = known.get(seen.result.payment_id)
            if isinstance(seen.result, Succeeded):
                paid.add(seen.result.payment_id)
            if charge is None:
                _without_a_charge(walk, seen, seen.result.payment_id)
            else:
                _of_a_charge(walk, seen, charge)
    _not_at_the_provider(walk, paid)


def _of_a_charge(walk: Walk, seen: PaymentSeen, charge: Charge) -> None:
    result, name = seen.result, f"charge:{charge.id}"
    if isinstance(result, Succeeded):
        if charge.status == "cancelled":
            walk.note("paid_after_end", name, result.amount, payment=result.payment_id)
            return
        if result.amount != charge.amount or charge.provider_charge_id not in (None, result.charge_id):
            walk.note("payment_differs", name, result.amount, payment=result.payment_id, charge=result.charge_id)
            return
    is_news = (
        (isinstance(result, Succeeded) and charge.status != "succeeded")
        or (isinstance(result, Cancelled) and charge.status not in ("cancelled", "succeeded"))
        or charge.status == "unknown"
        or (charge.status == "processing" and not isinstance(result, Processing))
    )
    if is_news:
        with transaction():
            applying.apply(charge.id, result, now=walk.now)
        walk.counts["applied"] += 1


def _without_a_charge(walk: Walk, seen: PaymentSeen, payment_id: str) -> None:
    if isinstance(seen.result, Cancelled):
        return
    if isinstance(seen.result, Succeeded | Processing):
        walk.told.add(getattr(seen.result, "charge_id", ""))
        walk.note("payment_without_record", payment_id, seen.amount, named=seen.reference)
        return
    if not _is_an_orphan(walk, seen):
        return
    result = walk.provider.cancel_payment(payment_id, key=f"orphan-{payment_id}")
    walk.counts["cancelled"] += 1
    if isinstance(result, Succeeded):
        walk.note("payment_without_record", payment_id, seen.amount, named=seen.reference)


def _is_an_orphan(walk: Walk, seen: PaymentSeen) -> bool:
    """Prepared by us, and no charge of ours will ever confirm it."""
    number = seen.reference.removeprefix("charge:")
    if not (seen.reference.startswith("charge:") and number.isdecimal()):
        return False
    if seen.created_at > walk.now - MAY_BE_UNDER_WAY:
        return False
    with transaction():
        charge = db.session.get(Charge, int(number), populate_existing=True)
    # A charge that waits without a payment asks again with the same key, and is given this one.
    waits_for_it = charge is not None and charge.provider_payment_id is None
    return not waits_for_it or seen.created_at < walk.now - KEY_FORGOTTEN


def _not_at_the_provider(walk: Walk, paid: set[str]) -> None:
    mine = select(Charge).where(
        Charge.provider == walk.provider.name,
        Charge.mode == walk.provider.mode,
        Charge.status == "succeeded",
        Charge.created_at >= walk.since,
        Charge.succeeded_at < walk.now,
    )
    with transaction():
        lost = [row for row in db.session.scalars(mine) if row.provider_payment_id not in paid]
    for charge in lost:
        walk.note("charge_not_at_provider", f"charge:{charge.id}", charge.amount, payment=charge.provider_payment_id)


def refunds(walk: Walk) -> None:
    """The provider's list of refunds, and those that we have been waiting for."""
    for stretch in by_hundreds(walk.provider.refunds_since(walk.since)):
        walk.counts["refunds"] += len(stretch)
        names = [seen.refund_id for seen in stretch]
        mine = select(Refund.provider_refund_id, Refund.status).where(Refund.provider_refund_id.in_(names))
        with transaction():
            known = dict(db.session.execute(mine).all())
        for seen in stretch:
            if known.get(seen.refund_id) != REFUND_STATES[seen.status]:
                _take_refund(walk, seen)
    waiting = select(Refund.provider_refund_id).where(
        Refund.status == "submitted", Refund.requested_at < walk.now - A_DAY, Refund.provider_refund_id.is_not(None)
    )
    for refund_id in _listed(waiting.order_by(Refund.id).limit(AT_MOST)):
        _take_refund(walk, walk.provider.fetch_refund(refund_id))


def _take_refund(walk: Walk, seen: RefundResult) -> None:
    try:
        with transaction():
            taken = refund_actions.take_in(seen, provider=walk.provider.name, now=walk.now)
    except Exception as error:
        log.exception("refund_not_applied", refund=seen.refund_id)
        walk.note("refund_not_applied", seen.refund_id, seen.amount, error=str(error)[:300])
        return
    if taken is None and seen.status != "failed":
        walk.note("refund_without_record", seen.refund_id, seen.amount, charge=seen.charge_id)
    walk.counts["applied"] += taken is not None


def disputes(walk: Walk) -> None:
    """The provider's list of disputes, and those that are still open here."""
    for stretch in by_hundreds(walk.provider.disputes_since(walk.since)):
        walk.counts["disputes"] += len(stretch)
        names = [seen.dispute_id for seen in stretch]
        mine = select(Dispute.provider_dispute_id, Dispute.status).where(Dispute.provider_dispute_id.in_(names))
        with transaction():
            known = dict(db.session.execute(mine).all())
        for seen in stretch:
            if known.get(seen.dispute_id) != seen.status or seen.status == "open":
                _take_dispute(walk, seen, is_known=seen.dispute_id in known)
    earlier = select(Dispute.provider_dispute_id).where(Dispute.status == "open", Dispute.opened_at < walk.since)
    for dispute_id in _listed(earlier.order_by(Dispute.id).limit(AT_MOST)):
        _take_dispute(walk, walk.provider.fetch_dispute(dispute_id), is_known=True)


def _take_dispute(walk: Walk, seen: DisputeFacts, *, is_known: bool) -> None:
    try:
        with transaction():
            taken = dispute_actions.take_in(seen, provider=walk.provider.name, now=walk.now)
    except Exception as error:
        log.exception("dispute_not_applied", dispute=seen.dispute_id)
        walk.note("dispute_not_applied", seen.dispute_id, seen.amount, error=str(error)[:300])
        return
    if taken is None:
        walk.note("dispute_without_record", seen.dispute_id, seen.amount, charge=seen.charge_id)
    walk.counts["applied"] += taken is not None and not is_known


def transfers(walk: Walk) -> None:
    """Transfers whose answer we never heard, or believed to be no."""
    unsure = select(Transfer).where(Transfer.status.in_(("released", "failed")), Transfer.attempts > 0)
    with transaction():
        rows = db.session.scalars(unsure.order_by(Transfer.id).limit(AT_MOST)).all()
    for row in rows:
        made = walk.provider.fetch_transfer(f"transfer:{row.id}", row.group)
        if made is None:
            continue
        if row.status == "failed":
            walk.note("transfer_sent_after_failure", f"transfer:{row.id}", row.amount, provider=made.transfer_id)
            continue
        with transaction():
            transfer_actions.record(row.id, made, now=walk.now)
        walk.counts["applied"] += 1


def balance_lines(walk: Walk) -> None:
    """Lines of the provider's account that nothing of ours explains: money without a record."""
    owners = {
        "charge": ("payment_without_record", Charge.provider_charge_id),
        "transfer": ("transfer_without_record", Transfer.provider_transfer_id),
        "transfer_reversal": ("reversal_without_record", TransferReversal.provider_reversal_id),
    }
    mine = select(BalanceRecord).where(
        BalanceRecord.provider == walk.provider.name,
        BalanceRecord.mode == walk.provider.mode,
        BalanceRecord.created_at >= walk.since,
    )
    for kind, (difference, column) in owners.items():
        orphans = mine.where(
            BalanceRecord.kind == kind, ~select(column).where(column == BalanceRecord.source_id).exists()
        )
        for line in _rows(orphans):
            if line.source_id in walk.told:
                continue
            walk.note(difference, line.source_id, Money(line.amount_minor), line=line.entry_id)
    for line in _rows(mine.where(BalanceRecord.kind == "other")):
        walk.note("unexplained_line", line.entry_id, Money(line.net_minor), source=line.source_id)


def stuck(walk: Walk) -> None:
    """What was decided a day ago and has still not happened."""
    for model, status, since in (
        (Refund, "approved", Refund.requested_at),
        (Transfer, "released", Transfer.created_at),
        (TransferReversal, "requested", TransferReversal.created_at),
    ):
        kind = {"refund": "refund", "transfer": "transfer", "transfer_reversal": "reversal"}[model.__tablename__]
        # What has an answer waits for a reason that it tells of itself.
        waiting = select(model).where(
            model.status == status, model.attempts > 2, since < walk.now - A_DAY, model.reason == ""
        )
        for row in _rows(waiting.order_by(model.id).limit(AT_MOST)):
            walk.note(f"{kind}_stuck", f"{kind}:{row.id}", Money(row.amount_minor), tries=row.attempts)


def net_at(provider: PaymentProvider) -> Money:
    """What lies at the provider by the lines of its account that we have copied."""
    total = select(func.coalesce(func.sum(BalanceRecord.net_minor), 0))
    mine = total.where(BalanceRecord.provider == provider.name, BalanceRecord.mode == provider.mode)
    return Money(int(db.session.scalar(mine) or 0))


def _listed(query: Any) -> Iterable[str]:
    with transaction():
        return list(db.session.scalars(query))


def _rows(query: Any) -> Iterable[Any]:
    with transaction():
        return list(db.session.scalars(query))

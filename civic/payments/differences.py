"""What does not agree with the provider: kept once, however often it is found, until a person has looked."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from civic.core import audit
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import advance
from civic.payments.models import Discrepancy

KINDS = {
    "payment_without_record": _l("Money was taken at the provider, and no charge of ours knows of it"),
    "payment_differs": _l("A charge is not the same at the provider"),
    "paid_after_end": _l("A charge was paid after it had been given up"),
    "charge_not_at_provider": _l("A charge in our books is not in the provider’s list"),
    "refund_without_record": _l("A refund was made at the provider for a charge that is not ours"),
    "refund_not_applied": _l("A refund at the provider could not be taken into our books"),
    "refund_stuck": _l("An approved refund has had no answer for a day"),
    "dispute_without_record": _l("A bank disputes a charge that is not ours"),
    "dispute_not_applied": _l("A dispute could not be taken into our books"),
    "transfer_without_record": _l("Money was sent to an organisation, and no transfer of ours knows of it"),
    "transfer_sent_after_failure": _l("A transfer that we believed to have failed was made"),
    "transfer_stuck": _l("A released transfer has had no answer for a day"),
    "reversal_without_record": _l("Money was called back from an organisation, and we do not know why"),
    "reversal_stuck": _l("Money that is to be called back from an organisation has had no answer for a day"),
    "unexplained_line": _l("The provider booked something for a reason that we do not know"),
    "balance": _l("The provider’s account and our books differ"),
    "invariant": _l("Something that must always be true of the books is not"),
}


def note(kind: str, reference: str, *, run_id: int, now: datetime, amount: Money | None = None, **details: Any) -> None:
    """Keep a difference for a person to look at; while it is open, finding it again adds nothing."""
    assert kind in KINDS
    new = insert(Discrepancy).on_conflict_do_nothing(
        index_elements=["kind", "reference"], index_where=text("status = 'open'")
    )
    values = {
        "run_id": run_id,
        "kind": kind,
        "reference": reference,
        "amount_minor": None if amount is None else amount.minor,
        "details": details,
        "status": "open",
        "found_at": now,
        "note": "",
    }
    db.session.execute(new.values(**values))


def settle(kind: str, reference: str, *, now: datetime, why: str) -> None:
    """A difference that went away by itself."""
    gone = select(Discrepancy).where(
        Discrepancy.kind == kind, Discrepancy.reference == reference, Discrepancy.status == "open"
    )
    for row in db.session.scalars(gone.with_for_update()):
        advance(row, "resolve", by=None, now=now, why=why)
        row.resolved_at, row.note = now, why


def resolve(row: Discrepancy, *, note: str, by: Any, now: datetime) -> None:
    """A finance officer has looked, and says what came of it."""
    row = locked(Discrepancy, row.id)
    advance(row, "resolve", by=by, now=now, why=note)
    row.resolved_at, row.resolved_by_id, row.note = now, by.id, note
    audit.record("resolve", on=row, by=by, now=now, why=note)

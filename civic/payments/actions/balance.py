"""The provider's account with us, copied line by line into our books: what it kept as fees is known only from there."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.core.db import db
from civic.core.money import Money
from civic.ledger import names
from civic.ledger.actions import post
from civic.payments.models import BalanceRecord, Charge
from civic.payments.provider import BalanceEntry, Mode

# What is booked from our own rows when it happens; of these lines only a fee is news.
BOOKED_ELSEWHERE = {"refund", "refund_failure", "dispute", "dispute_reversal", "transfer", "transfer_reversal"}


def record(entries: Iterable[BalanceEntry], *, provider: str, mode: Mode, now: datetime) -> int:
    """Copy lines and post them; tells how many were new. A line seen before is passed over."""
    seen = list(entries)
    if not seen:
        return 0
    new = insert(BalanceRecord).on_conflict_do_nothing(index_elements=["provider", "entry_id"])
    rows = [_row(entry, provider, mode) for entry in seen]
    known = set(db.session.scalars(new.returning(BalanceRecord.entry_id), rows))
    fresh = [entry for entry in seen if entry.entry_id in known]
    _tell_charges([entry for entry in fresh if entry.kind == "charge"], provider)
    for entry in fresh:
        kind, lines = postings(entry, provider)
        post(kind, entry.entry_id, lines, at=entry.created_at, memo=entry.source_id)
    return len(fresh)


def postings(entry: BalanceEntry, provider: str) -> tuple[str, dict[str, Money]]:
    """What a line of the provider's account means in our books: (kind, lines)."""
    held, fees = names.held(provider), names.fees(provider)
    match entry.kind:
        case "charge":
            return "settle", {names.clearing(provider): -entry.amount, held: entry.net, fees: entry.fee}
        case "payout":
            return "payout", {names.BANK: -entry.amount, held: entry.net, fees: entry.fee}
        case "fee":
            return "fee", {held: entry.net, fees: -entry.net}
        case kind if kind in BOOKED_ELSEWHERE:
            return "fee", {held: -entry.fee, fees: entry.fee}
    return "unexplained", {held: entry.net, fees: entry.fee, names.unexplained(provider): -entry.amount}


def _tell_charges(entries: list[BalanceEntry], provider: str) -> None:
    """Each charge learns its fee, and from when its money may be used. Rows in one order: others lock them too."""
    by_charge = {entry.source_id: entry for entry in entries}
    mine = select(Charge).where(Charge.provider == provider, Charge.provider_charge_id.in_(by_charge))
    mine = mine.order_by(Charge.id).with_for_update().execution_options(populate_existing=True)
    for charge in db.session.scalars(mine):
        entry = by_charge[charge.provider_charge_id or ""]
        charge.fee_minor, charge.available_at = entry.fee.minor, entry.available_at


def _row(entry: BalanceEntry, provider: str, mode: Mode) -> dict[str, object]:
    return {
        "provider": provider,
        "mode": mode,
        "entry_id": entry.entry_id,
        "kind": entry.kind,
        "source_id": entry.source_id,
        "amount_minor": entry.amount.minor,
        "fee_minor": entry.fee.minor,
        "net_minor": entry.net.minor,
        "created_at": entry.created_at,
        "available_at": entry.available_at,
    }

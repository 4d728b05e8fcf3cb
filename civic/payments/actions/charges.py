"""Charges as rooms ask for them: queued by the thousand, tried again, given up. The engine does the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from civic.core.db import db, locked
from civic.core.jobs import enqueue
from civic.core.money import Money
from civic.core.states import advance, advance_all
from civic.payments import jobs
from civic.payments.models import Charge, PaymentMethod

SMALLEST = Money(30)
"""Card payments below 30p are not taken. Source: docs.stripe.com/currencies#minimum-and-maximum-charge-amounts"""

STATEMENT_LENGTH = 22
AT_ONCE = 1000


@dataclass(frozen=True)
class ChargeRequest:
    """One sum to be taken from one saved card, and whose money it becomes: `shares` in pence by ledger account."""

    reference: str  # "pledge:<public id>"
    payment_method_id: int
    amount: Money
    shares: dict[str, int]
    description: str
    statement: str  # what the backer reads on the bank statement


def queue(requests: Iterable[ChargeRequest], *, group: str, now: datetime) -> int:
    """Queue charges, to be taken once this transaction is kept; gives how many are new.

    A reference that has a living charge gets no second one. Raises ValueError for a request that does not add up.
    """
    wanted = list(requests)
    for each in wanted:
        _check(each)
    cards = _providers({each.payment_method_id for each in wanted})
    queued = 0
    for start in range(0, len(wanted), AT_ONCE):
        rows = [_row(each, group, cards[each.payment_method_id], now) for each in wanted[start : start + AT_ONCE]]
        new = insert(Charge).on_conflict_do_nothing(
            index_elements=["reference"], index_where=text("status <> 'cancelled'")
        )
        queued += len(db.session.scalars(new.returning(Charge.id), rows).all())
    if queued:
        enqueue(jobs.run_charges)
    return queued


def give_up(charge_ids: Iterable[int], *, now: datetime) -> None:
    """Give charges up once this transaction is kept: the provider is asked first, and what was paid meanwhile stays paid.

    ChargeCancelled or ChargeSucceeded is announced for each.
    """
    ids = sorted(set(charge_ids))
    for start in range(0, len(ids), AT_ONCE):
        enqueue(jobs.give_charges_up, ids=ids[start : start + AT_ONCE])


def rest(charge_ids: Iterable[int], *, now: datetime) -> None:
    """Ask these cards no more by themselves: only a person, or giving up, moves them from here."""
    waiting = (Charge.id.in_(list(charge_ids))) & (Charge.status == "retry_wait")
    advance_all(Charge, "decline", where=waiting, by=None, now=now, why="asked no more by itself")


def try_again(charge: Charge, *, payment_method_id: int | None = None, now: datetime) -> bool:
    """Ask the card again as soon as this transaction is kept, or another card; False where the charge is not waiting for that.

    The charge is locked: call this before locking what it is for.
    """
    row: Charge = locked(Charge, charge.id)
    if (row.status, "retry") not in Charge.TRANSITIONS:
        return False
    if payment_method_id is not None:
        assert _providers({payment_method_id})[payment_method_id] == (row.provider, row.mode)
        row.payment_method_id = payment_method_id
    prepare_retry(row, now)
    enqueue(jobs.run_charges)
    return True


def prepare_retry(charge: Charge, now: datetime) -> None:
    """The card is about to be asked once more: a new try has a new key."""
    advance(charge, "retry", by=None, now=now)
    charge.attempts += 1
    charge.calls += 1
    charge.next_attempt_at = now


def _check(wanted: ChargeRequest) -> None:
    if sum(wanted.shares.values()) != wanted.amount.minor or min(wanted.shares.values()) < 0:
        raise ValueError(f"the shares of {wanted.reference} are not its amount")
    if wanted.amount < SMALLEST:
        raise ValueError(f"{wanted.reference} is below the least that a card payment may be")
    if len(wanted.statement) > STATEMENT_LENGTH:
        raise ValueError(f"the statement of {wanted.reference} is longer than banks print")


def _providers(payment_method_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Where each saved card stands. One that was let go is no reason to stop: its charge is refused and its owner asked."""
    columns = select(PaymentMethod.id, PaymentMethod.provider, PaymentMethod.mode)
    found = db.session.execute(columns.where(PaymentMethod.id.in_(payment_method_ids)))
    return {row.id: (row.provider, row.mode) for row in found}


def _row(wanted: ChargeRequest, group: str, card: tuple[str, str], now: datetime) -> dict[str, object]:
    return {
        "reference": wanted.reference,
        "group": group,
        "provider": card[0],
        "mode": card[1],
        "payment_method_id": wanted.payment_method_id,
        "amount_minor": wanted.amount.minor,
        "currency": wanted.amount.currency,
        "shares": {account: share for account, share in wanted.shares.items() if share},
        "description": wanted.description,
        "statement": wanted.statement,
        "status": "queued",
        "created_at": now,
        "next_attempt_at": now,
    }

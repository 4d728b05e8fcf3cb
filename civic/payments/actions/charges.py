"""Charges as rooms ask for them: queued by the thousand, tried again, given up. The engine does the rest."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.types import TypeEngine

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
    new = insert(Charge).from_select(*_rows(wanted, group, now))
    new = new.on_conflict_do_nothing(index_elements=["reference"], index_where=text("status <> 'cancelled'"))
    db.session.flush()
    # The number of rows comes back, and not the rows: a close has tens of thousands.
    done = db.session.connection().execute(new.execution_options(preserve_rowcount=True))
    if done.rowcount:
        enqueue(jobs.run_charges)
    return done.rowcount


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
        card = db.session.get_one(PaymentMethod, payment_method_id)
        assert (card.provider, card.mode) == (row.provider, row.mode)
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
    if wanted.amount.currency != "GBP":
        raise ValueError(f"{wanted.reference} is not in pounds")
    if sum(wanted.shares.values()) != wanted.amount.minor or min(wanted.shares.values()) < 0:
        raise ValueError(f"the shares of {wanted.reference} are not its amount")
    if wanted.amount < SMALLEST:
        raise ValueError(f"{wanted.reference} is below the least that a card payment may be")
    if len(wanted.statement) > STATEMENT_LENGTH:
        raise ValueError(f"the statement of {wanted.reference} is longer than banks print")


def _rows(wanted: list[ChargeRequest], group: str, now: datetime) -> tuple[list[str], Select[Any]]:
    """The columns and the rows of new charges, as one question: each array is one parameter, however many charges there are.

    Provider and mode are those of the saved card. One that was let go is no reason to stop: its owner will be asked. For one
    that does not exist PostgreSQL refuses them all.
    """
    lists: dict[str, tuple[type[TypeEngine[Any]], list[Any]]] = {
        "reference": (Text, [each.reference for each in wanted]),
        "method_id": (BigInteger, [each.payment_method_id for each in wanted]),
        "amount": (BigInteger, [each.amount.minor for each in wanted]),
        "shares": (Text, [json.dumps({to: part for to, part in each.shares.items() if part}) for each in wanted]),
        "description": (Text, [each.description for each in wanted]),
        "statement": (Text, [each.statement for each in wanted]),
    }
    arrays = [cast(bindparam(None, values, ARRAY(kind)), ARRAY(kind)) for kind, values in lists.values()]
    columns = [column(name, kind) for name, (kind, _) in lists.items()]
    new = func.unnest(*arrays).table_valued(*columns, with_ordinality="place").render_derived(name="wanted")
    values: dict[str, Any] = {
        "reference": new.c.reference,
        "batch": literal(group),
        "provider": PaymentMethod.provider,
        "mode": PaymentMethod.mode,
        "payment_method_id": new.c.method_id,
        "amount_minor": new.c.amount,
        "shares": cast(new.c.shares, JSONB),
        "description": new.c.description,
        "statement": new.c.statement,
        "created_at": literal(now, DateTime(timezone=True)),
        "next_attempt_at": literal(now, DateTime(timezone=True)),
    }
    labelled: list[ColumnElement[Any]] = [value.label(name) for name, value in values.items()]
    with_cards = new.outerjoin(PaymentMethod, PaymentMethod.id == new.c.method_id)
    # Whoever stands first is asked first.
    return list(values), select(*labelled).select_from(with_cards).order_by(new.c.place)

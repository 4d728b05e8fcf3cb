"""Carry out what was decided: refunds, transfers, money called back. Record, commit, call with a key, record, commit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from flask import Flask, current_app
from sqlalchemy import func, select

from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.core.jobs import enqueue, job
from civic.core.money import Money
from civic.payments import providers
from civic.payments.actions import payees, refunds, transfers
from civic.payments.checkpoints import cp
from civic.payments.engine import pace
from civic.payments.engine.claiming import Claim, each
from civic.payments.models import Charge, Payee, Refund, Transfer, TransferReversal
from civic.payments.provider import (
    PaymentProvider,
    Refused,
    ReversalResult,
    TransferRequest,
    TransferResult,
    Unknown,
)

log = structlog.get_logger()
Clock = Callable[[], datetime]

NOT_YET = "balance_insufficient"
"""The money is there and may not be used yet: no failure, the transfer waits."""

WAITS = timedelta(hours=6)
MOST_WAITS = 40
"""A transfer waits ten days at most for money that may be used."""

ALREADY_BACK = ("charge_already_refunded", "amount_too_large")
SLICE = timedelta(seconds=45)
"""One stretch of work; then other jobs have their turn."""

A_MOMENT = timedelta(seconds=10)
A_LITTLE = timedelta(minutes=5)
"""Clocks of two houses differ."""


def pay_back_due(at: Clock, until: datetime | None = None) -> list[int]:
    """Carry out the refunds that are approved; their numbers."""
    return list(each(Refund, "approved", _pay_back, clock=at, until=until))


def pay_out_due(at: Clock, until: datetime | None = None) -> list[int]:
    """Carry out the transfers that are released; their numbers."""
    return list(each(Transfer, "released", _pay_out, clock=at, until=until))


def call_back_due(at: Clock, until: datetime | None = None) -> list[int]:
    """Call back from organisations what they were paid too much; the numbers of the reversals."""
    return list(each(TransferReversal, "requested", _call_back, clock=at, until=until))


@job("payments.pay_back")
def pay_back() -> None:
    """Carry out approved refunds; those of a whole campaign by several threads, at the pace that the provider allows."""
    _a_slice(pay_back, Refund, "approved", pay_back_due, threads=current_app.config["CHARGE_THREADS"])


@job("payments.pay_out")
def pay_out() -> None:
    """Carry out released transfers."""
    _a_slice(pay_out, Transfer, "released", pay_out_due)


@job("payments.call_money_back")
def call_money_back() -> None:
    """Carry out reversals of transfers."""
    _a_slice(call_money_back, TransferReversal, "requested", call_back_due)


def _a_slice(this: Callable, model: Any, status: str, work: Callable[..., list[int]], *, threads: int = 1) -> None:
    """Work for a while; where more is due, or the provider asked us to slow down, go on in a job of its own."""
    until = clock.now() + SLICE
    if threads == 1:
        work(clock.now, until)
    else:
        app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
        with ThreadPoolExecutor(threads, thread_name_prefix=this.__name__) as pool:
            for worker in [pool.submit(_in_context, app, work, until) for _ in range(threads)]:
                worker.result()
    soon = clock.now() + A_MOMENT
    waiting = select(model.id).where(model.status == status, model.next_attempt_at <= soon).limit(1)
    with transaction():
        # Whoever does not get the lock leaves it to the one who has it.
        mine = func.pg_try_advisory_xact_lock(func.hashtext(this.__name__))
        if db.session.scalar(waiting) is not None and db.session.scalar(select(mine)):
            enqueue(this, at=soon, key=f"payments.{this.__name__}")


def _in_context(app: Flask, work: Callable[..., list[int]], until: datetime) -> None:
    with app.app_context():
        work(clock.now, until)


def _pay_back(taken: Claim, now: datetime) -> None:
    with transaction():
        refund = db.session.get_one(Refund, taken.id, populate_existing=True)
        charge = db.session.get_one(Charge, refund.charge_id, populate_existing=True)
    if refund.status != "approved":
        return
    provider = providers.named(charge.provider, charge.mode)
    assert charge.provider_charge_id is not None
    if taken.must_look_first and _was_made(provider, refund, charge, now):
        return
    cp("refund.before_api")
    pace.current().bucket("refund").wait()
    result = provider.refund(
        charge.provider_charge_id,
        refund.amount,
        reference=f"refund:{refund.id}",
        key=f"refund-{refund.id}-{taken.key_number}",
    )
    cp("refund.after_api")
    if isinstance(result, Unknown):
        return
    if isinstance(result, Refused) and result.code in ALREADY_BACK and _was_made(provider, refund, charge, now):
        return
    with transaction():
        refunds.record(refund.id, result, now=now)
    cp("refund.after_commit")


def _was_made(provider: PaymentProvider, refund: Refund, charge: Charge, now: datetime) -> bool:
    """Take in every refund of this charge that the provider knows of; whether ours is settled by that."""
    since = min(refund.requested_at, charge.succeeded_at or refund.requested_at) - A_LITTLE
    seen = [one for one in provider.refunds_since(since) if one.charge_id == charge.provider_charge_id]
    with transaction():
        # Ours first: the others would otherwise take its room.
        for one in sorted(seen, key=lambda one: one.reference != f"refund:{refund.id}"):
            refunds.take_in(one, provider=provider.name, now=now)
        return db.session.get_one(Refund, refund.id, populate_existing=True).status != "approved"


def _pay_out(taken: Claim, now: datetime) -> None:
    with transaction():
        transfer = db.session.get_one(Transfer, taken.id, populate_existing=True)
        payee = db.session.get_one(Payee, transfer.payee_id, populate_existing=True)
    provider = providers.named(payee.provider, payee.mode)
    if not taken.is_first:
        made = provider.fetch_transfer(f"transfer:{transfer.id}", transfer.group)
        if made is not None:
            _record_transfer(transfer.id, made, taken, now)
            return
    status = provider.payee_status(payee.account_id)
    with transaction():
        payees.take_in(payee.organisation_id, status, provider=payee.provider, mode=provider.mode, now=now)
    with transaction():
        is_owed = transfers.is_still_owed(transfer.id)
    if status.state != "active" or not is_owed:
        _record_transfer(transfer.id, Refused("payee_not_active" if is_owed else "not_owed"), taken, now)
        return
    cp("transfer.before_api")
    result = provider.transfer(
        TransferRequest(
            reference=f"transfer:{transfer.id}",
            account_id=payee.account_id,
            amount=transfer.amount,
            group=transfer.group,
            description=transfer.reference,
        ),
        key=f"transfer-{transfer.id}-{taken.key_number}",
    )
    cp("transfer.after_api")
    if not isinstance(result, Unknown):
        _record_transfer(transfer.id, result, taken, now)
    cp("transfer.after_commit")


def _record_transfer(transfer_id: int, result: TransferResult | Refused, taken: Claim, now: datetime) -> None:
    with transaction():
        if isinstance(result, Refused):
            # The next try is a new one: a provider repeats a refusal under its old key.
            row = locked(Transfer, transfer_id)
            row.attempts = taken.tries + taken.tries % 2
            if result.code == NOT_YET and taken.tries < MOST_WAITS:
                row.next_attempt_at, row.reason = now + WAITS, result.code
                return
        transfers.record(transfer_id, result, now=now)


def _call_back(taken: Claim, now: datetime) -> None:
    with transaction():
        reversal = db.session.get_one(TransferReversal, taken.id, populate_existing=True)
        transfer = db.session.get_one(Transfer, reversal.transfer_id, populate_existing=True)
        payee = db.session.get_one(Payee, transfer.payee_id)
    provider = providers.named(payee.provider, payee.mode)
    assert transfer.provider_transfer_id is not None
    result: ReversalResult | Refused | Unknown | None = None
    if not taken.is_first:
        result = _reversal_made(provider, reversal)
    if result is None:
        cp("reversal.before_api")
        result = provider.reverse_transfer(
            transfer.provider_transfer_id,
            Money(reversal.amount_minor),
            key=f"reversal-{reversal.id}-{taken.key_number}",
        )
        cp("reversal.after_api")
    if isinstance(result, Unknown):
        return
    with transaction():
        transfers.record_reversal(reversal.id, result, now=now)
    cp("reversal.after_commit")


def _reversal_made(provider: PaymentProvider, reversal: TransferReversal) -> ReversalResult | None:
    """A reversal of this amount, in the provider's account and not in our books: the one whose answer was lost."""
    seen = [
        entry.source_id
        for entry in provider.balance_since(reversal.created_at - A_LITTLE)
        if entry.kind == "transfer_reversal" and entry.amount == Money(reversal.amount_minor)
    ]
    mine = select(TransferReversal.provider_reversal_id).where(TransferReversal.provider_reversal_id.in_(seen))
    with transaction():
        known = set(db.session.scalars(mine))
    return next((ReversalResult(name) for name in seen if name not in known), None)

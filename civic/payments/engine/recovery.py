"""A person mends a charge with their bank, a charge is given up, and the truth about a charge is read when somebody asks."""

from datetime import timedelta

from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.core.jobs import enqueue
from civic.core.tokens import sign
from civic.core.web import external_url
from civic.payments import jobs, providers
from civic.payments.checkpoints import cp
from civic.payments.engine import leases, pace, steps
from civic.payments.engine.applying import cancelled_here
from civic.payments.errors import NotKnownYet, PaymentsUnavailable
from civic.payments.models import Charge
from civic.payments.provider import ActionRequired, Bug, Declined, ProviderError, Unknown, Waiting

RETURNING = "payments bank return"
"""The purpose of the signed part of the address to which a person comes back from their bank."""

LATER = timedelta(minutes=30)
"""When the truth is read even where the person never came back from their bank."""

NOT_BEFORE_THIS = 300.0
"""Seconds for which the run leaves a charge alone that is being given up."""

UNDECIDED = (Waiting, Declined, ActionRequired, Unknown)
"""Answers about a charge in the run that may be older than its present try: only the run can tell."""

MENDABLE = ("requires_action", "declined", "retry_wait")


def start(charge: Charge, *, return_path: str) -> str:
    """Where a person goes to mend a charge with their bank: the bank's page, or `return_path` where it was settled at once.

    Asks the provider, so it stands outside any transaction. Raises PaymentsUnavailable where no answer comes.
    """
    order = _in_hand(charge.id)
    if order is None:
        return return_path
    cp("recovery.after_commit")
    token = sign(RETURNING, {"charge": charge.id, "path": return_path})
    try:
        cp("recovery.before_api")
        begun = providers.outside().start_recovery(
            order.payment_id,
            order.method_id,
            return_url=external_url("payments.show_bank_return", charge_id=charge.id, t=token),
            key=order.key("recovery"),
        )
    except Bug:  # the card is not known there any more: the page offers another one
        steps.put_down(order.id)
        return return_path
    except ProviderError as error:
        steps.put_down(order.id)
        raise PaymentsUnavailable() from error
    cp("recovery.after_api")
    if begun.result is None:
        steps.put_down(order.id)
        return begun.url
    steps.settle(order, begun.result)
    if isinstance(begun.result, Unknown):
        with transaction():
            enqueue(jobs.look_at_charge, at=clock.now() + timedelta(minutes=1), charge_id=charge.id)
        raise NotKnownYet()
    return return_path


def sync(charge_id: int) -> Charge:
    """Read the truth about a charge and make it true here; what a worker has in hand, or is about to ask, is left to it.

    Raises PaymentsUnavailable where the provider gives no answer.
    """
    with transaction():
        is_mine = leases.take(charge_id, clock.now())
    order = steps.look_up(charge_id)
    if is_mine and order.payment_id and order.status not in ("succeeded", "cancelled"):
        cp("sync.before_api")
        try:
            result = providers.outside().fetch_payment(order.payment_id)
        except ProviderError as error:
            steps.put_down(charge_id)
            raise PaymentsUnavailable() from error
        cp("sync.after_api")
        if not (order.status in ("created", "unknown") and isinstance(result, UNDECIDED)):
            return steps.settle(order, result)
    if is_mine:
        steps.put_down(charge_id)
    return db.session.scalars(select(Charge).where(Charge.id == charge_id)).one()


def sync_payment_id(payment_id: str) -> Charge | None:
    """The same, for the provider's name of a payment; None for one that is not ours."""
    found = db.session.scalar(select(Charge.id).where(Charge.provider_payment_id == payment_id))
    return sync(found) if found else None


def give_up(charge_id: int) -> bool:
    """Make sure that a charge is never taken; False where nothing can be said yet, so that it is asked again later."""
    with transaction():
        is_mine = leases.take(charge_id, clock.now())
    order = steps.look_up(charge_id)
    if order.status in ("succeeded", "cancelled"):
        if is_mine:
            steps.put_down(charge_id)
        return True
    if not is_mine:
        return False
    if not order.payment_id:
        with transaction():
            cancelled_here(charge_id, now=clock.now())
        return True
    order = _numbered(charge_id)
    cp("cancel.before_api")
    try:
        result = pace.current().call(
            "cancel", lambda: providers.outside().cancel_payment(order.payment_id, key=order.key("cancel"))
        )
    except ProviderError:
        result = Unknown()
    cp("cancel.after_api")
    if isinstance(result, Unknown):
        steps.put_down(charge_id, soon=NOT_BEFORE_THIS)  # or the run would ask the card meanwhile
        return False
    charge = steps.settle(order, result)
    cp("cancel.after_commit")
    return charge.status in ("succeeded", "cancelled")


def _numbered(charge_id: int) -> steps.Order:
    """To cancel does no harm however often: each time under a new key, lest a lost answer be repeated for a day."""
    with transaction():
        locked(Charge, charge_id).calls += 1
    return steps.look_up(charge_id)


def _in_hand(charge_id: int) -> steps.Order | None:
    """The charge, held for a person who is here; None where there is nothing to mend or a worker holds it."""
    with transaction():
        now = clock.now()
        charge: Charge = locked(Charge, charge_id)
        if charge.status not in MENDABLE or not leases.take(charge_id, now):
            return None
        charge.attempts += 1
        charge.calls += 1
        enqueue(jobs.look_at_charge, at=now + LATER, charge_id=charge.id)
    return steps.look_up(charge_id)

"""What the provider says becomes true here: the only writer of a charge's state once it is prepared.

Whoever hears first (the run, an announcement, a person coming back, the nightly comparison) applies it; for the others there
is nothing left to do. What is told late changes nothing: no state goes backwards, and out of `succeeded` there is no way.
"""

import random
from datetime import datetime, timedelta

import structlog

from civic.core.announcements import announce
from civic.core.db import locked
from civic.core.money import Money
from civic.core.states import advance, can
from civic.ledger import names
from civic.ledger.actions import post
from civic.payments import rules
from civic.payments.events import ChargeCancelled, ChargeNeedsPerson, ChargeSucceeded
from civic.payments.models import Charge
from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Declined,
    PaymentResult,
    Processing,
    Succeeded,
    Unknown,
    Waiting,
)

log = structlog.get_logger()

LOOK_AGAIN = timedelta(minutes=10)
"""How often the provider is asked about a payment that a bank has not decided."""


def apply(charge_id: int, result: PaymentResult, *, now: datetime, in_hand: bool = False) -> Charge:
    """Make the provider's answer true of a charge, in the caller's transaction; announces what changed.

    `in_hand` is said by the engine alone, about a charge that it holds and puts down with this. Raises Bug for an answer about
    another payment or another sum: neither is ever booked.
    """
    charge: Charge = locked(Charge, charge_id)
    if in_hand:
        charge.lease_until = None
    elif _may_be_old_news(charge, result, now):
        return charge
    if isinstance(result, Unknown):
        _not_known(charge, result, now)
        return charge
    if result.payment_id != charge.provider_payment_id:
        raise Bug(f"charge {charge.id} is another payment than {result.payment_id}")
    charge.last_synced_at = now
    match result:
        case Succeeded():
            _succeeded(charge, result, now)
        case Declined():
            _declined(charge, result, now)
        case ActionRequired():
            _asks_for_the_person(charge, now)
        case Processing():
            _processing(charge, now)
        case Cancelled():
            _cancelled(charge, now)
        case Waiting():
            _nothing_happened(charge, now)
    return charge


def _may_be_old_news(charge: Charge, result: PaymentResult, now: datetime) -> bool:
    """Whether an answer may be about an earlier try than the one that is being made: only who makes it can tell."""
    is_being_asked = charge.lease_until is not None and charge.lease_until > now
    is_undecided = isinstance(result, (Waiting, Declined, ActionRequired, Unknown))
    return is_undecided and charge.status in ("created", "unknown") and (is_being_asked or charge.attempts > 1)


def cancelled_here(charge_id: int, *, now: datetime) -> None:
    """End a charge that the provider was never asked to prepare; a payment prepared by a lost call is never confirmed."""
    charge: Charge = locked(Charge, charge_id)
    charge.lease_until = None
    _cancelled(charge, now)


def _succeeded(charge: Charge, result: Succeeded, now: datetime) -> None:
    if result.amount != charge.amount:
        raise Bug(f"charge {charge.id} took another sum than was agreed")
    if not can(charge, "succeed"):
        if charge.status != "succeeded":
            # The nightly comparison finds it in the provider's list and calls a person.
            log.error("paid_after_its_end", charge=charge.id, status=charge.status, payment=result.payment_id)
        return
    charge.provider_charge_id, charge.succeeded_at, charge.next_attempt_at = result.charge_id, result.at, None
    charge.code = charge.decline_code = charge.advice = ""
    advance(charge, "succeed", by=None, now=now)
    owed = {account: Money(-share, charge.currency) for account, share in charge.shares.items()}
    lines = {names.clearing(charge.provider): charge.amount, **owed}
    post("charge", result.charge_id, lines, at=result.at, memo=charge.reference)
    announce(ChargeSucceeded(charge.id, charge.reference, charge.group, charge.amount))


def _declined(charge: Charge, result: Declined, now: datetime) -> None:
    """The same card is asked again by itself where its bank allows; else its owner is told, and may mend it."""
    again = rules.next_attempt(result, attempts=charge.attempts, queued_at=charge.created_at, now=now)
    verb = "postpone" if again else "decline"
    if can(charge, verb):
        code = result.decline_code or result.code
        charge.next_attempt_at = again
        _remember(charge, result)
        advance(charge, verb, by=None, now=now, why=code)
        announce(ChargeNeedsPerson(charge.id, charge.reference, charge.group, code, again is not None))
    elif charge.status == "requires_action":  # the person was here, and the bank said no: they may try again
        _remember(charge, result)


def _remember(charge: Charge, result: Declined) -> None:
    charge.code, charge.decline_code, charge.advice = result.code, result.decline_code, result.advice


def _asks_for_the_person(charge: Charge, now: datetime) -> None:
    if not can(charge, "ask"):
        return
    charge.code, charge.decline_code, charge.advice = "authentication_required", "", ""
    charge.next_attempt_at = None
    advance(charge, "ask", by=None, now=now)
    announce(ChargeNeedsPerson(charge.id, charge.reference, charge.group, charge.code, False))


def _processing(charge: Charge, now: datetime) -> None:
    if can(charge, "process"):
        advance(charge, "process", by=None, now=now)
    if charge.status == "processing":
        charge.next_attempt_at = now + LOOK_AGAIN


def _cancelled(charge: Charge, now: datetime) -> None:
    if can(charge, "cancel"):
        charge.next_attempt_at = None
        advance(charge, "cancel", by=None, now=now)
        announce(ChargeCancelled(charge.id, charge.reference, charge.group))


def _nothing_happened(charge: Charge, now: datetime) -> None:
    """The call that had no answer never took effect: it may be made anew, under a new key."""
    if can(charge, "find"):
        advance(charge, "find", by=None, now=now)
        charge.calls += 1
        charge.next_attempt_at = now


def _not_known(charge: Charge, result: Unknown, now: datetime) -> None:
    if can(charge, "lose"):
        advance(charge, "lose", by=None, now=now)
    if charge.status in ("unknown", "processing"):
        # Not all at the same moment, and not before an answer can be there.
        charge.next_attempt_at = now + timedelta(seconds=result.retry_after * random.uniform(1, 2))  # noqa: S311

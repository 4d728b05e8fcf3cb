"""One charge, one step further: prepare, confirm, or read what became of it.

Each call stands between two commits. Before it, what is about to be asked and under which key is on record; after it, what
came of it. A process that dies in between leaves a row from which the next one goes on, and money that was taken once.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.core.money import Money
from civic.core.states import advance, can
from civic.payments import providers, rules
from civic.payments.actions.charges import prepare_retry
from civic.payments.checkpoints import cp
from civic.payments.engine import leases
from civic.payments.engine.applying import LOOK_AGAIN, apply
from civic.payments.engine.leases import LEASE
from civic.payments.engine.pace import Pace
from civic.payments.models import Charge, PaymentMethod
from civic.payments.provider import (
    ActionRequired,
    Bug,
    ConfigurationError,
    Declined,
    PaymentProvider,
    PaymentRequest,
    PaymentResult,
    ProviderError,
    RateLimited,
    Unknown,
    Waiting,
)

log = structlog.get_logger()

A_MOMENT, A_PERSON_LOOKS = 30.0, 3600.0
"""Seconds until a charge is taken up again of which nothing could be asked: the provider's fault, and ours."""

UNUSABLE = "unusable_card"
"""The code of a card that the provider does not know any more: only another one can mend the charge."""


@dataclass(frozen=True)
class Order:
    """A charge as it stands on record, with what the provider must be told."""

    id: int
    status: str
    reference: str
    group: str
    payment_id: str
    method_id: str
    customer_id: str
    amount: Money
    description: str
    statement: str
    attempts: int
    calls: int
    code: str

    def key(self, verb: str) -> str:
        """The key of one call: the same until we know that it must be made anew."""
        return f"charge-{self.id}-{verb}-{self.calls}"


def carry(order: Order, pace: Pace) -> None:
    """Bring a charge that we hold as far as it goes now, and put it down.

    Where nothing could be asked it stays as it is, to be taken up again soon; raises ConfigurationError and Stopped then.
    """
    cp("claim.after_commit")
    try:
        match order.status:
            case "queued":
                if prepared := _prepare(order, pace):
                    _confirm(prepared, pace)
            case "retry_wait":
                _confirm(_ask_again(order), pace)
            case "created" | "unknown" | "processing":
                if ready := _find_out(order, pace):
                    _confirm(ready, pace)
            case _:
                put_down(order.id)
    except Bug:
        put_down(order.id, soon=A_PERSON_LOOKS)
        raise
    except ProviderError as error:
        put_down(order.id, soon=getattr(error, "retry_after", A_MOMENT))
        raise


def next_order(provider: PaymentProvider) -> Order | None:
    """Take the charge that is due next into our hands; None where there is none."""
    with transaction():
        charge_id = leases.claim(provider, clock.now())
        return None if charge_id is None else read(charge_id)


def look_up(charge_id: int) -> Order:
    """A charge as it is on record now."""
    with transaction():
        return read(charge_id)


def read(charge_id: int) -> Order:
    """The same, in the caller's transaction."""
    columns = select(Charge, PaymentMethod.provider_id, PaymentMethod.customer_id).join(PaymentMethod)
    mine = columns.where(Charge.id == charge_id).execution_options(populate_existing=True)
    charge, method_id, customer_id = db.session.execute(mine).one()
    return Order(
        charge.id,
        charge.status,
        charge.reference,
        charge.group,
        charge.provider_payment_id or "",
        method_id,
        customer_id,
        charge.amount,
        charge.description,
        charge.statement,
        charge.attempts,
        charge.calls,
        charge.code,
    )


def put_down(charge_id: int, *, soon: float | None = None) -> None:
    """Let go of a charge as it is; `soon` in how many seconds it is to be taken up again."""
    with transaction():
        charge: Charge = locked(Charge, charge_id)
        charge.lease_until = None
        if soon is not None and charge.next_attempt_at is not None:
            charge.next_attempt_at = max(charge.next_attempt_at, clock.now() + timedelta(seconds=soon))


def settle(order: Order, result: PaymentResult) -> Charge:
    """Make an answer true and put the charge down, in one transaction."""
    with transaction():
        charge = apply(order.id, result, now=clock.now(), in_hand=True)
        cp("confirm.before_commit")
    cp("confirm.after_commit")
    return charge


def _prepare(order: Order, pace: Pace) -> Order | None:
    """Let the provider prepare the payment, which moves nothing, and note its name before anything else is asked.

    Where no answer came a new one is prepared under a new key: what nobody confirms does no harm.
    """
    wish = PaymentRequest(
        f"charge:{order.id}",
        order.amount,
        order.customer_id,
        order.description,
        order.statement,
        order.group,
    )
    cp("create.before_api")
    made = pace.call("create", lambda: providers.outside().create_payment(wish, key=order.key("create")))
    cp("create.after_api")
    with transaction():
        charge: Charge = locked(Charge, order.id)
        if isinstance(made, Unknown):
            charge.calls += 1
            charge.lease_until, charge.next_attempt_at = None, clock.now() + timedelta(seconds=A_MOMENT)
            return None
        if charge.status != "queued":  # another worker took it over meanwhile
            return None
        charge.provider_payment_id, charge.attempts = made.payment_id, 1
        advance(charge, "create", by=None, now=clock.now())
    cp("create.after_commit")
    return replace(order, status="created", payment_id=made.payment_id, attempts=1)


def _ask_again(order: Order) -> Order:
    """The day of another try has come."""
    with transaction():
        charge: Charge = locked(Charge, order.id)
        if can(charge, "retry"):
            prepare_retry(charge, clock.now())
    return look_up(order.id)


def _confirm(order: Order, pace: Pace) -> None:
    """Take the money. Told twice, the provider does it once: by the key for a day, by the payment's own state for ever."""
    if order.status != "created":
        return
    cp("confirm.before_api")
    try:
        result: PaymentResult = pace.call(
            "confirm",
            lambda: providers.outside().confirm_payment(order.payment_id, order.method_id, key=order.key("confirm")),
        )
    except Bug as bug:
        log.error("confirm_refused", charge=order.id, error=str(bug))
        result = _not_understood(order, pace)
    cp("confirm.after_api")
    settle(order, result)


def _not_understood(order: Order, pace: Pace) -> PaymentResult:
    """Our request made no sense: the truth is what the provider says of the payment; the second time, the card is no good."""
    result = _read(order, pace)
    if not isinstance(result, Waiting):
        return result
    if order.code == UNUSABLE:
        return Declined(order.payment_id, UNUSABLE)
    with transaction():
        locked(Charge, order.id).code = UNUSABLE
    return Unknown()


def _find_out(order: Order, pace: Pace) -> Order | None:
    """Read what became of a payment; the charge, ready to be confirmed, where nothing did."""
    cp("sync.before_api")
    result = _read(order, pace)
    cp("sync.after_api")
    if order.status == "created" and _may_be_confirmed(order, result):
        return order
    older_no = order.status == "unknown" and _may_be_an_older_no(order, result)
    if order.status == "unknown" and (older_no or isinstance(result, Waiting)):
        with transaction():
            now = clock.now()
            charge = apply(order.id, Waiting(order.payment_id), now=now, in_hand=True)
            charge.attempts, charge.lease_until = charge.attempts + older_no, now + LEASE
        cp("sync.after_commit")
        return look_up(order.id)
    charge = settle(order, result)
    if charge.status == order.status:  # nothing moved: look again, and not at once
        put_down(order.id, soon=LOOK_AGAIN.total_seconds())
    return None


def _read(order: Order, pace: Pace) -> PaymentResult:
    """The truth about a payment; no answer is Unknown, for this changes nothing at the provider."""

    def ask() -> PaymentResult:
        try:
            return providers.outside().fetch_payment(order.payment_id)
        except (RateLimited, ConfigurationError, Bug):
            raise
        except ProviderError:
            return Unknown()

    return pace.call("read", ask)


def _may_be_confirmed(order: Order, result: PaymentResult) -> bool:
    """A first try that was refused is refused; an older no says nothing about the try that is due now, under its own key."""
    return isinstance(result, Waiting) or (order.attempts > 1 and isinstance(result, (Declined, ActionRequired)))


def _may_be_an_older_no(order: Order, result: PaymentResult) -> bool:
    """Nobody can see whether a later try, which had no answer, was made at all: it is made again while tries are left."""
    return isinstance(result, Declined) and 1 < order.attempts < rules.MOST_ATTEMPTS and rules.may_ask_again(result)

"""Many at once at the sandbox: the same key does a thing once, a payment is taken once, no pound is spent or given back twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core import clock
from civic.core.money import GBP
from civic.payments.provider import PaymentRequest, RefundResult, Succeeded, TransferRequest, TransferResult
from civic.payments.sandbox.models import SandboxPayment
from tests.payments.sandbox_world import World

CROWD = 8


@pytest.fixture
def played(shared) -> World:
    return World(shared, clock.now())


def at_once(app: Any, act: Callable[[int], Any]) -> list[Any]:
    """What each of the crowd is answered, all having begun together."""
    together = Barrier(CROWD)

    def one(number: int) -> Any:
        with app.app_context():
            together.wait()
            return act(number)

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def test_one_key_prepares_one_payment(shared, played):
    wish = PaymentRequest("charge:1", GBP(25), played.customer(), "A garden", "GARDEN", "campaign:1")
    answers = at_once(shared, lambda _: played.provider.create_payment(wish, key="charge-1-create"))
    assert len(set(answers)) == 1
    assert played.provider.look(lambda s: s.scalar(sa.select(sa.func.count()).select_from(SandboxPayment))) == 1


def test_a_payment_confirmed_by_many_is_taken_once(shared, played):
    customer, method = played.card()
    payment = played.prepared(customer)
    answers = at_once(shared, lambda n: played.provider.confirm_payment(payment, method, key=f"confirm-{n}"))
    assert len(set(answers)) == 1
    assert isinstance(answers[0], Succeeded)
    played.later(minutes=1)
    assert [line.kind for line in played.provider.balance_since(played.now.replace(year=2000))] == ["charge"]


def test_refunds_at_once_never_exceed_the_charge(shared, played):
    _payment, charge = played.paid()
    answers = at_once(
        shared, lambda n: played.provider.refund(charge, GBP(10), reference=f"refund:{n}", key=f"refund-{n}")
    )
    assert sum(isinstance(each, RefundResult) for each in answers) == 2


def test_transfers_at_once_never_exceed_what_may_be_used(shared, played):
    played.paid()
    accounts = [played.account(f"organisation:{n}") for n in range(CROWD)]
    played.later(days=8)

    def pay(number: int) -> Any:
        wish = TransferRequest(f"transfer:{number}", accounts[number], GBP(10), "campaign:1", "")
        return played.provider.transfer(wish, key=f"transfer-{number}")

    assert sum(isinstance(each, TransferResult) for each in at_once(shared, pay)) == 2


def test_what_is_due_happens_once_whoever_looks(shared, played):
    for _ in range(5):
        played.paid("dispute")
    played.now += timedelta(minutes=11)
    at_once(shared, lambda _: played.provider.let_time_pass())
    played.provider.let_time_pass()
    kinds = [line.kind for line in played.provider.balance_since(played.now.replace(year=2000))]
    assert sorted(kinds) == ["charge"] * 5 + ["dispute"] * 5


def test_a_fault_for_one_call_meets_one_call(shared, played):
    played.fault("drop_before", operation="fetch_transfer", times=3)

    def ask(_: int) -> bool:
        try:
            played.provider.fetch_transfer("transfer:1", "campaign:1")
        except Exception:
            return False
        return True

    assert sorted(at_once(shared, ask)) == [False] * 3 + [True] * (CROWD - 3)

"""What every payment provider keeps: one suite, run against Stripe (played by the strict fake) and against the sandbox."""

from datetime import timedelta

import pytest

from civic.core.money import GBP
from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Declined,
    Processing,
    RateLimited,
    Succeeded,
    Unknown,
    Waiting,
)


def test_a_card_is_saved_and_charged_in_two_steps(world):
    customer, method = world.saved_card()
    payment = world.prepared(customer, reference="charge:7")
    assert world.provider.fetch_payment(payment) == Waiting(payment)
    assert world.taken() == {}
    paid = world.provider.confirm_payment(payment, method, key="confirm-7-1")
    assert paid == Succeeded(payment, paid.charge_id, GBP(25), world.now)
    assert world.provider.fetch_payment(payment) == paid
    assert world.taken() == {"charge:7": 2500}

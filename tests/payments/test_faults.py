"""Networks fail at every call (docs/proofs.md, P5), answers come late and out of order (P11): nothing is lost, doubled or stuck."""

import random
from itertools import product

import pytest

from civic.core.db import db, locked, transaction
from civic.core.money import Money
from civic.core.states import history
from civic.payments.engine import recovery
from civic.payments.engine.applying import apply
from civic.payments.models import Charge
from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Declined,
    Processing,
    Succeeded,
    Unknown,
    Waiting,
)
from tests.payments.stripe_town import StripeTown

FAULTS = ("429", "drop_before", "drop_after", "500_after")
CALLS = range(
    1, 9
)  # three charges make six writing calls, the card that is asked twice a seventh, and the eighth is a repeat
GAPS = {"two minutes": 0, "25 hours": 25}


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_any_call_loses_and_doubles_nothing(there: StripeTown, fault, call, gap):
    slow = there.card("insufficient_funds")
    there.queue(there.card(), slow, there.card())
    there.world.fake.fail(fault, at=call)
    there.run()
    there.mend(slow)
    there.settle(hours=GAPS[gap])
    there.settle(hours=13, rounds=4)
    there.is_in_order(paid=3)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_lasts_an_hour_only_costs_an_hour(there: StripeTown, fault):
    there.queue(there.card(), there.card())
    there.world.fake.fail_when(lambda call: fault)
    for _ in range(12):
        there.run()
        there.later(minutes=5)
    there.world.fake.fail_when(None)
    there.later(minutes=15)  # the circuit was open
    there.settle(hours=1)
    there.is_in_order(paid=2)


@pytest.mark.parametrize("seed", range(6))
def test_faults_at_random_lose_and_double_nothing(there: StripeTown, seed):
    chance = random.Random(seed)
    cards = [there.card(chance.choice(("works", "works", "insufficient_funds"))) for _ in range(8)]
    there.queue(*cards)
    there.world.fake.fail_when(lambda call: chance.choice(FAULTS) if chance.random() < 0.3 else "")
    for _ in range(3):
        there.run()
        there.later(minutes=chance.choice((2, 11, 60 * 25)))
    for card in cards:
        there.mend(card)
    there.world.fake.fail_when(None)
    there.settle(hours=26)
    there.is_in_order(paid=8)


def test_wrong_keys_stop_the_run_and_change_nothing(there: StripeTown):
    there.queue(there.card(), there.card(), there.card())
    there.world.fake.fail("401", on="payment_intents")
    assert there.run() is False
    assert there.states() == ["queued"] * 3
    assert there.world.fake.count("POST payment_intents") == 1
    there.later(minutes=11)
    there.settle()
    there.is_in_order(paid=3)


def test_after_five_calls_without_an_answer_the_provider_is_left_alone(there: StripeTown):
    there.queue(*[there.card() for _ in range(9)])
    there.world.fake.fail_when(lambda call: "drop_before")
    there.run()
    assert there.world.fake.count("POST payment_intents") == 5
    there.world.fake.fail_when(None)
    there.later(minutes=2)
    there.settle()
    there.is_in_order(paid=9)


def test_too_many_requests_are_repeated_under_the_same_key(there: StripeTown):
    there.queue(there.card())
    there.world.fake.fail("429", on="payment_intents/confirm", times=2)
    there.run()
    there.is_in_order(paid=1)
    keys = [call.key for call in there.world.fake.faults.seen if call.name == "payment_intents/confirm"]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert there.slept


def test_a_failure_that_is_repeated_for_a_day_is_passed_by_a_new_key(there: StripeTown):
    there.queue(there.card())
    there.world.fake.fail("500_after", on="payment_intents")
    there.run()
    there.later(minutes=1)
    there.run()
    keys = [call.key for call in there.world.fake.faults.seen if call.name == "payment_intents"]
    assert len(set(keys)) == 2
    there.is_in_order(paid=1)


def test_a_try_that_never_reached_the_bank_is_not_taken_for_its_last_answer(there: StripeTown):
    """The card was refused on Monday; on Tuesday the line dies before the bank is asked: Monday's no is not Tuesday's."""
    card = there.card("insufficient_funds")
    there.queue(card)
    there.run()
    there.mend(card)
    there.later(days=1)
    there.world.fail("no_answer_before", "confirm_payment")
    there.run()
    assert there.states() == ["unknown"]
    there.later(minutes=3)
    there.run()
    there.is_in_order(paid=1)


# --- answers that come late --------------------------------------------------------------------------------------------

MONDAY = "pi_1"
ANSWERS = {
    "waiting": Waiting(MONDAY),
    "processing": Processing(MONDAY),
    "action": ActionRequired(MONDAY),
    "declined": Declined(MONDAY, "card_declined", "insufficient_funds"),
    "stolen": Declined(MONDAY, "card_declined", "stolen_card"),
    "cancelled": Cancelled(MONDAY),
    "unknown": Unknown(),
}
STATES = sorted({before for before, _ in Charge.TRANSITIONS} | {"succeeded", "cancelled"})


@pytest.mark.parametrize("answer", ANSWERS)
def test_nothing_that_is_told_late_undoes_a_payment(here, make, now, answer):
    charge = make.charge(status="created", provider_payment_id=MONDAY)
    paid = Succeeded(MONDAY, "ch_1", charge.amount, now)
    with transaction():
        apply(charge.id, paid, now=now)
        apply(charge.id, ANSWERS[answer], now=now)
        apply(charge.id, paid, now=now)
    assert charge.status == "succeeded"
    assert charge.provider_charge_id == "ch_1"
    assert len(history(charge)) == 1
    assert len(here.told) == 1
    here.books_balance_for("campaign:1", -2500)


@pytest.mark.parametrize("status, answer", list(product(STATES, ANSWERS)))
def test_no_answer_moves_a_charge_against_its_table(here, make, now, status, answer):
    charge = make.charge(status=status, provider_payment_id=MONDAY)
    with transaction():
        apply(charge.id, ANSWERS[answer], now=now, in_hand=True)
    moves = history(charge)
    assert len(moves) <= 1
    assert charge.status == (Charge.TRANSITIONS[status, moves[0].verb] if moves else status)
    if status in ("succeeded", "cancelled"):
        assert not moves


@pytest.mark.parametrize("status", ["created", "unknown"])
@pytest.mark.parametrize("answer", ["waiting", "declined", "stolen", "action", "unknown"])
def test_old_news_does_not_disturb_the_try_that_is_being_made(here, make, now, status, answer):
    again = make.charge(status=status, provider_payment_id=MONDAY, attempts=2)
    with transaction():
        apply(again.id, ANSWERS[answer], now=now)
    assert again.status == status
    assert here.told == []


def test_an_answer_about_another_payment_or_sum_is_never_booked(here, make, now):
    charge = make.charge(status="created", provider_payment_id=MONDAY)
    db.session.commit()
    for wrong in (Succeeded("pi_2", "ch_1", charge.amount, now), Succeeded(MONDAY, "ch_1", Money(2400), now)):
        with pytest.raises(Bug), transaction():
            apply(charge.id, wrong, now=now)
    db.session.refresh(charge)
    assert charge.status == "created"
    here.books_balance_for("campaign:1", 0)


def test_what_is_paid_after_its_end_is_not_booked_behind_our_backs(here, make, now):
    charge = make.charge(status="cancelled", provider_payment_id=MONDAY)
    with transaction():
        apply(charge.id, Succeeded(MONDAY, "ch_1", charge.amount, now), now=now)
    assert charge.status == "cancelled"
    here.books_balance_for("campaign:1", 0)


@pytest.mark.parametrize("seed", range(5))
def test_announcements_shuffled_and_told_ten_times_change_nothing(there: StripeTown, seed):
    card = there.card("insufficient_funds")
    there.queue(there.card(), card, there.card("ask"))
    there.run()
    there.mend(card)
    there.later(days=1)
    there.run()
    before = [(each.status, each.attempts, len(history(each))) for each in there.charges()]
    told = there.announcements() * 10
    random.Random(seed).shuffle(told)
    for event in told:
        if payment_id := event.facts.get("payment"):
            recovery.sync_payment_id(payment_id)
    assert [(each.status, each.attempts, len(history(each))) for each in there.charges()] == before
    assert before == [("succeeded", 1, 2), ("succeeded", 2, 4), ("requires_action", 1, 2)]
    there.books_balance()


def test_reading_the_truth_leaves_a_charge_to_the_worker_that_has_it(here, now):
    (charge,) = here.queue(here.card())
    with transaction():
        locked(Charge, charge.id).lease_until = now.replace(hour=23)
    before = len(here.provider.calls)
    assert recovery.sync(charge.id).status == "queued"
    assert len(here.provider.calls) == before

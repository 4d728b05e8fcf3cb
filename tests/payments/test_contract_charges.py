"""What every payment provider keeps about charging: at most once, whatever is asked again, forgotten or never answered."""

import pytest

from civic.core.money import GBP
from civic.payments.provider import (
    ActionRequired,
    Declined,
    Processing,
    RateLimited,
    Succeeded,
    Unknown,
    Waiting,
)
from tests.payments.worlds import PAGE


def confirm(world, payment, method, key=""):
    return world.provider.confirm_payment(payment, method, key=key or world.key())


def test_a_second_confirmation_takes_nothing_whatever_its_key_and_whenever_it_comes(world):
    customer, method = world.saved_card()
    payment = world.prepared(customer, reference="charge:7")
    paid = confirm(world, payment, method, "charge-7-confirm-1")
    assert confirm(world, payment, method, "charge-7-confirm-1") == paid
    assert confirm(world, payment, method, "charge-7-confirm-2") == paid
    world.advance(hours=25)
    assert confirm(world, payment, method, "charge-7-confirm-1") == paid
    assert world.taken() == {"charge:7": 2500}


def test_a_payment_is_prepared_once_under_a_key_for_a_day(world):
    customer = world.customer()
    wish = world.wish(customer)
    first = world.provider.create_payment(wish, key="charge-7-create")
    assert world.provider.create_payment(wish, key="charge-7-create") == first
    world.advance(hours=25)
    # Then the key is forgotten: an orphan that moves no money, and the reason for two steps.
    assert world.provider.create_payment(wish, key="charge-7-create") != first
    assert world.taken() == {}


@pytest.mark.parametrize(
    "card, decline_code, advice",
    [
        ("fails_at_charge", "generic_decline", None),
        ("insufficient_funds", "insufficient_funds", "try_again_later"),
        ("stolen_later", "stolen_card", "do_not_try_again"),
    ],
)
def test_a_refused_card_says_why_and_nothing_is_taken(world, card, decline_code, advice):
    customer, method = world.saved_card(card)
    payment = world.prepared(customer)
    refused = confirm(world, payment, method)
    assert isinstance(refused, Declined)
    assert (refused.payment_id, refused.code, refused.decline_code) == (payment, "card_declined", decline_code)
    assert advice in (None, refused.advice)
    assert world.provider.fetch_payment(payment) == refused
    assert world.taken() == {}


def test_a_card_that_was_asked_when_it_was_saved_is_charged_with_nobody_there(world):
    assert world.paid("asks_once").amount == GBP(25)


@pytest.fixture
def waiting_for_person(world):
    """A charge for which the bank wants to see the person: (payment, card)."""
    customer, method = world.saved_card("asks_always")
    payment = world.prepared(customer, reference="charge:7")
    assert confirm(world, payment, method) == ActionRequired(payment)
    return payment, method


def recover(world, payment, method):
    return world.provider.start_recovery(payment, method, return_url=PAGE, key=world.key())


def test_a_bank_that_wants_to_see_the_person_is_shown_them(world, waiting_for_person):
    payment, method = waiting_for_person
    assert world.provider.fetch_payment(payment) == ActionRequired(payment)
    started = recover(world, payment, method)
    assert started.url.startswith("http") and started.result is None
    assert world.provider.fetch_payment(payment) == ActionRequired(payment)
    world.answer_bank(payment)
    assert isinstance(world.provider.fetch_payment(payment), Succeeded)
    assert world.taken() == {"charge:7": 2500}


def test_a_person_who_fails_at_the_bank_pays_nothing_and_may_try_again(world, waiting_for_person):
    payment, method = waiting_for_person
    recover(world, payment, method)
    world.answer_bank(payment, passes=False)
    failed = world.provider.fetch_payment(payment)
    assert isinstance(failed, Declined) and failed.code == "payment_intent_authentication_failure"
    assert world.taken() == {}
    assert recover(world, payment, method).url
    world.answer_bank(payment)
    assert isinstance(world.provider.fetch_payment(payment), Succeeded)


def test_a_person_who_left_the_bank_may_come_back(world, waiting_for_person):
    payment, method = waiting_for_person
    assert recover(world, payment, method).url
    assert recover(world, payment, method).url
    world.answer_bank(payment)
    assert world.taken() == {"charge:7": 2500}


def test_a_person_may_mend_a_payment_with_another_card_at_once(world):
    customer, poor = world.saved_card("fails_at_charge")
    _, good = world.saved_card("success", customer)
    payment = world.prepared(customer)
    confirm(world, payment, poor)
    assert isinstance(recover(world, payment, poor).result, Declined)
    assert isinstance(recover(world, payment, good).result, Succeeded)


def test_a_payment_that_was_taken_meanwhile_is_not_mended(world):
    paid = world.paid(reference="charge:7")
    _, method = world.saved_card()
    started = recover(world, paid.payment_id, method)
    assert (started.url, started.result) == ("", paid)
    assert world.taken() == {"charge:7": 2500}


def test_a_bank_may_take_its_time(world):
    customer, method = world.saved_card("processing")
    payment = world.prepared(customer, reference="charge:7")
    assert confirm(world, payment, method) == Processing(payment)
    assert world.provider.cancel_payment(payment, key=world.key()) == Processing(payment)
    world.bank_decides(payment)
    assert isinstance(world.provider.fetch_payment(payment), Succeeded)
    assert world.taken() == {"charge:7": 2500}


@pytest.mark.parametrize(
    "mishap, taken", [("no_answer_before", False), ("no_answer_after", True), ("error_after", True)]
)
@pytest.mark.parametrize("hours", [0, 25])
def test_without_an_answer_nothing_is_assumed_and_asking_again_takes_once(world, mishap, taken, hours):
    customer, method = world.saved_card()
    payment = world.prepared(customer, reference="charge:7")
    world.fail(mishap, "confirm_payment")
    assert isinstance(confirm(world, payment, method, "charge-7-confirm-1"), Unknown)
    assert world.taken() == ({"charge:7": 2500} if taken else {})
    truth = world.provider.fetch_payment(payment)
    assert isinstance(truth, Succeeded) if taken else truth == Waiting(payment)
    world.advance(hours=hours)
    again = confirm(world, payment, method, "charge-7-confirm-1")
    # An error is repeated under its key for a day; the truth is read, and never depends on it.
    assert isinstance(again, Unknown if mishap == "error_after" and not hours else Succeeded)
    assert isinstance(world.provider.fetch_payment(payment), Succeeded)
    assert world.taken() == {"charge:7": 2500}


@pytest.mark.parametrize("mishap", ["no_answer_before", "no_answer_after", "error_after"])
def test_preparing_without_an_answer_costs_nothing_under_a_fresh_key(world, mishap):
    wish = world.wish(world.customer())
    world.fail(mishap, "create_payment")
    assert isinstance(world.provider.create_payment(wish, key="charge-7-create"), Unknown)
    again = world.provider.create_payment(wish, key="charge-7-create")
    assert isinstance(again, Unknown if mishap == "error_after" else Waiting)
    assert isinstance(world.provider.create_payment(wish, key="charge-7-create-2"), Waiting)
    assert world.taken() == {}


@pytest.mark.parametrize("operation", ["create_payment", "confirm_payment"])
def test_too_many_at_once_moves_nothing_and_the_same_key_works_afterwards(world, operation):
    customer, method = world.saved_card()
    wish = world.wish(customer, reference="charge:7")
    payment = world.prepared(customer, reference="charge:7")
    world.fail("rate_limit", operation)
    ask = {
        "create_payment": lambda: world.provider.create_payment(wish, key="create"),
        "confirm_payment": lambda: confirm(world, payment, method, "confirm"),
    }[operation]
    with pytest.raises(RateLimited):
        ask()
    assert world.taken() == {}
    assert isinstance(ask(), Waiting | Succeeded)


def test_a_long_list_is_read_to_its_end(world):
    customer = world.customer()
    wanted = {f"charge:{number}" for number in range(230)}
    for reference in sorted(wanted):
        world.prepared(customer, reference=reference)
    found = [each.reference for each in world.provider.payments_since(world.now)]
    assert len(found) == 230 and set(found) == wanted

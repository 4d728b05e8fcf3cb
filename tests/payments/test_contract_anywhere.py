"""What every payment provider keeps, as far as nobody must lend a hand out there: also run against Stripe itself, given a key."""

from datetime import timedelta

import pytest

from civic.core.money import GBP, Money
from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Declined,
    PaymentProvider,
    RefundResult,
    Refused,
    Succeeded,
    Waiting,
)
from tests.payments.worlds import PAGE


def confirm(world, payment, method):
    return world.provider.confirm_payment(payment, method, key=world.key())


def recover(world, payment, method):
    return world.provider.start_recovery(payment, method, return_url=PAGE, key=world.key())


def give_back(world, paid, amount, key="", reference="refund:1"):
    return world.provider.refund(paid.charge_id, amount, reference=reference, key=key or world.key())


def test_it_is_a_payment_provider(anywhere):
    as_promised: PaymentProvider = anywhere.provider
    wanted = {name for name in vars(PaymentProvider) if not name.startswith("_")}
    assert {name for name in wanted if not callable(getattr(as_promised, name, None))} == set()
    assert (as_promised.name, as_promised.mode) in {("stripe", "test"), ("sandbox", "sandbox")}


def test_a_customer_is_made_once_under_a_key(anywhere):
    def make(key):
        return anywhere.provider.ensure_customer("person:1", email="ada@example.org", key=key)

    assert make(anywhere.key("person-1")) == make(anywhere.key("person-1"))


def test_a_page_is_opened_once_under_a_key(anywhere):
    customer, until = anywhere.customer(), anywhere.now + timedelta(hours=1)
    first = anywhere.setup(customer, key=anywhere.key("pledge-1-setup-1"), expires_at=until)
    assert anywhere.setup(customer, key=anywhere.key("pledge-1-setup-1"), expires_at=until) == first
    assert first.url.startswith("http")


def test_a_key_is_never_used_for_something_else(anywhere):
    customer = anywhere.customer()
    anywhere.setup(customer, key=anywhere.key("pledge-1-setup-1"))
    with pytest.raises(Bug):
        anywhere.setup(
            customer, key=anywhere.key("pledge-1-setup-1"), amount=GBP(26), consent="You will be charged £26."
        )


@pytest.mark.parametrize(
    "ask",
    [
        lambda provider: provider.fetch_setup("cs_test_nobody"),
        lambda provider: provider.fetch_payment("pi_nobody"),
        lambda provider: provider.fetch_refund("re_nobody"),
        lambda provider: provider.fetch_dispute("dp_nobody"),
        lambda provider: provider.payee_status("acct_nobody"),
    ],
    ids=["setup", "payment", "refund", "dispute", "payee"],
)
def test_asking_for_what_does_not_exist_is_our_mistake(anywhere, ask):
    with pytest.raises(Bug):
        ask(anywhere.provider)


def test_nothing_is_taken_before_a_payment_is_confirmed(anywhere):
    customer, method = anywhere.saved_card()
    payment = anywhere.prepared(customer, reference="charge:7")
    assert anywhere.provider.fetch_payment(payment) == Waiting(payment)
    assert anywhere.taken() == {}
    paid = confirm(anywhere, payment, method)
    assert paid == Succeeded(payment, paid.charge_id, GBP(25), paid.at)
    assert abs(paid.at - anywhere.now) < timedelta(minutes=5)
    assert anywhere.provider.fetch_payment(payment) == paid
    assert anywhere.taken() == {"charge:7": 2500}


def test_a_key_with_another_wish_is_our_mistake(anywhere):
    customer = anywhere.customer()
    anywhere.prepared(customer, key=anywhere.key("charge-7-create"), reference="charge:7")
    with pytest.raises(Bug):
        anywhere.prepared(customer, GBP(26), key=anywhere.key("charge-7-create"), reference="charge:7")


def test_a_refused_payment_may_be_paid_with_another_card(anywhere):
    customer, poor = anywhere.saved_card("fails_at_charge")
    _, good = anywhere.saved_card("success", customer)
    payment = anywhere.prepared(customer, reference="charge:7")
    assert isinstance(confirm(anywhere, payment, poor), Declined)
    assert isinstance(confirm(anywhere, payment, good), Succeeded)
    assert anywhere.taken() == {"charge:7": 2500}


def test_a_payment_given_up_is_never_taken(anywhere):
    customer, method = anywhere.saved_card()
    payment = anywhere.prepared(customer)
    assert anywhere.provider.cancel_payment(payment, key=anywhere.key("charge-7-cancel")) == Cancelled(payment)
    assert anywhere.provider.cancel_payment(payment, key=anywhere.key("charge-7-cancel-2")) == Cancelled(payment)
    assert confirm(anywhere, payment, method) == Cancelled(payment)
    assert recover(anywhere, payment, method).result == Cancelled(payment)
    assert anywhere.taken() == {}


def test_giving_up_what_was_taken_tells_the_truth(anywhere):
    paid = anywhere.paid(reference="charge:7")
    assert anywhere.provider.cancel_payment(paid.payment_id, key=anywhere.key()) == paid
    assert anywhere.taken() == {"charge:7": 2500}


def test_the_providers_own_list_knows_every_payment_by_our_name(anywhere):
    before = anywhere.now
    anywhere.paid(reference="charge:1")
    customer, poor = anywhere.saved_card("fails_at_charge")
    refused = anywhere.prepared(customer, reference="charge:2")
    confirm(anywhere, refused, poor)
    orphan = anywhere.prepared(customer, GBP(3), reference="charge:3")
    mine = {"charge:1", "charge:2", "charge:3"}
    listed = anywhere.provider.payments_since(before)
    seen = {each.reference: each for each in listed if each.reference in mine}
    assert isinstance(seen["charge:1"].result, Succeeded)
    assert isinstance(seen["charge:2"].result, Declined)
    assert (seen["charge:3"].result, seen["charge:3"].amount) == (Waiting(orphan), GBP(3))
    assert seen["charge:3"].created_at >= before
    assert list(anywhere.provider.payments_since(anywhere.now + timedelta(minutes=5))) == []


def test_a_bank_that_wants_to_see_the_person_has_a_page_for_them(anywhere):
    customer, method = anywhere.saved_card("asks_always")
    payment = anywhere.prepared(customer)
    assert confirm(anywhere, payment, method) == ActionRequired(payment)
    assert anywhere.provider.fetch_payment(payment) == ActionRequired(payment)
    assert recover(anywhere, payment, method).url.startswith("http")
    assert anywhere.provider.fetch_payment(payment) == ActionRequired(payment)
    assert anywhere.taken() == {}


def test_money_goes_back_in_parts_and_never_more_than_was_taken(anywhere):
    paid = anywhere.paid()
    part = give_back(anywhere, paid, GBP(10), reference="refund:1")
    assert part == RefundResult(part.refund_id, "succeeded", GBP(10), paid.charge_id, reference="refund:1")
    assert anywhere.provider.fetch_refund(part.refund_id) == part
    assert isinstance(give_back(anywhere, paid, GBP(16)), Refused)
    assert give_back(anywhere, paid, GBP(15), reference="refund:2").status == "succeeded"
    over = give_back(anywhere, paid, Money(1))
    assert isinstance(over, Refused) and over.code == "charge_already_refunded"
    listed = anywhere.provider.refunds_since(anywhere.now - timedelta(minutes=5))
    found = {each.reference: each.amount for each in listed if each.charge_id == paid.charge_id}
    assert found == {"refund:1": GBP(10), "refund:2": GBP(15)}


def test_a_refund_is_made_once_under_a_key(anywhere):
    paid = anywhere.paid()
    first = give_back(anywhere, paid, GBP(10), key=anywhere.key("refund-1"))
    assert give_back(anywhere, paid, GBP(10), key=anywhere.key("refund-1")) == first
    listed = anywhere.provider.refunds_since(anywhere.now - timedelta(minutes=5))
    assert [each.charge_id for each in listed].count(paid.charge_id) == 1


def test_an_organisation_has_one_account_however_often_it_asks(anywhere):
    first = anywhere.onboarding(key=anywhere.key("organisation-1"))
    assert anywhere.onboarding(key=anywhere.key("organisation-1")).account_id == first.account_id
    assert anywhere.onboarding(account_id=first.account_id).account_id == first.account_id

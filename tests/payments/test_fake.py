"""The fake Stripe is as strict as the real one: what it takes, what it says, what it remembers, and how it fails."""

import threading
import time
from datetime import timedelta

import pytest
import stripe

from civic.core.money import GBP
from civic.payments.provider import ProviderError, Succeeded, Unknown
from tests.fakes import typed_requests, typed_responses
from tests.fakes.stripe_server import KEY
from tests.fakes.typed_requests import params

PAYMENT = params("_payment_intent_create_params.PaymentIntentCreateParams")
SESSION = params("checkout._session_create_params.SessionCreateParams")
REFUND = params("_refund_create_params.RefundCreateParams")
TRANSFER = params("_transfer_create_params.TransferCreateParams")
ACCOUNT = params("v2.core._account_create_params.AccountCreateParams")
PENCE = {"amount": 2500, "currency": "gbp"}


@pytest.mark.parametrize(
    "given, kind",
    [
        (PENCE, PAYMENT),
        (PENCE | {"confirm": True, "off_session": "one_off", "metadata": {"a": "b"}, "expand": ["x.y"]}, PAYMENT),
        (PENCE | {"payment_method_options": {"card": {"stored_credential_usage": "unscheduled"}}}, PAYMENT),
        (PENCE | {"allowed_payment_method_types": ["card"]}, PAYMENT),
        ({"mode": "setup", "ui_mode": "hosted_page", "custom_text": {"submit": {"message": "m"}}}, SESSION),
        ({"payment_intent": "pi_1", "reason": "requested_by_customer"}, REFUND),
        (PENCE | {"destination": "acct_1"}, TRANSFER),
        ({"dashboard": "express", "identity": {"country": "gb", "entity_type": "non_profit"}}, ACCOUNT),
    ],
)
def test_what_stripe_takes_is_taken(given, kind):
    assert typed_requests.faults(given, kind) == []


@pytest.mark.parametrize(
    "given, kind, why",
    [
        ({"amount": 2500}, PAYMENT, ".currency: required"),
        (PENCE | {"amount": 25.5}, PAYMENT, ".amount: 25.5 is not int"),
        (PENCE | {"amount": "2500"}, PAYMENT, ".amount: '2500' is not int"),
        (PENCE | {"amount": True}, PAYMENT, ".amount: True is not int"),
        (PENCE | {"nonsense": 1}, PAYMENT, ".nonsense: unknown parameter"),
        (PENCE | {"payment_method_types": ["card"]}, PAYMENT, ".payment_method_types: unknown parameter"),
        (PENCE | {"idempotency_key": "x"}, PAYMENT, ".idempotency_key: unknown parameter"),
        (PENCE | {"capture_method": "later"}, PAYMENT, ".capture_method: 'later'"),
        (PENCE | {"metadata": {"a": 1}}, PAYMENT, ".metadata.a: 1 is not str"),
        (PENCE | {"transfer_data": {"dest": "a"}}, PAYMENT, ".transfer_data.dest: unknown parameter"),
        (
            PENCE | {"payment_method_options": {"card": {"stored_credential_usage": "sometimes"}}},
            *(PAYMENT, ".payment_method_options.card.stored_credential_usage: 'sometimes'"),
        ),
        ({"mode": "donate"}, SESSION, ".mode: 'donate'"),
        ({"ui_mode": "hosted"}, SESSION, ".ui_mode: 'hosted'"),
        (
            {"payment_method_options": {"card": {"setup_credential_usage": "unscheduled"}}},
            *(SESSION, ".payment_method_options.card.setup_credential_usage: unknown parameter"),
        ),
        ({"expand": "x"}, SESSION, ".expand: expected a list"),
        ({"custom_text": "x"}, SESSION, ".custom_text: expected an object"),
        ({"payment_intent": "pi_1", "reason": "because"}, REFUND, ".reason: 'because'"),
        (PENCE, TRANSFER, ".destination: required"),
        ({"dashboard": "none of them"}, ACCOUNT, ".dashboard: 'none of them'"),
    ],
)
def test_what_stripe_refuses_is_refused(given, kind, why):
    assert any(fault.startswith(why) for fault in typed_requests.faults(given, kind))


@pytest.mark.parametrize(
    "change, why",
    [
        ({"amount": "2500"}, "charge.amount: '2500' is not int"),
        ({"amount": True}, "charge.amount: True is not int"),
        ({"paid": 1}, "charge.paid: 1 is not bool"),
        ({"currency": None}, "charge.currency: null, and never is"),
        ({"status": "done"}, "charge.status: 'done' is not one of"),
        ({"invoice": None}, "charge.invoice: no such field"),
        ({"billing_details": {"street": None}}, "charge.billing_details.street: no such field"),
        ({"balance_transaction": {"object": "coin"}}, "charge.balance_transaction"),
        ({"balance_transaction": {"object": "balance_transaction"}}, "charge.balance_transaction"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_what_the_fake_says_is_held_against_the_types(stripe_world, change, why):
    stripe_world.paid()
    charge = stripe_world.fake.things("charge")[0]
    assert typed_responses.faults(charge) == []
    assert any(fault.startswith(why) for fault in typed_responses.faults(charge | change))


def test_what_stripe_always_says_is_missed(stripe_world):
    stripe_world.paid()
    charge = stripe_world.fake.things("charge")[0]
    del charge["amount"]
    assert typed_responses.faults(charge) == ["charge.amount: missing"]


@pytest.fixture
def fake(stripe_world):
    return stripe_world.fake


@pytest.fixture
def client(fake):
    return stripe.StripeClient(KEY, base_addresses={"api": fake.address}, max_network_retries=0)


def pay(client, key="pay", **more):
    return client.v1.payment_intents.create(PENCE | more, {"idempotency_key": key})


@pytest.mark.parametrize(
    "wish, code",
    [
        ({"amount": 29}, "amount_too_small"),
        ({"off_session": True}, "parameter_missing"),
        ({"customer": "cus_nobody"}, "resource_missing"),
        ({"payment_method_types": ["card"]}, "parameter_unknown"),
        ({"statement_descriptor_suffix": "x" * 23}, "parameter_invalid"),
        ({"expand": ["moon"]}, "parameter_invalid"),
    ],
)
def test_what_makes_no_sense_is_refused_over_the_wire(client, wish, code):
    with pytest.raises(stripe.InvalidRequestError) as raised:
        pay(client, **wish)
    assert raised.value.code == code


def test_a_refused_request_is_not_kept_under_its_key(client):
    with pytest.raises(stripe.InvalidRequestError):
        pay(client, nonsense="x")
    assert pay(client).id


def test_a_key_is_kept_for_a_day_and_then_forgotten(client, fake):
    first = pay(client)
    fake.advance(hours=24, seconds=-1)
    again = pay(client)
    assert again.id == first.id and again.last_response.headers["Idempotent-Replayed"] == "true"
    fake.advance(1)
    assert pay(client).id != first.id


def test_a_failure_of_stripes_is_kept_under_its_key_although_the_thing_was_made(client, fake):
    fake.fail("500_after")
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            pay(client)
    assert len(fake.things("payment_intent")) == 1
    assert fake.count("POST payment_intents") == 2


def test_the_second_api_takes_up_again_what_failed_and_makes_nothing_twice(stripe_world, fake):
    fake.fail("500_after", on="accounts")
    with pytest.raises(ProviderError):
        stripe_world.onboarding(key="organisation-1")
    assert stripe_world.onboarding(key="organisation-1").url
    assert len(fake.things("v2.core.account")) == 1


def test_a_key_with_other_words_is_refused(client):
    pay(client)
    with pytest.raises(stripe.IdempotencyError):
        pay(client, description="another")
    with pytest.raises(stripe.InvalidRequestError, match="255"):
        pay(client, key="k" * 256)


def test_a_key_that_is_in_use_is_busy(stripe_world, fake):
    fake.desk.slow_seconds = 0.5
    customer, method = stripe_world.saved_card()
    payment, answers = stripe_world.prepared(customer, reference="charge:7"), []
    fake.fail("slow", on="payment_intents/confirm")

    def confirm():
        answers.append(stripe_world.provider.confirm_payment(payment, method, key="same"))

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert {type(each) for each in answers} == {Unknown, Succeeded}
    assert fake.taken() == {"charge:7": 2500}


def test_a_fault_comes_at_the_call_that_was_named(client, fake):
    fake.fail("429", on="payment_intents", at=2, times=2)
    outcomes = []
    for number in range(5):
        try:
            outcomes.append(bool(pay(client, key=f"k{number}")))
        except stripe.RateLimitError:
            outcomes.append(False)
    assert outcomes == [True, False, False, True, True]
    assert len(fake.things("payment_intent")) == 3


def test_a_chooser_may_decide_about_every_call(client, fake):
    fake.fail_when(lambda name: "drop_before" if name == "payment_intents" else "")
    with pytest.raises(stripe.APIConnectionError):
        pay(client)
    fake.fail_when(None)
    assert pay(client)
    assert [call.key for call in fake.faults.seen] == ["pay", "pay"]


def test_the_library_asks_again_with_the_same_key_when_the_line_is_cut(stripe_world, fake):
    customer, method = stripe_world.saved_card()
    payment = stripe_world.prepared(customer, reference="charge:7")
    fake.fail("drop_after", on="payment_intents/confirm")
    patient = fake.provider(retries=2)
    assert isinstance(patient.confirm_payment(payment, method, key="confirm"), Succeeded)
    assert [call.key for call in fake.faults.seen if call.name == "payment_intents/confirm"] == ["confirm"] * 2
    assert fake.taken() == {"charge:7": 2500}


def test_a_line_that_answers_too_late_is_no_answer(stripe_world, fake):
    fake.desk.slow_seconds = 1.5
    customer, method = stripe_world.saved_card()
    payment = stripe_world.prepared(customer, reference="charge:7")
    fake.fail("slow", on="payment_intents/confirm")
    hasty = fake.provider(timeout=(1, 1))
    assert isinstance(hasty.confirm_payment(payment, method, key="confirm"), Unknown)
    time.sleep(0.8)
    assert isinstance(stripe_world.provider.fetch_payment(payment), Succeeded)


def test_a_wrong_key_is_nobodys(fake):
    stranger = stripe.StripeClient("sk_test_stranger", base_addresses={"api": fake.address})
    with pytest.raises(stripe.AuthenticationError):
        pay(stranger)
    assert fake.things("payment_intent") == []


def test_nothing_is_known_at_an_address_that_stripe_does_not_have(client):
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized"):
        client.v1.coupons.list()


def test_lists_are_given_in_pages_and_filtered(stripe_world, client):
    customer = stripe_world.customer()
    ids = [stripe_world.prepared(customer) for _ in range(7)]
    stripe_world.prepared(stripe_world.customer())
    page = client.v1.payment_intents.list({"customer": customer, "limit": 3})
    assert [each.id for each in page.data] == ids[:-4:-1] and page.has_more
    assert [each.id for each in page.auto_paging_iter()] == ids[::-1]
    later = int((stripe_world.now + timedelta(seconds=1)).timestamp())
    assert client.v1.payment_intents.list({"created": {"gte": later}}).data == []
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.list({"limit": 101})


def test_what_falls_due_happens_in_its_own_time(stripe_world, fake):
    stripe_world.paid()
    stripe_world.setup()
    fake.advance(days=3)
    settled, expired = fake.event_of("charge.updated"), fake.event_of("checkout.session.expired")
    start = int((stripe_world.now - timedelta(days=3)).timestamp())
    assert settled["created"] == start + 60
    assert expired["created"] == start + 3600


def test_the_fake_notices_when_it_would_say_what_stripe_never_does(now):
    from tests.payments.worlds_stripe import StripeWorld

    world = StripeWorld(now)
    customer = world.customer()
    payment = world.prepared(customer)
    world.fake.state.things[payment]["invoice"] = "in_1"
    world.provider.fetch_payment(payment)
    with pytest.raises(AssertionError, match="invoice: no such field"):
        world.fake.stop()


def test_two_fakes_never_share_a_name(now):
    from tests.payments.worlds_stripe import StripeWorld

    worlds = [StripeWorld(now), StripeWorld(now)]
    assert len({world.prepared(world.customer(), GBP(1)) for world in worlds}) == 2
    for world in worlds:
        world.fake.stop()

"""Every refusal of Stripe means one thing for us, case by case."""

import pytest
import stripe

from civic.payments.provider import (
    ActionRequired,
    Bug,
    ConfigurationError,
    Declined,
    ProviderError,
    RateLimited,
    Refused,
    Succeeded,
    Unknown,
)
from civic.payments.stripe import errors


def refused(kind, code=None, *, status=400, headers=None, **facts):
    """An error as the library raises it."""
    body = {"error": {"type": "x", "code": code, "message": "told to people", **facts}}
    if kind in (stripe.CardError, stripe.InvalidRequestError):
        return kind("told to people", None, code, http_status=status, json_body=body, headers=headers)
    return kind("told to people", http_status=status, json_body=body, headers=headers, code=code)


def declined(code, decline="", advice=""):
    return refused(stripe.CardError, code, status=402, decline_code=decline or None, advice_code=advice or None)


OUTCOMES = [
    (declined("authentication_required", "authentication_required"), ActionRequired("pi_1")),
    (declined("authentication_required"), ActionRequired("pi_1")),
    (declined("card_declined", "authentication_required"), ActionRequired("pi_1")),
    (
        declined("card_declined", "insufficient_funds", "try_again_later"),
        Declined("pi_1", "card_declined", "insufficient_funds", "try_again_later"),
    ),
    (
        declined("card_declined", "stolen_card", "do_not_try_again"),
        Declined("pi_1", "card_declined", "stolen_card", "do_not_try_again"),
    ),
    (declined("expired_card"), Declined("pi_1", "expired_card")),
    (declined(None), Declined("pi_1", "card_declined")),
    (refused(stripe.APIConnectionError, status=None), Unknown()),
    (refused(stripe.APIError, status=500), Unknown()),
    (refused(stripe.APIError, status=503), Unknown()),
    (refused(stripe.APIError, "idempotency_key_in_use", status=409), Unknown()),
]


@pytest.mark.parametrize("error, outcome", OUTCOMES, ids=lambda each: type(each).__name__)
def test_a_confirmation_comes_to(error, outcome):
    assert errors.payment_outcome(error, "pi_1") == outcome


RAISED = [
    (refused(stripe.RateLimitError, "rate_limit", status=429), RateLimited),
    (refused(stripe.IdempotencyError), Bug),
    (refused(stripe.AuthenticationError, status=401), ConfigurationError),
    (refused(stripe.PermissionError, status=403), ConfigurationError),
    (refused(stripe.InvalidRequestError, "resource_missing", status=404), Bug),
    (refused(stripe.InvalidRequestError, "parameter_unknown"), Bug),
]


@pytest.mark.parametrize("error, meaning", RAISED, ids=lambda each: getattr(each, "__name__", type(each).__name__))
@pytest.mark.parametrize("understand", [lambda error: errors.payment_outcome(error, "pi_1"), errors.refusal])
def test_what_is_no_decision_about_money_is_raised(error, meaning, understand):
    with pytest.raises(meaning) as raised:
        understand(error)
    assert raised.value.__cause__ is error
    assert "told to people" not in str(raised.value)


def test_somebody_was_faster_is_neither_a_failure_nor_a_mistake():
    with pytest.raises(errors.SomeoneWasFaster):
        errors.payment_outcome(refused(stripe.InvalidRequestError, "payment_intent_unexpected_state"), "pi_1")


@pytest.mark.parametrize(
    "code", ["charge_already_refunded", "balance_insufficient", "insufficient_capabilities_for_transfer", None]
)
def test_a_refusal_to_move_money_says_why(code):
    assert errors.refusal(refused(stripe.InvalidRequestError, code)) == Refused(code or "refused", "told to people")


@pytest.mark.parametrize(
    "error", [refused(stripe.APIConnectionError, status=None), refused(stripe.APIError, status=502)]
)
def test_money_without_an_answer_is_unknown_and_reading_without_one_is_asked_again(error):
    assert errors.refusal(error) == Unknown()
    with pytest.raises(ProviderError) as raised, errors.moves_no_money():
        raise error
    assert type(raised.value) is ProviderError


def test_every_error_of_the_library_means_something():
    """Those of the second API too, and those that a later version adds: never an error of Stripe's comes out."""
    kinds = [
        each
        for each in vars(stripe._error).values()
        if isinstance(each, type) and issubclass(each, stripe.StripeError) and each is not stripe.StripeError
    ]
    assert len(kinds) > 8
    for kind in (*kinds, stripe.StripeError):
        for status in (None, 400, 500):
            error = kind.__new__(kind)
            stripe.StripeError.__init__(error, "told to people", http_status=status)
            assert isinstance(errors.understand(error), ProviderError | Unknown)


@pytest.mark.parametrize("asked, seconds", [("7", 7), ("0", 1), ("soon", 1), ("-3", 1), ("", 1)])
def test_stripe_may_say_how_long_to_wait(asked, seconds):
    error = refused(stripe.RateLimitError, status=429, headers={"Retry-After": asked})
    assert errors.retry_after(error) == seconds


@pytest.mark.parametrize("status, meaning", [("401", ConfigurationError), ("403", ConfigurationError)])
def test_a_wrong_key_stops_everything(stripe_world, status, meaning):
    customer, method = stripe_world.saved_card()
    payment = stripe_world.prepared(customer)
    stripe_world.fake.fail(status, on="payment_intents/confirm")
    with pytest.raises(meaning):
        stripe_world.provider.confirm_payment(payment, method, key="1")
    assert stripe_world.taken() == {}


def test_a_key_used_with_other_words_is_our_mistake(stripe_world):
    customer, method = stripe_world.saved_card()
    first, second = stripe_world.prepared(customer), stripe_world.prepared(customer)
    assert isinstance(stripe_world.provider.confirm_payment(first, method, key="same"), Succeeded)
    with pytest.raises(Bug):
        stripe_world.provider.confirm_payment(second, method, key="same")

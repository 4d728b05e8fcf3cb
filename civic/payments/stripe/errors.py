"""What each refusal of Stripe means for us: what is certain, what is unknown, and what is nobody's decision about money.

A call that had no answer may have moved money, so it is `Unknown` and never a failure.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe

from civic.payments.provider import (
    ActionRequired,
    Bug,
    ConfigurationError,
    Declined,
    ProviderError,
    RateLimited,
    Refused,
    Unknown,
)

# The words with which Stripe says that the request itself makes no sense; every other "no" is a decision about money.
OUR_MISTAKE = ("resource_missing", "parameter_", "url_invalid", "idempotency_", "payment_method_types_", "invalid_")
SAME_THING_AGAIN = "payment_intent_unexpected_state"


class SomeoneWasFaster(Exception):
    """The payment is not in the state we believed: read it, and apply what is true."""


def understand(error: stripe.StripeError) -> ProviderError | Unknown:
    """What an error means that is no refusal: an error of ours to raise, or `Unknown` when there was no answer."""
    match error:
        case stripe.RateLimitError():
            return RateLimited(retry_after(error))
        case stripe.AuthenticationError() | stripe.PermissionError():
            return ConfigurationError(told(error))
        case stripe.IdempotencyError():
            return Bug(told(error))
        case stripe.APIConnectionError() | stripe.APIError():
            return Unknown()
        case _ if error.http_status is None or error.http_status >= 500:
            return Unknown()
        case _:
            return Bug(told(error))


def payment_outcome(error: stripe.StripeError, payment_id: str) -> ActionRequired | Declined | Unknown:
    """What a refused confirmation came to; raises SomeoneWasFaster, RateLimited, ConfigurationError or Bug."""
    if isinstance(error, stripe.CardError):
        return decline(payment_id, error.code or "", **_advice(error))
    if isinstance(error, stripe.InvalidRequestError) and error.code == SAME_THING_AGAIN:
        raise SomeoneWasFaster from error
    return unknown_or_raise(error)


def decline(payment_id: str, code: str, decline_code: str = "", advice: str = "") -> ActionRequired | Declined:
    """A refused card, by the bank's reason: only "show me the person" is different from a no."""
    if code == "authentication_required" or decline_code == "authentication_required":
        return ActionRequired(payment_id)
    return Declined(payment_id, code or "card_declined", decline_code, advice)


def refusal(error: stripe.StripeError) -> Refused | Unknown:
    """Why a refund, a transfer or a reversal was not made; raises RateLimited, ConfigurationError or Bug."""
    if isinstance(error, stripe.InvalidRequestError) and not (error.code or "").startswith(OUR_MISTAKE):
        return Refused(error.code or "refused", error.user_message or "")
    return unknown_or_raise(error)


def unknown_or_raise(error: stripe.StripeError) -> Unknown:
    """`Unknown` when no answer came; every other error is raised as ours."""
    meaning = understand(error)
    if isinstance(meaning, Unknown):
        return meaning
    raise meaning from error


@contextmanager
def moves_no_money() -> Iterator[None]:
    """For calls that move no money: no answer is a ProviderError here, and the caller may simply ask again."""
    try:
        yield
    except stripe.StripeError as error:
        meaning = understand(error)
        raise (ProviderError(told(error)) if isinstance(meaning, Unknown) else meaning) from error


def is_repeated(answer: Any) -> bool:
    """Whether Stripe says again what it said to the same key before, which may have been overtaken since."""
    return str((answer.headers or {}).get("Idempotent-Replayed") or "") == "true"


def retry_after(error: stripe.StripeError) -> int:
    """The seconds that Stripe asks us to wait, one if it does not say."""
    asked = str((error.headers or {}).get("Retry-After") or "")
    return max(1, int(asked)) if asked.isdecimal() else 1


def told(error: stripe.StripeError) -> str:
    """One line for the log: kind, code and request id; never the message, in which Stripe may repeat what we sent."""
    return f"{type(error).__name__} {error.code or ''} {error.request_id or ''}".strip()


def _advice(error: stripe.CardError) -> dict[str, str]:
    facts = error.error
    return {
        "decline_code": getattr(facts, "decline_code", None) or "",
        "advice": getattr(facts, "advice_code", None) or "",
    }

"""What follows from a bank's answer: whether a card is asked again, and when. Values in, values out."""

import random
from datetime import datetime, timedelta

from civic.payments.provider import Declined

RETRY_DAYS = (1, 3, 5, 7)
"""Days after the charge was queued on which a refused card is asked again."""

MOST_ATTEMPTS = 4
"""How often a card is asked by itself, the first time included: the card networks fine those who ask too often."""

# Only another card, or the person, can mend these. Source: docs.stripe.com/declines/codes
NEVER_AGAIN = frozenset(
    {
        "authentication_required",
        "card_not_supported",
        "currency_not_supported",
        "expired_card",
        "fraudulent",
        "incorrect_cvc",
        "incorrect_number",
        "incorrect_zip",
        "invalid_account",
        "invalid_amount",
        "invalid_cvc",
        "invalid_expiry_month",
        "invalid_expiry_year",
        "invalid_number",
        "lost_card",
        "merchant_blacklist",
        "new_account_information_available",
        "no_action_taken",
        "not_permitted",
        "payment_intent_authentication_failure",
        "pickup_card",
        "restricted_card",
        "revocation_of_all_authorizations",
        "revocation_of_authorization",
        "security_violation",
        "service_not_allowed",
        "stolen_card",
        "stop_payment_order",
        "transaction_not_allowed",
        "unusable_card",
    }
)
# The bank's own advice, where it gives any, goes before the code. Source: docs.stripe.com/declines/card
ADVICE = {"try_again_later": True, "do_not_try_again": False, "confirm_card_data": False}


def may_ask_again(declined: Declined) -> bool:
    """Whether the same card may be asked again without its owner."""
    reasons = {declined.code, declined.decline_code}
    return ADVICE.get(declined.advice, True) and not reasons & NEVER_AGAIN


def next_attempt(declined: Declined, *, attempts: int, queued_at: datetime, now: datetime) -> datetime | None:
    """When a refused card is asked again by itself; None where only the person can mend it.

    `attempts` counts how often the card was asked so far. A day lies between two tries even where the run came late.
    """
    if attempts >= MOST_ATTEMPTS or not may_ask_again(declined):
        return None
    return max(queued_at + timedelta(days=RETRY_DAYS[attempts - 1]), now + timedelta(days=1))


def look_again(retry_after: float, times: int, *, jitter: random.Random | None = None) -> timedelta:
    """How long to wait before asking what happened: twice as long each time, at most an hour, at random (full jitter)."""
    longest = min(retry_after * 2**times, 3600.0)
    chance = (jitter or random).uniform(retry_after / 2, max(longest, retry_after))
    return timedelta(seconds=chance)

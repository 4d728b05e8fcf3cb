"""Charging a saved card in two steps: prepare, which moves nothing, then confirm, which happens once for ever.

Stripe forgets an idempotency key after a day; a confirmed payment intent it never forgets (docs/decisions/0004-payments.md).
"""

import re
import unicodedata
from typing import Any, cast

import stripe

from civic.payments.provider import PaymentRequest, PaymentResult, RecoveryStart, Unknown, Waiting
from civic.payments.stripe import reading
from civic.payments.stripe.base import StripePart, keyed
from civic.payments.stripe.errors import SomeoneWasFaster, is_repeated, payment_outcome, unknown_or_raise

CHARGE_TOO: Any = {"expand": ["latest_charge"]}
# A promise for one later charge, by card-network rules for saved cards.
FOR_A_PROMISE: Any = {"card": {"stored_credential_usage": "unscheduled"}}
# The whole line has 22 characters; our account's own prefix may have 10, and "* " stands between.
# Source: docs.stripe.com/get-started/account/statement-descriptors
SUFFIX_LENGTH = 10


class Payments(StripePart):
    """Charges of saved cards."""

    def create_payment(self, wish: PaymentRequest, *, key: str) -> Waiting | Unknown:
        """Prepare a charge; no money moves, and one that is never confirmed does no harm."""
        try:
            made = self._client.v1.payment_intents.create(_intent(wish), keyed(key))
        except stripe.StripeError as error:
            return unknown_or_raise(error)
        return Waiting(made.id)

    def confirm_payment(self, payment_id: str, payment_method_id: str, *, key: str) -> PaymentResult:
        """Take the money, the person being elsewhere; a payment that was taken before is only read."""
        return self._confirm(
            payment_id,
            {"off_session": True, "payment_method": payment_method_id, "payment_method_options": FOR_A_PROMISE},
            key,
        )[0]

    def fetch_payment(self, payment_id: str) -> PaymentResult:
        """What is true of a payment now."""
        try:
            return reading.payment(self._read(payment_id))
        except stripe.StripeError as error:
            return unknown_or_raise(error)

    def cancel_payment(self, payment_id: str, *, key: str) -> PaymentResult:
        """Give a payment up for ever; one that was taken meanwhile comes back as Succeeded."""
        try:
            ended = self._client.v1.payment_intents.cancel(
                payment_id, {"cancellation_reason": "abandoned", **CHARGE_TOO}, keyed(key)
            )
            return reading.payment(ended.to_dict())
        except stripe.StripeError as error:
            try:
                return payment_outcome(error, payment_id)
            except SomeoneWasFaster:
                return self.fetch_payment(payment_id)

    def start_recovery(self, payment_id: str, payment_method_id: str, *, return_url: str, key: str) -> RecoveryStart:
        """Confirm the same payment with the person present: an address of their bank's, or what came of it at once."""
        result, url = self._confirm(
            payment_id,
            {
                "payment_method": payment_method_id,
                "return_url": return_url,
                "payment_method_options": FOR_A_PROMISE,
            },
            key,
        )
        return RecoveryStart(url=url) if url else RecoveryStart(result=result)

    def _confirm(self, payment_id: str, how: dict[str, Any], key: str) -> tuple[PaymentResult, str]:
        """What came of a confirmation, and the bank's page if it wants to see the person."""
        try:
            done = self._client.v1.payment_intents.confirm(payment_id, cast(Any, {**how, **CHARGE_TOO}), keyed(key))
            if not is_repeated(done.last_response):
                return _said(done.to_dict())
        except stripe.StripeError as error:
            try:
                return self._not_done(error, payment_id), ""
            except SomeoneWasFaster:
                pass
        try:
            return _said(self._read(payment_id))
        except stripe.StripeError as error:
            return unknown_or_raise(error), ""

    def _not_done(self, error: stripe.StripeError, payment_id: str) -> PaymentResult:
        outcome = payment_outcome(error, payment_id)
        if isinstance(outcome, Unknown) or not is_repeated(error):
            return outcome
        raise SomeoneWasFaster from error

    def _read(self, payment_id: str) -> dict[str, Any]:
        return self._client.v1.payment_intents.retrieve(payment_id, CHARGE_TOO).to_dict()


def _said(facts: dict[str, Any]) -> tuple[PaymentResult, str]:
    return reading.payment(facts), reading.bank_page(facts)


def _intent(wish: PaymentRequest) -> Any:
    intent = {
        "amount": wish.amount.minor,
        "currency": wish.amount.currency.lower(),
        "customer": wish.customer_id,
        "allowed_payment_method_types": ["card"],
        "description": wish.description,
        "transfer_group": wish.group,
        "metadata": {"reference": wish.reference},
    }
    suffix = statement_suffix(wish.statement)
    return intent | ({"statement_descriptor_suffix": suffix} if suffix else {})


def statement_suffix(words: str) -> str:
    """What of `words` may stand on a bank statement after our own name; "" when no letter is left."""
    # "Café" becomes "Cafe": the letter stays, its accent goes.
    letters = unicodedata.normalize("NFKD", words)
    plain = re.sub(r"[^A-Za-z0-9 .,&/+-]", "", letters)
    short = " ".join(plain.split())[:SUFFIX_LENGTH].strip()
    return short if re.search(r"[A-Za-z]", short) else ""

"""Saving a card for one later charge: Stripe's own page, which shows the sentence that was agreed to."""

from typing import Any

import stripe

from civic.payments.provider import Bug, SetupRequest, SetupResult, SetupStart
from civic.payments.stripe import reading
from civic.payments.stripe.base import StripePart, keyed
from civic.payments.stripe.errors import moves_no_money

# What Checkout has words for (its `locale`); for any other language it follows the browser.
CHECKOUT_LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fil", "fr", "hr", "hu", "id", "it", "ja", "ko"),
    *("lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh"),
)
CONSENT_LENGTH = 1200  # characters of custom text that Checkout takes


class Cards(StripePart):
    """Customers, hosted setups and saved cards."""

    def ensure_customer(self, reference: str, *, email: str, key: str) -> str:
        """A customer at Stripe for one person of ours; the same key gives the same one for a day, so keep the answer."""
        with moves_no_money():
            made = self._client.v1.customers.create({"email": email, "metadata": {"reference": reference}}, keyed(key))
        return made.id

    def start_setup(self, wish: SetupRequest, *, key: str) -> SetupStart:
        """Open a page on which the person saves a card; it stays open until `expires_at` (30 minutes to 24 hours)."""
        with moves_no_money():
            session = self._client.v1.checkout.sessions.create(_session(wish), keyed(key)).to_dict()
        return SetupStart(session["id"], session["url"])

    def fetch_setup(self, setup_id: str) -> SetupResult:
        """The truth about a setup, whatever the address says with which the person came back."""
        wanted: Any = {"expand": ["setup_intent.payment_method", "setup_intent.latest_attempt"]}
        with moves_no_money():
            session = self._client.v1.checkout.sessions.retrieve(setup_id, wanted).to_dict()
        return reading.setup(session)

    def detach(self, payment_method_id: str) -> None:
        """Let a card go; one that is gone already is no error."""
        try:
            with moves_no_money():
                self._client.v1.payment_methods.detach(payment_method_id)
        except Bug as refused:
            if not self._is_gone(payment_method_id, refused):
                raise

    def _is_gone(self, payment_method_id: str, refused: Bug) -> bool:
        if isinstance(refused.__cause__, stripe.InvalidRequestError) and refused.__cause__.code == "resource_missing":
            return True
        with moves_no_money():
            method = self._client.v1.payment_methods.retrieve(payment_method_id).to_dict()
        return method.get("customer") is None


def _session(wish: SetupRequest) -> Any:
    named = {"reference": wish.reference}
    return {
        "mode": "setup",
        # Asked for since the kinds of payment may follow the currency.
        "currency": wish.amount.currency.lower(),
        "customer": wish.customer_id,
        "client_reference_id": wish.reference,
        "metadata": named,
        # Cards and the wallets that hold cards: all-or-nothing wants a yes or no at once.
        "allowed_payment_method_types": ["card"],
        "success_url": wish.return_url,
        "cancel_url": wish.cancel_url,
        "expires_at": int(wish.expires_at.timestamp()),
        "locale": wish.language if wish.language in CHECKOUT_LANGUAGES else "auto",
        "setup_intent_data": {"description": wish.description, "metadata": named},
        # The consent shown is ours, with amount, condition and date; Stripe's general one would say less.
        "consent_collection": {"payment_method_reuse_agreement": {"position": "hidden"}},
        "custom_text": {"submit": {"message": wish.consent[:CONSENT_LENGTH]}},
    }

"""Stripe itself, in its test mode, as far as a machine can go there: nobody can type a card on the page or let days pass."""

import os
from datetime import UTC, datetime
from uuid import uuid4

import stripe

from civic.payments.provider import Succeeded
from civic.payments.stripe import StripeProvider
from tests.payments.worlds import Card, Delivery, Mishap, World

KEY = os.environ.get("STRIPE_TEST_SECRET_KEY", "")
# Source: docs.stripe.com/testing
METHODS = {
    "success": "pm_card_visa",
    "asks_always": "pm_card_authenticationRequired",
    "fails_at_charge": "pm_card_chargeCustomerFail",
}


class RealWorld(World):
    """A sandbox account at Stripe; every name and key of a run is its own."""

    name = "real"

    def __init__(self) -> None:
        super().__init__()
        assert "_test_" in KEY, "never with a key that moves money"
        self.run, self.customers = uuid4().hex[:12], []
        self.provider = StripeProvider(KEY)
        self._client = stripe.StripeClient(KEY, max_network_retries=2)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)

    def key(self, name: str = "") -> str:
        return f"{self.run}-{super().key(name)}"

    def customer(self, reference: str = "person:1") -> str:
        self.customers.append(super().customer(reference))
        return self.customers[-1]

    def saved_card(self, card: Card = "success", customer: str | None = None) -> tuple[str, str]:
        customer = customer or self.customer()
        return customer, self._client.v1.payment_methods.attach(METHODS[card], {"customer": customer}).id

    def taken(self) -> dict[str, int]:
        sums: dict[str, int] = {}
        for customer in self.customers:
            for intent in self._client.v1.payment_intents.list({"customer": customer}).auto_paging_iter():
                if intent.amount_received:
                    reference = intent.metadata["reference"]
                    sums[reference] = sums.get(reference, 0) + intent.amount_received
        return sums

    def advance(self, seconds: int = 0, **more: int) -> None:
        raise NotImplementedError

    def complete_setup(self, setup_id: str, card: Card = "success", *, passes: bool = True) -> None:
        raise NotImplementedError

    def answer_bank(self, payment_id: str, *, passes: bool = True) -> None:
        raise NotImplementedError

    def bank_decides(self, payment_id: str) -> None:
        raise NotImplementedError

    def dispute(self, charge: Succeeded) -> str:
        raise NotImplementedError

    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        raise NotImplementedError

    def finish_onboarding(self, account_id: str) -> None:
        raise NotImplementedError

    def restrict(self, account_id: str) -> None:
        raise NotImplementedError

    def pay_out(self, account_id: str) -> None:
        raise NotImplementedError

    def fail(self, mishap: Mishap, operation: str, *, times: int = 1) -> None:
        raise NotImplementedError

    def deliveries(self) -> list[Delivery]:
        raise NotImplementedError

    def late_delivery(self) -> Delivery:
        raise NotImplementedError

    def balance(self) -> int:
        raise NotImplementedError

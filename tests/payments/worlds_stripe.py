"""Stripe as a world: played by the strict fake, and asked through the real library."""

import time
from datetime import datetime

from civic.payments.provider import Succeeded
from tests.fakes.stripe_server import FakeStripe
from tests.payments.worlds import Card, Delivery, Mishap, World


class StripeWorld(World):
    """Stripe, played by the strict fake and asked through the real library."""

    name = "stripe"
    MISHAPS = {
        **{"rate_limit": "429", "no_answer_before": "drop_before", "no_answer_after": "drop_after"},
        **{"error_after": "500_after", "slow": "slow"},
    }
    CALLS = {
        "ensure_customer": "customers",
        "start_setup": "checkout/sessions",
        "detach": "payment_methods/detach",
        "create_payment": "payment_intents",
        "confirm_payment": "payment_intents/confirm",
        "start_recovery": "payment_intents/confirm",
        "cancel_payment": "payment_intents/cancel",
        "refund": "refunds",
        "onboard": "accounts",
        "transfer": "transfers",
        "reverse_transfer": "transfers/reversals",
    }

    def __init__(self, now: datetime):
        super().__init__()
        self.fake = FakeStripe(now)
        self.provider = self.fake.provider()

    @property
    def now(self) -> datetime:
        return self.fake.now

    def advance(self, seconds: int = 0, **more: int) -> None:
        self.fake.advance(seconds, **more)

    def complete_setup(self, setup_id: str, card: Card = "success", *, passes: bool = True) -> None:
        self.fake.complete_setup(setup_id, card, passes=passes)

    def answer_bank(self, payment_id: str, *, passes: bool = True) -> None:
        self.fake.answer_bank(payment_id, passes=passes)

    def bank_decides(self, payment_id: str) -> None:
        self.fake.finish_processing(payment_id)

    def dispute(self, charge: Succeeded) -> str:
        return self.fake.dispute(charge.charge_id)

    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        self.fake.close_dispute(dispute_id, won=won)

    def finish_onboarding(self, account_id: str) -> None:
        self.fake.finish_onboarding(account_id)

    def restrict(self, account_id: str) -> None:
        self.fake.set_account(account_id, "restricted", "identity.business_details.documents")

    def pay_out(self, account_id: str) -> None:
        self.fake.pay_out(account_id)

    def fail(self, mishap: Mishap, operation: str, *, times: int = 1) -> None:
        self.fake.fail(self.MISHAPS[mishap], on=self.CALLS[operation], times=times)

    def deliveries(self) -> list[Delivery]:
        return self.fake.deliveries()

    def late_delivery(self) -> Delivery:
        # Signatures are made and judged by the clock on the wall.
        return self.fake.signed(self.fake.state.events[-1], at=int(time.time()) - 301)

    def taken(self) -> dict[str, int]:
        return self.fake.taken()

    def balance(self) -> int:
        return self.fake.balance()

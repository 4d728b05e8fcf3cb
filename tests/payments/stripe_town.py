"""The same town with Stripe outside: the real provider over HTTP, the strict fake at the other end, one time for both."""

from collections import Counter
from typing import Any

from civic.core.db import db, transaction
from civic.payments.models import PaymentMethod
from tests.fakes.stripe_cards import find
from tests.payments.town import Town
from tests.payments.worlds_stripe import StripeWorld

CARDS = {
    "works": "success",
    "insufficient_funds": "fails_at_charge",
    "ask": "asks_always",
    "stolen_card": "stolen_later",
}


class StripeTown(Town):
    """What Town is; what was really taken is counted at the fake Stripe."""

    def __init__(self, app: Any, world: StripeWorld):
        super().__init__(app, world.now, world.provider)
        self.world = world
        self.customer = world.customer()

    def later(self, **by: float) -> None:
        """Let time pass here and there."""
        super().later(**by)
        self.world.fake.move_to(self.now)

    def card(self, behaviour: Any = "works", **facts: Any) -> PaymentMethod:
        """A card saved at Stripe that behaves so when it is charged."""
        _, method_id = self.world.saved_card(CARDS[behaviour], self.customer)
        card = PaymentMethod(
            provider="stripe", mode="test", customer_id=self.customer, provider_id=method_id, brand="visa", last4="4242",
            exp_month=12, exp_year=2034, country="GB", fingerprint="", authenticated=True, created_at=self.now, **facts,
        )  # fmt: skip
        with transaction():
            db.session.add(card)
        return card

    def mend(self, card: PaymentMethod) -> None:
        """The bank likes the card from now on."""
        self.world.fake.state.hidden[card.provider_id] = find("success")

    def taken(self) -> Counter:
        """How often money was really taken, by our reference."""
        paid = [each for each in self.world.fake.things("charge") if each["paid"]]
        return Counter(each["metadata"]["reference"] for each in paid)

    def announcements(self) -> list[Any]:
        """Everything that Stripe ever announced, verified, oldest first."""
        return [
            self.provider.verify_event(raw, headers, connect=connect)
            for raw, headers, connect in self.world.fake.deliveries(again=True)
        ]

    def settle(self, hours: float = 0, rounds: int = 8) -> None:
        """Time passes and the run runs, until every card was asked as often as it may be."""
        for _ in range(rounds):
            self.later(minutes=2, hours=hours)
            self.run()

    def is_in_order(self, *, paid: int) -> None:
        """Each charge was taken once, nothing hangs, nobody holds anything, and the books say the same."""
        charges = self.charges()
        assert [charge.status for charge in charges] == ["succeeded"] * paid
        assert self.taken() == {f"charge:{charge.id}": 1 for charge in charges}
        assert all(charge.lease_until is None and charge.next_attempt_at is None for charge in charges)
        at_stripe = {each["id"]: each for each in self.world.fake.things("charge")}
        assert all(at_stripe[charge.provider_charge_id]["amount"] == charge.amount_minor for charge in charges)
        self.books_balance()

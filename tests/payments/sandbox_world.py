"""A sandbox whose time a test sets: what people and banks do there, in one line each."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from civic.core.money import GBP, Money
from civic.payments.provider import PayeeRequest, PaymentRequest, SetupRequest
from civic.payments.sandbox import charging, faults, giving_back, organisations, setups
from civic.payments.sandbox.cards import CARDS
from civic.payments.sandbox.provider import SandboxProvider

FIVE_AND_TWENTY = GBP(25)


class World:
    """The sandbox and its surroundings, at a time of the test's own."""

    def __init__(self, app: Flask, now: datetime):
        self.now, self.slept, self.number = now, [], 0
        self.provider = SandboxProvider(app, now=lambda: self.now, pause=self.slept.append, wake=None)

    def later(self, **by: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**by)
        self.provider.let_time_pass()
        return self.now

    def key(self) -> str:
        """A key never used before."""
        self.number += 1
        return f"key-{self.number}"

    def customer(self) -> str:
        """A new customer."""
        return self.provider.ensure_customer("person:1", email="ada@example.com", key=self.key())

    def visit(self, customer: str | None = None, **facts: Any) -> str:
        """A visit to the card page."""
        wish: dict[str, Any] = {
            "reference": "pledge:1",
            "customer_id": customer or self.customer(),
            "amount": GBP(25),
            "consent": "You will be charged £25 only if the target is reached.",
            "description": "A garden for everybody",
            "return_url": "http://localhost/en/return",
            "cancel_url": "http://localhost/en/cancel",
            "language": "en",
            "expires_at": self.now + timedelta(minutes=30),
        }
        return self.provider.start_setup(SetupRequest(**(wish | facts)), key=self.key()).setup_id

    def card(self, kind: str = "works", customer: str | None = None) -> tuple[str, str]:
        """A customer with a saved card: (customer, payment method)."""
        customer = customer or self.customer()
        setup = self.visit(customer)
        self.provider.play(lambda s, now: setups.type_card(s, setup, CARDS[kind], 12, 2034, now=now))
        if CARDS[kind].at_setup == "challenge":
            self.provider.play(lambda s, now: setups.answer_bank(s, setup, True, now=now))
        card = self.provider.fetch_setup(setup).card
        assert card is not None
        return customer, card.payment_method_id

    def prepared(self, customer: str, amount: Money = FIVE_AND_TWENTY, key: str = "", **facts: Any) -> str:
        """A payment that waits to be confirmed."""
        wish: dict[str, Any] = {
            "reference": "charge:1",
            "amount": amount,
            "customer_id": customer,
            "description": "A garden for everybody",
            "statement": "GARDEN",
            "group": "campaign:1",
        }
        return self.provider.create_payment(PaymentRequest(**(wish | facts)), key=key or self.key()).payment_id

    def paid(self, kind: str = "works", amount: Money = FIVE_AND_TWENTY) -> tuple[str, str]:
        """Money taken: (payment, charge)."""
        customer, method = self.card(kind)
        payment = self.prepared(customer, amount)
        return payment, self.provider.confirm_payment(payment, method, key=self.key()).charge_id

    def account(self, reference: str = "organisation:1") -> str:
        """An organisation that may receive money."""
        payee = PayeeRequest(reference, "Peckham Repair Café", "team@repair.example", "cic")
        url = "http://localhost/en/return"
        number = self.provider.onboard(payee, account_id="", return_url=url, refresh_url=url, key=self.key()).account_id
        answered = list(organisations.QUESTIONS)
        self.provider.play(lambda s, now: organisations.answer(s, number, answered, now=now))
        return number

    def fault(self, kind: str, **more: Any) -> None:
        """Something shall go wrong."""
        self.provider.play(lambda s, now: faults.order(s, kind, **more))

    def dispute(self, payment: str) -> str:
        """A bank disputes a payment."""
        return self.provider.play(lambda s, now: giving_back.open_dispute(s, payment, now=now))

    def bank_says(self, payment: str, passed: bool) -> None:
        """The person answers the bank."""
        self.provider.play(lambda s, now: charging.answer_bank(s, payment, passed, now=now))

    def kinds(self) -> list[str]:
        """What happened there so far."""
        return [each.kind for each in self.provider.events_since(datetime.min.replace(tzinfo=self.now.tzinfo))]

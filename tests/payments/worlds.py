"""The outside world of a payment in a test's hands: people, banks, organisations and time, the same for every provider."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal

from civic.core.money import GBP, Money
from civic.payments.provider import (
    OnboardingStart,
    PayeeRequest,
    PaymentProvider,
    PaymentRequest,
    SetupRequest,
    SetupStart,
    Succeeded,
    TransferRequest,
    Waiting,
)

# Cards by what they do; every world has these.
Card = Literal[
    *("success", "asks_once", "asks_always", "insufficient_funds", "fails_at_charge", "stolen_later"),
    *("declined", "expired", "processing", "disputed", "refund_fails", "refund_waits"),
]
Mishap = Literal["rate_limit", "no_answer_before", "no_answer_after", "error_after", "slow"]
# What was announced: body, headers, and whether it goes to the address for organisations' accounts.
Delivery = tuple[bytes, dict[str, str], bool]
USUAL, SENT = GBP(25), GBP(10)
PAGE = "https://civic.example/en/payments/return"


class World(ABC):
    """A provider and everything around it; the verbs are what happens out there, never what we do."""

    name: str
    provider: PaymentProvider

    def __init__(self) -> None:
        self._numbers = count(1)

    # Wishes of ours, with honest defaults.

    def key(self, name: str = "") -> str:
        """A key of this world's own: a new one, or the one that `name` always gives."""
        return name or f"key-{next(self._numbers)}"

    def customer(self, reference: str = "person:1") -> str:
        """A new customer at the provider."""
        return self.provider.ensure_customer(reference, email="ada@example.org", key=self.key())

    def setup(self, customer: str | None = None, *, key: str = "", **facts: Any) -> SetupStart:
        """A page on which a card can be saved, open for an hour."""
        wish: dict[str, Any] = {
            "reference": "pledge:1",
            "customer_id": customer or self.customer(),
            "amount": GBP(25),
            "consent": "You will be charged £25 only if the campaign reaches its target.",
            "description": "A garden for everybody",
            "return_url": PAGE,
            "cancel_url": PAGE,
            "language": "en",
            "expires_at": self.now + timedelta(hours=1),
        }
        return self.provider.start_setup(SetupRequest(**(wish | facts)), key=key or self.key())

    def saved_card(self, card: Card = "success", customer: str | None = None) -> tuple[str, str]:
        """A customer and their saved card: (customer id, payment method id)."""
        customer = customer or self.customer()
        setup = self.setup(customer)
        self.complete_setup(setup.setup_id, card)
        saved = self.provider.fetch_setup(setup.setup_id).card
        assert saved is not None, f"the card {card} was not saved"
        return customer, saved.payment_method_id

    def prepared(self, customer: str, amount: Money = USUAL, *, key: str = "", **facts: Any) -> str:
        """The id of a payment that waits to be confirmed."""
        waiting = self.provider.create_payment(self.wish(customer, amount, **facts), key=key or self.key())
        assert isinstance(waiting, Waiting), waiting
        return waiting.payment_id

    def wish(self, customer: str, amount: Money = USUAL, **facts: Any) -> PaymentRequest:
        """A charge to be prepared."""
        wish: dict[str, Any] = {
            "reference": f"charge:{next(self._numbers)}",
            "amount": amount,
            "customer_id": customer,
            "description": "A garden for everybody",
            "statement": "GARDEN",
            "group": "campaign:1",
        }
        return PaymentRequest(**(wish | facts))

    def paid(self, card: Card = "success", amount: Money = USUAL, **facts: Any) -> Succeeded:
        """A charge that went through."""
        customer, method = self.saved_card(card)
        payment = self.prepared(customer, amount, **facts)
        result = self.provider.confirm_payment(payment, method, key=self.key())
        assert isinstance(result, Succeeded), result
        return result

    def onboarding(self, reference: str = "organisation:1", account_id: str = "", *, key: str = "") -> OnboardingStart:
        """An organisation on its way to an account."""
        payee = PayeeRequest(reference, "Peckham Repair Café", "team@repair.example", "cic")
        return self.provider.onboard(
            payee, account_id=account_id, return_url=PAGE, refresh_url=PAGE, key=key or self.key()
        )

    def organisation(self, reference: str = "organisation:1") -> str:
        """The account of an organisation that may be paid."""
        account = self.onboarding(reference).account_id
        self.finish_onboarding(account)
        return account

    def transfer(self, account: str, amount: Money = SENT, *, reference: str = "transfer:1", key: str = "") -> Any:
        """Money sent to an organisation."""
        wish = TransferRequest(reference, account, amount, "campaign:1", "A garden for everybody")
        return self.provider.transfer(wish, key=key or self.key())

    # What happens out there.

    @property
    @abstractmethod
    def now(self) -> datetime:
        """The time there."""

    @abstractmethod
    def advance(self, seconds: int = 0, **more: int) -> None:
        """Let time pass there (seconds, or hours= and days=), with everything that falls due."""

    @abstractmethod
    def complete_setup(self, setup_id: str, card: Card = "success", *, passes: bool = True) -> None:
        """A person types a card, and passes the question of the bank (or not) where it asks."""

    @abstractmethod
    def answer_bank(self, payment_id: str, *, passes: bool = True) -> None:
        """A person answers their bank about a payment."""

    @abstractmethod
    def bank_decides(self, payment_id: str) -> None:
        """A bank says yes to a payment that is under way."""

    @abstractmethod
    def dispute(self, charge: Succeeded) -> str:
        """A bank disputes a charge: the dispute's id."""

    @abstractmethod
    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        """A bank decides a dispute."""

    @abstractmethod
    def finish_onboarding(self, account_id: str) -> None:
        """An organisation answers everything asked of it."""

    @abstractmethod
    def restrict(self, account_id: str) -> None:
        """The provider wants more from an organisation before it is paid again."""

    @abstractmethod
    def pay_out(self, account_id: str) -> None:
        """An organisation takes its money home: nothing is left that could be called back."""

    @abstractmethod
    def fail(self, mishap: Mishap, operation: str, *, times: int = 1) -> None:
        """Let the next calls of an operation ("confirm_payment") go wrong."""

    @abstractmethod
    def deliveries(self) -> list[Delivery]:
        """Everything announced since the last asking, signed."""

    @abstractmethod
    def late_delivery(self) -> Delivery:
        """The latest announcement, signed more than 300 seconds ago."""

    @abstractmethod
    def taken(self) -> dict[str, int]:
        """The pence really taken, by our reference, as the provider counts."""

    @abstractmethod
    def balance(self) -> int:
        """The pence that the provider holds for us."""

"""A payment provider in memory: as strict as Stripe where it matters for charging, with faults and a clock of the test's own.

It counts, at the provider's side, how often each reference was really charged. Its keys are forgotten after 24 hours, and a
failure that was answered with 500 is repeated under its key until then, as Stripe does.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from civic.core.money import Money
from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Card,
    Declined,
    PaymentRequest,
    PaymentResult,
    Processing,
    ProviderError,
    RateLimited,
    RecoveryStart,
    SetupRequest,
    SetupResult,
    SetupStart,
    Succeeded,
    Unknown,
    Waiting,
)

FAULTS = ("limit", "drop_before", "drop_after", "error_after")


@dataclass
class Payment:
    """A payment at the provider."""

    id: str
    wish: PaymentRequest
    status: str = "waiting"
    charge_id: str = ""
    at: datetime | None = None
    last: PaymentResult | None = None


@dataclass
class FakeProvider:
    """The provider; `now` is asked for its time. `cards` says what a card does when asked: "works" unless said otherwise."""

    now: Callable[[], datetime]
    name: str = "sandbox"
    mode: Any = "sandbox"
    payments: dict[str, Payment] = field(default_factory=dict)
    setups: dict[str, SetupResult] = field(default_factory=dict)
    cards: dict[str, Any] = field(default_factory=dict)
    charged: Counter = field(default_factory=Counter)  # reference -> how often money was really taken
    asked: Counter = field(default_factory=Counter)  # payment method -> how often the bank was really asked
    calls: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)  # number of a writing call -> fault
    limited: bool = False
    detached: list[str] = field(default_factory=list)
    during: Callable[[str], None] = lambda verb: None
    _keys: dict[str, tuple[datetime, Any]] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)
    _number: int = 0

    # Cards

    def ensure_customer(self, reference: str, *, email: str, key: str) -> str:
        return self._once("customer", key, lambda: self._new("cus"))

    def start_setup(self, wish: SetupRequest, *, key: str) -> SetupStart:
        def begin() -> SetupStart:
            setup_id = self._new("cs")
            self.setups[setup_id] = SetupResult(setup_id, "open", wish.reference)
            return SetupStart(setup_id, f"https://provider.example/{setup_id}")

        return self._once("setup", key, begin)

    def fetch_setup(self, setup_id: str) -> SetupResult:
        self._read("setup")
        return self.setups[setup_id]

    def save_card(self, setup_id: str, method_id: str = "") -> Card:
        """The person typed a card on the provider's page."""
        card = Card(method_id or self._new("pm"), "visa", "4242", 12, 2034, "GB", "fingerprint")
        self.setups[setup_id] = SetupResult(setup_id, "succeeded", self.setups[setup_id].reference, card, True)
        return card

    def detach(self, payment_method_id: str) -> None:
        self.calls.append(("detach", payment_method_id))
        self.detached.append(payment_method_id)

    # Charges

    def create_payment(self, wish: PaymentRequest, *, key: str) -> Waiting | Unknown:
        def create() -> Waiting:
            payment = Payment(self._new("pi"), wish)
            self.payments[payment.id] = payment
            return Waiting(payment.id)

        return self._maybe("create", key, create)

    def confirm_payment(self, payment_id: str, payment_method_id: str, *, key: str) -> PaymentResult:
        return self._maybe("confirm", key, lambda: self._confirm(self.payments[payment_id], payment_method_id))

    def fetch_payment(self, payment_id: str) -> PaymentResult:
        self._read("payment")
        if payment_id not in self.payments:
            raise Bug("no such payment")
        return self._truth(self.payments[payment_id])

    def cancel_payment(self, payment_id: str, *, key: str) -> PaymentResult:
        def cancel() -> PaymentResult:
            payment = self.payments[payment_id]
            if payment.status not in ("succeeded", "processing"):
                payment.status = "cancelled"
            return self._truth(payment)

        return self._maybe("cancel", key, cancel)

    def start_recovery(self, payment_id: str, payment_method_id: str, *, return_url: str, key: str) -> RecoveryStart:
        payment = self.payments[payment_id]
        if self.cards.get(payment_method_id) == "ask":
            result = self._maybe("recovery", key, lambda: ActionRequired(payment_id))
            return (
                RecoveryStart(result=result)
                if isinstance(result, Unknown)
                else RecoveryStart(url="https://bank.example")
            )
        return RecoveryStart(result=self._maybe("recovery", key, lambda: self._confirm(payment, payment_method_id)))

    # How it behaves

    def pay(self, payment_id: str) -> None:
        """The person agreed at their bank, or the bank made up its mind."""
        self._take(self.payments[payment_id])

    def _confirm(self, payment: Payment, method_id: str) -> PaymentResult:
        if payment.status in ("succeeded", "cancelled", "processing"):
            return self._truth(payment)
        behaviour = self.cards.get(method_id, "works")
        if isinstance(behaviour, list):
            behaviour = behaviour.pop(0) if len(behaviour) > 1 else behaviour[0]
        if behaviour == "gone":
            raise Bug("no such payment method")
        self.asked[method_id] += 1
        if behaviour == "works":
            self._take(payment)
        elif behaviour == "slow":
            payment.status = "processing"
        elif behaviour == "ask":
            payment.status, payment.last = "action", ActionRequired(payment.id)
        else:
            code, _, advice = behaviour.partition("/")
            payment.status, payment.last = "declined", Declined(payment.id, "card_declined", code, advice)
        return self._truth(payment)

    def _take(self, payment: Payment) -> None:
        assert payment.status not in ("succeeded", "cancelled")
        payment.status, payment.charge_id, payment.at = "succeeded", self._new("ch"), self.now()
        self.charged[payment.wish.reference] += 1

    def _truth(self, payment: Payment) -> PaymentResult:
        match payment.status:
            case "succeeded":
                assert payment.at
                return Succeeded(payment.id, payment.charge_id, payment.wish.amount, payment.at)
            case "processing":
                return Processing(payment.id)
            case "cancelled":
                return Cancelled(payment.id)
            case "waiting":
                return Waiting(payment.id)
        assert payment.last
        return payment.last

    def _maybe(self, verb: str, key: str, act: Callable[[], Any]) -> Any:
        """Do it or fail as told; no answer is Unknown."""
        try:
            return self._once(verb, key, act)
        except _NoAnswer:
            return Unknown()

    def _once(self, verb: str, key: str, act: Callable[[], Any]) -> Any:
        with self._lock:
            self.calls.append((verb, key))
            self.during(verb)
            fault = self.faults.pop(len(self.writes()), "")
            if fault == "limit" or self.limited:
                raise RateLimited(0.01)
            if fault == "drop_before":
                raise _NoAnswer
            at, kept = self._keys.get(key, (self.now(), None))
            if kept is not None and at > self.now() - timedelta(hours=24):
                if kept is _NoAnswer:
                    raise _NoAnswer
                return kept
            answer = act()
            self._keys[key] = (self.now(), _NoAnswer if fault == "error_after" else answer)
            if fault:
                raise _NoAnswer
            return answer

    def writes(self) -> list[tuple[str, str]]:
        """The writing calls so far."""
        return [call for call in self.calls if call[0] not in ("read", "detach")]

    def _read(self, what: str) -> None:
        self.calls.append(("read", what))
        self.during("read")

    def _new(self, prefix: str) -> str:
        with self._lock:
            self._number += 1
            return f"{prefix}_{self._number}"

    def money(self) -> Money:
        """Everything that was really taken."""
        return sum((each.wish.amount for each in self.payments.values() if each.status == "succeeded"), Money(0))


class _NoAnswer(ProviderError):
    """The line is dead."""

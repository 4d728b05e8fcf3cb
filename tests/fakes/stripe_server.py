"""A strict little Stripe on the loopback, driven by the real library: the whole outside world of a payment, in a test's hands.

`fake.provider()` talks to it; `complete_setup`, `answer_bank` and the like play the person, the bank and time.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import stripe

from civic.payments.stripe import StripeProvider
from tests.fakes.stripe_balance import Balance
from tests.fakes.stripe_cards import find
from tests.fakes.stripe_connect import Connect
from tests.fakes.stripe_faults import Fault, Faults
from tests.fakes.stripe_http import Desk, serve
from tests.fakes.stripe_paying import Paying
from tests.fakes.stripe_saving import Saving
from tests.fakes.stripe_state import State, Thing

KEY, SECRET, CONNECT_SECRET = "sk_test_fake", "whsec_fake", "whsec_connect_fake"
START = datetime(2026, 11, 23, 12, tzinfo=UTC)
Delivery = tuple[bytes, dict[str, str], bool]  # body, headers, whether it goes to the Connect address


class Handlers(Balance, Saving, Paying, Connect):
    """Everything the fake can do, over one state."""

    def __init__(self, state: State):
        self.state, self.address = state, ""


class FakeStripe:
    """The server and the hands of a test. The clock stands still at `now` until `advance`."""

    def __init__(self, now: datetime = START):
        self.state, self.faults = State(now), Faults()
        self.handlers = Handlers(self.state)
        self.desk = Desk(self.state, self.faults, self.handlers, KEY)
        self._server = serve(self.desk)
        self.address = self.handlers.address = f"http://127.0.0.1:{self._server.server_port}"
        self._delivered, self._delivered_thin = 0, 0

    def stop(self) -> None:
        """Hang up; fails when the fake or the library said something that Stripe's types do not know."""
        self._server.shutdown()
        self._server.server_close()
        assert not self.desk.complaints, "\n".join(sorted(set(self.desk.complaints)))

    def provider(self, *, retries: int = 0, timeout: tuple[int, int] = (5, 30)) -> StripeProvider:
        """The real provider, talking to this server; without the library's own retries, so that each fault is seen."""
        return StripeProvider(KEY, [SECRET], [CONNECT_SECRET], api_base=self.address, retries=retries, timeout=timeout)

    # Time.

    @property
    def now(self) -> datetime:
        """The fake's time."""
        return self.state.now

    def advance(self, seconds: int = 0, **more: int) -> None:
        """Let time pass (seconds, or hours= and days=); what falls due happens: expiry, late balance lines, failing refunds."""
        self.move_to(self.now + timedelta(seconds=seconds, **more))

    def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment`; never back."""
        with self.state.lock:
            self.state.move_to(moment)

    # The person.

    def complete_setup(self, setup_id: str, card: str = "success", *, passes: bool = True) -> bool:
        """Type a card (its number, or what it does) on the hosted page and pass the bank's question or not; True when saved."""
        with self.state.lock:
            return self.handlers.put_card(self.state.get("checkout.session", setup_id), find(card), passes=passes)

    def answer_bank(self, payment_id: str, *, passes: bool = True) -> None:
        """At the bank's page of a recovery, pass or fail."""
        with self.state.lock:
            self.handlers.answer_bank(self.state.get("payment_intent", payment_id), passes=passes)

    def finish_processing(self, payment_id: str, *, succeeds: bool = True) -> None:
        """Let the bank decide about a payment that is under way."""
        with self.state.lock:
            self.handlers.finish_processing(self.state.get("payment_intent", payment_id), succeeds=succeeds)

    def finish_onboarding(self, account_id: str) -> None:
        """The organisation tells everything asked of it: it may be paid."""
        self.set_account(account_id, "active")

    def set_account(self, account_id: str, status: str, *wanted: str) -> None:
        """Put an account into a status (active, pending, restricted, rejected), with what is wanted of its owner."""
        with self.state.lock:
            self.handlers.set_account(self.state.get("v2.core.account", account_id), status, *wanted)

    def pay_out(self, account_id: str) -> None:
        """The organisation takes its money home, so that nothing can be called back."""
        with self.state.lock:
            self.handlers.pay_out(self.state.get("v2.core.account", account_id))

    # The bank.

    def dispute(self, charge_id: str) -> str:
        """A bank disputes a charge; tells the dispute's id."""
        with self.state.lock:
            return self.handlers.open_dispute(self.state.get("charge", charge_id))["id"]

    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        """The bank decides a dispute."""
        with self.state.lock:
            self.handlers.close_dispute(self.state.get("dispute", dispute_id), won=won)

    def fail_refund(self, refund_id: str) -> None:
        """A refund comes back."""
        with self.state.lock:
            self.handlers.fail_refund(self.state.get("refund", refund_id))

    def refund_by_hand(self, charge_id: str, amount: int) -> str:
        """Somebody refunds at Stripe's own pages, unknown to us; tells the refund's id."""
        with self.state.lock:
            return self.handlers.create_refund({"charge": charge_id, "amount": amount})["id"]

    # Mishaps and counting.

    def fail(self, kind: Fault, *, on: str = "", at: int = 1, times: int = 1) -> None:
        """Let the `at`-th POST from now (named `on`, as "payment_intents/confirm") go wrong, `times` times in a row."""
        self.faults.plan(kind, on=on, at=at, times=times)

    def fail_when(self, chooser: Callable[[str], Fault] | None) -> None:
        """Ask `chooser` at every POST, by name, what goes wrong ("" for nothing)."""
        self.faults.chooser = chooser

    def count(self, call: str) -> int:
        """How often "POST payment_intents/confirm" or the like reached us."""
        return self.faults.calls[call]

    def things(self, kind: str) -> list[Thing]:
        """Everything of a kind at the provider, oldest first: "charge", "payment_intent", "refund", "transfer" …"""
        with self.state.lock:
            return json.loads(json.dumps(self.state.all(kind)))

    def taken(self) -> dict[str, int]:
        """The pence really taken, by our reference: "charge:7" is here once at most, and with one charge's amount."""
        sums: dict[str, int] = {}
        for charge in self.things("charge"):
            if charge["paid"]:
                reference = charge["metadata"].get("reference", "")
                sums[reference] = sums.get(reference, 0) + charge["amount"]
        return sums

    def balance(self) -> int:
        """The pence that Stripe holds for us."""
        with self.state.lock:
            return self.handlers.total()

    # Announcements.

    def deliveries(self, *, again: bool = False) -> list[Delivery]:
        """Signed announcements since the last asking (`again`: all there ever were), in the order in which things happened."""
        with self.state.lock:
            old = (0, 0) if again else (self._delivered, self._delivered_thin)
            events, thin = self.state.events[old[0] :], self.state.thin_events[old[1] :]
            self._delivered, self._delivered_thin = len(self.state.events), len(self.state.thin_events)
            return [self.signed(each) for each in events] + [self.signed(each, connect=True) for each in thin]

    def signed(
        self, event: Thing, *, secret: str | None = None, at: int | None = None, connect: bool = False
    ) -> Delivery:
        """An announcement as it travels: body, headers, and whether it is meant for the Connect address."""
        body = json.dumps(event)
        header = stripe.WebhookSignature.generate_signature_header(
            body, secret or (CONNECT_SECRET if connect else SECRET), at
        )
        return body.encode(), {"Stripe-Signature": header, "Content-Type": "application/json"}, connect

    def event_of(self, kind: str) -> dict[str, Any]:
        """The latest announcement of a kind."""
        return next(each for each in reversed(self.state.events) if each["type"] == kind)

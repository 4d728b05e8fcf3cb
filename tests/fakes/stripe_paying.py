"""Charging at the fake Stripe: payment intents with their state machine, charges, and the late lines of the balance."""

import copy
from typing import Any

from tests.fakes.stripe_cards import TestCard
from tests.fakes.stripe_state import Refusal, State, Thing, invalid

Params = dict[str, Any]
# Below this Stripe takes no charge in pounds.
LEAST = 30
# The balance line of a charge comes a little later than the money (automatic_async).
LATE_SECONDS = 60
EUROPE = frozenset({"FR", "DE", "IE", "ES", "IT"})


class Paying:
    """Payment intents and charges."""

    state: State
    address: str
    # Whether a payment about which the bank is asking may be confirmed again; Stripe's pages do not say.
    asks_again = True

    def add_line(self, kind: str, category: str, source: Thing, amount: int, **more: Any) -> Thing:  # of Balance
        raise NotImplementedError

    def open_dispute(self, charge: Thing) -> Thing:  # of Balance
        raise NotImplementedError

    def create_payment(self, params: Params) -> Thing:
        if params["amount"] < LEAST:
            raise invalid("amount_too_small", "Amount must be at least £0.30 gbp", param="amount")
        if params.get("off_session") and not params.get("confirm"):
            raise invalid("parameter_missing", "off_session needs confirm", param="off_session")
        if len(params.get("statement_descriptor_suffix", "")) > 22:
            raise invalid("parameter_invalid", "too long", param="statement_descriptor_suffix")
        if params.get("customer"):
            self.state.get("customer", params["customer"], param="customer")
        intent = self.state.add(
            "payment_intent",
            "pi",
            **{"amount_capturable": 0, "amount_received": 0, "capture_method": "automatic_async"},
            **{name: params.get(name) for name in ("amount", "currency", "customer", "description", "transfer_group")},
            client_secret=self.state.new_id("secret"),
            confirmation_method="automatic",
            metadata=params.get("metadata", {}),
            payment_method_types=["card"],
            statement_descriptor_suffix=params.get("statement_descriptor_suffix"),
            status="requires_payment_method",
        )
        self.state.tell("payment_intent.created", intent)
        return intent

    def confirm_payment(self, params: Params, name: str) -> Thing:
        intent = self.state.get("payment_intent", name)
        if intent["status"] in ("succeeded", "canceled", "processing"):
            raise unexpected(intent)
        if intent["status"] == "requires_action" and not self.asks_again:
            raise unexpected(intent)
        chosen = params.get("payment_method") or intent["payment_method"]
        if not chosen:
            raise unexpected(intent)
        method = self.state.get("payment_method", chosen, param="payment_method")
        if method["customer"] != intent["customer"]:
            raise invalid(None, "The payment method does not belong to the customer.", param="payment_method")
        intent |= {"payment_method": method["id"], "next_action": None, "last_payment_error": None}
        card: TestCard = self.state.hidden[method["id"]]
        if params.get("off_session"):
            if card.asks_off_session:
                raise self._refuse(intent, method, "authentication_required", "authentication_required")
            return self._charge(intent, method, card)
        if card.asks_on_session:
            return self._ask(intent, params.get("return_url"))
        return self._charge(intent, method, card)

    def cancel_payment(self, params: Params, name: str) -> Thing:
        intent = self.state.get("payment_intent", name)
        if intent["status"] in ("succeeded", "canceled", "processing"):
            raise unexpected(intent)
        intent |= {"status": "canceled", "canceled_at": self.state.seconds, "next_action": None}
        intent["cancellation_reason"] = params.get("cancellation_reason")
        self.state.tell("payment_intent.canceled", intent)
        return intent

    def answer_bank(self, intent: Thing, *, passes: bool) -> None:
        """The person is at their bank's page, and passes or does not."""
        assert intent["status"] == "requires_action", f"nobody asks: {intent['status']}"
        method = self.state.things[intent["payment_method"]]
        intent["next_action"] = None
        try:
            if passes:
                self._charge(intent, method, self.state.hidden[method["id"]])
            else:
                self._refuse(intent, method, "payment_intent_authentication_failure", "")
        except Refusal:
            pass  # told by events, and the payment shows it

    def finish_processing(self, intent: Thing, *, succeeds: bool) -> None:
        """The bank decides at last."""
        assert intent["status"] == "processing", f"nothing is under way: {intent['status']}"
        method = self.state.things[intent["payment_method"]]
        if succeeds:
            self._take(intent, method)
        else:
            self._refuse(intent, method, "card_declined", "generic_decline")

    def _charge(self, intent: Thing, method: Thing, card: TestCard) -> Thing:
        if card.decline:
            raise self._refuse(intent, method, card.code, card.decline, card.advice)
        if card.then == "processing":
            intent["status"] = "processing"
            self.state.tell("payment_intent.processing", intent)
            return intent
        self._take(intent, method)
        if card.then == "disputed":
            charge = self.state.things[intent["latest_charge"]]
            self.state.later(0, lambda: None if charge["disputed"] else void(self.open_dispute(charge)))
        return intent

    def _ask(self, intent: Thing, return_url: str | None) -> Thing:
        intent["status"] = "requires_action"
        if return_url:
            page = {"url": f"{self.address}/bank/{intent['id']}", "return_url": return_url}
            intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": page}
        else:
            intent["next_action"] = {"type": "use_stripe_sdk", "use_stripe_sdk": {}}
        self.state.tell("payment_intent.requires_action", intent)
        return intent

    def _take(self, intent: Thing, method: Thing) -> None:
        charge = self._new_charge(intent, method, status="succeeded")
        intent |= {"status": "succeeded", "amount_received": intent["amount"], "latest_charge": charge["id"]}
        self.state.tell("charge.succeeded", charge)
        self.state.tell("payment_intent.succeeded", intent)
        self.state.later(LATE_SECONDS, lambda: self._settle(charge, method["card"]["country"]))

    def _settle(self, charge: Thing, country: str) -> None:
        fee = fee_for(charge["amount"], country)
        line = self.add_line("charge", "charge", charge, charge["amount"], fee=fee, days=7)
        charge["balance_transaction"] = line["id"]
        self.state.tell("charge.updated", charge)

    def _refuse(self, intent: Thing, method: Thing, code: str, decline: str, advice: str = "") -> Refusal:
        charge = self._new_charge(intent, method, status="failed", code=code)
        error = {
            "type": "card_error",
            "code": code,
            "message": "Your card was declined.",
            "charge": charge["id"],
            "payment_method": copy.deepcopy(method),
        }
        error |= {"decline_code": decline} if decline else {}
        error |= {"advice_code": advice} if advice else {}
        intent |= {"status": "requires_payment_method", "payment_method": None, "latest_charge": charge["id"]}
        intent["last_payment_error"] = error
        self.state.tell("charge.failed", charge)
        self.state.tell("payment_intent.payment_failed", intent)
        kind = error.pop("type")
        intent["last_payment_error"] = {"type": kind, **error}
        return Refusal(402, kind, **error, payment_intent=copy.deepcopy(intent))

    def _new_charge(self, intent: Thing, method: Thing, *, status: str, code: str | None = None) -> Thing:
        taken = status == "succeeded"
        return self.state.add(
            "charge",
            "ch",
            amount=intent["amount"],
            amount_captured=intent["amount"] if taken else 0,
            amount_refunded=0,
            billing_details=method["billing_details"],
            **{"captured": taken, "paid": taken, "disputed": False, "refunded": False},
            **{name: intent[name] for name in ("currency", "customer", "description", "metadata", "transfer_group")},
            failure_code=code,
            payment_intent=intent["id"],
            payment_method=method["id"],
            status=status,
        )


def unexpected(intent: Thing) -> Refusal:
    """A payment that is past what was asked for."""
    words = f"This PaymentIntent's status is {intent['status']}."
    return invalid("payment_intent_unexpected_state", words, payment_intent=copy.deepcopy(intent))


def fee_for(amount: int, country: str) -> int:
    """Stripe's fee in pence for a card of that country, half a penny up (its published prices for the United Kingdom)."""
    per_mille_10 = 150 if country == "GB" else 250 if country in EUROPE else 325
    return (amount * per_mille_10 + 5000) // 10000 + 20


def void(_: Any) -> None:
    """Nothing, for whoever wants a statement."""

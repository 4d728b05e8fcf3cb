"""Saving a card at the fake Stripe: customers, Checkout in setup mode, setup intents, payment methods."""

from typing import Any

from tests.fakes.stripe_cards import TestCard
from tests.fakes.stripe_state import State, Thing, invalid

Params = dict[str, Any]
NOTHING_BILLED = {"address": None, "email": None, "name": None, "phone": None, "tax_id": None}


class Saving:
    """Everything up to a saved card."""

    state: State
    address: str

    def create_customer(self, params: Params) -> Thing:
        return self.state.add("customer", "cus", email=params.get("email"), metadata=params.get("metadata", {}))

    def create_session(self, params: Params) -> Thing:
        self._check_session(params)
        customer = self.state.get("customer", params["customer"], param="customer")
        about = params.get("setup_intent_data", {})
        intent = self.state.add(
            "setup_intent",
            "seti",
            client_secret=self.state.new_id("secret"),
            customer=customer["id"],
            description=about.get("description"),
            metadata=about.get("metadata", {}),
            payment_method_types=["card"],
            status="requires_payment_method",
            usage="off_session",
        )
        session = self.state.add(
            "checkout.session",
            "cs_test",
            automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
            cancel_url=params.get("cancel_url"),
            client_reference_id=params.get("client_reference_id"),
            currency=params["currency"],
            custom_fields=[],
            custom_text={
                name: params.get("custom_text", {}).get(name)
                for name in ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
            },
            customer=customer["id"],
            expires_at=params.get("expires_at", self.state.seconds + 86400),
            locale=params.get("locale"),
            metadata=params.get("metadata", {}),
            mode="setup",
            payment_method_types=["card"],
            payment_status="no_payment_required",
            setup_intent=intent["id"],
            shipping_options=[],
            status="open",
            success_url=params["success_url"],
            ui_mode="hosted_page",
        )
        session["url"] = f"{self.address}/pay/{session['id']}"
        self.state.later(session["expires_at"] - self.state.seconds, lambda: self._expire(session))
        return session

    def _check_session(self, params: Params) -> None:
        if params.get("mode") != "setup":
            raise invalid("parameter_invalid", "the fake knows the setup mode only", param="mode")
        for name in ("currency", "customer", "success_url"):
            if not params.get(name):
                raise invalid("parameter_missing", f"Missing required param: {name}.", param=name)
        left = params.get("expires_at", self.state.seconds + 86400) - self.state.seconds
        if not 1800 <= left <= 86400:
            raise invalid(
                None, "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", param="expires_at"
            )

    def _expire(self, session: Thing) -> None:
        if session["status"] == "open":
            session |= {"status": "expired", "url": None}
            intent = self.state.things[session["setup_intent"]]
            intent |= {"status": "canceled", "cancellation_reason": "abandoned"}
            self.state.tell("checkout.session.expired", session)
            self.state.tell("setup_intent.canceled", intent)

    def put_card(self, session: Thing, card: TestCard, *, passes: bool) -> bool:
        """A person types a card on the page; True when it was saved, False when they may try another."""
        assert session["status"] == "open", f"the page is {session['status']}"
        intent = self.state.things[session["setup_intent"]]
        asked = card.setup == "asks"
        if card.setup == "refused" or (asked and not passes):
            code = card.code if card.setup == "refused" else "setup_intent_authentication_failure"
            intent["last_setup_error"] = {"type": "card_error", "code": code, "message": "Your card was refused."}
            if card.setup == "refused":
                intent["last_setup_error"]["decline_code"] = card.decline
            self.state.tell("setup_intent.setup_failed", intent)
            return False
        method = self.new_method(card, session["customer"])
        attempt = self.state.add(
            "setup_attempt",
            "setatt",
            customer=session["customer"],
            payment_method=method["id"],
            payment_method_details={"type": "card", "card": _on_attempt(asked)},
            setup_intent=intent["id"],
            status="succeeded",
            usage="off_session",
        )
        intent |= {"status": "succeeded", "payment_method": method["id"], "latest_attempt": attempt["id"]}
        intent["last_setup_error"] = None
        session |= {"status": "complete", "url": None}
        self.state.tell("payment_method.attached", method)
        self.state.tell("setup_intent.succeeded", intent)
        self.state.tell("checkout.session.completed", session)
        return True

    def new_method(self, card: TestCard, customer: str) -> Thing:
        """A card that was saved for a customer."""
        method = self.state.add(
            "payment_method",
            "pm",
            billing_details=NOTHING_BILLED,
            card=_facts(card),
            customer=customer,
            type="card",
        )
        self.state.hidden[method["id"]] = card
        return method

    def detach(self, params: Params, name: str) -> Thing:
        method = self.state.get("payment_method", name, param="payment_method")
        if method["customer"] is None:
            raise invalid(
                None, "The payment method you provided is not attached to a customer so detachment is impossible."
            )
        method["customer"] = None
        self.state.tell("payment_method.detached", method)
        return method


def _facts(card: TestCard) -> Thing:
    digits = card.number if card.number.isdigit() else "4242424242424242"
    return {
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": card.country,
        "display_brand": "visa",
        "exp_month": 12,
        "exp_year": 2030,
        "fingerprint": f"print{digits[-8:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": digits[-4:],
        "networks": {"available": ["visa"], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def _on_attempt(asked: bool) -> Thing:
    shown = {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": "3d",
        "version": "2.2.0",
    }
    return {
        "brand": "visa",
        "checks": None,
        "country": "GB",
        "exp_month": 12,
        "exp_year": 2030,
        "fingerprint": None,
        "funding": "credit",
        "last4": None,
        "network": None,
        "three_d_secure": shown if asked else None,
        "wallet": None,
    }

"""Our balance at the fake Stripe: its lines, refunds with their ceiling, disputes."""

from typing import Any

from tests.fakes.stripe_cards import TestCard
from tests.fakes.stripe_state import State, Thing, invalid

Params = dict[str, Any]
DAY = 86400
DISPUTE_FEE = 2000
ANSWER_DAYS = 9
NO_EVIDENCE = (
    *("access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure"),
    *("cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name"),
    *("customer_purchase_ip", "customer_signature", "duplicate_charge_documentation"),
    *("duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt", "refund_policy"),
    *("refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation"),
    *("shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation"),
    *("shipping_tracking_number", "uncategorized_file", "uncategorized_text"),
)


class Balance:
    """Lines, refunds and disputes."""

    state: State

    def add_line(self, kind: str, category: str, source: Thing, amount: int, *, fee: int = 0, days: int = 0) -> Thing:
        """One line of the balance; its money may be used `days` from now."""
        paid = {"amount": fee, "application": None, "currency": "gbp", "description": None, "type": "stripe_fee"}
        return self.state.add(
            "balance_transaction",
            "txn",
            amount=amount,
            available_on=self.state.seconds + days * DAY,
            balance_type="payments",
            currency="gbp",
            fee=fee,
            fee_details=[paid] if fee else [],
            net=amount - fee,
            reporting_category=category,
            source=source["id"],
            status="pending" if days else "available",
            type=kind,
        )

    def available(self) -> int:
        """The pence that may be transferred now."""
        lines = self.state.all("balance_transaction")
        return sum(line["net"] for line in lines if line["available_on"] <= self.state.seconds)

    def total(self) -> int:
        """The pence that Stripe holds for us, whenever they may be used."""
        return sum(line["net"] for line in self.state.all("balance_transaction"))

    def create_refund(self, params: Params) -> Thing:
        if params.get("payment_intent"):
            intent = self.state.get("payment_intent", params["payment_intent"], param="payment_intent")
            params = params | {"charge": intent["latest_charge"] or ""}
        charge = self.state.get("charge", params.get("charge", ""), param="charge")
        left = charge["amount_captured"] - charge["amount_refunded"]
        amount = params.get("amount", left)
        if charge["disputed"]:
            raise invalid("charge_disputed", f"Charge {charge['id']} has been charged back; cannot issue a refund.")
        if left == 0:
            raise invalid("charge_already_refunded", f"Charge {charge['id']} has already been refunded.")
        if amount > left:
            raise invalid(None, "Refund amount is greater than unrefunded amount on charge", param="amount")
        if amount < 1:
            raise invalid("parameter_invalid_integer", "This value must be greater than or equal to 1.", param="amount")
        return self._refund(charge, amount, params)

    def _refund(self, charge: Thing, amount: int, params: Params) -> Thing:
        card: TestCard = self.state.hidden[charge["payment_method"]]
        refund = self.state.add(
            "refund",
            "re",
            amount=amount,
            charge=charge["id"],
            metadata=params.get("metadata", {}),
            payment_intent=charge["payment_intent"],
            reason=params.get("reason"),
            **{name: charge[name] for name in ("currency", "customer")},
            status="pending" if card.then == "refund_waits" else "succeeded",
        )
        refund["balance_transaction"] = self.add_line("refund", "refund", refund, -amount)["id"]
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self.state.tell("refund.created", refund)
        self.state.tell("charge.refunded", charge)
        if card.then == "refund_waits":
            self.state.later(DAY, lambda: self._refund_arrived(refund))
        if card.then == "refund_fails":
            self.state.later(DAY, lambda: self.fail_refund(refund))
        return refund

    def _refund_arrived(self, refund: Thing) -> None:
        refund["status"] = "succeeded"
        self.state.tell("refund.updated", refund)

    def fail_refund(self, refund: Thing) -> None:
        """The bank sends a refund back: the money is on our balance again."""
        line = self.add_line("adjustment", "refund_failure", refund, refund["amount"])
        refund |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
        refund["failure_balance_transaction"] = line["id"]
        charge = self.state.things[refund["charge"]]
        charge["amount_refunded"] -= refund["amount"]
        charge["refunded"] = False
        self.state.tell("refund.updated", refund)
        self.state.tell("refund.failed", refund)

    def open_dispute(self, charge: Thing) -> Thing:
        """A backer tells their bank that this was not them: the money leaves at once, with a fee."""
        charge["disputed"] = True
        dispute = self.state.add(
            "dispute",
            "dp",
            amount=charge["amount"],
            balance_transactions=[],
            charge=charge["id"],
            currency=charge["currency"],
            enhanced_eligibility_types=[],
            evidence=dict.fromkeys(NO_EVIDENCE) | {"enhanced_evidence": {}},
            evidence_details={
                "due_by": self.state.seconds + ANSWER_DAYS * DAY,
                "enhanced_eligibility": {},
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
                "submission_method": "not_submitted",
            },
            is_charge_refundable=False,
            payment_intent=charge["payment_intent"],
            reason="fraudulent",
            status="needs_response",
        )
        line = self.add_line("adjustment", "dispute", dispute, -charge["amount"], fee=DISPUTE_FEE)
        dispute["balance_transactions"].append(line)
        for kind in ("charge.dispute.created", "charge.dispute.funds_withdrawn"):
            self.state.tell(kind, dispute)
        return dispute

    def close_dispute(self, dispute: Thing, *, won: bool) -> None:
        """The bank decides; a dispute won brings the money back and not the fee."""
        dispute["status"] = "won" if won else "lost"
        if won:
            line = self.add_line("adjustment", "dispute_reversal", dispute, dispute["amount"])
            dispute["balance_transactions"].append(line)
            self.state.tell("charge.dispute.funds_reinstated", dispute)
        self.state.tell("charge.dispute.closed", dispute)

"""Stripe's objects, as plain dicts, read into values of ours. Amounts become Money here and nowhere else."""

from datetime import UTC, datetime
from typing import Any, Literal, cast

from civic.core.money import Money
from civic.payments.provider import (
    ActionRequired,
    BalanceEntry,
    Cancelled,
    Card,
    DisputeFacts,
    PayeeStatus,
    PaymentResult,
    PaymentSeen,
    Processing,
    RefundResult,
    SetupResult,
    Succeeded,
    Unknown,
    Waiting,
)
from civic.payments.stripe.errors import decline

Facts = dict[str, Any]

REFUND_STATES = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}
DISPUTE_STATES = {"won": "won", "warning_closed": "won", "prevented": "won", "lost": "lost"}
MERE_QUESTION = ("warning_", "prevented")
# Stripe's reporting_category groups its balance lines as an accountant would; what is not here is "other".
# Source: docs.stripe.com/reports/reporting-categories
ENTRY_KINDS = {
    "charge": "charge",
    "refund": "refund",
    "refund_failure": "refund_failure",
    "dispute": "dispute",
    "dispute_reversal": "dispute_reversal",
    "transfer": "transfer",
    "transfer_reversal": "transfer_reversal",
    "payout": "payout",
    "payout_reversal": "payout",
    "fee": "fee",
    "tax": "fee",
    "network_cost": "fee",
}


def money(facts: Facts, amount: str = "amount") -> Money:
    """The amount of an object in its currency."""
    return Money(facts[amount], facts["currency"].upper())


def moment(seconds: int) -> datetime:
    """Stripe's seconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def reference_of(facts: Facts) -> str:
    """How we named this object, "" when somebody else made it."""
    return (facts.get("metadata") or {}).get("reference", "")


def id_of(found: Any) -> str:
    """The id of something that Stripe sends as an id, as the whole object, or not at all."""
    return (found.get("id") if isinstance(found, dict) else found) or ""


def payment(facts: Facts) -> PaymentResult:
    """What came of a payment intent whose latest charge was expanded."""
    payment_id, charge = facts["id"], facts.get("latest_charge")
    match facts["status"]:
        case "succeeded" if isinstance(charge, dict):
            return Succeeded(payment_id, charge["id"], money(facts, "amount_received"), moment(charge["created"]))
        case "processing" | "requires_capture":
            return Processing(payment_id)
        case "requires_action":
            return ActionRequired(payment_id)
        case "canceled":
            return Cancelled(payment_id)
        case "requires_payment_method" | "requires_confirmation":
            return _not_taken(payment_id, facts.get("last_payment_error"))
        case _:
            return Unknown()


def _not_taken(payment_id: str, error: Facts | None) -> PaymentResult:
    if not error:
        return Waiting(payment_id)
    return decline(payment_id, error.get("code") or "", error.get("decline_code") or "", error.get("advice_code") or "")


def seen(facts: Facts) -> PaymentSeen:
    """A payment intent of Stripe's own list."""
    return PaymentSeen(reference_of(facts), money(facts), moment(facts["created"]), payment(facts))


def bank_page(facts: Facts) -> str:
    """Where the bank wants to see the person, "" when it does not."""
    action = facts.get("next_action") or {}
    return (action.get("redirect_to_url") or {}).get("url") or ""


def setup(session: Facts) -> SetupResult:
    """A Checkout session whose setup intent, card and latest attempt were expanded."""
    intent = session.get("setup_intent") or {}
    read = SetupResult(session["id"], "open", reference_of(session))
    if session["status"] == "expired":
        return _ended(read, "expired", intent)
    if session["status"] == "complete" and intent.get("status") == "succeeded":
        return SetupResult(
            read.setup_id, "succeeded", read.reference, card(intent["payment_method"]), _authenticated(intent)
        )
    over = session["status"] == "complete" and intent.get("status") != "processing"
    if over or intent.get("status") == "canceled":
        return _ended(read, "failed", intent)
    return read


def _ended(read: SetupResult, status: Literal["expired", "failed"], intent: Facts) -> SetupResult:
    error = intent.get("last_setup_error") or {}
    return SetupResult(
        read.setup_id, status, read.reference, reason=error.get("decline_code") or error.get("code") or ""
    )


def _authenticated(intent: Facts) -> bool:
    attempt = intent.get("latest_attempt") or {}
    on_card = (attempt.get("payment_method_details") or {}).get("card") or {}
    return (on_card.get("three_d_secure") or {}).get("result") == "authenticated"


def card(method: Facts) -> Card:
    """The card of a payment method; a wallet's card is a card too."""
    facts = method["card"]
    return Card(
        method["id"],
        facts["brand"],
        facts["last4"],
        facts["exp_month"],
        facts["exp_year"],
        facts.get("country") or "",
        facts.get("fingerprint") or "",
    )


def refund(facts: Facts) -> RefundResult:
    """A refund; one that waits for the person or the bank is pending, a cancelled one has failed."""
    status = cast(Literal["pending", "succeeded", "failed"], REFUND_STATES.get(facts["status"], "pending"))
    return RefundResult(
        facts["id"],
        status,
        money(facts),
        id_of(facts.get("charge")),
        facts.get("failure_reason") or "",
        reference_of(facts),
    )


def dispute(facts: Facts) -> DisputeFacts:
    """A dispute; what is neither won nor lost is open, also a bank's mere question, for which no money has left."""
    due = (facts.get("evidence_details") or {}).get("due_by")
    return DisputeFacts(
        facts["id"],
        id_of(facts["charge"]),
        money(facts),
        cast(Literal["open", "won", "lost"], DISPUTE_STATES.get(facts["status"], "open")),
        facts["reason"],
        moment(due) if due else None,
        withdrawn=not facts["status"].startswith(MERE_QUESTION),
    )


def payee(account: Facts) -> PayeeStatus:
    """Whether a recipient account may get transfers, and what its owner still has to tell (Accounts v2)."""
    status = "pending"
    found: Any = account.get("configuration")
    for name in ("recipient", "capabilities", "stripe_balance", "stripe_transfers"):
        found = (found or {}).get(name)
    if found:
        status = found["status"]
    wanted = [
        entry["description"]
        for entry in (account.get("requirements") or {}).get("entries") or []
        if entry["awaiting_action_from"] == "user"
    ]
    if account.get("closed") or status not in ("active", "pending"):
        status = "restricted"
    return PayeeStatus(account["id"], cast(Literal["pending", "active", "restricted"], status), tuple(wanted))


def entry(facts: Facts) -> BalanceEntry:
    """A line of our balance at Stripe."""
    kind = ENTRY_KINDS.get(facts["reporting_category"], "other")
    return BalanceEntry(
        facts["id"],
        cast(Any, kind),
        id_of(facts.get("source")),
        money(facts),
        money(facts, "fee"),
        money(facts, "net"),
        moment(facts["created"]),
        moment(facts["available_on"]),
    )

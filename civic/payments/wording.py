"""Words for the codes of money, as the finance desk shows them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

Words = dict[str, Any]

TRANSACTION_KINDS: Words = {
    "charge": _l("Money taken from a card"),
    "settle": _l("Charge arrived, less the fee"),
    "refund": _l("Refund"),
    "refund_failed": _l("Refund that came back"),
    "dispute": _l("Dispute opened"),
    "dispute_won": _l("Dispute won"),
    "dispute_lost": _l("Dispute lost"),
    "transfer": _l("Payment to an organisation"),
    "transfer_reversal": _l("Money called back from an organisation"),
    "receivable": _l("Money an organisation owes"),
    "fee": _l("Fee of the provider"),
    "fee_recharge": _l("Fees borne by a campaign"),
    "platform_fee": _l("Platform fee"),
    "payout": _l("Paid to our bank"),
    "unexplained": _l("Booked by the provider, reason unknown"),
    "grant_budget": _l("Budget of a fund booked"),
    "allotment": _l("Set aside for a pot, or taken back"),
    "grant_reserved": _l("Public money promised by a decision"),
    "match_reserved": _l("Match funding reserved by a formula"),
    "grant_released": _l("Promise of public money ended"),
    "grant_committed": _l("Funding agreement signed"),
    "grant_uncommitted": _l("Agreed public money freed"),
    "grant_paid": _l("Award paid by the authority"),
    "grant_bounced": _l("Payment of an award came back"),
    "grant_returned": _l("Public money given back by a recipient"),
}
CHARGE_STATES: Words = {
    "queued": _l("Waiting its turn"),
    "created": _l("Prepared"),
    "processing": _l("With the bank"),
    "requires_action": _l("The bank wants to see the backer"),
    "retry_wait": _l("Declined, will be tried again"),
    "declined": _l("Declined"),
    "unknown": _l("No answer yet"),
    "succeeded": _l("Taken"),
    "cancelled": _l("Given up"),
}
REFUND_STATES: Words = {
    "requested": _l("Waiting for approval"),
    "declined": _l("Declined"),
    "approved": _l("Approved, being sent"),
    "submitted": _l("On its way to the card"),
    "succeeded": _l("Given back"),
    "failed": _l("Failed"),
}
REFUND_ORIGINS: Words = {
    "person": _l("Asked for by a finance officer"),
    "campaign": _l("Decided for everybody who backed a campaign"),
    "provider": _l("Made on the provider’s own pages"),
}
TRANSFER_STATES: Words = {
    "requested": _l("Waiting for release"),
    "declined": _l("Declined"),
    "released": _l("Released, being sent"),
    "sent": _l("Sent"),
    "failed": _l("Failed"),
}
REVERSAL_STATES: Words = {
    "requested": _l("Being called back"),
    "succeeded": _l("Called back"),
    "failed": _l("Not given back; the organisation owes it"),
}
DISPUTE_STATES: Words = {"open": _l("Open"), "won": _l("Won"), "lost": _l("Lost")}
DISPUTE_REASONS: Words = {
    "fraudulent": _l("The cardholder says that they did not pay this"),
    "duplicate": _l("The cardholder says that they paid twice"),
    "product_not_received": _l("The cardholder says that they did not get what was promised"),
    "product_unacceptable": _l("The cardholder says that it was not as described"),
    "subscription_canceled": _l("The cardholder says that they had cancelled"),
    "unrecognized": _l("The cardholder does not recognise the payment"),
    "credit_not_processed": _l("The cardholder says that a refund was promised"),
    "general": _l("The bank gave no particular reason"),
}
# Why a transfer or refund was not made, in words where we know them.
REASONS: Words = {
    "not_owed": _l("The books owe less now, because of refunds or disputes. Decline it and ask for the right amount."),
    "payee_not_active": _l("The provider wants more from the organisation before it may be paid."),
    "balance_insufficient": _l("The money is there and may not be used yet. It is tried again automatically."),
    "refunded_at_provider": _l("The money had already gone back on the provider’s own pages."),
    "charge_already_refunded": _l("The whole charge had been given back before."),
    "charge_disputed": _l("The bank has taken this money back."),
    "expired_or_canceled_card": _l("The card has expired or was cancelled."),
    "lost_or_stolen_card": _l("The card was lost or stolen."),
}
COLOURS = {
    "requested": "yellow",
    "approved": "",
    "released": "",
    "submitted": "",
    "open": "yellow",
    "failed": "red",
    "lost": "red",
    "succeeded": "green",
    "sent": "green",
    "won": "green",
    "resolved": "green",
}
# What a kind of account holds, and whether what stands there is ours to have or ours to owe.
ACCOUNTS: Words = {
    "clearing": _l("Taken from cards, on its way to us"),
    "balance": _l("Our account at the provider"),
    "bank": _l("Paid to our bank"),
    "fees": _l("Fees nobody has borne yet"),
    "disputes": _l("Held by banks until disputes are decided"),
    "receivable": _l("Owed to us by organisations"),
    "unexplained": _l("Booked by the provider, reason unknown"),
    "campaign": _l("Owed to campaigns"),
    "income": _l("Our own income"),
    "paid": _l("Paid to organisations"),
    "authority": _l("Budgets of funds, given by the authority"),
    "fund": _l("In funds, not set aside yet"),
    "pot": _l("In pots of rounds and programmes"),
}
OWED = {"campaign", "income"}
MEMORANDUM = {"authority", "fund", "pot"}
"""What the authority has set aside for what: told by the same books, and no money of ours."""
GROUPS = {"campaign", "receivable", *MEMORANDUM}
"""Kinds of accounts of which there are many."""
PLACES: Words = {
    "left": _l("left"),
    "reserved": _l("promised"),
    "committed": _l("signed for"),
    "paid": _l("paid"),
}
SPENDINGS: Words = {"capital": _l("capital"), "revenue": _l("revenue")}


def account_name(code: str) -> str:
    """An account in words: "Owed to campaigns 12"; its code where we have no words."""
    kind, _colon, rest = code.partition(":")
    if code == "income:tips":
        return _("Tips")
    if code == "income:platform":
        return _("Platform fees")
    if kind == "campaign" and rest:
        return _("Campaign %(number)s", number=rest)
    if kind == "receivable" and rest:
        return _("Owed to us by organisation %(number)s", number=rest.rpartition(":")[2])
    if kind in MEMORANDUM and rest:
        return _memorandum_name(kind, rest.split(":")) or code
    return str(ACCOUNTS.get(kind, code))


def _memorandum_name(kind: str, parts: list[str]) -> str:
    """An account of public money in words; empty where it is named as none is."""
    words = {**SPENDINGS, **PLACES}
    if any(part not in words for part in parts[1:]):
        return ""
    told = ", ".join(str(words[part]) for part in parts[1:])
    if kind == "authority":
        return _("Budget of fund %(number)s", number=parts[0])
    if kind == "fund":
        return _("Fund %(number)s, not set aside: %(kind)s", number=parts[0], kind=told)
    return _("Pot %(number)s: %(kind)s", number=parts[0], kind=told)


def reason_in_words(code: str) -> str:
    """Why something was not done."""
    return str(REASONS.get(code, code))

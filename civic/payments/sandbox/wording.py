"""The sandbox's words for states and kinds."""

from flask_babel import lazy_gettext as _l

from civic.core.money import Money

PAYMENT_STATES = {
    "waiting": _l("Prepared"),
    "declined": _l("Refused"),
    "action_required": _l("Waits for the person"),
    "processing": _l("The bank is deciding"),
    "succeeded": _l("Paid"),
    "cancelled": _l("Given up"),
}
PAYMENT_COLOURS = {"succeeded": "green", "declined": "red", "action_required": "yellow", "processing": "yellow"}
REFUND_STATES = {"pending": _l("On its way"), "succeeded": _l("On the card"), "failed": _l("Came back")}
REFUND_COLOURS = {"succeeded": "green", "pending": "yellow", "failed": "red"}
ACCOUNT_STATES = {
    "pending": _l("Nothing answered yet"),
    "active": _l("May receive money"),
    "restricted": _l("Questions open"),
}
ACCOUNT_COLOURS = {"active": "green", "restricted": "red", "pending": "yellow"}
ENTRY_KINDS = {
    "charge": _l("Payment"),
    "refund": _l("Refund"),
    "refund_failure": _l("Refund that came back"),
    "dispute": _l("Disputed payment"),
    "dispute_reversal": _l("Dispute won"),
    "transfer": _l("Paid to an organisation"),
    "transfer_reversal": _l("Called back from an organisation"),
    "payout": _l("Paid to our bank"),
}


def money(minor: int) -> Money:
    """An amount of pence, for a page."""
    return Money(minor)

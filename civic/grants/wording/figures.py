"""Words for the figures of a fund, and for the ledger's entries behind them."""

from typing import Any

from flask_babel import lazy_gettext as _l

FIGURES: dict[str, Any] = {
    "budget": _l("Budget"),
    "unallotted": _l("Not set aside yet"),
    "left": _l("Set aside, promised to nobody"),
    "reserved": _l("Promised, not signed for"),
    "committed": _l("Signed for, not paid"),
    "paid": _l("Paid"),
    "released": _l("Promised once, free again"),
    "returned": _l("Paid once, given back"),
}
FIGURE_LINES: dict[str, Any] = {
    "budget": _l("What decisions of the authority gave to the fund, less what they took away."),
    "unallotted": _l("In the fund itself; no round or programme can promise it yet."),
    "left": _l("In the pots of rounds and programmes; a decision can promise it."),
    "reserved": _l("Decided, or worked out by a match formula; it goes back by itself where nothing comes of it."),
    "committed": _l("Under agreements that both sides have signed."),
    "paid": _l("Sent to recipients, less what came back."),
    "released": _l("Went back to its pot: an offer ended, or a decision made an award smaller."),
    "returned": _l("Came back from recipients, to be promised again."),
}
ENTRIES: dict[str, Any] = {
    "grant_budget": _l("Budget booked"),
    "allotment": _l("Set aside for a pot, or taken back"),
    "grant_reserved": _l("Promised by a decision"),
    "match_reserved": _l("Reserved by a match formula"),
    "grant_released": _l("Promise ended"),
    "grant_committed": _l("Agreement signed"),
    "grant_uncommitted": _l("Agreed money freed"),
    "grant_paid": _l("Paid"),
    "grant_bounced": _l("Payment came back"),
    "grant_returned": _l("Given back by a recipient"),
}


def entry_words(kind: str) -> Any:
    """What happened, by a transaction's kind; the kind itself where we have no words."""
    return ENTRIES.get(kind, kind)

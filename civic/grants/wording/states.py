"""Words for states and kinds."""

from typing import Any

from flask_babel import lazy_gettext as _l

Words = dict[str, Any]

SPENDINGS: Words = {"capital": _l("Capital"), "revenue": _l("Revenue")}
FUND_STATES: Words = {"open": _l("Open"), "closed": _l("Closed")}
BUDGET_STATES: Words = {
    "proposed": _l("Waits to be booked"),
    "booked": _l("Booked"),
    "declined": _l("Not booked"),
}
DECISION_KINDS: Words = {
    "award": _l("New award"),
    "change": _l("Change of an award"),
    "cancel": _l("End of an award"),
}
DECISION_STATES: Words = {
    "recommended": _l("Recommended"),
    "decided": _l("Decided"),
    "refused": _l("Refused"),
    "withdrawn": _l("Taken back"),
}
VIEWS: Words = {
    "supports": _l("Supports it"),
    "supports_if": _l("Supports it, if"),
    "objects": _l("Objects"),
}
AWARD_STATES: Words = {
    "proposed": _l("Recommended"),
    "withdrawn": _l("Taken back"),
    "turned_down": _l("Refused"),
    "approved": _l("Decided, not announced"),
    "announced": _l("Announced"),
    "due": _l("To be agreed"),
    "agreed": _l("Agreed"),
    "completed": _l("Complete"),
    "stopped": _l("Stopped"),
    "released": _l("Ended unpaid"),
}
AGREEMENT_STATES: Words = {
    "draft": _l("Draft"),
    "offered": _l("To be signed"),
    "in_force": _l("In force"),
    "superseded": _l("Replaced by a later version"),
    "withdrawn": _l("Taken back"),
}
INSTALMENT_STATES: Words = {
    "planned": _l("Planned"),
    "claimed": _l("Claimed"),
    "instructed": _l("To be paid"),
    "paid": _l("Paid"),
    "confirmed": _l("Arrived"),
    "cancelled": _l("Will not be paid"),
}
REPORT_KINDS: Words = {"progress": _l("Progress report"), "final": _l("Final report")}
REPORT_STATES: Words = {
    "due": _l("Not sent yet"),
    "submitted": _l("Sent"),
    "accepted": _l("Accepted"),
    "waived": _l("Not needed"),
}
REPAYMENT_KINDS: Words = {
    "underspend": _l("Money that was not spent"),
    "reclaim": _l("Money asked back because the agreement was not kept"),
}
REPAYMENT_STATES: Words = {
    "asked": _l("Waits for approval"),
    "approved": _l("Asked for"),
    "received": _l("Came back"),
    "written_off": _l("Given up"),
    "withdrawn": _l("Taken back"),
}
COLOURS = {
    "proposed": "yellow",
    "recommended": "yellow",
    "asked": "yellow",
    "claimed": "yellow",
    "offered": "yellow",
    "submitted": "yellow",
    "objects": "red",
    "supports_if": "yellow",
    "supports": "green",
    "approved": "",
    "announced": "",
    "due": "",
    "instructed": "",
    "decided": "green",
    "agreed": "green",
    "in_force": "green",
    "paid": "green",
    "confirmed": "green",
    "accepted": "green",
    "booked": "green",
    "completed": "green",
    "received": "green",
    "open": "green",
}
"""Of a tag, by any of these codes; grey where none stands here."""


def choices(words: Words) -> list[tuple[str, Any]]:
    """The choices of a form's field."""
    return list(words.items())

"""Where rounds, expressions, applications and their awards stand, and how they moved."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

ROUND_STATES: Words = {
    "draft": _l("Draft"),
    "open": _l("Open"),
    "closed": _l("Closed"),
    "cancelled": _l("Called off"),
}
ROUND_COLOURS: dict[str, str] = {"draft": "grey", "open": "green", "closed": "grey", "cancelled": "red"}
EXPRESSION_STATES: Words = {
    "draft": _l("Draft, not sent"),
    "submitted": _l("Sent"),
    "answered": _l("Answered"),
    "withdrawn": _l("Given up"),
}
EXPRESSION_COLOURS: dict[str, str] = {"draft": "yellow", "submitted": "", "answered": "green", "withdrawn": "grey"}
APPLICATION_STATES: Words = {
    "draft": _l("Draft, not sent"),
    "submitted": _l("Sent"),
    "withdrawn": _l("Given up"),
    "ineligible": _l("A condition is not met"),
    "awarded": _l("Pledge made"),
    "unsuccessful": _l("Not chosen"),
    "lost": _l("Pledge ended"),
}
APPLICATION_COLOURS: dict[str, str] = {
    "draft": "yellow",
    "submitted": "",
    "withdrawn": "grey",
    "ineligible": "red",
    "awarded": "green",
    "unsuccessful": "grey",
    "lost": "grey",
}
AWARD_STATES: Words = {
    "proposed": _l("Recommended, to be decided"),
    "approved": _l("Decided, to be announced"),
    "announced": _l("Announced"),
    "due": _l("To be agreed"),
    "agreed": _l("Agreed"),
    "completed": _l("Completed"),
    "stopped": _l("Stopped"),
    "released": _l("Ended, money back in the fund"),
    "turned_down": _l("Recommendation refused"),
    "withdrawn": _l("Recommendation taken back"),
}
# To everybody: (words, colour of the tag).
PUBLIC_AWARDS: dict[str, tuple[Any, str]] = {
    "announced": (_l("Waits for the target"), "yellow"),
    "due": (_l("Target reached"), "green"),
    "agreed": (_l("Agreed"), "green"),
    "completed": (_l("Paid and finished"), "green"),
    "stopped": (_l("Ended early"), "grey"),
    "released": (_l("Ended, not paid"), "grey"),
}
MOVES: Words = {
    "submit": _l("Sent"),
    "reopen": _l("Taken back to change it"),
    "withdraw": _l("Given up"),
    "answer": _l("Answered"),
    "rule_out": _l("Ruled out: a condition is not met"),
    "reinstate": _l("Taken up again"),
    "award": _l("A pledge was announced"),
    "turn_down": _l("Not chosen"),
    "lose": _l("The pledge ended"),
    "open": _l("Opened"),
    "cancel": _l("Called off"),
    "close": _l("Closed"),
}
# The stages of a round as a line, and a word for where it is.
STAGES: Words = {
    "expressions": _l("Ideas"),
    "applications": _l("Applications"),
    "assessment": _l("Assessment and decision"),
    "decided": _l("Pledges"),
    "over": _l("Finished"),
}
STAGE_TAGS: dict[str, tuple[Any, str]] = {
    "draft": (_l("Draft"), "grey"),
    "coming": (_l("Coming"), "grey"),
    "expressions": (_l("Open for ideas"), "green"),
    "between": (_l("Applications open soon"), "grey"),
    "applications": (_l("Open for applications"), "green"),
    "assessment": (_l("Being assessed"), "yellow"),
    "decided": (_l("Pledges made"), "green"),
    "over": (_l("Finished"), "grey"),
    "cancelled": (_l("Called off"), "red"),
}

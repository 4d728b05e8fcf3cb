"""The words for schemes: states, rules, where money stands, what was done."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

SCHEME_STATES: Words = {
    "draft": _l("Draft"),
    "proposed": _l("Waits for approval"),
    "running": _l("Running"),
    "ended": _l("Ended"),
    "discarded": _l("Thrown away"),
}
SCHEME_COLOURS = {"draft": "grey", "proposed": "yellow", "running": "green", "ended": "grey", "discarded": "grey"}
PLACE_STATES: Words = {
    "open": _l("Gifts are matched"),
    "closed": _l("Closed"),
    "left": _l("No longer in it"),
}
PLACE_COLOURS = {"open": "green", "closed": "", "left": "grey"}
SPENDINGS: Words = {"capital": _l("Capital"), "revenue": _l("Revenue")}

STAGES: Words = {
    "open": _l("Promised, if the campaign reaches its target"),
    "closed": _l("Promised; the cards of the backers are being charged"),
    "owed": _l("Owed: the campaign goes ahead, and the agreement comes next"),
    "agreed": _l("Agreed, and not paid yet"),
    "part_paid": _l("Paid in part"),
    "paid": _l("Paid"),
    "stopped": _l("Stopped after a part was paid"),
    "back": _l("Went back to the funder"),
}
STAGE_COLOURS = {
    "open": "", "closed": "", "owed": "yellow", "agreed": "yellow", "part_paid": "yellow", "paid": "green",
    "stopped": "grey", "back": "grey",
}  # fmt: skip

KIND_HINTS: Words = {
    "ratio": _l("For example: 50p for each pound, at most £20 for a gift. It helps campaigns that are backed well."),
    "per_backer": _l(
        "For example: £5 for each person who gives £10 or more. It helps campaigns with many small gifts."
    ),
    "lump_sum": _l("For example: £500 once half of the target has been given. It brings campaigns over the middle."),
    "fixed": _l("For example: £250 once ten people have given. Each campaign gets the same."),
}
"""What each rule is good for, with an example."""

SIGNAL_STATES: Words = {
    "open": _l("To look at"),
    "dismissed": _l("Harmless"),
    "upheld": _l("As it looks"),
}
SIGNAL_COLOURS = {"open": "yellow", "dismissed": "grey", "upheld": "red"}
SIGNAL_MOVES: Words = {
    "dismissed": _l("Called harmless"),
    "upheld": _l("Found to be as it looks"),
    "open": _l("To be looked at again"),
}

ACTS: Words = {
    "match_scheme.made": _l("Begun"),
    "match_scheme.proposed": _l("Proposed"),
    "match_scheme.returned": _l("Sent back, or taken back"),
    "match_scheme.approved": _l("Approved"),
    "match_scheme.enrolled": _l("A campaign joined"),
    "match_scheme.taken_out": _l("A campaign was taken out"),
    "match_scheme.ended": _l("Ended"),
    "match_scheme.discarded": _l("Thrown away"),
    "match_gift.excluded": _l("A gift was left out"),
    "match_gift.included": _l("A gift counts again"),
}
"""What stands in the log of a scheme."""

STEPS: Words = {
    "about": _l("What it is"),
    "rule": _l("The rule"),
    "payers": _l("Who pays"),
    "campaigns": _l("Campaigns"),
}
REACHES: Words = {
    "without": _l("Reaches its target without match funding too"),
    "with": _l("Reaches its target only with match funding"),
    "not": _l("Does not reach its target"),
}
REACHES_COLOURS = {"without": "grey", "with": "green", "not": "yellow"}

"""What campaigns, their parts and their states are called."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

KIND_NAMES: Words = {
    "sport_play": _l("Sport and play"),
    "parks_gardens": _l("Parks and gardens"),
    "arts_culture": _l("Arts and culture"),
    "buildings": _l("Buildings"),
    "food_farming": _l("Food and farming"),
    "streets_infrastructure": _l("Streets and infrastructure"),
}
IMPACT_NAMES: Words = {
    "environment": _l("Helps the environment"),
    "economy": _l("Boosts the local economy"),
    "volunteering_jobs_education": _l("More volunteering, jobs and education"),
    "arts_culture_heritage": _l("Supports arts, culture and heritage"),
    "activity_leisure": _l("Promotes activity and leisure"),
}
STATE_NAMES: Words = {
    "draft": _l("Draft"),
    "in_review": _l("Being checked"),
    "live": _l("Open for pledges"),
    "collecting": _l("Collecting pledges"),
    "shortfall": _l("Fell short after the close"),
    "paying": _l("Being paid out"),
    "refunding": _l("Being paid back"),
    "funded": _l("Funded"),
    "delivered": _l("Delivered"),
    "failed": _l("Not funded"),
    "withdrawn": _l("Withdrawn"),
}
STATE_COLOURS: dict[str, str] = {
    "draft": "grey",
    "in_review": "yellow",
    "live": "",
    "collecting": "purple",
    "shortfall": "red",
    "paying": "purple",
    "refunding": "red",
    "funded": "green",
    "delivered": "green",
    "failed": "grey",
    "withdrawn": "grey",
}
PLACE_KIND_NAMES: Words = {
    "address": _l("At one address"),
    "area": _l("In an area with a name, such as a park, street or estate"),
    "borough": _l("Across the borough"),
}
SPENDING_NAMES: Words = {"capital": _l("Capital"), "revenue": _l("Revenue")}
FUNDING_NAMES: Words = {"money": _l("Money"), "in_kind": _l("Gift in kind")}
EVIDENCE_NAMES: Words = {
    "quote": _l("Quote or bill"),
    "permission": _l("Permission from the council"),
    "insurance": _l("Insurance"),
    "landowner": _l("Agreement of the owner of the land or building"),
    "governance": _l("Governing document or minutes"),
    "funding": _l("Proof of money or a gift"),
    "other": _l("Something else"),
}
METHOD_NAMES: Words = {"cash": _l("Cash"), "cheque": _l("Cheque"), "bank_transfer": _l("Bank transfer")}
REPORT_NAMES: Words = {"progress": _l("Progress report"), "final": _l("Final report")}
MOVES: Words = {
    "submit": _l("Sent to be checked"),
    "return": _l("Returned with questions"),
    "recall": _l("Taken back to be changed"),
    "approve": _l("Approved and opened for pledges"),
    "reach": _l("Closed with the target reached"),
    "expire": _l("Closed without reaching the target"),
    "settle": _l("Collected"),
    "fall_short": _l("Fell short after cards failed"),
    "extend": _l("Given more time to collect"),
    "pay_out": _l("To be paid out with what was collected"),
    "refund": _l("To be paid back"),
    "finish": _l("Everything paid back"),
    "pay": _l("Paid to the organisation"),
    "deliver": _l("Delivered"),
    "withdraw": _l("Withdrawn"),
}

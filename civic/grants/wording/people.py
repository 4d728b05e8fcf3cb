"""Words for those who stand behind public money, and for what waits for each."""

from typing import Any

from flask_babel import lazy_gettext as _l

MANAGERS: dict[str, Any] = {"funds_officer": _l("Funds officers"), "challenge_manager": _l("Challenge managers")}
ROLES: dict[str, Any] = {
    "assessed": _l("Assessor"),
    "recommended": _l("Officer"),
    "consulted": _l("Consultee"),
    "decided": _l("Approver"),
    "signed": _l("Signatory"),
    "instructed": _l("Officer"),
    "paid": _l("Finance officer"),
}
"""Who does what, where names of staff are not told."""
ACTS: dict[str, Any] = {
    "assessed": _l("Assessed it"),
    "recommended": _l("Recommended it"),
    "consulted": _l("Gave a view"),
    "decided": _l("Decided"),
    "signed": _l("Signed for the authority"),
    "instructed": _l("Gave the instruction to pay"),
    "paid": _l("Recorded the payment"),
}
WAITS: dict[str, Any] = {
    "views": _l("Views to give"),
    "decisions": _l("Decisions to take"),
    "announcements": _l("Awards to announce"),
    "agreements": _l("Agreements to write and offer"),
    "signatures": _l("Agreements to sign for the authority"),
    "claims": _l("Claims to check"),
    "payments": _l("Payments to make"),
    "reports": _l("Reports to read"),
    "budgets": _l("Budgets to book"),
    "repayments": _l("Repayments to approve"),
    "receipts": _l("Repayments to record"),
}

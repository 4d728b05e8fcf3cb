"""What happens next with an award, and so who must do it: one answer for every state it can be in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Facts:
    """What is known of an award, as far as it decides what happens next."""

    status: str
    is_planned: bool = False  # instalments add up to the award
    is_covered: bool = False  # the agreement in force covers all of it
    agreement: str = ""  # the version that is not in force yet: "draft", "offered" or ""
    is_up_to_date: bool = True  # that version promises what the award gives now
    recipient_signed: bool = False
    has_open_decision: bool = False
    instalments: frozenset[str] = field(default_factory=frozenset)  # the states they are in
    reports: frozenset[str] = field(default_factory=frozenset)
    repayments: frozenset[str] = field(default_factory=frozenset)
    has_outcome: bool = False


ENDED = {"withdrawn": "withdrawn", "turned_down": "refused", "released": "released", "completed": "done"}


def next_for_staff(facts: Facts) -> str:
    """The code of the next step as staff see it (wording.NEXT_FOR_STAFF)."""
    match facts.status:
        case "proposed":
            return "decide"
        case _ if facts.has_open_decision:
            return "decide_change"
        case "approved":
            return "announce"
        case "announced":
            return "target"
        case "due":
            return _agreement(facts)
        case "agreed":
            return _agreed(facts)
        case "stopped":
            return _reporting(facts) or _repaying(facts) or "stopped"
    return ENDED[facts.status]


def _agreement(facts: Facts) -> str:
    if facts.agreement == "offered":
        if not facts.is_up_to_date:
            return "renew"
        return "authority_signs" if facts.recipient_signed else "recipient_signs"
    if not facts.is_planned:
        return "plan"
    return "offer" if facts.agreement == "draft" and facts.is_up_to_date else "draft"


def _agreed(facts: Facts) -> str:
    if "claimed" in facts.instalments:
        return "check_claim"
    if "instructed" in facts.instalments:
        return "pay"
    if not facts.is_covered:
        return _agreement(facts)
    if "submitted" in facts.reports:
        return "read_report"
    if "planned" in facts.instalments:
        return "claim"
    return _reporting(facts) or _repaying(facts) or ("close" if facts.has_outcome else "outcome")


def _reporting(facts: Facts) -> str:
    return "read_report" if "submitted" in facts.reports else "report" if "due" in facts.reports else ""


def _repaying(facts: Facts) -> str:
    return "approve_repayment" if "asked" in facts.repayments else "repay" if "approved" in facts.repayments else ""


def next_for_recipient(facts: Facts, *, report_is_near: bool) -> str:
    """The code of the next step as the recipient sees it (wording.NEXT_FOR_RECIPIENT); a near report comes before a far claim."""
    match facts.status:
        case "announced":
            return "target"
        case "due":
            return _signing(facts)
        case "released":
            return "released"
        case "completed":
            return "repay" if "approved" in facts.repayments else "done"
    if "approved" in facts.repayments:
        return "repay"
    if "paid" in facts.instalments:
        return "confirm"
    if report_is_near:
        return "report"
    if facts.status == "stopped":
        return "report" if "due" in facts.reports else "stopped"
    if facts.agreement == "offered" and facts.is_up_to_date:
        return _signing(facts)
    for state, code in (("claimed", "claimed"), ("instructed", "being_paid"), ("planned", "claim")):
        if state in facts.instalments:
            return code
    return "report" if "due" in facts.reports else "reported" if "submitted" in facts.reports else "finishing"


def _signing(facts: Facts) -> str:
    if facts.agreement != "offered" or not facts.is_up_to_date:
        return "wait_for_agreement"
    return "wait_for_signature" if facts.recipient_signed else "sign"

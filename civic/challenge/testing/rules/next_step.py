"""What happens next in a test: one code for every state it can be in (wording.NEXT)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Facts:
    """What is known of a test, as far as it decides what happens next."""

    status: str
    award: str  # state of the award
    notice: str  # state of the subsidy notification
    is_planned: bool = False
    agreement: str = ""  # "offered" while it waits for signatures
    startup_signed: bool = False
    milestones: frozenset[str] = field(default_factory=frozenset)
    instalments: frozenset[str] = field(default_factory=frozenset)
    reports: frozenset[str] = field(default_factory=frozenset)


OVER = ("finished", "stopped", "ended")


def next_step(facts: Facts) -> str:
    """The code of the next step."""
    if facts.status in OVER:
        return facts.status
    if facts.status == "planned":
        return _before(facts)
    if "handed_in" in facts.milestones:
        return "sign_off"
    if facts.instalments & {"claimed", "instructed"}:
        return "pay"
    if "planned" in facts.milestones:
        return "hand_in"
    return "report" if facts.reports & {"due", "submitted"} else "close"


def _before(facts: Facts) -> str:
    if facts.notice == "notified":
        return "declare"
    if facts.notice == "exceeded":
        return "exceeded"
    if facts.agreement == "offered":
        return "countersign" if facts.startup_signed else "sign"
    if not facts.is_planned:
        return "plan"
    return {"proposed": "decide", "approved": "announce"}.get(facts.award, "write")

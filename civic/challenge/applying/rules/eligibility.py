"""Eligibility: the conditions of a call are data; here each kind is judged, and says why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from civic.challenge.applying.rules.choices import STAGES

KINDS = (
    "organisation_kinds",
    "registered",
    "verified",
    "in_london",
    "stage_at_least",
    "no_connection",
    "solvent",
    "may_use",
    "not_political",
    "within_aid",
)
DECLARED = ("no_connection", "solvent", "may_use", "not_political", "within_aid")
"""What no data can tell: the startup's people declare it. A connection that data show is told all the same."""
WITH_VALUE = ("organisation_kinds", "stage_at_least")
USUAL: tuple[dict[str, Any], ...] = (
    {"kind": "organisation_kinds", "value": ["company", "cic", "cooperative", "community_benefit_society", "registered_charity"]},
    {"kind": "registered"},
    {"kind": "verified"},
    {"kind": "in_london"},
    {"kind": "no_connection"},
    {"kind": "solvent"},
    {"kind": "may_use"},
    {"kind": "not_political"},
    {"kind": "within_aid"},
)  # fmt: skip
"""A new call begins with these: the criteria of London's Resilience Fund of 2021 as far as sources tell, and the law on subsidies."""


@dataclass(frozen=True)
class Facts:
    """What is known of a startup that applies to a challenge, at a moment."""

    organisation_kind: str
    has_number: bool = False
    is_verified: bool = False
    borough: str | None = None
    stage: str = ""
    works_for_us: bool = False  # somebody of it is a member of staff here
    acts_for_partner: bool = False  # or acts for the challenge's partner
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """How one condition stands: it holds, it does not, or (None) something can still be done; `why` is a code for wording."""

    kind: str
    value: Any
    holds: bool | None
    why: str = ""

    @property
    def is_no(self) -> bool:
        """Whether nothing that the startup writes here changes it."""
        return self.holds is False


def check(conditions: Iterable[Mapping[str, Any]], facts: Facts) -> list[Finding]:
    """Judge every condition, in the order of the call."""
    found = []
    for each in conditions:
        kind, value = str(each["kind"]), each.get("value")
        holds, why = _judge(kind, value, facts)
        found.append(Finding(kind, value, holds, why))
    return found


def may_begin(findings: Sequence[Finding]) -> bool:
    """Whether it is worth writing: no condition is known to be unmet."""
    return not any(each.is_no for each in findings)


def is_eligible(findings: Sequence[Finding]) -> bool:
    """Whether every condition holds."""
    return all(each.holds for each in findings)


def _judge(kind: str, value: Any, facts: Facts) -> tuple[bool | None, str]:
    if kind == "organisation_kinds":
        return (True, "") if facts.organisation_kind in (value or ()) else (False, "kind")
    if kind == "registered":
        return (True, "") if facts.has_number else (None, "no_number")
    if kind == "verified":
        return (True, "") if facts.is_verified else (None, "not_verified")
    if kind == "in_london":
        return (True, "") if facts.borough else (None, "no_borough")
    if kind == "stage_at_least":
        return _stage(str(value or STAGES[0]), facts.stage)
    if kind == "no_connection" and facts.works_for_us:
        return False, "works_for_us"
    if kind == "no_connection" and facts.acts_for_partner:
        return False, "acts_for_partner"
    assert kind in DECLARED, kind
    return (True, "") if kind in facts.declared else (None, "not_declared")


def _stage(wanted: str, stage: str) -> tuple[bool | None, str]:
    if stage not in STAGES:
        return None, "no_stage"
    return (True, "") if STAGES.index(stage) >= STAGES.index(wanted) else (False, "stage")

"""The steps of writing: which a draft has, what is missing in each, and where a condition that does not hold can be put right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from civic.crowdfund.rounds.rules.eligibility import Finding

State = Literal["done", "missing", "empty"]

GAP_STEPS = {
    "tier": "money",
    "campaign": "money",
    "ask": "money",
    "title": "project",
    "summary": "project",
    "borough": "project",
    "cost_minor": "project",
}
WHY_STEPS = {
    "no_ask": "money",
    "asks_too_much": "money",
    "share_too_large": "money",
    "beyond_costs": "money",
    "no_turnover": "money",
    "turnover": "money",
    "no_borough": "project",
    "no_referee": "referee",
    "not_said_yes": "assessors",
}
"""Where the reason for a condition that does not hold can be put right; the others lie outside of the application."""


@dataclass(frozen=True)
class Draft:
    """What is known of a draft: it decides which steps there are."""

    has_campaign: bool
    is_of_a_person: bool
    has_public: bool  # questions whose answers everybody may read later
    has_private: bool
    asks_referee: bool


def steps_of(draft: Draft) -> list[str]:
    """The steps of an application, in their order."""
    found = ["money"]
    found += [] if draft.has_campaign else ["project"]
    found += ["public"] if draft.has_public else []
    found += ["assessors"] if draft.has_private else []
    return found + (["referee"] if draft.is_of_a_person and draft.asks_referee else [])


def step_of_gap(gap: str, publics: frozenset[str]) -> str:
    """In which step something that is missing belongs; `publics` are the keys of questions with public answers."""
    kind, _, key = gap.partition(":")
    if key:
        return "public" if key in publics else "assessors"
    return GAP_STEPS[kind]


def step_of(finding: Finding, steps: Sequence[str], publics: frozenset[str]) -> str:
    """In which step a condition that does not hold can be put right; "" where in none of them."""
    step = WHY_STEPS.get(finding.why, "")
    if step == "assessors" and finding.rule.value in publics:
        step = "public"
    return step if step in steps else ""


def states(
    steps: Iterable[str],
    gaps: Mapping[str, Sequence[str]],
    findings: Iterable[tuple[str, Finding]],
    begun: frozenset[str],
) -> dict[str, State]:
    """How far each step is: done, empty (nothing was written yet), or something is missing."""
    open_ = {step for step, found in gaps.items() if found} | {step for step, finding in findings if step}
    return {step: ("missing" if step in begun else "empty") if step in open_ else "done" for step in steps}

"""What an outcome lacks before a second person may look at it, and who that person may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from civic.consultations.rules.choices import FATES, NEED_WHY, SHORTEST_REASON


@dataclass(frozen=True)
class Outcome:
    """An outcome as the rules look at it: the numbers of its themes and decisions, and which theme leads to which decision."""

    summary: str
    themes: frozenset[int]
    decisions: frozenset[int]
    ties: frozenset[tuple[int, int]]  # (theme, decision)
    given: int = 0
    with_fate: int = 0


def lacks(outcome: Outcome) -> list[str]:
    """What must be there before it can be handed to a second person."""
    answered = {theme for theme, _decision in outcome.ties}
    used = {decision for _theme, decision in outcome.ties}
    return [
        code
        for code, missing in (
            ("no_summary", not outcome.summary.strip()),
            ("no_themes", not outcome.themes),
            ("no_decisions", not outcome.decisions),
            ("theme_without_decision", bool(outcome.themes - answered) and bool(outcome.decisions)),
            ("decision_without_theme", bool(outcome.decisions - used) and bool(outcome.themes)),
        )
        if missing
    ]


def may_sign(person_id: int, roles: Iterable[str], *, writers: Iterable[int], submitted_by: int | None) -> bool:
    """Whether this person is the second pair of eyes: an approver or a researcher who wrote none of it and did not hand it in."""
    has_role = bool({"approver", "researcher"} & set(roles))
    return has_role and person_id not in set(writers) and person_id != submitted_by


def fate_faults(fate: str, why: str) -> str:
    """What is wrong with a fate: "unknown", "why" where its reason is missing, or nothing."""
    if fate not in FATES:
        return "unknown"
    return "why" if fate in NEED_WHY and len(why.strip()) < SHORTEST_REASON else ""

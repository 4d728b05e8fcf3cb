"""When a brief may become final: what a startup must be able to read in it, and what its commenters are owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WHOLE = 100


@dataclass(frozen=True)
class BriefFacts:
    """What is known of a brief when somebody wants to publish it."""

    statement: str
    success: str
    adoption: str
    weights: Sequence[int]
    comments_close_at: datetime | None
    unanswered: int


def weigh_up(weights: Sequence[int]) -> bool:
    """Whether the criteria share exactly one hundred between them, each of them a part."""
    return bool(weights) and all(0 < weight <= WHOLE for weight in weights) and sum(weights) == WHOLE


def missing(facts: BriefFacts, now: datetime) -> tuple[str, ...]:
    """What still stands between a brief and its publication, in the order in which a manager would mend it."""
    wanted = {
        "statement": not facts.statement.strip(),
        "success": not facts.success.strip(),
        "adoption": not facts.adoption.strip(),
        "criteria": not weigh_up(facts.weights),
        "still_open": facts.comments_close_at is None or now < facts.comments_close_at,
        "unanswered": facts.unanswered > 0,
    }
    return tuple(name for name, is_missing in wanted.items() if is_missing)

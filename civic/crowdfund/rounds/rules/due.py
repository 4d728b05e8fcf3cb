"""What a round waits for, and whose turn it is: from its numbers alone."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Who = Literal["officers", "assessors", "approvers"]


@dataclass(frozen=True)
class Facts:
    """The numbers of an open round."""

    is_unsealed: bool = False
    ideas: int = 0  # sent and not answered
    panel: str = "draft"  # draft, open or closed
    lacking: int = 0  # items without enough assessors
    to_score: int = 0
    to_agree: int = 0
    unanswered: int = 0  # applications that stand without a recommendation or an answer
    recommended: int = 0
    approved: int = 0
    is_announced: bool = False


class Due(NamedTuple):
    """One thing to do, how many times, and by whom."""

    task: str
    number: int
    who: Who


def due(facts: Facts) -> list[Due]:
    """Everything that waits now, in the order in which it is usually done."""
    found = [Due("ideas", facts.ideas, "officers")]
    if facts.is_unsealed:
        found += [
            Due("panel", int(facts.panel == "draft"), "officers"),
            Due("share_out", facts.lacking if facts.panel == "open" else 0, "officers"),
            Due("score", facts.to_score if facts.panel == "open" else 0, "assessors"),
            Due("agree", facts.to_agree if facts.panel == "open" else 0, "officers"),
            Due("recommend", facts.unanswered if not facts.is_announced else 0, "officers"),
            Due("decide", facts.recommended, "approvers"),
            Due("announce", facts.approved, "officers"),
            Due("answer", facts.unanswered if facts.is_announced else 0, "officers"),
            Due("close", int(_is_done(facts)), "officers"),
        ]
    return [each for each in found if each.number]


def _is_done(facts: Facts) -> bool:
    return not (facts.unanswered or facts.recommended or facts.approved)

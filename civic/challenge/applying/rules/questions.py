"""What applicants are asked, step by step, and how much they may write; how it is put stands in wording."""

from collections.abc import Mapping
from dataclasses import dataclass

TITLE_MOST = 120
UNTITLED = "–"
"""The title of an application to which nobody has given one yet."""
LONGEST = 12_000
"""Characters of one answer: more than any number of words that is asked for."""


@dataclass(frozen=True)
class Question:
    """One question: by which name its answer is kept, in which step it is asked, and the most words of an answer."""

    key: str
    step: str
    words: int
    is_required: bool = True


QUESTIONS = (
    Question("summary", "about", 60),
    Question("solution", "solution", 300),
    Question("novelty", "solution", 150),
    Question("evidence", "solution", 200, is_required=False),
    Question("test", "test", 300),
    Question("users", "test", 150),
    Question("measures", "test", 150),
    Question("budget", "test", 150),
    Question("adoption", "after", 200),
    Question("risks", "after", 150),
    Question("data", "after", 150),
    Question("access", "after", 150),
)
STEPS = ("conditions", "about", "solution", "test", "after")
"""The steps in the order in which most people write them; the startup's own page is one more, for all its applications."""
KEYS = tuple(each.key for each in QUESTIONS)


def questions_of(step: str) -> tuple[Question, ...]:
    """The questions of a step."""
    return tuple(each for each in QUESTIONS if each.step == step)


def words_in(text: str) -> int:
    """How many words somebody wrote: what stands between spaces and line ends."""
    return len(text.split())


def gaps(title: str, answers: Mapping[str, str]) -> list[str]:
    """What is missing or too long, by code: "title", "answer:<key>", "words:<key>"."""
    found = [] if title.strip() else ["title"]
    for each in QUESTIONS:
        text = answers.get(each.key, "").strip()
        if each.is_required and not text:
            found.append(f"answer:{each.key}")
        elif words_in(text) > each.words:
            found.append(f"words:{each.key}")
    return found


def step_of(gap: str) -> str:
    """In which step something that is missing can be put right."""
    if gap == "title":
        return "about"
    if gap == "profile":
        return "startup"
    key = gap.partition(":")[2]
    return next((each.step for each in QUESTIONS if each.key == key), "conditions")


def state_of(step: str, gaps_found: list[str], answers: Mapping[str, str]) -> str:
    """How far a step is: "done", "missing" where something was written already, or "new"."""
    if not any(step_of(gap) == step for gap in gaps_found):
        return "done"
    begun = any(answers.get(each.key, "").strip() for each in questions_of(step))
    return "missing" if begun else "new"

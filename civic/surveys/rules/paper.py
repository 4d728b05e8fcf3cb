"""Short codes for questions and answers on paper: large print, Braille and the printed form all name them alike.

A question is "Q" and its place among those that take an answer; a statement of a matrix has its own place behind a full stop
("Q4.2"). Answers to choose from are letters in the order in which the page shows them; a point of a scale is its own number.
Codes belong to one version of a questionnaire, whose pinned text never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from civic.surveys.rules.questionnaire import DECLINED, OTHER, Question, Questionnaire

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Codes:
    """The codes of one question: its own, those of its answers by their keys, those of a matrix's statements by theirs."""

    code: str
    answers: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)

    def answer(self, code: str) -> str | None:
        """The key of the answer with this code, however it was typed; None where there is none."""
        wanted = code.strip().casefold()
        return next((key for key, each in self.answers.items() if each == wanted), None)


def codes(questionnaire: Questionnaire) -> dict[str, Codes]:
    """The codes of every question that takes an answer, by its key, in the order asked."""
    asked = [question for question in questionnaire.questions() if question.is_asked]
    return {question.key: _codes(question, f"Q{place}") for place, question in enumerate(asked, 1)}


def answer_keys(question: Question) -> tuple[str, ...]:
    """The keys of the answers to choose from in the order in which they are shown: what stands alone comes after “other”."""
    if question.kind == "yes_no":
        return ("yes", "no")
    if question.kind == "scale":
        return tuple(str(point) for point in question.points)
    if question.kind in ("matrix", "ranking"):
        return question.option_keys
    alone = [option.key for option in question.options if option.exclusive]
    declining = [key for key in question.option_keys if key == DECLINED and question.other and key not in alone]
    last = (*alone, *declining)
    first = tuple(key for key in question.option_keys if key not in last)
    return (*first, *((OTHER,) if question.other else ()), *last)


def letter(place: int) -> str:
    """The letter of a place from 0 on: a to z, then aa, ab and so on."""
    rounds, rest = divmod(place, len(LETTERS))
    return (LETTERS[rounds - 1] if rounds else "") + LETTERS[rest]


def _codes(question: Question, code: str) -> Codes:
    keys = answer_keys(question)
    is_scale = question.kind == "scale"
    return Codes(
        code,
        {key: key if is_scale else letter(place) for place, key in enumerate(keys)},
        {row.key: f"{code}.{place}" for place, row in enumerate(question.rows, 1)},
    )

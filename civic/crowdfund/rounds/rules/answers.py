"""Answers to a round's questions: which are missing or too long. Words are counted as a reader would."""

from collections.abc import Iterable, Mapping
from typing import Protocol

YES = "yes"
NO = "no"


class Asked(Protocol):
    """A question, as far as it is judged here."""

    key: str
    is_required: bool
    is_yes_no: bool
    most_words: int


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def gaps(asked: Iterable[Asked], answers: Mapping[str, str]) -> list[str]:
    """What stands against sending: "answer:<key>" where one is missing, "words:<key>" where it is too long."""
    found = []
    for question in asked:
        text = answers.get(question.key, "").strip()
        if question.is_required and not text:
            found.append(f"answer:{question.key}")
        elif not question.is_yes_no and words_in(text) > question.most_words:
            found.append(f"words:{question.key}")
    return found


def yes_keys(answers: Mapping[str, str]) -> frozenset[str]:
    """The questions that were answered with yes."""
    return frozenset(key for key, text in answers.items() if text == YES)

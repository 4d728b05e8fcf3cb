"""Two people type the same form: whether they read the same, where they differ, and what stands once that is settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from civic.surveys.rules.logic import clear_hidden
from civic.surveys.rules.questionnaire import Question, Questionnaire

Answers = Mapping[str, Any]
Whose = Literal["first", "second"]


def agree(questionnaire: Questionnaire, first: Answers, second: Answers) -> bool:
    """Whether the same answers count, however what does not count was read."""
    return clear_hidden(questionnaire, first) == clear_hidden(questionnaire, second)


def differences(questionnaire: Questionnaire, first: Answers, second: Answers) -> list[Question]:
    """The questions that were read differently, in their order; also those that may not count, since that hangs on the others."""
    return [q for q in questionnaire.questions() if q.is_asked and first.get(q.key) != second.get(q.key)]


def settled(questionnaire: Questionnaire, first: Answers, choices: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that count once every difference has been decided; `choices` holds the decided answers, None for none."""
    decided = {**first, **choices}
    return clear_hidden(questionnaire, {key: value for key, value in decided.items() if value is not None})

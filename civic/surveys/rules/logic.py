"""What is shown, given the answers so far. The one evaluator: server, preview, results and export all ask here.

Three values: something is SHOWN, HIDDEN, or UNDETERMINED while an answer it hangs on is still to come.

* What stands in a hidden section is hidden.
* The answer to a hidden question counts as not given, even if it was typed.
* Every comparison needs an answer: with a hidden or skipped question it is false, `not_equals` included.
  “Anything but X, or nothing” is written {"not": {… "equals": X}}.
* `answered` is false and `not_shown` is true of a hidden question.
* Only earlier questions may be named (`faults` refuses the rest), so one pass from top to bottom is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire

Answers = Mapping[str, Any]
Truth = bool | None


class Shown(Enum):
    """Whether a question or section is on the page."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNDETERMINED = "undetermined"


def evaluate(questionnaire: Questionnaire, answers: Answers, passed: Collection[str] | None = None) -> dict[str, Shown]:
    """Every section and question, by key, in three values. A missing answer counts as skipped when its key is in
    `passed`, as still to come otherwise."""
    return _Evaluation(questionnaire, answers, passed or ()).run()


def settle(questionnaire: Questionnaire, answers: Answers) -> dict[str, Shown]:
    """The same once nothing more is to come: every missing answer is skipped, nothing stays undetermined."""
    return _Evaluation(questionnaire, answers, None).run()


def clear_hidden(questionnaire: Questionnaire, answers: Answers) -> dict[str, Any]:
    """The answers to keep: those of questions that are asked and shown, in the order asked."""
    shown = settle(questionnaire, answers)
    return {
        question.key: answers[question.key]
        for question in questionnaire.questions()
        if question.is_asked and question.key in answers and shown[question.key] is Shown.SHOWN
    }


def chosen(answer: Any) -> tuple[str, ...]:
    """The option keys in an answer of any kind; a typed “other” counts as the key `other`."""
    if isinstance(answer, str):
        return (answer,)
    if isinstance(answer, list):
        return tuple(key for part in answer for key in chosen(part))
    if isinstance(answer, dict) and OTHER in answer:
        return (OTHER,)
    return ()


class _Evaluation:
    """One walk through a questionnaire; `passed` None means that nothing more is to come."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers, passed: Collection[str] | None) -> None:
        self.questionnaire, self.answers, self.passed = questionnaire, answers, passed
        self.shown: dict[str, Shown] = {}

    def run(self) -> dict[str, Shown]:
        for section in self.questionnaire.sections:
            section_truth = self.truth(section.show_if)
            self.shown[section.key] = _SHOWN[section_truth]
            for question in section.questions:
                own = False if section_truth is False else self.truth(question.show_if)
                self.shown[question.key] = _SHOWN[_and((section_truth, own))]
        return self.shown

    def truth(self, condition: Condition | None) -> Truth:
        if condition is None:
            return True
        if isinstance(condition, All):
            return _and(tuple(self.truth(part) for part in condition.parts))
        if isinstance(condition, AnyOf):
            return _not(_and(tuple(_not(self.truth(part)) for part in condition.parts)))
        if isinstance(condition, Not):
            return _not(self.truth(condition.part))
        return self.compare(condition)

    def compare(self, comparison: Compare) -> Truth:
        shown = self.shown.get(comparison.question)
        if shown is None:  # unknown or later: a fault, but a preview must still be able to draw the page
            shown = Shown.HIDDEN if self.passed is None else Shown.UNDETERMINED
        if_hidden = comparison.comparison == "not_shown"
        if shown is Shown.HIDDEN:
            return if_hidden
        if_shown = self.compare_shown(comparison)
        return if_shown if shown is Shown.SHOWN or if_shown == if_hidden else None

    def compare_shown(self, comparison: Compare) -> Truth:
        if comparison.comparison == "not_shown":
            return False
        answer = self.answers.get(comparison.question)
        if answer is not None and comparison.row is not None:
            answer = answer.get(comparison.row) if isinstance(answer, dict) else None
            return answer is not None and _holds(self.questionnaire.question(comparison.question), comparison, answer)
        if answer is None:
            skipped = self.passed is None or comparison.question in self.passed
            return False if skipped else None
        return _holds(self.questionnaire.question(comparison.question), comparison, answer)


_SHOWN = {True: Shown.SHOWN, False: Shown.HIDDEN, None: Shown.UNDETERMINED}


def _and(truths: tuple[Truth, ...]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _holds(question: Question | None, comparison: Compare, answer: Any) -> bool:
    """Whether a comparison holds of an answer that was given."""
    match comparison.comparison:
        case "answered":
            return True
        case "equals":
            return _equal(question, answer, comparison.value)
        case "not_equals":
            return not _equal(question, answer, comparison.value)
        case "includes":
            return str(comparison.value) in chosen(answer)
    order = _order(question, answer, comparison.value)
    if order is None:
        return False
    return {"greater": order > 0, "less": order < 0, "at_least": order >= 0, "at_most": order <= 0}[
        comparison.comparison
    ]


def _equal(question: Question | None, answer: Any, value: Any) -> bool:
    if question is not None and question.kind in ("number", "scale"):
        return _order(question, answer, value) == 0
    if question is not None and question.kind in ("short_text", "long_text"):
        return str(answer).strip().casefold() == str(value).strip().casefold()
    return chosen(answer) == (str(value),)


def _order(question: Question | None, answer: Any, value: Any) -> int | None:
    """-1, 0 or 1 for an answer below, at or above the value; None where the two cannot be put in order."""
    if question is not None and question.kind == "date":
        ours, theirs = str(answer), str(value)
        return (ours > theirs) - (ours < theirs)
    try:
        number, bound = Decimal(str(answer)), Decimal(str(value))
    except InvalidOperation:
        return None
    if not (number.is_finite() and bound.is_finite()):
        return None
    return (number > bound) - (number < bound)

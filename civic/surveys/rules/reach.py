"""Can anybody ever see this question? Tried with every answer that makes a difference, not guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import product
from math import prod
from typing import Any

from civic.surveys.rules.conditions import Compare, comparisons
from civic.surveys.rules.logic import Shown, settle
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire

MOST_TRIES = 20_000


def unreachable(questionnaire: Questionnaire) -> list[str]:
    """The keys of sections and questions that no combination of answers ever shows. What would take more than
    20,000 combinations to settle is left out: this never accuses wrongly."""
    found: list[str] = []
    for section in questionnaire.sections:
        if section.show_if and not _can_be_shown(questionnaire, section.key):
            found.append(section.key)
            continue
        found.extend(q.key for q in section.questions if q.show_if and not _can_be_shown(questionnaire, q.key))
    return found


def _can_be_shown(questionnaire: Questionnaire, key: str) -> bool:
    compared = _compared(questionnaire, key)
    questions = {name: questionnaire.question(name) for name in compared}
    choices = [_candidates(question, compared[name]) for name, question in questions.items() if question]
    if prod(len(choice) for choice in choices) > MOST_TRIES:
        return True
    names = [name for name, question in questions.items() if question]
    for answers in product(*choices):
        given = {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}
        if settle(questionnaire, given).get(key) is Shown.SHOWN:
            return True
    return False


def _compared(questionnaire: Questionnaire, key: str) -> dict[str, list[Compare]]:
    """The questions that this one hangs on, directly or through others, each with the comparisons made."""
    found: dict[str, list[Compare]] = {}
    todo, seen = [key], set()
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        question = questionnaire.question(at)
        section = questionnaire.section(at) or questionnaire.section_of(at)
        for condition in (question.show_if if question else None, section.show_if if section else None):
            for comparison in comparisons(condition):
                found.setdefault(comparison.question, []).append(comparison)
                todo.append(comparison.question)
    return found


def _candidates(question: Question, compared: list[Compare]) -> list[Any]:
    """The answers to try: each that a comparison could tell apart, and no answer where that is allowed."""
    return [*([] if question.required else [None]), *_answers(question, compared)]


def _answers(question: Question, compared: list[Compare]) -> Iterator[Any]:
    values = [c.value for c in compared if c.value is not None]
    match question.kind:
        case "single":
            yield from question.option_keys
            if question.other:
                yield {OTHER: "-"}
        case "multiple":
            yield from ([key] for key in question.option_keys)
            yield [option.key for option in question.options if not option.exclusive]
            if question.other:
                yield [{OTHER: "-"}]
        case "ranking":
            yield list(question.option_keys)
            yield from ([key] for key in question.option_keys)
        case "yes_no":
            yield from ("yes", "no")
        case "scale":
            yield from question.points
        case "matrix":
            rows = sorted({c.row for c in compared if c.row})
            for picked in product(question.option_keys, repeat=min(len(rows), 4)):
                yield dict(zip(rows, picked, strict=False))
        case "number":
            yield from _numbers(question, values)
        case "date":
            yield from _days(values)
        case _:
            yield from (str(value) for value in values)
            yield "-"


def _numbers(question: Question, values: list[Any]) -> Iterator[str]:
    tries = {bound for bound in (question.minimum, question.maximum) if bound is not None}
    for value in values:
        try:
            bound = Decimal(str(value))
        except InvalidOperation:
            continue
        tries.update((bound - 1, bound, bound + 1))
    for number in sorted(tries or {Decimal(0)}):
        below = question.minimum is not None and number < question.minimum
        above = question.maximum is not None and number > question.maximum
        if not below and not above:
            yield f"{number:f}"


def _days(values: list[Any]) -> Iterator[str]:
    yield "2026-01-01"
    for value in values:
        try:
            day = date.fromisoformat(str(value))
            yield from ((day + timedelta(days=step)).isoformat() for step in (-1, 0, 1))
        except (ValueError, OverflowError):
            continue

"""What makes a questionnaire impossible to ask. A fault blocks launching; opinions about good questions are in lint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civic.surveys.rules.conditions import WITHOUT_VALUE, Compare, Condition, comparisons
from civic.surveys.rules.questionnaire import (
    KEY,
    LONGEST_ANSWER,
    OTHER,
    WITH_OPTIONS,
    Option,
    Question,
    Questionnaire,
    Section,
)

MOST_QUESTIONS = 300
MOST_OPTIONS = 200
MOST_POINTS = 21
MOST_CHARACTERS = 10_000
ORDER = ("greater", "less", "at_least", "at_most")
EQUALITY = ("equals", "not_equals")
COMPARISONS_OF = {
    "single": (*EQUALITY, "includes"),
    "multiple": ("includes", *EQUALITY),
    "yes_no": EQUALITY,
    "scale": (*EQUALITY, *ORDER),
    "matrix": EQUALITY,
    "ranking": ("includes",),
    "number": (*EQUALITY, *ORDER),
    "short_text": EQUALITY,
    "long_text": (),
    "date": (*EQUALITY, *ORDER),
    "borough": EQUALITY,
    "information": (),
}


@dataclass(frozen=True)
class Fault:
    """One fault: its code, the key of the question or section it is in, and the names its sentence needs."""

    code: str
    at: str
    names: dict[str, Any] = field(default_factory=dict)


def faults(questionnaire: Questionnaire) -> list[Fault]:
    """Everything that makes the questionnaire impossible to ask, in reading order."""
    return list(_faults(questionnaire))


def allowed_comparisons(question: Question) -> tuple[str, ...]:
    """The comparisons that make sense with a question of this kind."""
    of_answer = COMPARISONS_OF[question.kind]
    return (*of_answer, *WITHOUT_VALUE) if question.is_asked else ("not_shown",)


def _faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    questions = list(questionnaire.questions())
    if not any(question.is_asked for question in questions):
        yield Fault("nothing_asked", "")
    if len(questions) > MOST_QUESTIONS:
        yield Fault("too_many_questions", "", {"most": MOST_QUESTIONS})
    keys = Counter([section.key for section in questionnaire.sections] + [q.key for q in questions])
    for key, times in keys.items():
        if not KEY.match(key):
            yield Fault("bad_key", key)
        if times > 1:
            yield Fault("same_key_twice", key)
    earlier: dict[str, Question] = {}
    for section in questionnaire.sections:
        yield from _section_faults(section, questionnaire.language)
        yield from _condition_faults(section.key, section.show_if, earlier, questionnaire)
        for question in section.questions:
            yield from _question_faults(question, questionnaire.language)
            yield from _condition_faults(question.key, question.show_if, earlier, questionnaire)
            earlier[question.key] = question


def _section_faults(section: Section, language: str) -> Iterator[Fault]:
    if not section.title.get(language, "").strip():
        yield Fault("no_words", section.key)
    if not section.questions:
        yield Fault("empty_section", section.key)


def _question_faults(question: Question, language: str) -> Iterator[Fault]:
    if not question.text.get(language, "").strip():
        yield Fault("no_words", question.key)
    if question.kind in WITH_OPTIONS:
        # One box to tick is a question too: “I have read this and agree”.
        fewest = 1 if question.other or question.kind == "multiple" else 2
        yield from _list_faults(question, question.options, "options", fewest, language)
        if OTHER in question.option_keys and question.other:
            yield Fault("reserved_key", question.key, {"key": OTHER})
    if question.kind == "matrix":
        yield from _list_faults(question, question.rows, "rows", 1, language)
    yield from _bound_faults(question)


def _list_faults(
    question: Question, options: tuple[Option, ...], what: str, fewest: int, language: str
) -> Iterator[Fault]:
    if len(options) < fewest:
        yield Fault(f"too_few_{what}", question.key, {"fewest": fewest})
    if len(options) > MOST_OPTIONS:
        yield Fault(f"too_many_{what}", question.key, {"most": MOST_OPTIONS})
    for key, times in Counter(option.key for option in options).items():
        if times > 1 or not KEY.match(key):
            yield Fault("bad_option_key", question.key, {"key": key})
    for option in options:
        if not option.text.get(language, "").strip():
            yield Fault("option_without_words", question.key, {"key": option.key})


def _bound_faults(question: Question) -> Iterator[Fault]:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        yield Fault("bounds_crossed", question.key)
    if question.earliest and question.latest and question.earliest > question.latest:
        yield Fault("bounds_crossed", question.key)
    if not all(bound is None or _is_date(bound) for bound in (question.earliest, question.latest)):
        yield Fault("bad_date_bound", question.key)
    if question.kind == "scale" and not 2 <= len(question.points) <= MOST_POINTS:
        yield Fault("bad_scale", question.key, {"most": MOST_POINTS})
    if question.kind in ("multiple", "ranking"):
        most = len(question.options) + question.other
        if any(bound is not None and not 0 <= bound <= most for bound in (low, high)):
            yield Fault("bad_choice_bounds", question.key, {"most": most})
    if question.kind in LONGEST_ANSWER and not 1 <= question.longest <= MOST_CHARACTERS:
        yield Fault("bad_length", question.key, {"most": MOST_CHARACTERS})
    if not 0 <= question.decimals <= 6:
        yield Fault("bad_decimals", question.key)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _condition_faults(
    key: str, condition: Condition | None, earlier: dict[str, Question], questionnaire: Questionnaire
) -> Iterator[Fault]:
    for comparison in comparisons(condition):
        named = comparison.question
        if named in earlier:
            yield from _comparison_faults(key, comparison, earlier[named])
        elif named == key:
            yield Fault("asks_itself", key)
        elif questionnaire.question(named) is None:
            yield Fault("unknown_question", key, {"key": named})
        elif _leads_back(questionnaire, named, key):
            yield Fault("circle", key, {"key": named})
        else:
            yield Fault("later_question", key, {"key": named})


def _comparison_faults(key: str, comparison: Compare, question: Question) -> Iterator[Fault]:
    names = {"key": question.key, "comparison": comparison.comparison, "value": comparison.value}
    if comparison.comparison not in allowed_comparisons(question):
        yield Fault("comparison_does_not_fit", key, names)
        return
    if comparison.row is not None and comparison.row not in question.row_keys:
        yield Fault("unknown_row", key, {**names, "row": comparison.row})
    if comparison.comparison in WITHOUT_VALUE:
        return
    if question.kind == "matrix" and comparison.row is None:
        yield Fault("row_needed", key, names)
    if not is_possible_value(question, comparison.value):
        yield Fault("impossible_value", key, names)


def is_possible_value(question: Question, value: Any) -> bool:
    """Whether anybody could ever give this value as (part of) an answer."""
    if question.kind in WITH_OPTIONS:
        return value in question.option_keys or (value == OTHER and question.other)
    if question.kind == "yes_no":
        return value in ("yes", "no")
    if question.kind in ("scale", "number"):
        return _is_number(value)
    if question.kind == "date":
        return _is_date(str(value))
    return isinstance(value, str) and bool(value)


def _is_number(value: Any) -> bool:
    try:
        return abs(float(value)) < 1e15
    except (TypeError, ValueError):
        return False


def _leads_back(questionnaire: Questionnaire, start: str, goal: str) -> bool:
    """Whether the conditions of `start` hang, directly or through others, on `goal` (or on the section that is it)."""
    goals = {goal}
    if section := questionnaire.section(goal):
        goals.update(question.key for question in section.questions)
    seen, todo = set(), [start]
    while todo:
        key = todo.pop()
        if key in goals:
            return True
        if key in seen:
            continue
        seen.add(key)
        question, section = questionnaire.question(key), questionnaire.section_of(key)
        for condition in (question.show_if if question else None, section.show_if if section else None):
            todo.extend(comparison.question for comparison in comparisons(condition))
    return False

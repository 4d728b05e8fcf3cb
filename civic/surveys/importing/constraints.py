"""The rules for answers that an XLSForm states in `constraint`, as far as our questions know them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from civic.surveys.rules.questionnaire import Option, Question

_NUMBER = r"\s*(-?[0-9]{1,12}(?:\.[0-9]{1,6})?)\s*"
_BOUND = re.compile(rf"\(?\s*\.\s*(<=|>=|<|>|=){_NUMBER}\)?\Z")
_LENGTH = re.compile(rf"string-length\(\s*\.\s*\)\s*(<=|<){_NUMBER}\Z")
_CHOSEN = re.compile(rf"count-selected\(\s*\.\s*\)\s*(<=|>=|<|>|=){_NUMBER}\Z")
_DAY = re.compile(r"\.\s*(<=|>=|<|>)\s*date\(\s*['\"]([0-9]{4}-[0-9]{2}-[0-9]{2})['\"]\s*\)\Z")
_ALONE = re.compile(
    r"not\s*\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]{1,80})['\"]\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*(?:>\s*1|>=\s*2|!=\s*1)\s*\)\Z"
)


def constrained(question: Question, expression: str, key_of: Callable[[str], str]) -> Question | None:
    """The question with the rule built in, or None where any part of the rule has no counterpart."""
    for part in re.split(r"\s+and\s+(?!count-selected)", expression.strip()):
        changed = _with_part(question, part.strip(), key_of)
        if changed is None:
            return None
        question = changed
    return question


def _with_part(question: Question, part: str, key_of: Callable[[str], str]) -> Question | None:
    if question.kind in ("number", "scale") and (found := _BOUND.match(part)):
        step = Decimal(1).scaleb(-question.decimals)
        return _bounded(question, found[1], Decimal(found[2]), step)
    if question.kind in ("multiple", "ranking") and (found := _CHOSEN.match(part)):
        return _bounded(question, found[1], Decimal(found[2]), Decimal(1))
    if question.kind in ("short_text", "long_text") and (found := _LENGTH.match(part)):
        return _bounded(question, found[1], Decimal(found[2]), Decimal(1))
    if question.kind == "date" and (found := _DAY.match(part)) and found[1] in ("<=", ">="):
        return replace(question, latest=found[2]) if found[1] == "<=" else replace(question, earliest=found[2])
    if question.kind == "multiple" and (found := _ALONE.match(part)):
        return _standing_alone(question, key_of(found[1]))
    return None


def _bounded(question: Question, operator: str, bound: Decimal, step: Decimal) -> Question:
    low = {">=": bound, ">": bound + step, "=": bound}.get(operator, question.minimum)
    high = {"<=": bound, "<": bound - step, "=": bound}.get(operator, question.maximum)
    return replace(question, minimum=low, maximum=high)


def _standing_alone(question: Question, key: str) -> Question | None:
    if key not in question.option_keys:
        return None
    options: tuple[Option, ...] = tuple(replace(o, exclusive=o.exclusive or o.key == key) for o in question.options)
    return replace(question, options=options)

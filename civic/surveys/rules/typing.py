"""From what is typed off a paper form, in the codes that stand on it, to an answer; and back to what would be typed.

One field a question, named by its key; of a matrix one a statement, named `key-row`. What is typed:
    single, yes_no                 b            with words of one's own: e By boat
    multiple                       a c          or ac, or a,c; words of one's own come last: a e By boat
    scale, number                  7
    matrix                         b            in the field of the statement
    ranking                        c a b        the letters in their order; or each with its number: a2 b3 c1
    date                           27 3 2019    or 27/3/2019
    borough                        hackney      its name, or so much of it that only one borough begins like that
    texts                          as they were written
An answer is then judged by the same `check_answer` as on the website.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civic.core.numbers import plain_number
from civic.surveys.rules.answers import Checked, Raw, Refusal, check_answer
from civic.surveys.rules.logic import Shown, clear_hidden, settle
from civic.surveys.rules.paper import Codes, codes
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire

SEPARATORS = re.compile(r"[\s,;]+")
WITH_PLACE = re.compile(r"([a-z]{1,2})[\s:=]*([0-9]{1,3})")
IN_ITS_PLACE = ("required", "row_required")


@dataclass(frozen=True)
class Typed:
    """A form as it was read: the answers, what was refused (by key), and the keys of answers that do not count."""

    answers: dict[str, Any]
    refusals: dict[str, Refusal]
    left_out: tuple[str, ...] = ()


class _Unknown(Exception):
    def __init__(self, code: str, suffix: str = "") -> None:
        self.code, self.suffix = code, suffix


def read_form(questionnaire: Questionnaire, raw: Raw, boroughs: Mapping[str, str]) -> Typed:
    """Every answer of a form. What must be answered is asked for only where it is shown; what was answered though it is not
    shown after the other answers is read, and does not count. `boroughs`: code by name in small letters."""
    by_key = codes(questionnaire)
    checked = {q.key: read(q, by_key[q.key], raw, boroughs) for q in questionnaire.questions() if q.is_asked}
    answers = {key: each.value for key, each in checked.items() if each.value is not None}
    shown, kept = settle(questionnaire, answers), clear_hidden(questionnaire, answers)
    refusals = {
        key: each.refusal
        for key, each in checked.items()
        if each.refusal and (each.refusal.code not in IN_ITS_PLACE or shown[key] is Shown.SHOWN)
    }
    return Typed(answers, refusals, tuple(key for key in answers if key not in kept))


def read(question: Question, known: Codes, raw: Raw, boroughs: Mapping[str, str]) -> Checked:
    """One answer out of what was typed; refused with the code `unknown_code` where it holds a code that is not on the form."""
    try:
        sent = _Sent(_fields(question, known, raw, boroughs))
    except _Unknown as unknown:
        field = f"{question.key}-{unknown.suffix}" if unknown.suffix else question.key
        return Checked(None, Refusal("unknown_code", field, {"code": unknown.code}))
    found = check_answer(question, sent)
    if found.refusal and question.kind != "matrix":  # everything else has one field
        return Checked(None, Refusal(found.refusal.code, question.key, found.refusal.names))
    return found


def as_typed(question: Question, known: Codes, answer: Any, names: Mapping[str, str]) -> dict[str, str]:
    """What would be typed for an answer, by field; `read` of it gives the answer again. `names`: of boroughs by code."""
    key = question.key
    if answer is None:
        return {}
    if question.kind == "matrix":
        return {f"{key}-{row}": known.answers[option] for row, option in answer.items()}
    if question.kind == "ranking":
        return {key: " ".join(known.answers[option] for option in answer)}
    if question.kind in ("single", "multiple", "yes_no"):
        parts = answer if isinstance(answer, list) else [answer]
        letters = [known.answers[part] for part in parts if not isinstance(part, dict)]
        words = [f"{known.answers[OTHER]} {part[OTHER]}" for part in parts if isinstance(part, dict)]
        return {key: " ".join([*letters, *words])}
    if question.kind == "date":
        year, month, day = answer.split("-")
        return {key: f"{int(day)} {int(month)} {year}"}
    if question.kind == "borough":
        return {key: names.get(answer, answer)}
    return {key: str(answer)}


@dataclass(frozen=True)
class _Sent:
    """Fields as a browser would have sent them."""

    fields: Mapping[str, list[str]]

    def getlist(self, key: str) -> list[str]:
        """Every value under this name."""
        return self.fields.get(key, [])


def _fields(question: Question, known: Codes, raw: Raw, boroughs: Mapping[str, str]) -> dict[str, list[str]]:
    key = question.key
    if question.kind == "matrix":
        rows = {row: _one(raw, f"{key}-{row}") for row in question.row_keys}
        return {f"{key}-{row}": [_option(known, typed, row)] for row, typed in rows.items() if typed}
    typed = _one(raw, key)
    if not typed:
        return {}
    match question.kind:
        case "single" | "multiple" | "yes_no":
            return _chosen(question, known, typed)
        case "ranking":
            return _ranked(question, known, typed)
        case "scale":
            return {key: [plain_number(typed)]}
        case "date":
            return _day(key, typed)
        case "borough":
            return {key: [_borough(typed, boroughs)]}
    return {key: [typed]}


def _one(raw: Raw, name: str) -> str:
    return next((value.strip() for value in raw.getlist(name) if value.strip()), "")


def _option(known: Codes, typed: str, suffix: str = "") -> str:
    found = known.answer(typed.rstrip(":.,;)"))
    if found is None:
        raise _Unknown(typed, suffix)
    return found


def _chosen(question: Question, known: Codes, typed: str) -> dict[str, list[str]]:
    """Letters, together or apart; after the letter of “other” everything is its words."""
    fields: dict[str, list[str]] = {question.key: []}
    rest = typed
    while rest:
        token = SEPARATORS.split(rest, maxsplit=1)[0]
        rest = rest[len(token) :].lstrip(" \t\n\r,;") if token else rest.lstrip(" \t\n\r,;")
        for found in _letters(known, token):
            fields[question.key].append(found)
            if found == OTHER and question.other:
                fields[f"{question.key}-other"] = [rest]
                rest = ""
    return fields


def _letters(known: Codes, token: str) -> list[str]:
    """The answers of a token: one code, or several of one letter written together."""
    plain = token.rstrip(":.,;)")
    if not plain:
        return []
    if (one := known.answer(plain)) is not None:
        return [one]
    several = [known.answer(character) for character in plain]
    if None in several or max(map(len, known.answers.values()), default=1) > 1:
        raise _Unknown(token)
    return [each for each in several if each is not None]


def _ranked(question: Question, known: Codes, typed: str) -> dict[str, list[str]]:
    plain = plain_number(typed.casefold()) if any(each.isdigit() for each in typed) else ""
    if plain:
        pairs = WITH_PLACE.findall(plain)
        if WITH_PLACE.sub("", plain).strip(" ,;") or not pairs:
            raise _Unknown(typed)
        placed: dict[str, list[str]] = {}
        for code, place in pairs:
            placed.setdefault(f"{question.key}-{_option(known, code)}", []).append(place)
        return placed
    tokens = [each for each in SEPARATORS.split(typed) if each]
    order = [option for token in tokens for option in _letters(known, token)]
    fields: dict[str, list[str]] = {}
    for place, option in enumerate(order, 1):
        fields.setdefault(f"{question.key}-{option}", []).append(str(place))
    return fields


def _day(key: str, typed: str) -> dict[str, list[str]]:
    parts = [part for part in re.split(r"[\s./\-]+", typed) if part]
    if len(parts) != 3:
        return {f"{key}-day": ["?"], f"{key}-month": ["?"], f"{key}-year": ["?"]}
    return {f"{key}-{name}": [part] for name, part in zip(("day", "month", "year"), parts, strict=True)}


def _borough(typed: str, boroughs: Mapping[str, str]) -> str:
    wanted = " ".join(typed.casefold().replace("&", "and").split())
    if wanted in boroughs:
        return boroughs[wanted]
    found = {code for name, code in boroughs.items() if name.startswith(wanted)}
    if len(found) != 1:
        raise _Unknown(typed)
    return found.pop()

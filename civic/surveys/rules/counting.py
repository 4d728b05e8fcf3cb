"""What one response adds to the kept counts. Recounting applies the same function to every response again.

question            option                  for
":all"              ""                      every response
":borough"          code of the borough     where it is known
":mode"             web, paper …            every response
":language"         en, pl …                every response
key                 ":answered" ":skipped" ":not_shown"    every question that is asked
key                 option, point, value    the answer itself; text answers are only counted as answered
key + "." + row     as above                each row of a matrix
key + "." + option  place, "1" for first    each option put in order; key itself holds the first places
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from civic.surveys.rules.logic import Shown, chosen, settle
from civic.surveys.rules.questionnaire import Question, Questionnaire

ALL, BOROUGH, MODE, LANGUAGE = ":all", ":borough", ":mode", ":language"
ANSWERED, SKIPPED, NOT_SHOWN = ":answered", ":skipped", ":not_shown"
DIGITS = 3
"""Numbers are counted to three digits, so that a free number cannot fill the table."""

Cell = tuple[str, str]


def cells_of_response(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, language: str, mode: str, borough: str | None
) -> list[Cell]:
    """Every count that a response raises by one, each named once."""
    cells: list[Cell] = [(ALL, ""), (MODE, mode), (LANGUAGE, language)]
    if borough:
        cells.append((BOROUGH, borough))
    shown = settle(questionnaire, answers)
    for question in questionnaire.questions():
        key = question.key
        if question.kind == "information":
            continue
        if shown[key] is not Shown.SHOWN:
            cells.append((key, NOT_SHOWN))
        elif key not in answers:
            cells.append((key, SKIPPED))
        else:
            cells.append((key, ANSWERED))
            cells += cells_of_answer(question, answers[key])
    return cells


def cells_of_answer(question: Question, answer: Any) -> list[Cell]:
    """The counts that one answer raises, beside that of being answered."""
    key = question.key
    if question.kind in ("single", "multiple", "yes_no", "borough"):
        return [(key, option) for option in chosen(answer)]
    if question.kind == "scale":
        return [(key, str(answer))]
    if question.kind == "number":
        return [(key, rounded(answer))]
    if question.kind == "date":
        return [(key, answer[:7])]
    if question.kind == "matrix":
        return [
            cell for row, option in answer.items() for cell in ((f"{key}.{row}", option), (f"{key}.{row}", ANSWERED))
        ]
    if question.kind == "ranking":
        return [(key, answer[0]), *((f"{key}.{option}", str(place)) for place, option in enumerate(answer, 1))]
    return []


def rounded(number: str) -> str:
    """A number to three digits, written in one way: "1234.5" becomes "1230"."""
    value = Decimal(number)
    if value == 0:
        return "0"
    value = round(value, DIGITS - 1 - value.adjusted())
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written

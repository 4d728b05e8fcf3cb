"""A survey in words for paper: what to do with each question, and when to leave one out, said with the codes that stand beside them."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from civic.core.i18n import format_date, format_number, text_in
from civic.surveys.explaining import COMPARISON_NAMES
from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not
from civic.surveys.rules.paper import Codes
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire
from civic.surveys.words import option_words, reading

_EXAMPLE = date(2027, 3, 27)
# How many lines there are to write on.
LINES = {"short_text": 2, "long_text": 8, "number": 1, "date": 1, "borough": 1}


def condition_sentence(
    asked: Questionnaire, condition: Condition | None, known: Mapping[str, Codes], language: str | None = None
) -> str:
    """When a question or section is to be answered; empty where it always is."""
    if condition is None:
        return ""
    return _("Answer this only if %(condition)s.", condition=_clause(asked, condition, known, language))


def _clause(asked: Questionnaire, condition: Condition, known: Mapping[str, Codes], language: str | None) -> str:
    if isinstance(condition, Not):
        return _("not (%(condition)s)", condition=_clause(asked, condition.part, known, language))
    if isinstance(condition, Compare):
        return _comparison(asked, condition, known, language)
    joiner = _(" and ") if isinstance(condition, All) else _(" or ")
    parts = [_clause(asked, part, known, language) for part in condition.parts]
    grouped = (
        f"({words})" if isinstance(part, All | AnyOf) and len(part.parts) > 1 else words
        for part, words in zip(condition.parts, parts, strict=True)
    )
    return joiner.join(grouped)


def _comparison(asked: Questionnaire, compare: Compare, known: Mapping[str, Codes], language: str | None) -> str:
    question, its = asked.question(compare.question), known.get(compare.question)
    code = its.code if its else compare.question
    if its and compare.row is not None:
        code = its.rows.get(compare.row, code)
    comparison = str(COMPARISON_NAMES[compare.comparison])
    if compare.comparison in ("answered", "not_shown") or question is None:
        return f"{code} {comparison}"
    return f"{code} {comparison} {_value(question, its, compare.value, language)}"


def _value(question: Question, its: Codes | None, value: object, language: str | None) -> str:
    key = str(value)
    if question.kind in ("scale", "number"):
        return key
    words = option_words(question, key, language) if question.options else reading(question, key, language)
    code = its.answers.get(key, "") if its else ""
    return f"{code} ({words})" if code else f"“{words}”"


def instruction(question: Question, language: str | None = None) -> str:
    """What to do with a question on paper."""
    if question.kind == "multiple":
        return _how_many(question)
    if question.kind == "scale" and not _every_point_has_words(question, language):
        return _ends_of_scale(question, language)
    unit = text_in(question.unit, language).text
    return {
        "single": _("Choose one answer."),
        "yes_no": _("Choose one answer."),
        "scale": _("Choose one answer."),
        "matrix": _("Choose one answer for each statement."),
        "ranking": _("Put these in order: write 1 beside the one that matters most to you, then 2, and so on."),
        "number": _("Write a number (%(unit)s).", unit=unit) if unit else _("Write a number."),
        "short_text": _("Answer in your own words."),
        "long_text": _("Answer in your own words."),
        "date": _("Write the day, the month and the year, like %(day)s.", day=format_date(_EXAMPLE)),
        "borough": _("Write the name of your London borough."),
    }.get(question.kind, "")


def _how_many(question: Question) -> str:
    most = int(question.maximum) if question.maximum is not None else 0
    if most:
        return ngettext(
            "Choose %(number)s answer at most.", "Choose up to %(number)s answers.", most, number=format_number(most)
        )
    return _("Choose all that apply.")


def _every_point_has_words(question: Question, language: str | None) -> bool:
    return all(text_in(question.labels.get(point), language) for point in question.points)


def _ends_of_scale(question: Question, language: str | None) -> str:
    low, high = question.points[0], question.points[-1]
    ends = (text_in(question.labels.get(low), language).text, text_in(question.labels.get(high), language).text)
    if not any(ends):
        return _("Choose a number from %(low)s to %(high)s.", low=low, high=high)
    return _(
        "Choose a number from %(low)s (%(low_words)s) to %(high)s (%(high_words)s).",
        low=low, low_words=ends[0] or low, high=high, high_words=ends[1] or high,
    )  # fmt: skip


def words_of_answer(question: Question, key: str, language: str | None = None) -> str:
    """The words of an answer to choose from; a point of a scale without words has none."""
    if question.kind == "scale":
        return text_in(question.labels.get(int(key)), language).text
    if question.kind == "yes_no":
        return reading(question, key, language)
    if key == OTHER and question.other:
        return _("Other: write what it is")
    return option_words(question, key, language)

"""Rules speak in codes; here stand the sentences: why an answer was refused, what an answer says, when something is shown."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic.core.i18n import format_date, format_number, text_in
from civic.places import borough
from civic.surveys.rules.answers import Refusal
from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not
from civic.surveys.rules.faults import Fault
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire, Text

KIND_NAMES = {
    "single": _l("Choose one"),
    "multiple": _l("Choose several"),
    "yes_no": _l("Yes or no"),
    "scale": _l("Scale"),
    "matrix": _l("Several statements, the same answers"),
    "ranking": _l("Put in order"),
    "number": _l("Number"),
    "short_text": _l("Short text"),
    "long_text": _l("Long text"),
    "date": _l("Date"),
    "borough": _l("London borough"),
    "information": _l("Information, no answer"),
}
COMPARISON_NAMES = {
    "equals": _l("is"),
    "not_equals": _l("is not"),
    "includes": _l("includes"),
    "greater": _l("is more than"),
    "less": _l("is less than"),
    "at_least": _l("is at least"),
    "at_most": _l("is at most"),
    "answered": _l("was answered"),
    "not_shown": _l("was not shown"),
}
PARTS_OF_A_DATE = {"day": _l("day"), "month": _l("month"), "year": _l("year")}


def refusal_sentence(question: Question, refusal: Refusal, language: str | None = None) -> str:
    """Why an answer was not taken and what to do, in the reader's language."""
    return _REFUSALS[refusal.code](question, refusal.names, language)


def _required(question: Question, names: dict[str, Any], language: str | None) -> str:
    return {
        "multiple": _("Select at least one answer"),
        "ranking": _("Number your choices, starting with 1 for the first"),
        "number": _("Enter a number"),
        "short_text": _("Enter your answer"),
        "long_text": _("Enter your answer"),
        "date": _("Enter a date"),
        "borough": _("Select a borough"),
    }.get(question.kind, _("Select an answer"))


_REFUSALS: dict[str, Callable[[Question, dict[str, Any], str | None], str]] = {
    "required": _required,
    "one_only": lambda q, n, lang: _("Give one answer only"),
    "unknown_option": lambda q, n, lang: _("Select one of the answers in the list"),
    "other_needs_words": lambda q, n, lang: _("Tell us what “other” is, or select a different answer"),
    "bad_characters": lambda q, n, lang: _("Your answer has characters we cannot keep. Remove them or type it again"),
    "too_long": lambda q, n, lang: _(
        "Your answer has %(length)s characters. Shorten it to %(longest)s or fewer",
        length=format_number(n["length"]),
        longest=format_number(n["longest"]),
    ),
    "stands_alone": lambda q, n, lang: _(
        "“%(option)s” cannot be combined with other answers", option=option_words(q, n["option"], lang)
    ),
    "too_few_choices": lambda q, n, lang: ngettext(
        "Select at least %(num)d answer", "Select at least %(num)d answers", n["fewest"]
    ),
    "too_many_choices": lambda q, n, lang: ngettext(
        "Select %(num)d answer at most", "Select %(num)d answers at most", n["most"]
    ),
    "row_required": lambda q, n, lang: _("Select an answer for “%(row)s”", row=row_words(q, n["row"], lang)),
    "bad_place": lambda q, n, lang: _("Use numbers from 1 to %(most)s", most=format_number(n["most"])),
    "same_place_twice": lambda q, n, lang: _(
        "You used %(place)s twice. Give each a different number", place=n["place"]
    ),
    "place_left_out": lambda q, n, lang: _("Number your choices 1, 2, 3 and so on without leaving a number out"),
    "too_few_ranked": lambda q, n, lang: ngettext(
        "Put at least %(num)d in order", "Put at least %(num)d in order", n["fewest"]
    ),
    "too_many_ranked": lambda q, n, lang: ngettext("Number %(num)d at most", "Number %(num)d at most", n["most"]),
    "not_a_number": lambda q, n, lang: _("Enter a number, like 12"),
    "not_whole": lambda q, n, lang: _("Enter a whole number, like 12"),
    "too_many_decimals": lambda q, n, lang: ngettext(
        "Use %(num)d decimal place at most", "Use %(num)d decimal places at most", n["decimals"]
    ),
    "number_too_small": lambda q, n, lang: _("Enter a number of %(smallest)s or more", smallest=_number(n["smallest"])),
    "number_too_large": lambda q, n, lang: (
        _("Enter a number of %(largest)s or less", largest=_number(n["largest"]))
        if "largest" in n
        else _("This number is too large")
    ),
    "date_incomplete": lambda q, n, lang: _("The date must include a %(part)s", part=PARTS_OF_A_DATE[n["part"]]),
    "not_a_date": lambda q, n, lang: _("Enter a real date, like 27 3 2026"),
    "date_too_early": lambda q, n, lang: _("Enter %(earliest)s or a later date", earliest=_day(n["earliest"])),
    "date_too_late": lambda q, n, lang: _("Enter %(latest)s or an earlier date", latest=_day(n["latest"])),
}


def reading(question: Question, value: Any, language: str | None = None) -> str:
    """An answer in words, as a person would read it out; empty for no answer."""
    if value is None:
        return ""
    if question.kind in ("multiple", "ranking"):
        words = [_part(question, part, language) for part in value]
        return (
            "; ".join(f"{n}. {w}" for n, w in enumerate(words, 1)) if question.kind == "ranking" else "; ".join(words)
        )
    if question.kind == "matrix":
        return "; ".join(
            f"{row_words(question, r, language)}: {option_words(question, o, language)}" for r, o in value.items()
        )
    if question.kind == "number":
        unit = text_in(question.unit, language).text
        return f"{_number(Decimal(value))} {unit}".strip()
    if question.kind == "scale":
        label = text_in(question.labels.get(value), language).text
        return f"{format_number(value)} ({label})" if label else format_number(value)
    return _part(question, value, language)


def _part(question: Question, value: Any, language: str | None) -> str:
    if isinstance(value, dict):
        return _("Other: %(words)s", words=value.get(OTHER, ""))
    if question.kind == "yes_no":
        return _("Yes") if value == "yes" else _("No")
    if question.kind == "date":
        return _day(value)
    if question.kind == "borough":
        found = borough(value)
        return found.name if found else str(value)
    return option_words(question, value, language) if question.options else str(value)


def option_words(question: Question, key: str, language: str | None = None) -> str:
    """The words of an option, or its key when the version has no such option."""
    if key == OTHER and question.other:
        return _("Other")
    return _words_of(question.options, key, language)


def row_words(question: Question, key: str, language: str | None = None) -> str:
    """The words of a row of a matrix."""
    return _words_of(question.rows, key, language)


def _words_of(options: Any, key: str, language: str | None) -> str:
    found: Text = next((option.text for option in options if option.key == key), {})
    return text_in(found, language).text or key


def condition_in_words(questionnaire: Questionnaire, condition: Condition | None, language: str | None = None) -> str:
    """When something is shown, as a sentence without its subject: “‘Do you cycle?’ is Yes and …”."""
    if condition is None:
        return _("Always shown")
    if isinstance(condition, Not):
        return _("not (%(condition)s)", condition=condition_in_words(questionnaire, condition.part, language))
    if isinstance(condition, Compare):
        return _comparison_in_words(questionnaire, condition, language)
    if not condition.parts:
        return _("Always shown") if isinstance(condition, All) else _("Never shown")
    parts = [
        f"({words})" if isinstance(part, All | AnyOf) and len(part.parts) > 1 else words
        for part in condition.parts
        for words in [condition_in_words(questionnaire, part, language)]
    ]
    return (_(" and ") if isinstance(condition, All) else _(" or ")).join(parts)


def _comparison_in_words(questionnaire: Questionnaire, compare: Compare, language: str | None) -> str:
    question = questionnaire.question(compare.question)
    subject = (text_in(question.text, language).text if question else "") or compare.question
    if question and compare.row is not None:
        subject = f"{subject}: {row_words(question, compare.row, language)}"
    comparison = str(COMPARISON_NAMES[compare.comparison])
    if compare.comparison in ("answered", "not_shown"):
        return _("“%(question)s” %(comparison)s", question=subject, comparison=comparison)
    value = _value_in_words(question, compare.value, language)
    return _("“%(question)s” %(comparison)s “%(value)s”", question=subject, comparison=comparison, value=value)


def _value_in_words(question: Question | None, value: Any, language: str | None) -> str:
    if question is None:
        return str(value)
    if question.kind in ("single", "multiple", "ranking", "matrix"):
        return option_words(question, str(value), language)
    if question.kind in ("scale", "number"):
        return str(value)
    return _part(question, str(value), language)


def _number(number: Decimal) -> str:
    return format_number(number, max(0, -int(number.as_tuple().exponent)))


def _day(kept: str) -> str:
    try:
        return format_date(date.fromisoformat(kept))
    except ValueError:
        return kept


FAULTS: dict[str, Any] = {
    "nothing_asked": _l("The survey does not ask anything yet."),
    "too_many_questions": _l("The survey has more than %(most)s questions."),
    "bad_key": _l("The name in the data must begin with a letter and have only small letters, digits and underscores."),
    "same_key_twice": _l("Two parts of the survey have the same name in the data."),
    "no_words": _l("Words are missing."),
    "empty_section": _l("The section has no questions."),
    "too_few_options": _l("There must be at least %(fewest)s answers to choose from."),
    "too_few_rows": _l("There must be at least %(fewest)s statement."),
    "too_many_options": _l("There are more than %(most)s answers to choose from."),
    "too_many_rows": _l("There are more than %(most)s statements."),
    "reserved_key": _l("An answer is named “%(key)s” in the data, which is kept for the “other” field."),
    "bad_option_key": _l("Two answers have the same name in the data, or a name that cannot be used: %(key)s."),
    "option_without_words": _l("An answer has no words: %(key)s."),
    "bounds_crossed": _l("The smallest allowed is larger than the largest allowed."),
    "bad_date_bound": _l("The earliest or latest date is not a real date."),
    "bad_scale": _l("A scale needs between 2 and %(most)s points."),
    "bad_choice_bounds": _l("The number of answers to select must lie between 0 and %(most)s."),
    "bad_length": _l("The longest answer must lie between 1 and %(most)s characters."),
    "bad_decimals": _l("Numbers can have up to 6 decimal places."),
    "asks_itself": _l("It would be shown depending on itself."),
    "unknown_question": _l("It is shown depending on a question that is not in the survey (%(key)s)."),
    "later_question": _l(
        "It is shown depending on a question that comes later: “%(question)s”. Only earlier ones can be used."
    ),
    "circle": _l("It and “%(question)s” would each depend on the other, so neither could ever be worked out."),
    "comparison_does_not_fit": _l("“%(comparison_words)s” cannot be used with the question “%(question)s”."),
    "unknown_row": _l("The condition names a statement that “%(question)s” does not have."),
    "row_needed": _l("The condition must name one of the statements of “%(question)s”."),
    "impossible_value": _l("“%(value)s” can never be the answer to “%(question)s”, so this would never be shown."),
}


def fault_sentence(questionnaire: Questionnaire, fault: Fault, language: str | None = None) -> str:
    """What is wrong, beginning with where: the words of the section or question."""
    names = dict(fault.names)
    named = questionnaire.question(str(names.get("key", "")))
    names["question"] = (text_in(named.text, language).text if named else "") or names.get("key", "")
    names["comparison_words"] = str(COMPARISON_NAMES.get(names.get("comparison", ""), ""))
    sentence = str(FAULTS[fault.code]) % names
    where = heading_of(questionnaire, fault.at, language)
    return f"{where}: {sentence}" if where else sentence


def heading_of(questionnaire: Questionnaire, key: str, language: str | None = None) -> str:
    """The words of a section or question, shortened, or its key where it has none."""
    section, question = questionnaire.section(key), questionnaire.question(key)
    text = question.text if question else section.title if section else {}
    words = text_in(text, language or questionnaire.language).text
    return (words if len(words) <= 90 else words[:87].rstrip() + "…") or key

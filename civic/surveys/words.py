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
from civic.surveys.rules.questionnaire import OTHER, Question, Text

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


def _number(number: Decimal) -> str:
    return format_number(number, max(0, -int(number.as_tuple().exponent)))


def _day(kept: str) -> str:
    try:
        return format_date(date.fromisoformat(kept))
    except ValueError:
        return kept

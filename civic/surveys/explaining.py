"""Conditions and faults explained to those who build: sentences in the page's language around words in the survey's,
each marked with its own language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core.i18n import Words, text_in
from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not
from civic.surveys.rules.faults import Fault
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire, Text
from civic.surveys.words import reading

LONGEST_HEADING = 90
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


def heading_of(questionnaire: Questionnaire, key: str) -> Words:
    """The words of a section or question, shortened, or its key where it has none."""
    section, question = questionnaire.section(key), questionnaire.question(key)
    words = text_in(question.text if question else section.title if section else {})
    if not words:
        return Words(key, words.language)
    return shortened(words)


def shortened(words: Words) -> Words:
    """The same words, cut where they are too long for a heading or a list."""
    text = " ".join(words.text.split())
    return Words(text if len(text) <= LONGEST_HEADING else text[: LONGEST_HEADING - 3].rstrip() + "…", words.language)


def fault_sentence(questionnaire: Questionnaire, fault: Fault) -> Markup:
    """What is wrong, beginning with where: the words of the section or question."""
    names = dict(fault.names)
    key = str(names.get("key", ""))
    names["question"] = heading_of(questionnaire, key)
    names["comparison_words"] = COMPARISON_NAMES.get(names.get("comparison", ""), "")
    if "value" in names:
        names["value"] = _value(questionnaire.question(key), names["value"])
    return begun_with(heading_of(questionnaire, fault.at) if fault.at else None, _filled(FAULTS[fault.code], names))


def begun_with(where: Words | None, sentence: Any) -> Markup:
    """A sentence that begins with what it is about."""
    return Markup("{}: {}").format(where, sentence) if where else Markup("{}").format(sentence)


def condition_in_words(questionnaire: Questionnaire, condition: Condition | None) -> Markup:
    """When something is shown, as a clause: “‘Do you cycle?’ is ‘Yes’ and …”."""
    if condition is None:
        return Markup("{}").format(_("always"))
    if isinstance(condition, Not):
        return _filled(_("not (%(condition)s)"), {"condition": condition_in_words(questionnaire, condition.part)})
    if isinstance(condition, Compare):
        return _comparison(questionnaire, condition)
    if not condition.parts:
        return Markup("{}").format(_("always") if isinstance(condition, All) else _("never"))
    joiner = Markup("{}").format(_(" and ") if isinstance(condition, All) else _(" or "))
    return joiner.join(_part(questionnaire, part) for part in condition.parts)


def _part(questionnaire: Questionnaire, part: Condition) -> Markup:
    clause = condition_in_words(questionnaire, part)
    return Markup("({})").format(clause) if isinstance(part, All | AnyOf) and len(part.parts) > 1 else clause


def _comparison(questionnaire: Questionnaire, compare: Compare) -> Markup:
    question = questionnaire.question(compare.question)
    subject: Any = heading_of(questionnaire, compare.question)
    if question and compare.row is not None:
        subject = Markup("{}: {}").format(subject, _of(question.rows, compare.row))
    names = {"question": subject, "comparison": COMPARISON_NAMES[compare.comparison]}
    if compare.comparison in ("answered", "not_shown"):
        return _filled(_("“%(question)s” %(comparison)s"), names)
    return _filled(_("“%(question)s” %(comparison)s “%(value)s”"), {**names, "value": _value(question, compare.value)})


def _value(question: Question | None, value: Any) -> Any:
    """A value that answers are compared with, in words."""
    if question is None or question.kind in ("scale", "number"):
        return str(value)
    if question.options:
        return _("Other") if value == OTHER and question.other else _of(question.options, str(value))
    return reading(question, str(value))


def _of(options: Any, key: str) -> Words:
    found: Text = next((option.text for option in options if option.key == key), {})
    words = text_in(found)
    return words if words else Words(key, words.language)


def _filled(template: Any, names: dict[str, Any]) -> Markup:
    """A translated sentence with its places filled; what people wrote is escaped and marked with its language."""
    return Markup(str(template)) % names  # noqa: S704 - the template is ours, the names are escaped

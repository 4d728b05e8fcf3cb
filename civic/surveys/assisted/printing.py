"""A questionnaire as it is printed: every question with its code, its answers with theirs, and when it is to be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from civic.core.i18n import Words, text_in
from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not
from civic.surveys.rules.paper import Codes, answer_keys, codes
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire, Section
from civic.surveys.words import reading

LINES = {"short_text": 2, "long_text": 8, "number": 1, "borough": 1}


@dataclass(frozen=True)
class Choice:
    """One box to tick (or to write a number into), with its code and words; some leave room for words of one's own."""

    code: str
    words: Any
    own_words: bool = False


@dataclass(frozen=True)
class Row:
    """One statement of a matrix, asked like a question of its own."""

    code: str
    words: Any
    name: str  # of the field into which it is typed


@dataclass(frozen=True)
class PaperQuestion:
    """One question on paper; information has no code."""

    key: str
    kind: str
    code: str
    words: Any
    hint: Any
    condition: Any
    instruction: str
    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    lines: int
    unit: Any
    required: bool


@dataclass(frozen=True)
class PaperSection:
    """One section on paper."""

    title: Any
    intro: Any
    condition: Any
    questions: tuple[PaperQuestion, ...]


def on_paper(questionnaire: Questionnaire, language: str | None = None) -> list[PaperSection]:
    """The whole questionnaire for paper, in this language as far as it is translated, else in another and marked as such."""
    known = codes(questionnaire)
    return [_section(questionnaire, section, known, language) for section in questionnaire.sections]


def _section(
    questionnaire: Questionnaire, section: Section, known: Mapping[str, Codes], language: str | None
) -> PaperSection:
    return PaperSection(
        text_in(section.title, language),
        text_in(section.intro, language),
        condition_sentence(questionnaire, section.show_if, known, language),
        tuple(_question(questionnaire, question, known, language) for question in section.questions),
    )


def _question(
    questionnaire: Questionnaire, question: Question, known: Mapping[str, Codes], language: str | None
) -> PaperQuestion:
    mine = known.get(question.key, Codes(""))
    return PaperQuestion(
        key=question.key,
        kind=question.kind,
        code=mine.code,
        words=text_in(question.text, language),
        hint=text_in(question.hint, language),
        condition=condition_sentence(questionnaire, question.show_if, known, language),
        instruction=instruction(question),
        choices=tuple(_choices(question, mine, language)),
        rows=tuple(
            Row(mine.rows[row.key], text_in(row.text, language), f"{question.key}-{row.key}") for row in question.rows
        ),
        lines=LINES.get(question.kind, 0),
        unit=text_in(question.unit, language),
        required=question.required,
    )


def _choices(question: Question, mine: Codes, language: str | None) -> Iterator[Choice]:
    for key in answer_keys(question) if mine.answers else ():
        words = answer_words(question, key, language)
        if question.kind == "scale":
            words = text_in(question.labels.get(int(key), {}), language) or ""
        yield Choice(mine.answers[key], words, key == OTHER and question.other)


def answer_words(question: Question, key: str, language: str | None = None) -> Any:
    """The words of one answer to choose from, marked with their language."""
    if question.kind == "yes_no":
        return _("Yes") if key == "yes" else _("No")
    if key == OTHER and question.other:
        return _("Other")
    option = question.option(key)
    return text_in(option.text, language) if option else key


def instruction(question: Question) -> str:
    """What to do with the boxes or lines of a question."""
    most = int(question.maximum) if question.maximum is not None else 0
    match question.kind:
        case "single" | "yes_no" | "scale":
            return _("Tick one box.")
        case "multiple" if most:
            return ngettext("Tick %(num)d box at most.", "Tick up to %(num)d boxes.", most)
        case "multiple":
            return _("Tick all that apply.")
        case "matrix":
            return _("Tick one box for each statement.")
        case "ranking" if most and most < len(question.options):
            return ngettext(
                "Write 1 into the box of your first choice. Number %(num)d at most.",
                "Write 1 into the box of your first choice, 2 into that of your second, and so on. Number up to %(num)d.",
                most,
            )
        case "ranking":
            return _(
                "Write 1 into the box of your first choice, 2 into that of your second, and so on. You can leave some out."
            )
        case "number":
            return _("Write a number.")
        case "date":
            return _("Write the day, the month and the year.")
        case "borough":
            return _("Write the name of the borough.")
        case "information":
            return ""
    return _("Write on the lines.")


def condition_sentence(
    questionnaire: Questionnaire, condition: Condition | None, known: Mapping[str, Codes], language: str | None = None
) -> Any:
    """When to answer: “Only if you answered a (Yes) to Q3.”; empty where everybody does."""
    if condition is None:
        return ""
    clause = _clause(questionnaire, condition, known, language)
    return _filled(_("Only if %(condition)s."), {"condition": clause})


def _clause(
    questionnaire: Questionnaire, condition: Condition, known: Mapping[str, Codes], language: str | None
) -> Markup:
    if isinstance(condition, Compare):
        return _comparison(questionnaire, condition, known, language)
    if isinstance(condition, Not):
        return _filled(_("not (%(condition)s)"), {"condition": _clause(questionnaire, condition.part, known, language)})
    if not condition.parts:
        return Markup("{}").format(_("always") if isinstance(condition, All) else _("never"))
    parts = [_part(questionnaire, part, known, language) for part in condition.parts]
    return Markup("{}").format(_(" and ") if isinstance(condition, All) else _(" or ")).join(parts)


def _part(questionnaire: Questionnaire, part: Condition, known: Mapping[str, Codes], language: str | None) -> Markup:
    clause = _clause(questionnaire, part, known, language)
    return Markup("({})").format(clause) if isinstance(part, All | AnyOf) and len(part.parts) > 1 else clause


def _comparison(
    questionnaire: Questionnaire, compare: Compare, known: Mapping[str, Codes], language: str | None
) -> Markup:
    question, mine = questionnaire.question(compare.question), known.get(compare.question, Codes("?"))
    names = {
        "question": mine.rows.get(compare.row or "", mine.code),
        "answer": _answer(question, mine, compare.value, language),
    }
    sentence = {
        "equals": _("you answered %(answer)s to %(question)s"),
        "not_equals": _("you answered anything but %(answer)s to %(question)s"),
        "includes": _("%(answer)s is among your answers to %(question)s"),
        "greater": _("your answer to %(question)s is more than %(answer)s"),
        "less": _("your answer to %(question)s is less than %(answer)s"),
        "at_least": _("your answer to %(question)s is at least %(answer)s"),
        "at_most": _("your answer to %(question)s is at most %(answer)s"),
        "answered": _("you answered %(question)s"),
        "not_shown": _("you were told to leave out %(question)s"),
    }[compare.comparison]
    return _filled(sentence, names)


def _answer(question: Question | None, mine: Codes, value: Any, language: str | None) -> Any:
    """An answer as a condition names it: its code and words, or what was written."""
    if (
        question is None
        or value is None
        or (question.kind in ("scale", "number", "matrix") and str(value) not in mine.answers)
    ):
        return "" if value is None else str(value)
    if (code := mine.answers.get(str(value))) is not None:
        return Markup("{} (“{}”)").format(code, escape(answer_words(question, str(value), language)))
    return Markup("“{}”").format(escape(Words(reading(question, str(value)), language or "en")))


def _filled(template: Any, names: dict[str, Any]) -> Markup:
    """A translated sentence with its places filled; what people wrote is escaped and marked with its language."""
    return Markup(str(template)) % names  # noqa: S704 - the template is ours, the names are escaped

"""Files to take away: the printed results for everyone, single responses for researchers. Safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from civic.core.i18n import text_in
from civic.surveys import findings as said
from civic.surveys.models.survey import Survey
from civic.surveys.queries.results import Row
from civic.surveys.rules.logic import Shown, settle
from civic.surveys.rules.questionnaire import DECLINED, OTHER, Question, Questionnaire
from civic.surveys.rules.results import Finding, Results

NOT_SHOWN, SKIPPED, REFUSED, HELD_BACK = "[not shown]", "[skipped]", "[declined]", "[held back]"
"""Why a cell holds no answer: the question was not shown, was left empty, or the person preferred not to say."""

FACTS = ("language", "mode", "level", "borough")

PRINTED_COLUMNS = (
    "section",
    "question",
    "row",
    "answer",
    "question_text",
    "row_text",
    "answer_text",
    "people",
    "share",
    "answered_by",
)


def printed_rows(questionnaire: Questionnaire, results: Results, sections: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The printed results, one line an answer; what is held back on the page is held back here."""
    yield PRINTED_COLUMNS
    wanted = set(sections)
    for section in questionnaire.sections:
        for question in section.questions:
            finding = results.findings.get(question.key)
            if section.key in wanted and finding is not None:
                yield from _finding_rows(section.key, question, finding)


def _finding_rows(section: str, question: Question, finding: Finding) -> Iterator[tuple[Any, ...]]:
    text = str(text_in(question.text))
    if finding.withheld or not (finding.bars or finding.rows):
        yield (
            section,
            question.key,
            "",
            "",
            text,
            "",
            "",
            HELD_BACK if finding.withheld else "",
            "",
            finding.people or HELD_BACK,
        )
    for bar in finding.bars:
        yield (
            section,
            question.key,
            "",
            bar.key,
            text,
            "",
            said.label(question, bar.key),
            *_figures(bar.n, bar.share),
            finding.people,
        )
    for row in finding.rows:
        words = said.words.row_words(question, row.key)
        if row.withheld:
            yield section, question.key, row.key, "", text, words, "", HELD_BACK, "", HELD_BACK
        for bar in row.bars:
            answer = said.label(question, bar.key)
            yield section, question.key, row.key, bar.key, text, words, answer, *_figures(bar.n, bar.share), row.people


def _figures(n: int | None, share: float | None) -> tuple[Any, Any]:
    return (HELD_BACK, HELD_BACK) if n is None or share is None else (n, f"{share:.4f}")


def columns(questionnaire: Questionnaire) -> list[str]:
    """The columns of single responses: they follow from the version alone, whatever was answered."""
    return [
        *FACTS,
        *(name for question in questionnaire.questions() if question.is_asked for name in _columns_of(question)),
    ]


def _columns_of(question: Question) -> list[str]:
    key = question.key
    other = [f"{key}.{OTHER}"] if question.other else []
    if question.kind == "single":
        return [key, *other]
    if question.kind == "multiple":
        return [*(f"{key}.{option}" for option in question.option_keys), *other]
    if question.kind == "matrix":
        return [f"{key}.{row}" for row in question.row_keys]
    if question.kind == "ranking":
        return [f"{key}.{option}" for option in question.option_keys]
    return [key]


def response_rows(
    survey: Survey, questionnaire: Questionnaire, rows: Iterable[Row], large_boroughs: frozenset[str]
) -> Iterator[list[Any]]:
    """Single responses, one a line. In an anonymous survey a borough with few responses is left out, and there is no name;
    otherwise the first column is the number of the account."""
    names = columns(questionnaire)
    yield names if survey.is_anonymous else ["account", *names]
    for row in rows:
        borough = row.borough if not survey.is_anonymous or row.borough in large_boroughs else None
        line = [row.language, row.mode, row.level, borough, *_cells(questionnaire, row.answers)]
        yield line if survey.is_anonymous else [row.person_id, *line]


def _cells(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Iterator[Any]:
    shown = settle(questionnaire, answers)
    for question in questionnaire.questions():
        if not question.is_asked:
            continue
        names = _columns_of(question)
        if shown[question.key] is not Shown.SHOWN:
            yield from [NOT_SHOWN] * len(names)
        elif question.key not in answers:
            yield from [SKIPPED] * len(names)
        else:
            yield from _cells_of(question, answers[question.key])


def _cells_of(question: Question, answer: Any) -> list[Any]:
    if question.kind == "single":
        words = answer[OTHER] if isinstance(answer, dict) else ""
        key = OTHER if isinstance(answer, dict) else REFUSED if answer == DECLINED else answer
        return [key, words] if question.other else [key]
    if question.kind == "multiple":
        if answer == [DECLINED]:
            return [REFUSED] * len(_columns_of(question))
        other = next((part[OTHER] for part in answer if isinstance(part, dict)), "")
        return [*(int(option in answer) for option in question.option_keys), *([other] if question.other else [])]
    if question.kind == "matrix":
        return [REFUSED if answer.get(row) == DECLINED else answer.get(row, SKIPPED) for row in question.row_keys]
    if question.kind == "ranking":
        return [answer.index(option) + 1 if option in answer else "" for option in question.option_keys]
    return [answer]

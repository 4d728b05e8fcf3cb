"""Published results as they are read apart from their page: a sentence and a table for every question."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.db import db
from civic.core.i18n import Words, format_number, format_share, text_in
from civic.core.reading import Block, Heading, Prose, Readable, Reading, Said, Table
from civic.core.web import external_url
from civic.surveys import findings
from civic.surveys.models.survey import Survey
from civic.surveys.queries.results import Asked, printed
from civic.surveys.queries.surveys import live_version
from civic.surveys.readable import Writer
from civic.surveys.rules.questionnaire import Question
from civic.surveys.rules.results import Finding, Results


def read(number: int, language: str) -> Reading | None:
    """The results that everybody may see."""
    survey = published(number)
    if survey is None:
        return None
    asked = Asked(survey, live_version(survey))
    results, writer = printed(asked), Writer(survey, asked.questionnaire, language)
    title = text_in(survey.title, language)
    blocks = tuple(_blocks(asked, results, language))
    return Reading(
        _("What people said: %(title)s", title=title.text),
        language,
        blocks,
        external_url("surveys.show_results", slug=survey.slug),
        kind=_("Results of a survey"),
        complete=writer.reading().complete,
    )


def published(number: int) -> Survey | None:
    """The survey of this number, where its results are for everybody."""
    survey = db.session.get(Survey, number)
    is_over = survey is not None and survey.is_public and survey.has_ended(clock.now())
    return survey if survey is not None and is_over and survey.results_published_at is not None else None


def languages(number: int) -> tuple[str, ...]:
    """The languages of the survey; none where its results are not published."""
    survey = published(number)
    return tuple(survey.languages) if survey else ()


def url(number: int) -> str:
    """The page of the results."""
    survey = db.session.get(Survey, number)
    return url_for("surveys.show_results", slug=survey.slug if survey else "")


def _blocks(asked: Asked, results: Results, language: str) -> Iterator[Block]:
    survey = asked.survey
    if results.responses is None:
        few = format_number(survey.suppress_below)
        yield Prose(_("Fewer than %(few)s people answered, too few to show anything.", few=few), markdown=False)
        return
    yield Heading(_("Who answered"))
    said = _("%(people)s answered.", people=findings.people(results.responses))
    yield Prose(f"{said} {findings.who_answered(results)}".strip(), markdown=False)
    yield Prose(
        _("This was an open survey.")
        + " "
        + _("Everyone who wanted to could answer, so it tells what those who answered think. It does not tell what all Londoners think."),
        markdown=False,
    )  # fmt: skip
    for section in asked.questionnaire.sections:
        if not survey.shows_results_of(section.key):
            continue
        title = text_in(section.title, language) or text_in(survey.title, language)
        yield Heading(title.text, 2, title.language)
        for question in section.questions:
            if question.is_asked:
                yield from _question(question, results.findings[question.key], survey.suppress_below, language)


def _question(question: Question, finding: Finding, few: int, language: str) -> Iterator[Block]:
    text = text_in(question.text, language)
    yield Heading(text.text, 3, text.language)
    if finding.withheld:
        yield Prose(findings.why_withheld(finding, few), markdown=False)
    elif question.kind == "matrix":
        yield Prose(_("%(people)s answered.", people=findings.people(finding.people)), markdown=False)
        for row in finding.rows:
            if row.withheld:
                said = findings.row(question, row.key)
                yield Prose(f"{said}: {findings.why_withheld(row, few)}", markdown=False)
            else:
                yield _table(question, row, few, findings.row(question, row.key))
    elif not finding.bars:
        yield Prose(findings.sentence(question, finding), markdown=False)
    else:
        yield _table(question, finding, few, _("Answers"), findings.sentence(question, finding))


def _table(question: Question, finding: Finding, few: int, caption: Said, sentence: str = "") -> Table:
    hidden = _("Not shown")
    rows: list[tuple[Said, ...]] = []
    for bar in findings.bars(question, finding):
        label: Words | str = bar["label"]
        people = hidden if bar["count"] is None else format_number(bar["count"])
        rows.append((label, people, "" if bar["share"] is None else format_share(bar["share"])))
    note = findings.note(finding, few)
    head = (_("Answer"), _("People"), _("Share"))
    return Table(caption, head, tuple(rows), f"{sentence} {note}".strip())


RESULTS = Readable("survey_results", _l("Results of a survey"), read, languages, url)

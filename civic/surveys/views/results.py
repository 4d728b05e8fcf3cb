"""Results: a sentence, a picture and a table for every question, and nothing that finds a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from civic.core import audit, clock, sheets
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.pages import BadPlace, etag
from civic.core.person import maybe_me, me
from civic.surveys import access, exports, findings
from civic.surveys.queries import results as queries
from civic.surveys.queries import surveys as survey_queries
from civic.surveys.queries.results import Asked
from civic.surveys.remembered import Remembered
from civic.surveys.rules.results import Finding
from civic.surveys.views import bp


def may_see(asked: Asked) -> bool:
    """Whether this person may see the results now."""
    return access.may_see_results(asked.survey)


def may_export(*asked: Asked) -> bool:
    """Whether this person may take single responses away; asked before the survey is looked for, so that drafts stay unknown."""
    return access.may_export_responses()


@bp.get("/surveys/<slug>/results")
@allowed(may_see, on=queries.asked, hide=True)
def show_results(asked: Asked) -> ResponseReturnValue:
    """What people answered, as far as it may be printed."""
    survey, kept, visible = asked.survey, queries.counts_of(asked.survey.id), sections_for_reader(asked)
    etag("results", survey.id, survey.version_id, asked.version.id if asked.version else 0, kept)
    facts = (g.language.code, survey.id, survey.suppress_below, repr(survey.title), tuple(visible), kept)
    return render_template(
        "surveys/show_results.html",
        survey=survey,
        drawn=_DRAWN.get(asked.questionnaire, facts, lambda: _draw(asked, kept, visible)),
        is_staff=access.may_build_surveys(),
        is_public=survey.results_published_at is not None and survey.has_ended(clock.now()),
        may_export=access.may_export_responses(survey),
        written=[q for q in asked.questionnaire.questions() if q.kind in ("short_text", "long_text")],
    )


@dataclass(frozen=True)
class Drawn:
    """The parts of a results page that are the same for everyone who may see these sections, in one language."""

    lead: Markup
    contents: Markup
    figures: Markup


_DRAWN: Remembered[Drawn] = Remembered(128)
"""Drawing a page of charts takes longer than everything else together, and it changes only with the counts."""


def _draw(asked: Asked, kept: queries.Kept, visible: list[str]) -> Drawn:
    printed, sections = queries.printed(asked, kept), [s for s in asked.questionnaire.sections if s.key in visible]
    found = {q.key: printed.findings[q.key] for section in sections for q in section.questions if q.is_asked}
    drawing = current_app.jinja_env.get_template("surveys/_results.html").make_module(
        {
            "survey": asked.survey,
            "questionnaire": asked.questionnaire,
            "sections": sections,
            "results": printed,
            "said": findings,
            "main": findings.main_finding(asked.questionnaire, found),
            "rates": findings.per_ten_thousand(printed.boroughs) if printed.boroughs else {},
            "g": g,
        }
    )
    return Drawn(drawing.lead(), drawing.contents_list(), drawing.figures())  # type: ignore[attr-defined]


def sections_for_reader(asked: Asked) -> list[str]:
    """The sections whose results this person may see: all of them for researchers, the published ones for everyone."""
    keys = [section.key for section in asked.questionnaire.sections]
    if access.may_build_surveys():
        return keys
    return [key for key in keys if asked.survey.shows_results_of(key)]


@bp.get("/surveys/<slug>/results.csv")
@allowed(may_see, on=queries.asked, hide=True)
def download_results(asked: Asked) -> ResponseReturnValue:
    """The printed results as a table."""
    kept = queries.counts_of(asked.survey.id)
    etag("results.csv", asked.survey.id, asked.survey.version_id, kept)
    printed = queries.printed(asked, kept)
    rows = exports.printed_rows(asked.questionnaire, printed, sections_for_reader(asked))
    return _csv("".join(sheets.lines(rows)), f"{asked.survey.slug}-results.csv")


@bp.get("/surveys/<slug>/results.json")
@allowed(may_see, on=queries.asked, hide=True)
def results_as_json(asked: Asked) -> ResponseReturnValue:
    """The printed results for programs."""
    kept = queries.counts_of(asked.survey.id)
    etag("results.json", asked.survey.id, asked.survey.version_id, kept)
    printed = queries.printed(asked, kept)
    visible = sections_for_reader(asked)
    questions = {
        question.key: _as_json(printed.findings[question.key])
        for section in asked.questionnaire.sections
        if section.key in visible
        for question in section.questions
        if question.is_asked
    }
    levels = {bar.key: bar.n for bar in printed.levels}
    return jsonify(
        survey=asked.survey.slug,
        responses=printed.responses,
        levels=levels,
        boroughs=printed.boroughs,
        questions=questions,
    )


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "people": finding.people,
        "withheld": finding.withheld or None,
        "answers": {bar.key: {"people": bar.n, "share": bar.share} for bar in finding.bars},
        "rows": {row.key: _as_json(row) for row in finding.rows},
        "median": None if finding.median is None else float(finding.median),
        "mean": finding.mean,
        "mean_places": dict(finding.places),
    }


@bp.post("/surveys/<slug>/exports")
@allowed(may_export, on=queries.asked)
def export_responses(asked: Asked) -> ResponseReturnValue:
    """Single responses of one version as CSV, for researchers; every time is on record."""
    survey, number = asked.survey, request.form.get("version", type=int)
    version = survey_queries.version(survey, number) if number else asked.version
    if version is None or not version.is_pinned:
        raise NotFound()
    with transaction():
        audit.record("survey.exported", on=survey, by=me(), now=clock.now(), after={"version": version.number})
    large = queries.boroughs_large_enough(survey)
    rows = exports.response_rows(survey, version.questionnaire, queries.rows_of(survey.id, version.id), large)
    return _csv(sheets.lines(rows), f"{survey.slug}-responses-version-{version.number}.csv", is_private=True)


@bp.get("/surveys/<slug>/answers-in-words/<key>")
@allowed(may_export, on=queries.asked)
def read_texts(asked: Asked, key: str) -> ResponseReturnValue:
    """What people wrote in answer to one question, for researchers, a stretch at a time."""
    question = asked.questionnaire.question(key)
    if question is None or question.kind not in ("short_text", "long_text"):
        raise NotFound()
    try:
        after = UUID(request.args["after"]) if "after" in request.args else None
    except ValueError as forged:
        raise BadPlace() from forged
    texts = queries.texts_of(asked.survey.id, key, after=after)
    return render_template("surveys/read_texts.html", survey=asked.survey, question=question, texts=texts, after=after)


def _csv(body: Any, name: str, *, is_private: bool = False) -> Response:
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if is_private or maybe_me() is not None:
        response.headers["Cache-Control"] = "no-store"
    return response

"""The list of surveys, and the page a survey begins with."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.accessibility import display
from civic.consultations.queries.consultations import consultation_of
from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.pages import etag
from civic.core.person import maybe_me
from civic.core.subjects import named
from civic.surveys import access
from civic.surveys.queries import answering as queries
from civic.surveys.queries.answering import Taking
from civic.surveys.rules.route import route
from civic.surveys.views import bp, browser


@bp.get("/surveys")
@allowed(anyone)
def list_surveys() -> ResponseReturnValue:
    """Surveys that are open or coming, the next to close first; with `show=results` those whose results can be read."""
    now, person = clock.now(), maybe_me()
    shows_results = request.args.get("show") == "results"
    at = request.args.get("at")
    if shows_results:
        page, waiting = queries.published_results(now, at=at), queries.waiting_for_results(now) if not at else []
    else:
        page, waiting = queries.open_surveys(now, person_id=person.id if person else None, at=at), []
    rows = [*page.items, *waiting]
    etag("surveys", [tuple(map(str, row)) for row in rows], now.strftime("%Y-%m-%d %H:%M") if not shows_results else "")
    return render_template(
        "surveys/list_surveys.html", page=page, waiting=waiting, now=now, shows_results=shows_results
    )


@bp.get("/surveys/<slug>")
@allowed(anyone, on=browser.here)
def show_survey(taking: Taking) -> ResponseReturnValue:
    """What a survey asks, why, who may answer, until when, and what happens with the answers."""
    now, survey = clock.now(), taking.survey
    part_of = consultation_of(named("survey", survey.id))
    if browser.knows_nothing_of(survey.slug):
        etag(
            "survey",
            survey.id,
            survey.version_id,
            taking.version.id if taking.version else 0,
            _state(taking),
            now.date(),
            part_of,
        )
    return render_template(
        "surveys/show_survey.html",
        taking=taking,
        survey=survey,
        now=now,
        state=_state(taking),
        has_level=access.reaches_level_of(survey),
        first=first_page(taking),
        has_receipt=browser.receipt_of(survey.slug) is not None,
        sees_results=access.may_see_results(survey, now),
        part_of=part_of,
    )


def _state(taking: Taking) -> str:
    now = clock.now()
    if taking.survey.is_coming_up(now):
        return "coming"
    return "open" if taking.survey.is_taking_answers(now) else "closed"


def first_page(taking: Taking) -> str | None:
    """The page to begin at, or to come back to."""
    if taking.version is None:
        return None
    draft = taking.draft
    wants_single = prefers_single(taking)
    answers, passed = (draft.answers, draft.passed) if draft else ({}, ())
    way = route(taking.version.questionnaire, answers, passed, one_at_a_time=wants_single)
    if draft and way.at(draft.place):
        return draft.place
    return way.places[0].key if way.places else None


def prefers_single(taking: Taking) -> bool:
    """One question a page: where the reader chose it here, or asked for the simple view on every page."""
    draft = taking.draft
    if draft and draft.place and taking.version:
        return taking.version.questionnaire.question(draft.place) is not None
    return bool(getattr(display.shown(), "simple", False))

"""Answering those that were not chosen: one after the other, each with words of its own."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment import queries as assessment
from civic.assessment.queries.interests import hidden_among
from civic.core import clock
from civic.core.errors import saving
from civic.core.i18n import LANGUAGES, speaking
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.subjects import named
from civic.crowdfund.rounds import access
from civic.crowdfund.rounds.actions import judging
from civic.crowdfund.rounds.forms.judging import FeedbackForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run, on_application
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.wording.feedback import proposal


@desk.get("/<slug>/answers")
@for_those_who_run
def list_unanswered(round_: Round) -> ResponseReturnValue:
    """Those that stand without a recommendation or an answer; a second person answers what one may not see."""
    must_be_open_to_staff(round_)
    mine = _mine(queries.unanswered(round_))
    shown = queries.by_numbers(mine[:100])
    return render_template("crowdfund/rounds/desk/list_unanswered.html", round=round_, found=shown, waiting=len(mine))


@desk.get("/applications/<int:application_id>/answer")
@on_application(access.may_turn_down)
def new_answer(application: Application) -> ResponseReturnValue:
    """The answer, begun with what the assessors found weakest."""
    language = application.language if application.language in LANGUAGES else "en"
    return _page(
        application,
        FeedbackForm(formdata=None, data={"feedback": _proposed(application, language), "language": language}),
    )


@desk.post("/applications/<int:application_id>/answer")
@on_application(access.may_turn_down)
def create_answer(application: Application) -> ResponseReturnValue:
    """Send it; on to the next one without an answer."""
    form, number, round_ = FeedbackForm(), application.id, application.round
    if form.validate():
        slug = round_.slug
        with saving(form) as saved:
            judging.turn_down(
                application, feedback=form.feedback.data, language=form.language.data, by=me(), now=clock.now()
            )
        if saved.ok:
            return _next(slug, number)
        fresh = queries.application_by_id(number)
        assert fresh is not None
        application = fresh
    return _page(application, form), 422


def must_be_open_to_staff(round_: Round) -> None:
    """Nobody reads anything before the deadline; raises Sealed."""
    if not access.may_read_applications(round_):
        raise judging.Sealed()


def _next(slug: str, number: int) -> ResponseReturnValue:
    """Where to go after an answer: the next one without, or the round's desk once there is none."""
    fresh = queries.application_by_id(number)
    assert fresh is not None
    rest = _mine(queries.unanswered(fresh.round))
    flash(_("Your answer is sent."), "success")
    if not rest:
        return see_other("round_desk.show_round", slug=slug)
    if request.form.get("act") != "next":
        return see_other("round_desk.list_unanswered", slug=slug)
    following = next((each for each in rest if each > number), rest[0])
    return see_other("round_desk.new_answer", application_id=following)


def _mine(numbers: Sequence[int]) -> list[int]:
    """Without those that are hidden from this officer."""
    hidden = hidden_among([named("application", each) for each in numbers], me().id)
    return [each for each in numbers if named("application", each) not in hidden]


def _proposed(application: Application, language: str) -> str:
    result, panel = assessment.result_of(application.name), assessment.panel_of(application.round.name)
    if result is None or panel is None:
        return ""
    criteria: list[Any] = list(assessment.criteria_of(panel))
    with speaking(language):
        return proposal(criteria, result.criteria)


def _page(application: Application, form: FeedbackForm) -> str:
    waiting = len(_mine(queries.unanswered(application.round)))
    page = {"application": application, "round": application.round, "campaign": application.campaign, "staff": True}
    return render_template("crowdfund/rounds/desk/new_answer.html", **page, form=form, waiting=waiting, letter="")

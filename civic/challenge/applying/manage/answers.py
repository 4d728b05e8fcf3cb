"""Answering one application after the other: shortlisted or not, with words of its own."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from civic.assessment import queries as assessment
from civic.assessment.queries.interests import hidden_among
from civic.challenge.applying import access
from civic.challenge.applying.actions import judging
from civic.challenge.applying.feedback import language_for, proposal
from civic.challenge.applying.forms.desk import FeedbackForm
from civic.challenge.applying.manage import desk
from civic.challenge.applying.manage.doors import on_application
from civic.challenge.applying.models import KIND, ChallengeApplication
from civic.challenge.applying.queries import applications as queries
from civic.core import clock
from civic.core.db import db
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.subjects import named


@desk.get("/applications/<int:entry_id>/answer")
@on_application(access.may_answer)
def new_answer(application: ChallengeApplication) -> ResponseReturnValue:
    """The answer, begun with what the assessors found weakest, or as it stands."""
    is_answered = application.status != "submitted"
    act = {"shortlisted": "shortlist", "not_shortlisted": "pass_over"}.get(application.status)
    words = application.feedback if is_answered else proposal(application)
    language = application.feedback_language if is_answered else language_for(application)
    form = FeedbackForm(formdata=None, data={"act": act, "feedback": words, "language": language})
    return _page(application, form)


@desk.post("/applications/<int:entry_id>/answer")
@on_application(access.may_answer)
def create_answer(application: ChallengeApplication) -> ResponseReturnValue:
    """Keep it; on to the next one without an answer."""
    form, number, challenge_id = FeedbackForm(), application.id, application.challenge_id
    programme, slug = application.call.programme.slug, application.challenge.slug
    if form.validate():
        said = {"language": form.language.data, "by": me(), "now": clock.now()}
        with saving(form) as saved:
            if form.act.data == "shortlist":
                judging.shortlist(application, feedback=form.feedback.data or "", **said)
            else:
                judging.pass_over(application, form.feedback.data or "", **said)
        if saved.ok:
            flash(_("Your answer is kept. They read it once the shortlist is published."), "success")
            following = _next(challenge_id, number) if request.form.get("after") == "next" else None
            if following is not None:
                return see_other("manage_applying.new_answer", entry_id=following)
            return see_other("manage_applying.show_shortlist", programme=programme, slug=slug)
        fresh = queries.application_by_id(number)
        assert fresh is not None
        application = fresh
    return _page(application, form), 422


def _unanswered(challenge_id: int) -> list[int]:
    """The numbers of what was not answered yet, without those that are hidden from this manager."""
    mine = select(ChallengeApplication.id).where(
        ChallengeApplication.challenge_id == challenge_id, ChallengeApplication.status == "submitted"
    )
    numbers = list(db.session.scalars(mine.order_by(ChallengeApplication.id)))
    hidden = hidden_among([named(KIND, each) for each in numbers], me().id)
    return [each for each in numbers if named(KIND, each) not in hidden]


def _next(challenge_id: int, number: int) -> int | None:
    rest = [each for each in _unanswered(challenge_id) if each != number]
    return next((each for each in rest if each > number), rest[0] if rest else None)


def _page(application: ChallengeApplication, form: FeedbackForm) -> str:
    return render_template(
        "challenge/applying/manage/new_answer.html",
        application=application,
        call=application.call,
        challenge=application.challenge,
        result=assessment.result_of(application.name),
        waiting=len(_unanswered(application.challenge_id)),
        form=form,
    )

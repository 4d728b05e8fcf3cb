"""Interviews: planned, moved, held and written down, called off."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.queries.people import user_by_id
from civic.assessment.queries.interests import interests_in
from civic.challenge.applying import access
from civic.challenge.applying.actions import interviews as actions
from civic.challenge.applying.forms.desk import InterviewForm, RecordForm, WhyForm
from civic.challenge.applying.manage import desk
from civic.challenge.applying.manage.doors import on_application, on_interview
from civic.challenge.applying.models import ChallengeApplication, Interview
from civic.challenge.applying.queries import interviews as queries
from civic.challenge.applying.queries.applications import application_by_id, parties
from civic.core import clock
from civic.core.errors import saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me


@desk.get("/applications/<int:entry_id>/interview")
@on_application(access.may_plan_interview)
def new_interview(application: ChallengeApplication) -> ResponseReturnValue:
    """When, where, and who hears them."""
    form = InterviewForm(formdata=None, data={"minutes": 30, "language": application.language})
    return _form_page(application, None, _with_people(form, application))


@desk.post("/applications/<int:entry_id>/interview")
@on_application(access.may_plan_interview)
def create_interview(application: ChallengeApplication) -> ResponseReturnValue:
    """Invite them."""
    form, number = _with_people(InterviewForm(), application), application.id
    if form.validate():
        with saving(form) as saved:
            made = actions.plan(application, form.facts(), _people(form), by=me(), now=clock.now())
        if saved.ok:
            flash(_("The startup and those who hear it are told."), "success")
            return see_other("manage_applying.show_interview", interview_id=made.id)
        fresh = application_by_id(number)
        assert fresh is not None
        application = fresh
    return _form_page(application, None, form), 422


@desk.get("/interviews/<int:interview_id>")
@on_interview(access.may_see_interview)
def show_interview(interview: Interview) -> ResponseReturnValue:
    """An interview: when, where, by whom, and what was said."""
    return _page(interview, RecordForm(formdata=None, data={"language": current().code}))


@desk.get("/interviews/<int:interview_id>/edit")
@on_interview(access.may_change_interview)
def edit_interview(interview: Interview) -> ResponseReturnValue:
    """The form to move it."""
    people = [each.person_id for each in queries.hearers_of([interview.id])]
    form = InterviewForm(formdata=None, obj=interview, data={"people": people})
    return _form_page(interview.application, interview, _with_people(form, interview.application))


@desk.post("/interviews/<int:interview_id>/edit")
@on_interview(access.may_change_interview)
def change_interview(interview: Interview) -> ResponseReturnValue:
    """Move it, or let others hear it; everybody is told."""
    form, number = _with_people(InterviewForm(), interview.application), interview.id
    if form.validate():
        with saving(form) as saved:
            actions.change(interview, form.facts(), _people(form), by=me(), now=clock.now())
        if saved.ok:
            flash(_("Changed. The startup and those who hear it are told."), "success")
            return see_other("manage_applying.show_interview", interview_id=number)
        interview = _again(number)
    return _form_page(interview.application, interview, form), 422


@desk.post("/interviews/<int:interview_id>/record")
@on_interview(access.may_record)
def record_interview(interview: Interview) -> ResponseReturnValue:
    """Write down what was said; those who heard it score it now."""
    form, number = RecordForm(), interview.id
    if form.validate():
        with saving(form) as saved:
            actions.hold(interview, str(form.record.data), language=form.language.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Written down. Those who heard it find it among their assessments."), "success")
            return see_other("manage_applying.show_interview", interview_id=number)
        interview = _again(number)
    return _page(interview, form), 422


@desk.get("/interviews/<int:interview_id>/cancellation")
@on_interview(access.may_change_interview)
def confirm_cancellation(interview: Interview) -> ResponseReturnValue:
    """Ask why before it is called off."""
    return _why_page(interview, WhyForm(formdata=None))


@desk.post("/interviews/<int:interview_id>/cancellation")
@on_interview(access.may_change_interview)
def cancel_interview(interview: Interview) -> ResponseReturnValue:
    """Call it off; everybody is told."""
    form, number, entry_id = WhyForm(), interview.id, interview.application_id
    if form.validate():
        with saving(form) as saved:
            actions.cancel(interview, str(form.why.data), by=me(), now=clock.now())
        if saved.ok:
            flash(_("Called off. The startup and those who would have heard it are told."), "success")
            return see_other("manage_applying.show_application", entry_id=entry_id)
        interview = _again(number)
    return _why_page(interview, form), 422


def _again(number: int) -> Interview:
    fresh = queries.interview_by_id(number)
    assert fresh is not None
    return fresh


def _with_people(form: InterviewForm, application: ChallengeApplication) -> InterviewForm:
    away = interests_in([application.name]).get(application.name, set()) | parties(application.id)
    form.people.choices = [each for each in queries.could_hear() if each[0] not in away]
    return form


def _people(form: InterviewForm) -> list[Any]:
    return [person for number in form.people.data or [] if (person := user_by_id(number)) is not None]


def _form_page(application: ChallengeApplication, interview: Interview | None, form: InterviewForm) -> str:
    page = {"application": application, "interview": interview, "form": form}
    return render_template("challenge/applying/manage/edit_interview.html", **page)


def _page(interview: Interview, form: RecordForm) -> str:
    now = clock.now()
    return render_template(
        "challenge/applying/manage/show_interview.html",
        interview=interview,
        application=interview.application,
        challenge=interview.application.challenge,
        call=interview.application.call,
        hearers=queries.hearers_of([interview.id]),
        may_read=access.may_read_as_staff(interview.application),
        may_change=access.may_change_interview(interview),
        may_record=access.may_record(interview) and now >= interview.at,
        form=form,
        now=now,
    )


def _why_page(interview: Interview, form: WhyForm) -> str:
    action = url_for("manage_applying.cancel_interview", interview_id=interview.id)
    page = {"interview": interview, "application": interview.application, "form": form, "action": action}
    return render_template("challenge/applying/manage/confirm_cancellation.html", **page)

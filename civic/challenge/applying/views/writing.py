"""Writing an application: one's list, the list of what is done and what is missing, and every step that is a form of its own."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.applying import access
from civic.challenge.applying.actions import applying as actions
from civic.challenge.applying.forms.applying import DeclaringForm, StepForm, step_form
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries import applications as queries
from civic.challenge.applying.queries.calls import open_calls
from civic.challenge.applying.queries.interviews import interview_of
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.applying.refusals import ChangedMeanwhile, NotADraft
from civic.challenge.applying.rules.questions import STEPS, UNTITLED
from civic.challenge.applying.views import bp
from civic.challenge.applying.views.beginning import way_out
from civic.challenge.applying.views.doors import for_its_people
from civic.challenge.applying.views.progress import Progress, following, page_of
from civic.challenge.applying.wording import STEPS as TITLES
from civic.challenge.applying.wording import sentence, state_for_startup
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can, history

ENDED_OR_CHOSEN = ("ineligible", "not_shortlisted", "shortlisted", "unmatched", "matched", "lost")


@bp.get("/challenges/applications")
@allowed(access.may_apply)
def list_applications() -> ResponseReturnValue:
    """What one's startups have begun and sent."""
    now = clock.now()
    return render_template(
        "challenge/applying/list_applications.html",
        applications=queries.of_person(me().id),
        startups=startups_of(me().id),
        calls=open_calls(now),
        untitled=UNTITLED,
        now=now,
    )


@bp.get("/challenges/applications/<int:entry_id>")
@for_its_people
def show_application(application: ChallengeApplication) -> ResponseReturnValue:
    """A draft's list of tasks; later where the application stands, and what came of it."""
    now, moves = clock.now(), history(application)
    page = page_of(application, now)
    if application.status == "draft":
        return render_template("challenge/applying/edit_application.html", **page, moves=moves)
    told = state_for_startup(application)
    is_early = application.call.status in ("open", "assessing")
    return render_template(
        "challenge/applying/show_application.html",
        **page,
        told=told,
        feedback=application.feedback if told == application.status and told in ENDED_OR_CHOSEN else "",
        # Nobody learns from the history what everybody is told later.
        moves=[each for each in moves if not (is_early and each.verb in ("shortlist", "pass_over"))],
        interview=interview_of(application.id),
        is_unsealed=application.call.is_unsealed(now),
        may_take_back=application.status == "submitted" and application.call.takes_applications(now),
        may_withdraw=can(application, "withdraw"),
    )


@bp.get("/challenges/applications/<int:entry_id>/edit/<chapter>")
@for_its_people
def edit_step(application: ChallengeApplication, chapter: str) -> ResponseReturnValue:
    """One step as it stands."""
    _must_be_a_draft(application, chapter)
    form = _form(application, chapter, filled=True)
    form.seen.data = actions.mark_of(application, chapter)
    return _page(application, chapter, form)


@bp.post("/challenges/applications/<int:entry_id>/edit/<chapter>")
@for_its_people
def save_step(application: ChallengeApplication, chapter: str) -> ResponseReturnValue:
    """Keep a step; refuses to overwrite what somebody else changed meanwhile."""
    _must_be_a_draft(application, chapter)
    form, number = _form(application, chapter), application.id
    if not form.validate():
        return _page(application, chapter, form), 422
    seen = form.seen.data or ""
    with saving(form) as saved:
        if isinstance(form, DeclaringForm):
            actions.declare(application, form.facts(), seen=seen, by=me(), now=clock.now())
        else:
            actions.tell(application, chapter, form.facts(), seen=seen, by=me(), now=clock.now())
    if saved.ok:
        return _after(number, chapter)
    fresh = queries.application_by_id(number)
    assert fresh is not None
    form.seen.data = actions.mark_of(fresh, chapter)
    return _page(fresh, chapter, form, is_stale=ChangedMeanwhile.sentence in form.form_errors), 409


def _after(number: int, chapter: str) -> ResponseReturnValue:
    onward = following(chapter)
    if request.form.get("act") == "next" and onward is not None:
        return see_other("applying.edit_step", entry_id=number, chapter=onward)
    flash(_("Saved: %(step)s.", step=TITLES[chapter]), "success")
    return see_other("applying.show_application", entry_id=number)


def _must_be_a_draft(application: ChallengeApplication, chapter: str) -> None:
    if chapter not in STEPS:
        raise NotFound()
    if application.status != "draft":
        raise NotADraft(location=url_for("applying.show_application", entry_id=application.id))


def _form(application: ChallengeApplication, chapter: str, *, filled: bool = False) -> StepForm | DeclaringForm:
    if chapter != "conditions":
        title = Progress(application, clock.now()).title
        return step_form(chapter, application, title) if filled else step_form(chapter)
    form = DeclaringForm(formdata=None, data={"declared": application.declared}) if filled else DeclaringForm()
    asked = Progress(application, clock.now()).asked_to_declare
    form.declared.choices = [(kind, sentence(kind, None)) for kind in asked]
    return form


def _page(application: ChallengeApplication, chapter: str, form: Any, *, is_stale: bool = False) -> str:
    page = page_of(application, clock.now(), chapter=chapter, form=form, is_stale=is_stale)
    if chapter == "conditions":
        found = page["progress"].findings
        page["ways"] = [way_out(each, application.startup, application.id) for each in found]
    return render_template("challenge/applying/edit_step.html", **page)

"""What was sent, after the deadline: the list, one application with everything about it, ruled out and taken up again."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment import queries as assessment
from civic.assessment.queries.interests import hidden_among
from civic.assessment.queries.panels import names_of
from civic.challenge.applying import access
from civic.challenge.applying.actions import judging
from civic.challenge.applying.forms.desk import WhyForm
from civic.challenge.applying.manage import desk
from civic.challenge.applying.manage.doors import on_application
from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.queries import applications as queries
from civic.challenge.applying.queries.calls import call_by_programme, counts
from civic.challenge.applying.queries.interviews import interview_of
from civic.challenge.applying.rules.choices import SENT
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import current
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history
from civic.grants.access import may_see_grants


@desk.get("/calls/<programme>/applications")
@allowed(may_see_grants)
@allowed(access.may_list, on=call_by_programme)
def list_applications(call: Call) -> ResponseReturnValue:
    """Before the deadline their number alone; after it what was sent, by state."""
    if not call.is_unsealed(clock.now()):
        number = sum(
            found for each in counts(call.id).values() for status, found in each.items() if status == "submitted"
        )
        return render_template("challenge/applying/manage/sealed.html", call=call, number=number)
    show = request.args.get("show", "all")
    states = (show,) if show in SENT else SENT
    query = queries.sent_in(call.id, states)
    page = page_of(query, [ChallengeApplication.id], at=request.args.get("at"), size=50, scalars=True)
    return render_template(
        "challenge/applying/manage/list_applications.html",
        call=call,
        page=page,
        show=show if show in SENT else "all",
        states=("all", *SENT),
        hidden=hidden_among([each.name for each in page.items], me().id),
    )


@desk.get("/applications/<int:entry_id>")
@on_application(access.may_read_as_staff)
def show_application(application: ChallengeApplication) -> ResponseReturnValue:
    """All of it, how it was judged, its interview, and what can be done."""
    moves, interview = history(application), interview_of(application.id)
    return render_template(
        "challenge/applying/manage/show_application.html",
        application=application,
        call=application.call,
        challenge=application.challenge,
        result=assessment.result_of(application.name),
        item=assessment.item_of(application.name),
        interview=interview,
        heard=assessment.result_of(interview.name) if interview is not None else None,
        moves=moves,
        people=names_of([each.actor_id for each in moves]),
        may_answer=access.may_answer(application),
        may_rule_out=access.may_rule_out(application),
        may_reinstate=access.may_reinstate(application),
        may_plan=access.may_plan_interview(application) and interview is None,
    )


@desk.get("/applications/<int:entry_id>/ruling")
@on_application(access.may_rule_out)
def confirm_ruling(application: ChallengeApplication) -> ResponseReturnValue:
    """What ruling it out means."""
    return _reason_page(application, "rule_out", WhyForm(formdata=None))


@desk.post("/applications/<int:entry_id>/ruling")
@on_application(access.may_rule_out)
def rule_out(application: ChallengeApplication) -> ResponseReturnValue:
    """Rule it out: a condition is not met after all; its people are told why."""

    def act(why: str) -> None:
        judging.rule_out(application, why, language=current().code, by=me(), now=clock.now())

    return _with_reason(application, "rule_out", act, _("Ruled out, and told to those who applied."))


@desk.get("/applications/<int:entry_id>/reinstatement")
@on_application(access.may_reinstate)
def confirm_reinstatement(application: ChallengeApplication) -> ResponseReturnValue:
    """What taking it up again means."""
    return _reason_page(application, "reinstate", WhyForm(formdata=None))


@desk.post("/applications/<int:entry_id>/reinstatement")
@on_application(access.may_reinstate)
def reinstate(application: ChallengeApplication) -> ResponseReturnValue:
    """Take it up again: the assessors get it back."""

    def act(why: str) -> None:
        judging.reinstate(application, why, by=me(), now=clock.now())

    return _with_reason(application, "reinstate", act, _("It is with the assessors again."))


ACTIONS = {"rule_out": "manage_applying.rule_out", "reinstate": "manage_applying.reinstate"}


def _with_reason(application: ChallengeApplication, verb: str, act: Any, done: str) -> ResponseReturnValue:
    form, number = WhyForm(), application.id
    if form.validate():
        with saving(form) as saved:
            act(form.why.data)
        if saved.ok:
            flash(done, "success")
            return see_other("manage_applying.show_application", entry_id=number)
        fresh = queries.application_by_id(number)
        assert fresh is not None
        application = fresh
    return _reason_page(application, verb, form), 422


def _reason_page(application: ChallengeApplication, verb: str, form: WhyForm) -> str:
    action = url_for(ACTIONS[verb], entry_id=application.id)
    page = {"application": application, "verb": verb, "form": form, "action": action}
    return render_template("challenge/applying/manage/confirm_ruling.html", **page)

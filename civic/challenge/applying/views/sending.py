"""Sending an application: reading it through, handing it in once, taking it back before the deadline, giving it up."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.challenge.applying.actions import applying as actions
from civic.challenge.applying.forms.applying import SubmissionForm, WithdrawalForm
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries import applications as queries
from civic.challenge.applying.refusals import NotADraft
from civic.challenge.applying.rules.choices import SENT
from civic.challenge.applying.views import bp
from civic.challenge.applying.views.beginning import way_out
from civic.challenge.applying.views.doors import for_its_people
from civic.challenge.applying.views.progress import page_of
from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.core.states import IllegalMove, can


@bp.get("/challenges/applications/<int:entry_id>/answers")
@for_its_people
def check_answers(application: ChallengeApplication) -> ResponseReturnValue:
    """All of it on one page, as it would be sent."""
    _must_be_a_draft(application)
    return render_template("challenge/applying/check_answers.html", **page_of(application, clock.now()))


@bp.get("/challenges/applications/<int:entry_id>/submission")
@for_its_people
def confirm_submission(application: ChallengeApplication) -> ResponseReturnValue:
    """What is still missing, or what is about to be sent and what becomes of it."""
    _must_be_a_draft(application)
    return _submission(application, SubmissionForm())


@bp.post("/challenges/applications/<int:entry_id>/submission")
@for_its_people
@limit("60/hour", key=person)
def submit_application(application: ChallengeApplication) -> ResponseReturnValue:
    """Hand it in; whoever clicks twice is told once more that it is in."""
    form, number = SubmissionForm(), application.id
    if application.status == "submitted":
        return see_other("applying.show_receipt", entry_id=number)
    _must_be_a_draft(application)
    if form.validate():
        with saving(form) as saved:
            actions.submit(application, by=me(), now=clock.now())
        if saved.ok:
            return see_other("applying.show_receipt", entry_id=number)
        application = _again(number)
        if application.status == "submitted":
            return see_other("applying.show_receipt", entry_id=number)
    return _submission(application, form), 422


@bp.get("/challenges/applications/<int:entry_id>/receipt")
@for_its_people
def show_receipt(application: ChallengeApplication) -> ResponseReturnValue:
    """That it is in, since when, and what happens next."""
    if application.status not in SENT:
        raise NotFound()
    return render_template("challenge/applying/show_receipt.html", **page_of(application, clock.now()))


@bp.post("/challenges/applications/<int:entry_id>/recall")
@for_its_people
def recall_application(application: ChallengeApplication) -> ResponseReturnValue:
    """Take it back to change something; until the deadline only."""
    number = application.id
    with transaction():
        actions.reopen(application, by=me(), now=clock.now())
    flash(_("Taken back. Change what you like, and send it again before the deadline."), "success")
    return see_other("applying.show_application", entry_id=number)


@bp.get("/challenges/applications/<int:entry_id>/withdrawal")
@for_its_people
def confirm_withdrawal(application: ChallengeApplication) -> ResponseReturnValue:
    """What giving it up means."""
    return _withdrawal(application, WithdrawalForm())


@bp.post("/challenges/applications/<int:entry_id>/withdrawal")
@for_its_people
def withdraw_application(application: ChallengeApplication) -> ResponseReturnValue:
    """Give it up, at any time before a match."""
    form, number = WithdrawalForm(), application.id
    if form.validate():
        with saving(form) as saved:
            actions.withdraw(application, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your application is given up. Nobody judges it."), "success")
            return see_other("applying.show_application", entry_id=number)
        application = _again(number)
    return _withdrawal(application, form), 422


def _again(number: int) -> ChallengeApplication:
    fresh = queries.application_by_id(number)
    assert fresh is not None
    return fresh


def _must_be_a_draft(application: ChallengeApplication) -> None:
    if application.status != "draft":
        raise NotADraft(location=url_for("applying.show_application", entry_id=application.id))


def _submission(application: ChallengeApplication, form: SubmissionForm) -> str:
    page = page_of(application, clock.now(), form=form)
    unmet = page["progress"].unmet
    page["ways"] = [way_out(each, application.startup, application.id) for each in unmet]
    return render_template("challenge/applying/confirm_submission.html", **page)


def _withdrawal(application: ChallengeApplication, form: WithdrawalForm) -> str:
    if not can(application, "withdraw"):
        raise IllegalMove()
    page = page_of(application, clock.now(), form=form)
    return render_template("challenge/applying/confirm_withdrawal.html", **page)

"""Sending an application: conditions, reading it through, handing it in, taking it back, giving it up."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.core.states import IllegalMove, can
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.forms.applying import SubmissionForm, WithdrawalForm
from civic.crowdfund.rounds.models import Application
from civic.crowdfund.rounds.rules.choices import SENT
from civic.crowdfund.rounds.rules.dates import takes_applications
from civic.crowdfund.rounds.views import bp
from civic.crowdfund.rounds.views import saving as steps
from civic.crowdfund.rounds.views.doors import for_applicants
from civic.crowdfund.rounds.views.progress import page_of


@bp.get("/applications/<int:application_id>/conditions")
@for_applicants
def show_conditions(application: Application) -> ResponseReturnValue:
    """Every condition that counts for this application: it holds, not yet, or no, and what to do."""
    return render_template("crowdfund/rounds/show_conditions.html", **page_of(application, clock.now()))


@bp.get("/applications/<int:application_id>/answers")
@for_applicants
def check_answers(application: Application) -> ResponseReturnValue:
    """All of it on one page, as it would be sent."""
    _must_be_a_draft(application)
    letter = url_for("rounds.show_letter", application_id=application.id)
    return render_template("crowdfund/rounds/check_answers.html", **page_of(application, clock.now(), letter=letter))


@bp.get("/applications/<int:application_id>/submission")
@for_applicants
def confirm_submission(application: Application) -> ResponseReturnValue:
    """What is still missing, or what is about to be sent and what becomes of it."""
    _must_be_a_draft(application)
    return _submission(application, SubmissionForm())


@bp.post("/applications/<int:application_id>/submission")
@for_applicants
@limit("30/hour", key=person)
def submit_application(application: Application) -> ResponseReturnValue:
    """Hand it in."""
    _must_be_a_draft(application)
    form, number = SubmissionForm(), application.id
    if form.validate():
        with saving(form) as saved:
            applying.submit(application, by=me(), now=clock.now())
        if saved.ok:
            return see_other("rounds.show_receipt", application_id=number)
        application = steps.again(Application, number)
    return _submission(application, form), 422


@bp.get("/applications/<int:application_id>/receipt")
@for_applicants
def show_receipt(application: Application) -> ResponseReturnValue:
    """That it is in, since when, and what happens next."""
    if application.status not in SENT:
        raise NotFound()
    return render_template("crowdfund/rounds/show_receipt.html", **page_of(application, clock.now()))


@bp.post("/applications/<int:application_id>/recall")
@for_applicants
def recall_application(application: Application) -> ResponseReturnValue:
    """Take it back to change something; until the deadline only."""
    number = application.id
    with transaction():
        applying.reopen(application, by=me(), now=clock.now())
    flash(_("Taken back. Change what you like, and send it again before the deadline."), "success")
    return see_other("rounds.show_application", application_id=number)


@bp.get("/applications/<int:application_id>/withdrawal")
@for_applicants
def confirm_withdrawal(application: Application) -> ResponseReturnValue:
    """What giving it up means."""
    return _withdrawal(application, WithdrawalForm())


@bp.post("/applications/<int:application_id>/withdrawal")
@for_applicants
def withdraw_application(application: Application) -> ResponseReturnValue:
    """Give it up, at any time before an answer."""
    form, number = WithdrawalForm(), application.id
    if form.validate():
        with saving(form) as saved:
            applying.withdraw(application, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your application is given up. Nobody judges it."), "success")
            return see_other("rounds.show_application", application_id=number)
        application = steps.again(Application, number)
    return _withdrawal(application, form), 422


def _must_be_a_draft(application: Application) -> None:
    if application.status != "draft":
        raise applying.NotADraft(location=url_for("rounds.show_application", application_id=application.id))


def _submission(application: Application, form: SubmissionForm) -> str:
    now = clock.now()
    takes = application.round.status == "open" and takes_applications(application.round.dates, now)
    return render_template(
        "crowdfund/rounds/confirm_submission.html", form=form, takes=takes, **page_of(application, now)
    )


def _withdrawal(application: Application, form: WithdrawalForm) -> str:
    if not can(application, "withdraw"):
        raise IllegalMove()
    return render_template(
        "crowdfund/rounds/confirm_withdrawal.html",
        form=form,
        thing=application,
        back=url_for("rounds.show_application", application_id=application.id),
        action=url_for("rounds.withdraw_application", application_id=application.id),
    )

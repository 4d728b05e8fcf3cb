"""One application: recommended, ruled out, taken up again."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment import queries as assessment
from civic.core import clock
from civic.core.errors import saving
from civic.core.i18n import current, format_share
from civic.core.pages import see_other
from civic.core.person import me
from civic.crowdfund.rounds import access
from civic.crowdfund.rounds.actions import judging
from civic.crowdfund.rounds.forms.judging import ReasonForm, TermsForm, terms_for
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import on_application
from civic.crowdfund.rounds.models import Application
from civic.crowdfund.rounds.queries.applications import application_by_id
from civic.grants.queries.funds import balance_of, pot_by_owner


@desk.get("/applications/<int:application_id>/recommendation")
@on_application(access.may_recommend)
def new_recommendation(application: Application) -> ResponseReturnValue:
    """How much, on which conditions, until when, and why."""
    return _recommendation(application, terms_for(application, reason_of(application)))


@desk.post("/applications/<int:application_id>/recommendation")
@on_application(access.may_recommend)
def create_recommendation(application: Application) -> ResponseReturnValue:
    """Recommend it; consultees are asked, and others decide."""
    form, number = terms_for(application, filled=False), application.id
    if form.validate():
        with saving(form) as saved:
            judging.recommend(application, form.terms(current().code), by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recommended. Consultees are asked for their view; then somebody else decides."), "success")
            return see_other("round_desk.show_application", application_id=number)
        application = _again(number)
    return _recommendation(application, form), 422


@desk.get("/applications/<int:application_id>/ruling")
@on_application(access.may_rule_out)
def confirm_ruling(application: Application) -> ResponseReturnValue:
    """What ruling it out means."""
    return _reason_page(application, "rule_out", ReasonForm())


@desk.post("/applications/<int:application_id>/ruling")
@on_application(access.may_rule_out)
def rule_out(application: Application) -> ResponseReturnValue:
    """Rule it out: a condition is not met after all; whoever applied is told why."""
    return _with_reason(application, "rule_out", judging.rule_out, _("Ruled out, and told to those who applied."))


@desk.get("/applications/<int:application_id>/reinstatement")
@on_application(access.may_reinstate)
def confirm_reinstatement(application: Application) -> ResponseReturnValue:
    """What taking it up again means."""
    return _reason_page(application, "reinstate", ReasonForm())


@desk.post("/applications/<int:application_id>/reinstatement")
@on_application(access.may_reinstate)
def reinstate(application: Application) -> ResponseReturnValue:
    """Take it up again: the assessors get it back."""
    return _with_reason(application, "reinstate", judging.reinstate, _("It is with the assessors again."))


def reason_of(application: Application) -> str:
    """A beginning for the reason: what the assessors found, where they are in."""
    result = assessment.result_of(application.name)
    if result is None:
        return ""
    return _("The assessors gave it %(share)s of the points that can be had.", share=format_share(result.bps / 10_000))


ACTIONS = {"rule_out": "round_desk.rule_out", "reinstate": "round_desk.reinstate"}


def _with_reason(application: Application, verb: str, act: Any, done: str) -> ResponseReturnValue:
    form, number = ReasonForm(), application.id
    if form.validate():
        with saving(form) as saved:
            act(application, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(done, "success")
            return see_other("round_desk.show_application", application_id=number)
        application = _again(number)
    return _reason_page(application, verb, form), 422


def _reason_page(application: Application, verb: str, form: ReasonForm) -> str:
    action = url_for(ACTIONS[verb], application_id=application.id)
    return render_template(
        "crowdfund/rounds/desk/confirm_ruling.html", application=application, verb=verb, form=form, action=action
    )


def _again(number: int) -> Application:
    fresh = application_by_id(number)
    assert fresh is not None
    return fresh


def _recommendation(application: Application, form: TermsForm) -> str:
    pot = pot_by_owner(application.round.name)
    return render_template(
        "crowdfund/rounds/desk/new_recommendation.html",
        application=application,
        round=application.round,
        form=form,
        balance=balance_of(pot.id) if pot else None,
    )

"""What came of a test on the desk: both answers side by side, verified, published or closed with a reason."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.support import access
from civic.challenge.support.actions import outcomes as actions
from civic.challenge.support.forms.desk import PublicationForm
from civic.challenge.support.forms.journeys import WhyForm
from civic.challenge.support.manage import bp
from civic.challenge.support.models import ChallengeOutcome
from civic.challenge.support.queries import outcomes as queries
from civic.challenge.support.queries.journeys import journey_by_id, names_of
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import Form
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can

VERBS = ("settle", "send_back", "withdraw", "close")


@bp.get("/outcomes/<int:outcome_id>")
@allowed(access.may_run)
@allowed(access.may_verify, on=queries.outcome_by_id, hide=True)
def show_outcome(outcome: ChallengeOutcome) -> str:
    """Both answers, and what can be done with them."""
    return _page(outcome)


@bp.post("/outcomes/<int:outcome_id>/publication")
@allowed(access.may_run)
@allowed(access.may_verify, on=queries.outcome_by_id, hide=True)
def publish_outcome(outcome: ChallengeOutcome) -> ResponseReturnValue:
    """Publish what was verified."""
    if not can(outcome, "publish"):
        raise IllegalMove()
    form = PublicationForm()
    if form.validate():
        with saving(form) as saved:
            actions.publish(
                outcome, by=me(), now=clock.now(), in_use=form.in_use.data, used_by=form.used_by.data or "",
                contract_minor=form.contract.data.minor if form.contract.data else None, jobs=form.jobs.data,
                investment_minor=form.investment.data.minor if form.investment.data else None,
                text=str(form.text.data), language=form.language.data,
            )  # fmt: skip
        if saved.ok:
            flash(_("Everybody can read now what came of this test."), "success")
            return see_other("manage_challenge_support.show_outcome", outcome_id=outcome.id)
    return _page(outcome, form), 422


@bp.post("/outcomes/<int:outcome_id>/state")
@allowed(access.may_run)
@allowed(access.may_verify, on=queries.outcome_by_id, hide=True)
def move_outcome(outcome: ChallengeOutcome) -> ResponseReturnValue:
    """Go on with one answer, send both back, close it, or take it back; each with a reason."""
    if not any(can(outcome, verb) for verb in VERBS):
        raise IllegalMove()
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            actions.move(
                outcome, request.form.get("act", ""), why=form.why.data or "", language=form.language.data, by=me(),
                now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("It is done."), "success")
            return see_other("manage_challenge_support.show_outcome", outcome_id=outcome.id)
    return _page(outcome, form), 422


def _page(outcome: ChallengeOutcome, form: Form | None = None) -> str:
    answers = queries.answers_to(outcome)
    first = answers.get("partner") or answers.get("startup")
    given = {}
    if outcome.published_at is not None:
        given = {name: getattr(outcome, name) for name in ("in_use", "used_by", "jobs", "text", "language")}
    elif first is not None:
        given = {name: getattr(first, name) for name in ("in_use", "used_by", "jobs", "language")}
    source = outcome if outcome.published_at is not None else first
    for name in ("contract", "investment"):
        minor = getattr(source, f"{name}_minor", None)
        given[name] = Money(minor) if minor is not None else None
    return render_template(
        "challenge/support/manage/show_outcome.html",
        outcome=outcome,
        journey=journey_by_id(outcome.application_id),
        answers=answers,
        names=names_of(each.answered_by_id for each in answers.values()),
        publication=form if isinstance(form, PublicationForm) else PublicationForm(formdata=None, data=given),
        why=form if isinstance(form, WhyForm) else WhyForm(formdata=None),
        verbs=[verb for verb in VERBS if can(outcome, verb)],
        may_publish=can(outcome, "publish"),
        form=form,
    )

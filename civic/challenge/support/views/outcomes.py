"""What came of a test, as the startup and the partner answer it."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.support import access
from civic.challenge.support.actions import outcomes as actions
from civic.challenge.support.forms.journeys import OutcomeForm
from civic.challenge.support.models import ChallengeOutcome, OutcomeAnswer
from civic.challenge.support.queries import outcomes as queries
from civic.challenge.support.queries.journeys import journey_by_id
from civic.challenge.support.views import bp
from civic.challenge.support.views.doors import on_outcome
from civic.core import clock
from civic.core.errors import saving
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove


@bp.get("/outcomes/<int:outcome_id>")
@on_outcome(access.may_answer_outcome)
def show_outcome(outcome: ChallengeOutcome) -> str:
    """The question, the side's own answer, and what was published of both."""
    side = _side(outcome)
    return _page(outcome, side, OutcomeForm(formdata=None, data=given(queries.answers_to(outcome).get(side))))


@bp.post("/outcomes/<int:outcome_id>")
@on_outcome(access.may_answer_outcome)
def answer_outcome(outcome: ChallengeOutcome) -> ResponseReturnValue:
    """A side answers."""
    if outcome.status not in ("asked", "overdue"):
        raise IllegalMove()
    form, side = OutcomeForm(), _side(outcome)
    if form.validate():
        with saving(form) as saved:
            actions.answer(outcome, side, by=me(), now=clock.now(), **values(form))
        if saved.ok:
            flash(
                _("Thank you. Your answer is kept; you can change it until the other side has answered too."), "success"
            )
            return see_other("challenge_support.show_outcome", outcome_id=outcome.id)
    return _page(outcome, side, form), 422


def given(answer: OutcomeAnswer | None) -> dict[str, Any]:
    """An answer as its form shows it."""
    if answer is None:
        return {}
    names = ("in_use", "used_by", "value", "jobs", "why_not", "language")
    found = {name: getattr(answer, name) for name in names}
    for name in ("contract", "investment"):
        minor = getattr(answer, f"{name}_minor")
        found[name] = Money(minor) if minor is not None else None
    return found


def values(form: OutcomeForm) -> dict[str, Any]:
    """What was typed, as it is kept."""
    return {
        "in_use": form.in_use.data, "used_by": form.used_by.data or "", "value": form.value.data or "",
        "contract_minor": form.contract.data.minor if form.contract.data else None, "jobs": form.jobs.data,
        "investment_minor": form.investment.data.minor if form.investment.data else None,
        "why_not": form.why_not.data or "", "language": form.language.data,
    }  # fmt: skip


def _side(outcome: ChallengeOutcome) -> str:
    """For whom the person here answers; whoever belongs to both says which by the address."""
    who = access.outcome_sides(outcome)
    asked = request.args.get("side", "")
    return asked if asked in who & {"startup", "partner"} else "startup" if "startup" in who else "partner"


def _page(outcome: ChallengeOutcome, side: str, form: OutcomeForm) -> str:
    answers = queries.answers_to(outcome)
    return render_template(
        "challenge/support/show_outcome.html",
        outcome=outcome,
        journey=journey_by_id(outcome.application_id),
        side=side,
        answer=answers.get(side),
        form=form,
        may_answer=outcome.status in ("asked", "overdue"),
    )

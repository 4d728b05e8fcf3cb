"""A startup's way through a programme: its plan, who helps it, when they meet, and what came of it."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.queries.seats import partners_of
from civic.challenge.support import access
from civic.challenge.support.actions import plans as actions
from civic.challenge.support.forms.journeys import ActionForm, PlanForm
from civic.challenge.support.models import PlanAction
from civic.challenge.support.queries import journeys, mentors, outcomes, plans, sessions
from civic.challenge.support.queries.due import due_for
from civic.challenge.support.views import bp
from civic.challenge.support.views.doors import on_journey
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/support")
@allowed(access.may_take_part)
def show_mine() -> str:
    """Everything in which somebody helps or is helped, and what they have to do next."""
    person, now = me(), clock.now()
    return render_template(
        "challenge/support/show_mine.html",
        startups=journeys.of_startups([each.id for each in startups_of(person.id)]),
        partners=(theirs := partners_of(person.id)),
        meets=journeys.of_partners([each.id for each in theirs]),
        seats=mentors.seats_of(person.id),
        due=due_for(person.id, now),
        today=clock.london_today(now),
    )


@bp.get("/support/<int:journey_id>")
@on_journey(access.may_see_journey)
def show_journey(journey: ChallengeApplication) -> str:
    """One journey, as far as it concerns the person here."""
    return journey_page(journey)


@bp.get("/support/<int:journey_id>/plan")
@on_journey(access.may_write_plan)
def edit_plan(journey: ChallengeApplication) -> str:
    """The form for the next edition of a plan."""
    plan = plans.plan_of(journey.id)
    given: dict[str, Any] = {"edition": plan.edition if plan else 0}
    if plan is not None:
        given |= {name: getattr(plan, name) for name in ("needs", "diagnosis", "goals", "language")}
    return _plan_page(journey, PlanForm(formdata=None, data=given))


@bp.post("/support/<int:journey_id>/plan")
@on_journey(access.may_write_plan)
def change_plan(journey: ChallengeApplication) -> ResponseReturnValue:
    """Keep the next edition of a plan."""
    form = PlanForm()
    if form.validate():
        read = str(form.edition.data or "0")
        with saving(form) as saved:
            actions.write(
                journey, needs=form.needs.data or (), diagnosis=form.diagnosis.data or "", goals=form.goals.data or "",
                language=form.language.data, edition=int(read) if read.isdecimal() and len(read) < 9 else -1,
                by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("The plan is saved. Those who help are told."), "success")
            return see_other("challenge_support.show_journey", journey_id=journey.id, _anchor="plan")
        plan = plans.plan_of(journey.id)
        form.edition.data = str(plan.edition if plan else 0)
        form.edition.raw_data = None
    return _plan_page(journey, form), 422


@bp.get("/support/<int:journey_id>/plan/editions")
@on_journey(access.may_read_plan)
def list_editions(journey: ChallengeApplication) -> str:
    """Every edition of a plan: what was agreed when, and by whom."""
    plan = plans.plan_of(journey.id)
    editions = plans.editions_of(plan) if plan else []
    return render_template(
        "challenge/support/list_editions.html",
        journey=journey,
        editions=editions,
        names=journeys.names_of(each.by_id for each in editions),
    )


@bp.post("/support/<int:journey_id>/actions")
@on_journey(access.may_write_plan)
def add_action(journey: ChallengeApplication) -> ResponseReturnValue:
    """Agree on something to do."""
    form = ActionForm()
    if form.validate():
        with saving(form) as saved:
            actions.add_action(
                journey, what=str(form.what.data), who=form.who.data, due_on=form.due_on.data, language=form.language.data,
                by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("It is written down."), "success")
            return see_other("challenge_support.show_journey", journey_id=journey.id, _anchor="plan")
    return journey_page(journey, form), 422


@bp.post("/support/actions/<int:action_id>")
@allowed(access.may_take_part)
@allowed(access.may_move_action, on=plans.action_by_id, hide=True)
def move_action(action: PlanAction) -> ResponseReturnValue:
    """Tick something off, let it go, or take it up again."""
    with transaction():
        actions.move_action(action, request.form.get("act", ""), by=me(), now=clock.now())
    return see_other(
        "challenge_support.show_journey", journey_id=plans.journey_of_action(action), _anchor="plan"
    )  # fmt: skip


def journey_page(journey: ChallengeApplication, form: ActionForm | None = None) -> str:
    """The page of a journey; with a form that was refused in its place."""
    now, who = clock.now(), access.sides(journey)
    reads_plan = bool(who & {"startup", "mentor", "manager"})
    plan = plans.plan_of(journey.id) if reads_plan else None
    return render_template(
        "challenge/support/show_journey.html",
        journey=journey,
        who=who,
        is_supported=journeys.is_supported(journey),
        reads_plan=reads_plan,
        plan=plan,
        actions=plans.actions_of(plan),
        pairs=mentors.pairs_of_journey(journey.id) if reads_plan else [],
        sessions=_sessions(journey, who),
        offered=sessions.offered_to(journey, now) if "startup" in who else [],
        outcomes=outcomes.of_journey(journey.id) if who & {"startup", "partner", "manager"} else [],
        form=form or ActionForm(formdata=None),
        refused=form is not None,
        today=clock.london_today(now),
        may_write=journeys.is_supported(journey) and bool(who & {"startup", "manager"}),
        me_id=me().id,
    )


def _sessions(journey: ChallengeApplication, who: frozenset[str]) -> list[Any]:
    """What the person here may know of: a mentor only their own sessions, a partner only its meetings."""
    if who & {"startup", "manager"}:
        return sessions.of_journey(journey.id, ("mentor", "partner"))
    found = sessions.of_journey(journey.id, ("partner",)) if "partner" in who else []
    return found + (sessions.of_journey(journey.id, ("mentor",), host_id=me().id) if "mentor" in who else [])


def _plan_page(journey: ChallengeApplication, form: PlanForm) -> str:
    return render_template("challenge/support/edit_plan.html", journey=journey, form=form)

"""Business support plans: written together, each edition kept; actions ticked off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.support.actions.telling import tell_sides
from civic.challenge.support.models import PlanAction, PlanEdition, SupportPlan
from civic.challenge.support.queries.journeys import is_supported
from civic.challenge.support.queries.plans import plan_of
from civic.challenge.support.refusals import DateGone, NotOnItsWay, PlanMovedOn
from civic.challenge.support.rules.choices import TOPICS
from civic.core.clock import london_today
from civic.core.db import db, locked
from civic.core.states import advance

EVERYBODY = ("startup", "mentor")


def write(
    application: ChallengeApplication,
    *,
    needs: Iterable[str],
    diagnosis: str,
    goals: str,
    language: str,
    edition: int,
    by: Any,
    now: datetime,
) -> SupportPlan:
    """Write the next edition of a plan; `edition` is the one that was read (0 for none). Raises PlanMovedOn, NotOnItsWay."""
    held = _held(application)
    wanted = set(needs)
    told = {"needs": [each for each in TOPICS if each in wanted], "diagnosis": diagnosis, "goals": goals, "language": language}  # fmt: skip
    plan = plan_of(held.id)
    if edition != (plan.edition if plan else 0):
        raise PlanMovedOn()
    if plan is None:
        plan = SupportPlan(application_id=held.id, edition=1, edited_by_id=by.id, edited_at=now, **told)
        db.session.add(plan)
    elif all(getattr(plan, name) == value for name, value in told.items()):
        return plan
    else:
        for name, value in told.items():
            setattr(plan, name, value)
        plan.edition, plan.edited_by_id, plan.edited_at = plan.edition + 1, by.id, now
    db.session.flush()
    db.session.add(PlanEdition(plan_id=plan.id, number=plan.edition, by_id=by.id, at=now, **told))
    db.session.flush()
    tell_sides("plan", held, EVERYBODY, now=now, by=by.id, what="changed")
    return plan


def add_action(
    application: ChallengeApplication, *, what: str, who: str, due_on: date, language: str, by: Any, now: datetime
) -> PlanAction:
    """Agree on something to do; a journey without a plan gets an empty one. Raises DateGone, NotOnItsWay."""
    if due_on < london_today(now):
        raise DateGone()
    held = _held(application)
    plan = plan_of(held.id) or write(
        held, needs=(), diagnosis="", goals="", language=language, edition=0, by=by, now=now
    )
    same = {"what": what, "who": who, "due_on": due_on, "status": "open"}
    there = db.session.scalar(select(PlanAction).where(PlanAction.plan_id == plan.id).filter_by(**same).limit(1))
    if there is not None:  # the button was pressed twice
        return there
    action = PlanAction(
        plan_id=plan.id, what=what, who=who, due_on=due_on, language=language, created_by_id=by.id, created_at=now
    )
    db.session.add(action)
    db.session.flush()
    return action


def move_action(action: PlanAction, verb: str, *, by: Any, now: datetime) -> None:
    """Tick an action off, let it be, or take it up again. Raises IllegalMove."""
    held: PlanAction = locked(PlanAction, action.id)
    held.done_at = now if verb == "finish" else None
    advance(held, verb, by=by, now=now)
    if verb == "reopen":
        held.reminded_at = None
    db.session.flush()


def remind(action_id: int, *, now: datetime) -> bool:
    """Remind of an action that is due soon; False where it was done meanwhile."""
    held: PlanAction = locked(PlanAction, action_id)
    if held.status != "open" or held.reminded_at is not None:
        return False
    held.reminded_at = now
    plan = db.session.get_one(SupportPlan, held.plan_id)
    application = db.session.get_one(ChallengeApplication, plan.application_id)
    if held.who != "manager":  # staff see it among what is due
        tell_sides("plan", application, (held.who,), now=now, by=None, what="due", action=held.id)
    return True


def _held(application: ChallengeApplication) -> ChallengeApplication:
    """The application, locked: plans of one journey are written one after the other."""
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    if not is_supported(held):
        raise NotOnItsWay()
    return held

"""Plans: the present one of a journey, its editions, its actions."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from civic.challenge.support.models import PlanAction, PlanEdition, SupportPlan
from civic.core.db import db

DAYS_AHEAD = 3


def plan_of(application_id: int) -> SupportPlan | None:
    """The plan of a journey."""
    return db.session.scalar(select(SupportPlan).where(SupportPlan.application_id == application_id))


def actions_of(plan: SupportPlan | None) -> list[PlanAction]:
    """What is to be done by it, what is due first at the top."""
    if plan is None:
        return []
    mine = select(PlanAction).where(PlanAction.plan_id == plan.id)
    return list(db.session.scalars(mine.order_by(PlanAction.due_on, PlanAction.id)))


def action_by_id(action_id: int) -> PlanAction | None:
    """The action with this number."""
    return db.session.get(PlanAction, action_id) if 0 < action_id < 2**62 else None


def journey_of_action(action: PlanAction) -> int:
    """The application that an action belongs to."""
    return db.session.get_one(SupportPlan, action.plan_id).application_id


def editions_of(plan: SupportPlan) -> list[PlanEdition]:
    """Every edition of a plan, the latest first."""
    mine = select(PlanEdition).where(PlanEdition.plan_id == plan.id)
    return list(db.session.scalars(mine.order_by(PlanEdition.number.desc())))


def actions_to_remind(today: date) -> list[int]:
    """Open actions that are due in three days or less and of which nobody was reminded."""
    soon = select(PlanAction.id).where(
        PlanAction.status == "open", PlanAction.due_on <= today + timedelta(days=DAYS_AHEAD), PlanAction.reminded_at.is_(None)
    )  # fmt: skip
    return list(db.session.scalars(soon.order_by(PlanAction.id).limit(500)))

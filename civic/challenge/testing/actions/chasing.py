"""Milestones that ask for themselves: each step is said once for each turn."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from civic.challenge.testing.actions.holding import part
from civic.challenge.testing.actions.telling import tell_side
from civic.challenge.testing.models import Milestone, MilestoneReminder
from civic.challenge.testing.rules.chasing import WHO, steps_due
from civic.core.clock import london_today
from civic.core.db import db


def chase(milestone_id: int, *, now: datetime) -> list[str]:
    """Remind whoever must do something about a milestone; the steps that were said now."""
    _, test, milestone = part(db.session.get_one(Milestone, milestone_id))
    if test.status != "running":
        return []
    handed_in_on = london_today(milestone.handed_in_at) if milestone.handed_in_at else None
    said = []
    for step in steps_due(milestone.status, milestone.due_on, handed_in_on, london_today(now)):
        new = insert(MilestoneReminder).values(milestone_id=milestone.id, turn=milestone.turn, step=step, at=now)
        done = db.session.scalar(new.on_conflict_do_nothing().returning(MilestoneReminder.id))
        if done is not None:
            tell_side(test, WHO[step], "reminder", now=now, milestone=milestone.id, step=step, turn=milestone.turn)
            said.append(step)
    return said

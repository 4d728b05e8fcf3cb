"""Reminding the writers of drafts: three days and one day before the deadline."""

from datetime import datetime

from civic.core.db import locked
from civic.crowdfund.rounds.actions import telling
from civic.crowdfund.rounds.models import Application, Expression
from civic.crowdfund.rounds.rules.reminding import is_reminder_due


def remind(model: type[Expression | Application], number: int, deadline: datetime, *, now: datetime) -> bool:
    """Remind of one draft; False where it was sent, or its writers were told, meanwhile."""
    held = locked(model, number)
    if held.status != "draft" or not is_reminder_due(deadline, held.created_at, held.reminded_at, now):
        return False
    held.reminded_at = now
    telling.remind(held, deadline, now=now)
    return True

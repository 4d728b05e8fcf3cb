"""Reminding the writers of drafts: a week and a day before the deadline."""

from datetime import datetime

from civic.challenge.applying.actions import telling
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.rules.reminding import is_due
from civic.core.db import locked


def remind(number: int, deadline: datetime, *, now: datetime) -> bool:
    """Remind of one draft; False where it was sent, or its people were told, meanwhile."""
    held: ChallengeApplication = locked(ChallengeApplication, number)
    if held.status != "draft" or not is_due(deadline, held.created_at, held.reminded_at, now):
        return False
    held.reminded_at = now
    telling.remind(held, now=now)
    return True

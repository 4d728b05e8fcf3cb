"""When writers of a draft hear that the deadline comes near."""

from datetime import datetime, timedelta

BEFORE = (timedelta(days=7), timedelta(days=1))
"""So long before the deadline they are told."""


def is_due(deadline: datetime, created_at: datetime, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether to tell them now: once for each of these moments that came since they began, and never after the deadline."""
    if now >= deadline:
        return False
    known = reminded_at or created_at
    return any(known < deadline - early <= now for early in BEFORE)

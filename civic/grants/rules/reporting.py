"""When recipients are reminded of a report."""

from datetime import date, timedelta

EARLY = timedelta(days=14)
"""So long before the day a recipient hears of a report for the first time."""
AGAIN = timedelta(days=7)
"""So often they hear of it again once the day has passed."""


def is_reminder_due(due_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether to remind today: 14 days before, on the day itself, and every 7 days after it."""
    if today < due_on - EARLY:
        return False
    if reminded_on is None:
        return True
    if today < due_on:
        return False
    return reminded_on < due_on or today - reminded_on >= AGAIN


def is_overdue(due_on: date, today: date) -> bool:
    """Whether the day has passed."""
    return today > due_on

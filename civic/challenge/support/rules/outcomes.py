"""When is asked what came of a test, and until when an answer is in time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

DAYS_TO_ANSWER = 28
REMINDER_DAYS = (14, 25)
"""Days after the question at which whoever has not answered is reminded."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answer_by(asked_on: date) -> date:
    """The last day on which an answer is in time."""
    return asked_on + timedelta(days=DAYS_TO_ANSWER)


def reminders_due(asked_on: date, today: date) -> int:
    """How many reminders should have gone out by now."""
    return sum(today >= asked_on + timedelta(days=days) for days in REMINDER_DAYS)

"""When a consultation is open, when its answer is due, and when those who owe it are reminded; London days, UTC moments."""

from datetime import date, datetime, timedelta

from civic.core.clock import london_minute, london_today

PROMISED_WEEKS = 12
"""Within so many weeks of closing the answer is published, or it is said why not (Cabinet Office, Consultation Principles 2016)."""
REMINDED_WEEKS = (8, 11, 12)
SOON_DAYS = 7
"""So long before closing, followers are told that it closes soon."""


def stage(status: str, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """The stage that is true at `now`: what was announced opens and closes by the clock, also before anybody has noted it."""
    if status == "coming_up" and opens_at is not None and now >= opens_at:
        status = "open"
    if status == "open" and closes_at is not None and now >= closes_at:
        status = "considering"
    return status


def due_at(closes_at: datetime) -> datetime:
    """The last minute of the London day twelve weeks after the day of closing, whatever the clocks do in between."""
    return weeks_after(closes_at, PROMISED_WEEKS)


def weeks_after(closes_at: datetime, weeks: int) -> datetime:
    """The last minute of the London day so many weeks after the day of closing."""
    return london_minute(london_today(closes_at) + timedelta(weeks=weeks))


def is_overdue(stage: str, closes_at: datetime | None, now: datetime) -> bool:
    """Whether the promised day has passed without an answer."""
    return stage == "considering" and closes_at is not None and now > due_at(closes_at)


def days_over(closes_at: datetime, until: datetime) -> int:
    """How many London days after the promised day a moment lies; 0 up to and on that day."""
    return max(0, (london_today(until) - london_today(due_at(closes_at))).days)


def reminder(closes_at: datetime, now: datetime) -> int | None:
    """The latest of the reminders (8, 11 or 12 weeks after closing) whose day has come; None before the first."""
    since = london_today(now) - london_today(closes_at)
    return next((weeks for weeks in reversed(REMINDED_WEEKS) if since >= timedelta(weeks=weeks)), None)


def closes_soon(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Whether the last week has begun; never on a run so short that it would be told with the opening."""
    return now < closes_at <= now + timedelta(days=SOON_DAYS) and now - opens_at >= timedelta(days=SOON_DAYS)


def days_open(opens_at: datetime, closes_at: datetime) -> int:
    """The London days on which one can take part, the first and the last included."""
    return (last_day(closes_at) - london_today(opens_at)).days + 1


def last_day(closes_at: datetime) -> date:
    """The last London day on which one can take part: closing at midnight ends the day before."""
    return london_today(closes_at - timedelta(seconds=1))

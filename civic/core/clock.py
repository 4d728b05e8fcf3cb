"""Time: stored in UTC, shown and decided in London."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, aware, in UTC; called at the edges only and passed down as an argument."""
    return datetime.now(UTC)


def in_london(moment: datetime) -> datetime:
    """The same moment on a London wall clock."""
    return moment.astimezone(LONDON)


def london_minute(day: date, clock: str = "23:59") -> datetime:
    """The UTC moment of a London wall-clock minute ("HH:MM") on `day`; the earlier one where the hour happens twice."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def london_today(moment: datetime) -> date:
    """The date in London at `moment`."""
    return in_london(moment).date()

"""Time: stored in UTC, shown and decided in London."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# How far now() runs ahead of the machine: nothing, but for the sandbox's virtual clock in demonstrations.
_ahead: Callable[[], timedelta] = timedelta


def now() -> datetime:
    """The present moment, aware, in UTC; called at the edges only and passed down as an argument."""
    return datetime.now(UTC) + _ahead()


def shift_by(source: Callable[[], timedelta] | None) -> None:
    """Let now() run ahead by what `source` says at each moment; None lets it keep the machine's time."""
    global _ahead
    _ahead = source or timedelta


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, now() begins at `moment` and goes on from there: for example data that must have a past."""
    global _ahead
    before, shift = _ahead, moment - datetime.now(UTC)
    _ahead = lambda: shift  # noqa: E731 - read at each call, like every other source
    try:
        yield
    finally:
        _ahead = before


def real(moment: datetime) -> datetime:
    """The machine's own time of a moment: what queues and people's phones, which know no virtual clock, go by."""
    return moment - _ahead()


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

"""When a milestone asks for itself: whom, and on which day, by London's calendar."""

from datetime import date, timedelta

SOON = timedelta(days=7)
"""So long before the day the startup hears of it."""
LATE = timedelta(days=1)
"""So long after the day the startup is told that it is late."""
VERY_LATE = timedelta(days=7)
"""So long after the day the manager is told."""
PATIENCE = timedelta(days=5)
"""So long the partner has before it is reminded of what was handed in."""
TOO_LONG = timedelta(days=12)
"""So long after it was handed in the manager is told that nobody answered."""
STEPS = ("startup_soon", "startup_late", "manager_late", "partner_waits", "manager_waits")
WHO = {
    "startup_soon": "startup",
    "startup_late": "startup",
    "manager_late": "manager",
    "partner_waits": "partner",
    "manager_waits": "manager",
}


def steps_due(status: str, due_on: date, handed_in_on: date | None, today: date) -> tuple[str, ...]:
    """Every step that is due by today, in order; what was said already is not said again.

    A startup that is told of the lateness need not be told that the day comes near.
    """
    if status == "planned":
        if today >= due_on + LATE:
            return ("startup_late", "manager_late") if today >= due_on + VERY_LATE else ("startup_late",)
        return ("startup_soon",) if today >= due_on - SOON else ()
    if status == "handed_in" and handed_in_on is not None:
        waited = today - handed_in_on
        if waited >= TOO_LONG:
            return ("partner_waits", "manager_waits")
        return ("partner_waits",) if waited >= PATIENCE else ()
    return ()


def is_late(status: str, due_on: date, today: date) -> bool:
    """Whether the day has passed and nothing was handed in."""
    return status == "planned" and today > due_on

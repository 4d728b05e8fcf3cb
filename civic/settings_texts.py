"""How the text of a setting is read; a text that says something else is refused by ValueError."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from civic.core.clock import WEEKDAYS


def yes(text: str) -> bool:
    """Whether it says 1, yes, true or on."""
    return text.strip().lower() in ("1", "yes", "true", "on")


def parts(text: str) -> list[str]:
    """What stands between commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def percent(text: str) -> Decimal:
    """Hundredths, less than a hundred of them."""
    number = Decimal(text)
    if not 0 <= number < 100:
        raise ValueError("a percentage is at least 0 and less than 100")
    return number


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds, which count as within."""

    def read(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(f"{number} is not a number from {least} to {most}")
        return number

    return read


def periods(text: str) -> tuple[tuple[date, date], ...]:
    """Periods of days, each "first/last"."""
    found = []
    for part in parts(text):
        first, last = (date.fromisoformat(day.strip()) for day in part.split("/"))
        if last < first:
            raise ValueError(f"{part} ends before it begins")
        found.append((first, last))
    return tuple(found)


def day_and_minute(text: str) -> tuple[str, str]:
    """A day of the week and a minute of that day: “thu 17:00”."""
    day, _space, minute = text.strip().lower().partition(" ")
    if day not in WEEKDAYS or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", minute):
        raise ValueError(f"{text} is not a day and an hour, like thursday 08:00")
    return day, minute

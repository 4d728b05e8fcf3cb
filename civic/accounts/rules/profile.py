"""How much of a profile has been told."""

from typing import Any

PARTS = ("display_name", "borough", "connections", "birth_year", "tenure", "work_status")


def parts_told(person: Any) -> int:
    """How many of the profile's six parts are filled in."""
    return sum(bool(getattr(person, part)) for part in PARTS)

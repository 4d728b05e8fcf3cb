"""What a person must do next in the challenge, from every part of it: overdue first, then by day, then what has none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from civic.challenge.applying.queries import due as applying
from civic.challenge.due import ROLES, Due
from civic.challenge.matching.queries import due as matching
from civic.challenge.support.queries import due as support
from civic.challenge.testing.queries import due as testing

PARTS = (applying, matching, testing, support)
"""In the order of a year."""


def due_for(person_id: int, now: datetime) -> dict[str, list[Due]]:
    """By role, those roles only in which there is something to do."""
    return by_role(each for part in PARTS for each in part.due_for(person_id, now))


def due_for_manager(person_id: int, now: datetime) -> list[Due]:
    """What those who run the challenge must do, without the tests in which this one has an interest."""
    found = [*applying.due_for_manager(now), *matching.due_for_manager(now), *support.due_for_manager(now)]
    return sorted_by_day([*found, *testing.due_for_manager(now, person_id)])


def by_role(found: Iterable[Due]) -> dict[str, list[Due]]:
    """By role in the order of `ROLES`, each in the order of days."""
    together = sorted_by_day(found)
    return {role: mine for role in ROLES if (mine := [each for each in together if each.role == role])}


def sorted_by_day(found: Iterable[Due]) -> list[Due]:
    """The earliest day first; what has no day comes last, in the order in which the parts tell it."""
    return sorted(found, key=lambda each: each.on or date.max)

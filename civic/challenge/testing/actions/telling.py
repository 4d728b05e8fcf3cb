"""Telling the people of a side."""

from datetime import datetime
from typing import Any

from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import people
from civic.notifications.actions import tell


def tell_side(
    test: TestGrant, side: str, notice: str, *, now: datetime, by: Any | None = None, **facts: str | int
) -> None:
    """Let everybody on one side of a test know."""
    told: dict[str, Any] = {"test": test.id, "side": side, **facts}
    people_there = people.of_side(test, side)
    tell(f"challenge_testing.{notice}", people_there, about=test.name, now=now, by=getattr(by, "id", None), **told)

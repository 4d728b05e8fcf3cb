"""What tests of consultations stand on: researchers, an approver, and a survey in which people write."""

from typing import Any

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.notifications.models import Notification


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    """Requests happen at the tests' own moment."""
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def told():
    """Who was told what: (notice, person) in order."""

    def read(notice: str | None = None) -> list[tuple[str, int]]:
        query = select(Notification.notice, Notification.person_id).order_by(Notification.id)
        return [(each, person) for each, person in db.session.execute(query) if notice in (None, each)]

    return read

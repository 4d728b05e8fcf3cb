"""What tests of consultations stand on: researchers, an approver, and a survey in which people write."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core.db import db
from civic.notifications.models import Notification
from tests.support.client import PageClient


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


@pytest.fixture
def people(in_request, make):
    return make.staff("researcher"), make.staff("approver"), make.member()


@pytest.fixture
def held(make, people):
    """A consultation that has closed, with five contributions, the first of them the member's."""
    survey = make.words_survey(status="closed")
    names = make.says(survey, "Trees at bus stops, please", person=people[2])
    names += make.says(survey, "Water taps", "More shade for schools", "Free ice cream", "Trees everywhere")
    return make.counted(make.consultation("considering", holds=[survey])), survey, names


@pytest.fixture
def as_(app: Flask, make: Any) -> Callable[[Any], PageClient]:
    """A browser in which somebody is signed in."""

    def arrive(person: Any) -> PageClient:
        client = PageClient(app)
        make.sign_in(client, person)
        return client

    return arrive

"""What tests of translation stand on: a browser in which somebody is signed in, and who was told what."""

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

    def read() -> list[tuple[str, int]]:
        query = select(Notification.notice, Notification.person_id).order_by(Notification.id)
        return [(each, person) for each, person in db.session.execute(query)]

    return read


@pytest.fixture
def as_(app: Flask, make: Any) -> Callable[[Any], PageClient]:
    """A browser in which somebody is signed in."""

    def arrive(person: Any) -> PageClient:
        client = PageClient(app)
        make.sign_in(client, person)
        return client

    return arrive

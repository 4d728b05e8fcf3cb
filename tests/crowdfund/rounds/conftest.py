"""What tests of rounds stand on."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from tests.crowdfund.rounds.town import RoundTown
from tests.grants.conftest import demo_subject  # noqa: F401 - a fixture
from tests.support.client import PageClient


@pytest.fixture
def town(in_request: Flask, make, demo_subject) -> RoundTown:  # noqa: F811
    """A town on the test's savepoint."""
    return RoundTown(in_request, make)


@pytest.fixture
def clocked(town: RoundTown, monkeypatch: pytest.MonkeyPatch) -> RoundTown:
    """The same, and every clock of the application shows the town's time."""
    monkeypatch.setattr("civic.core.clock.now", lambda: town.now)
    return town


@pytest.fixture
def arrive(clocked: RoundTown, app: Flask, make: Any) -> Callable[..., PageClient]:
    """A browser in which somebody (or nobody) is signed in, at the town's time."""

    def come(person: Any = None) -> PageClient:
        db.session.commit()
        client = PageClient(app)
        if person is not None:
            make.sign_in(client, person)
        return client

    return come

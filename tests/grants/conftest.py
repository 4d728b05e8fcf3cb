"""What tests of public money stand on."""

import pytest
from flask import Flask

from tests.grants.office import DEMO, DEMO_SUBJECT, Office
from tests.make_grants import A_THING, THING, parties


@pytest.fixture
def demo_subject(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Things called "demo:7", which no package of the house knows."""
    monkeypatch.setitem(app.extensions["civic"].subjects, DEMO, DEMO_SUBJECT)


@pytest.fixture
def office(in_request: Flask, make, demo_subject) -> Office:
    """An office on the test's savepoint."""
    return Office(in_request, make)


@pytest.fixture
def things(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[int, frozenset[int]]:
    """Things called "thing:7", for the builders; gives who stands behind each, by its number, to be filled."""
    parties.clear()
    monkeypatch.setitem(app.extensions["civic"].subjects, THING, A_THING)
    return parties

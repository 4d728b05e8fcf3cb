"""What tests of public money stand on."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.grants.office import DEMO, DEMO_SUBJECT, Office
from tests.make_grants import A_THING, THING, MoneyPeople, parties
from tests.support.client import PageClient


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


@pytest.fixture
def people(make, things) -> MoneyPeople:
    """Those who stand behind public money in the builders."""
    return make.money_people


@pytest.fixture
def as_(app: Flask, make) -> Callable[[Any], PageClient]:
    """A browser in which somebody is signed in."""

    def arrive(person: Any) -> PageClient:
        client = PageClient(app)
        make.sign_in(client, person)
        return client

    return arrive

"""Every page of assessments in every language and for everybody who may see it: in order, and with no word left in English."""

from typing import Any

import pytest
from flask import Flask

from civic.accounts.models import User
from civic.assessment.models import Assignment
from civic.core.db import db
from civic.core.i18n import LANGUAGES
from tests.assessment.demo import Demo
from tests.house import routes
from tests.support.client import PageClient


@pytest.fixture
def known(make: Any, demo: Demo) -> dict[str, list[Any]]:
    """Something real for the places in addresses."""
    found: dict[str, list[Any]] = make.places_of_assessment(demo)
    db.session.commit()
    return found


def seen_by(app: Flask, make: Any, person: User, known: dict[str, list[Any]], language: str) -> int:
    """Fetch every address of the package; the client judges each page. Tells how many were pages and no refusal."""
    client = PageClient(app)
    make.sign_in(client, person)
    ours = [
        each
        for each in routes.addresses(app, "GET", known, language, most=3)
        if each.endpoint.startswith("assessment.")
    ]
    return sum(client.get(each.path).status == 200 for each in ours)


@pytest.mark.parametrize("language", [*sorted(LANGUAGES), "xx"])
def test_the_pages_speak_every_language(app, isolated, make, known, language):
    assessors = [db.session.get_one(Assignment, number).user_id for number in known["assignment_id"]]
    assert seen_by(app, make, make.staff("funds_officer"), known, language) > 30
    assert seen_by(app, make, make.staff("approver"), known, language) > 8
    for number in assessors:
        assert seen_by(app, make, db.session.get_one(User, number), known, language) > 3

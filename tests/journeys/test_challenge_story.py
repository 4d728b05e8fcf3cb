"""What came of a year: read by a visitor on a phone, by a startup and by whoever runs it, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def year(app: Flask, shared: Flask, make: Any) -> dict[str, Any]:
    """A programme with a test that is paid and an outcome that is published."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        journey = make.journey()
        make.challenge_outcome(journey, months=6, status="published", answers=("startup",))
        make.challenge_outcome(journey, months=12)
        programme = make.programme_of(journey)
        people = {"eilidh": make.staff("challenge_manager", name="Eilidh Macrae")}
        slug = programme.slug
        startup_id = journey.startup_id
        db.session.commit()
    return people | {"slug": slug, "startup_id": startup_id}


def test_everybody_reads_what_came_of_a_programme(
    browse: Callable[..., Person], app: Flask, make: Any, year: dict[str, Any]
):
    address = f"/en/challenges/programmes/{year['slug']}"
    visitor = browse(phone=True, script=False)
    visitor.visit(address).look_closely().sees("What came of it")
    visitor.click("What the columns mean, and the licence").look_closely()
    visitor.visit(f"/en/challenges/startups/{year['startup_id']}").look_closely().sees("What came of it")
    visitor.visit(address.replace("/en/", "/ar/")).look_closely()
    eilidh = browse()
    sign_in_browser(eilidh, app, make, year["eilidh"])
    eilidh.visit("/en/staff/challenges/due").look_closely()
    eilidh.visit(f"/en/staff/challenges/programmes/{year['slug']}/pipeline").look_closely()
    eilidh.visit("/en/account/challenges").look_closely()

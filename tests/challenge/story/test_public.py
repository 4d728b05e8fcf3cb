"""What everybody sees of a programme: counts after the deadline, names after the shortlist, and never an applicant's name."""

from typing import Any

import pytest

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Startup
from civic.core.db import db
from tests.support.client import PageClient
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")


@pytest.fixture
def visitor(app) -> PageClient:
    return PageClient(app)


def name_of(application: Any) -> str:
    mine = db.session.get_one(Startup, application.startup_id).organisation_id
    return db.session.get_one(Organisation, mine).name


@pytest.fixture
def year(app, make) -> dict[str, Any]:
    """A programme whose call is being assessed: two challenges, five applications."""
    programme = make.programme(slug="year")
    first, second = (
        make.challenge("final", programme=programme, slug="first"),
        make.challenge("final", programme=programme),
    )
    call = make.call(programme, status="assessing")
    made = [make.challenge_application(first, call=call, status="submitted") for _ in range(3)]
    made.append(make.challenge_application(second, call=call, status="withdrawn"))
    made.append(make.challenge_application(second, call=call, status="not_shortlisted"))
    return {"programme": programme, "call": call, "made": made, "first": first}


def test_nobody_knows_how_many_compete_while_applications_come_in(visitor, make, year):
    year["call"].status, year["call"].unsealed_at = "open", None
    db.session.flush()
    page = visitor.get("/en/challenges/programmes/year").main
    assert "4 applications" not in page
    assert "Open for applications" not in visitor.get("/en/challenges/first").main


def test_after_the_deadline_everybody_reads_how_many_applied_and_for_what(visitor, make, year):
    page = visitor.get("/en/challenges/programmes/year").main
    assert "4 applications" in page
    assert "3 startups applied." in visitor.get("/en/challenges/first").main


def test_a_startup_has_a_name_in_public_only_as_a_finalist(visitor, make, year):
    chosen, left = year["made"][0], year["made"][1]
    chosen.status = "shortlisted"
    db.session.flush()
    name = name_of(chosen)
    hidden = [visitor.get(f"/en/challenges/startups/{each.startup_id}").status for each in (chosen, left)]
    assert hidden == [404, 404]
    assert name not in visitor.get("/en/challenges/programmes/year").main
    year["call"].status, year["call"].shortlisted_at = "shortlisted", make.now
    db.session.flush()
    assert name in visitor.get("/en/challenges/programmes/year").main
    assert name in visitor.get("/en/challenges/first").main
    assert visitor.get(f"/en/challenges/startups/{chosen.startup_id}").status == 200
    assert visitor.get(f"/en/challenges/startups/{left.startup_id}").status == 404


def test_a_programme_of_many_asks_no_more_than_one_of_few(visitor, make, year):
    with statements() as seen:
        visitor.get("/en/challenges/programmes/year?few")
    few = len(seen)
    for _ in range(12):
        make.challenge_application(year["first"], call=year["call"], status="shortlisted")
    year["call"].status, year["call"].shortlisted_at = "shortlisted", make.now
    db.session.flush()
    with statements() as seen:
        visitor.get("/en/challenges/programmes/year?many")
    seen.at_most(few)

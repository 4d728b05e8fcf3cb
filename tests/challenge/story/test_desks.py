"""What those in a programme must do next, a programme in numbers, and the same for everybody as data."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from civic.challenge.due import Due
from civic.challenge.story.queries import due
from civic.core.clock import london_today
from tests.support.client import PageClient
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")


@pytest.fixture
def year(make) -> dict[str, Any]:
    """A call whose shortlist is public: two finalists of one challenge, of whom one is matched, and four who were passed over."""
    programme = make.programme(slug="year")
    challenge = make.challenge("final", programme=programme, slug="evening")
    call = make.call(programme, status="matched")
    owner = make.member()
    mine = make.challenge_application(challenge, call=call, status="matched", startup=make.startup(owner=owner))
    made = [make.challenge_application(challenge, call=call, status="unmatched")]
    made += [make.challenge_application(challenge, call=call, status="not_shortlisted") for _ in range(4)]
    return {"programme": programme, "challenge": challenge, "call": call, "owner": owner, "mine": mine, "made": made}


def test_what_is_overdue_comes_first_and_what_has_no_day_last(now):
    today = london_today(now)
    found = [
        Due(role, role, "It", "en", "/", on=on)
        for role, on in (("partner", None), ("startup", today), ("partner", today - timedelta(days=3)))
    ]
    told = due.by_role(found)
    assert list(told) == ["startup", "partner"]
    assert [each.on for each in told["partner"]] == [today - timedelta(days=3), None]


def test_a_startup_and_a_partner_see_what_is_theirs(as_, make, year):
    page = as_(year["owner"]).get("/en/account/challenges").main
    assert "Your applications" in page and year["mine"].title in page and "Challenges you own" not in page
    person = make.partner_member(year["challenge"].partner)
    page = as_(person).get("/en/account/challenges").main
    assert "Challenges you own" in page and "2 finalists" in page and "Your applications" not in page
    assert "You have no part in the challenge yet" in as_(make.member()).get("/en/account/challenges").main


def test_a_programme_in_numbers_takes_as_many_statements_for_many(as_, make, year):
    manager = as_(make.staff("challenge_manager"))
    with statements() as few:
        page = manager.get("/en/staff/challenges/programmes/year/pipeline").main
    assert "Being tested" in page and "All challenges" in page
    for _ in range(40):
        make.challenge_application(year["challenge"], call=year["call"], status="not_shortlisted")
    with statements() as many:
        page = manager.get("/en/staff/challenges/programmes/year/pipeline").main
    many.at_most(len(few))
    assert "44" in page


def test_what_is_due_by_whom_is_seen_by_those_who_run_it(as_, make, year):
    page = as_(make.staff("challenge_manager")).get("/en/staff/challenges/due").main
    assert "What is due in the challenge" in page
    assert as_(make.member()).get("/en/staff/challenges/due").status == 403


def test_the_data_name_finalists_and_nobody_else(app, make, year):
    visitor = PageClient(app)
    listed = visitor.client.get("/en/challenges/programmes/year/finalists.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(listed.lstrip("\ufeff"))))
    assert [row["state"] for row in rows] == ["matched", "unmatched"]
    assert all(row["startup"].startswith("Startup ") and row["grant"] == "" for row in rows)
    told = visitor.client.get("/en/challenges/programmes/year/challenges.csv").get_data(as_text=True)
    assert [row["applications"] for row in csv.DictReader(io.StringIO(told.lstrip("\ufeff")))] == ["6"]
    whole = json.loads(visitor.client.get("/en/challenges/programmes/year/programme.json").get_data(as_text=True))
    assert [each["state"] for each in whole["finalists"]] == ["matched", "unmatched"]
    assert "grant" not in whole["finalists"][0] and whole["licence"].startswith("https://")
    assert "What it means" in visitor.get("/en/challenges/programmes/year/data").main


def test_there_are_no_data_before_the_deadline(app, make):
    make.challenge_application(
        make.challenge("final", programme=(year := make.programme(slug="sealed"))), call=make.call(year)
    )
    visitor = PageClient(app)
    for name in ("challenges.csv", "finalists.csv", "programme.json"):
        assert visitor.client.get(f"/en/challenges/programmes/sealed/{name}").status_code == 404

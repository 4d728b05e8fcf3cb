"""What everybody sees: the house rules, reporting, one's own page and appeal, the public report."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.moderation.models import Appeal, Case, Report
from civic.moderation.seeds import plant_past
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch, now):
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def test_the_house_rules_stand_where_everybody_finds_them(client):
    page = client.get("/en/house-rules")
    assert "Abuse, threats or bullying" in page.text and "Somebody else hears the appeal." in page.text
    assert client.click("How often this happens: the public report on moderation").status == 200
    assert client.get("/en/").link("House rules")


def test_a_member_reports_a_text_and_a_visitor_signs_in_first(client, make):
    thing = make.remark()
    page = client.get(f"/en/reports/{thing}/new")
    assert page.status == 303 and "/sign-in" in page.location
    make.sign_in(client, make.resident())
    client.get(f"/en/reports/{thing}/new")
    page = client.submit("Send my report", {"words": "She is my neighbour."})
    assert page.status == 422 and "She is my neighbour." in page.html
    page = client.submit("Send my report", {"rule": "personal_data"})
    assert page.status == 303 and page.location.endswith(f"/en/?remark={thing[7:]}")
    said = db.session.scalars(sa.select(Report)).one()
    assert (said.rule, said.words, said.language) == ("personal_data", "She is my neighbour.", "en")
    client.get(f"/en/reports/{thing}/new")
    page = client.submit("Send my report", {"rule": "abuse"})
    assert page.status == 422 and "You have reported this before." in page.text


def test_something_else_needs_words(client, make):
    thing = make.remark()
    make.sign_in(client, make.resident())
    client.get(f"/en/reports/{thing}/new")
    assert client.submit("Send my report", {"rule": "other"}).status == 422
    assert client.submit("Send my report", {"rule": "other", "words": "It gives medical advice."}).status == 303


@pytest.mark.parametrize("name", ["remark:999", "nothing:1", "remark:x", "remark:", "comment", "remark:" + "9" * 30])
def test_what_is_not_there_cannot_be_reported(client, make, name):
    assert make.remarks.texts == {}
    make.sign_in(client, make.resident())
    assert client.get(f"/en/reports/{name}/new").status == 404
    assert client.post(f"/en/reports/{name}", {"rule": "abuse"}).status == 404


def test_what_one_may_not_see_or_was_removed_is_not_there_to_be_reported(client, make):
    hidden, removed, waiting = make.remark(), make.removed().thing, make.remark(waits=True)
    make.remarks.unseen.add(int(hidden[7:]))
    make.sign_in(client, make.resident())
    for thing in (hidden, removed, waiting):
        assert client.get(f"/en/reports/{thing}/new").status == 404


def test_a_moderator_who_reports_goes_on_to_the_case(client, make):
    thing = make.remark()
    make.sign_in(client, make.staff("moderator"))
    client.get(f"/en/reports/{thing}/new")
    assert "/staff/moderation/cases/" in client.submit("Send my report", {"rule": "spam"}).location


def test_ones_own_page_says_what_was_decided_and_takes_one_appeal(client, make):
    author = make.resident()
    case = make.removed(author)
    make.sign_in(client, author)
    page = client.get("/en/account")
    assert client.get("/en/account/moderation").status == 200 and page.link("Moderation")
    page = client.get(f"/en/account/moderation/{case.id}")
    assert "It insults." in page.text and "Abuse, threats or bullying" in page.text
    assert client.submit("Send my appeal", {"words": " "}).status == 422
    assert client.submit("Send my appeal", {"words": "It does not."}).status == 303
    page = client.follow()
    assert "Your appeal waits for somebody" in page.text and "It does not." in page.text
    assert "Send my appeal" not in page.text
    page = client.post(f"/en/account/moderation/{case.id}/appeals", {"words": "Again."})
    assert page.status == 422 and "You have appealed against this decision already." in page.text
    assert db.session.scalars(sa.select(Appeal.words)).all() == ["It does not."]


def test_nobody_reads_or_appeals_for_somebody_else(client, make):
    case = make.removed()
    make.sign_in(client, make.resident())
    assert client.get(f"/en/account/moderation/{case.id}").status == 404
    assert client.post(f"/en/account/moderation/{case.id}/appeals", {"words": "x"}).status == 404
    said = db.session.scalars(sa.select(Report)).one()
    assert client.post(f"/en/reports/{said.id}/withdrawal").status == 404
    assert db.session.scalars(sa.select(Case.status)).one() == "removed"


def test_a_report_is_taken_back_on_ones_own_page(client, make):
    person = make.resident()
    said = make.report(make.remark(), person)
    make.sign_in(client, person)
    client.get("/en/account/moderation")
    client.post(f"/en/reports/{said.id}/withdrawal")
    assert "You took it back" in client.follow().text
    db.session.refresh(said)
    assert said.status == "withdrawn"


def test_somebody_suspended_reads_until_when_why_and_where_to_appeal(client, make):
    person = make.resident()
    make.suspension(person)
    make.sign_in(client, person)
    page = client.get("/en/account/moderation")
    assert "You may not publish anything until" in page.text and "It went on." in page.text
    assert "Send my appeal" in page.text


def test_ones_own_page_asks_few_questions_however_much_is_on_it(client, make, now):
    person = make.resident()
    for number in range(12):
        make.removed(person, at=now + timedelta(minutes=number))
        make.report(make.remark(), person)
    make.sign_in(client, person)
    with statements() as asked:
        assert client.get("/en/account/moderation").status == 200
    asked.at_most(7)


# The public report.


@pytest.fixture
def past(make, now):
    """A quarter of decisions."""
    moderators = [make.staff("moderator") for _each in range(2)]
    people = [make.member().id for _each in range(40)]
    return plant_past(moderators, people * 8, now=now)


def test_the_public_report_prints_no_small_number_and_adds_up(client, past):
    page = client.get("/en/moderation-report")
    assert "July to September 2026" in page.text and "In numbers" in page.text
    answer = client.client.get("/en/moderation-report/csv?period=2026-Q3")
    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    numbers = [int(row["number"]) for row in rows if row["number"].isdigit()]
    assert numbers and all(n == 0 or n >= 10 for n in numbers)
    of = {row["figure"]: row["number"] for row in rows if not row["part"]}
    assert of["cases"] == of["decisions"] == str(past)
    by_rule = sum(int(row["number"]) for row in rows if row["figure"] == "reports_by_rule")
    assert by_rule == int(of["reports"])
    assert float(of["median_hours"]) > 0
    assert client.get("/en/moderation-report?period=2026").status == 200


def test_a_quiet_platform_has_a_report_too_and_no_period_is_made_up(client):
    assert "October to December 2026" in client.get("/en/moderation-report").text
    for period in ("2031-Q1", "x", "2026-Q9"):
        assert client.get(f"/en/moderation-report?period={period}").status == 404


def test_one_case_alone_is_not_printed(client, make):
    make.removed()
    page = client.get("/en/moderation-report?period=2026-Q4")
    assert "fewer than 10" in page.text and "Abuse" not in page.text

"""Delegated authority: grades with their limits, given and ended by administrators, each on record."""

import pytest

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.money import GBP
from civic.grants.models import Delegation, Grade
from civic.grants.queries import authority


@pytest.fixture
def administrator(make, things):
    return make.administrator()


def test_a_new_house_has_no_grades_and_is_offered_the_first(as_, administrator):
    client = as_(administrator)
    page = client.get("/en/staff/grants/authority")
    assert "nobody can decide about anything yet" in page.text and "MD2085" in page.text and "£150,000" in page.text
    client.submit("Begin with these grades")
    page = client.follow()
    assert "Check their limits against the scheme that holds now." in page.text and "Nobody holds a grade" in page.text
    assert [grade.limit for grade in authority.grades()] == [GBP(10_000), GBP(50_000), GBP(150_000), None]
    assert client.post("/en/staff/grants/authority/grades").status == 409


def test_a_limit_is_changed_with_its_reason(as_, administrator, make):
    grade = make.money_people.grades["director"]
    client = as_(administrator)
    client.get(f"/en/staff/grants/authority/grades/{grade.id}")
    page = client.submit("Save the grade", limit="", why="")
    assert "Enter a limit, or tick that there is none." in page.text and "Say why you change it." in page.text
    page = client.submit("Save the grade", limit="200000", no_limit=True, why="MD3000")
    assert page.status == 422 and "Enter a limit, or tick that there is none." in page.text
    client.submit("Save the grade", limit="200000", no_limit=False)
    assert "£200,000" in client.follow().text
    entry = db.session.query(AuditEntry).filter_by(verb="grade.changed").one()
    assert (entry.before["limit_minor"], entry.after["limit_minor"], entry.why) == (150_000_00, 200_000_00, "MD3000")
    client.get(f"/en/staff/grants/authority/grades/{grade.id}")
    client.submit("Save the grade", limit="", no_limit=True, why="MD3001")
    assert db.session.get(Grade, grade.id, populate_existing=True).limit is None


def test_two_administrators_do_not_overwrite_each_other(as_, administrator, make):
    grade = make.money_people.grades["manager"]
    first, second = as_(administrator), as_(make.administrator())
    for client in (first, second):
        client.get(f"/en/staff/grants/authority/grades/{grade.id}")
    first.submit("Save the grade", limit="20000", why="x")
    page = second.submit("Save the grade", limit="30000", why="y")
    assert page.status == 409 and "£20,000" in page.text and 'value="30000"' in page.html


def test_an_approver_is_given_a_grade_which_is_ended_later(as_, administrator, make):
    make.money_people  # noqa: B018 - the grades and an approver who holds one already
    person = make.staff("approver", name="Grace Achebe")
    client = as_(administrator)
    client.get("/en/staff/grants/authority")
    page = client.click("Give somebody a grade")
    page = client.submit("Give the grade", why="")
    assert "Choose somebody." in page.text and "Choose a grade." in page.text and "Say why." in page.text
    grade = make.money_people.grades["assistant_director"]
    client.submit("Give the grade", user=person.id, grade=grade.id, why="Scheme of delegation 2026")
    page = client.follow()
    assert "Grace Achebe" in page.text and "Scheme of delegation 2026" in page.text
    assert authority.held_by(person.id).code == "assistant_director"
    page = client.click("End it Grace Achebe")
    assert "Grace Achebe holds the grade Assistant Director." in page.text
    client.submit("Take the grade away", why="She left the team.")
    page = client.follow()
    assert "Who held one before" in page.text and authority.held_by(person.id) is None
    mine = db.session.query(Delegation).filter_by(user_id=person.id).one()
    assert client.get(f"/en/staff/grants/authority/{mine.id}/end").status == 403  # it has ended


def test_nobody_gives_authority_to_themselves(as_, make, things):
    person = make.staff("administrator", "approver")
    grade = make.money_people.grades["mayor"]
    client = as_(person)
    client.get("/en/staff/grants/authority/new")
    page = client.submit("Give the grade", user=person.id, grade=grade.id, why="I need it.")
    assert page.status == 403 and "You cannot give authority to yourself. Ask another administrator." in page.text
    assert authority.held_by(person.id) is None


def test_where_nobody_can_be_given_a_grade_the_page_says_so(as_, administrator, make):
    make.money_people  # noqa: B018 - its approver holds a grade
    client = as_(administrator)
    assert "Nobody to choose" in client.get("/en/staff/grants/authority/new").text
    page = client.post("/en/staff/grants/authority/new", {})
    assert page.status == 409 and "There is nobody who can be given a grade at the moment." in page.text

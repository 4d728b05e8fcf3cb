"""Who may: every kind of person × every address of tests, reading and sending; conflicts of interest take people out of it."""

import pytest
from sqlalchemy import select

from civic.accounts.models import OrganisationMember
from civic.assessment.models import Declaration
from civic.challenge.testing.actions import changes
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.models import Change
from civic.core.db import db
from civic.grants.queries import awards

pytestmark = pytest.mark.usefixtures("at_noon")

SIDES = ("owner", "editor", "partner", "manager")
OUTSIDE = ("visitor", "member", "approver", "consultee", "finance_officer", "moderator", "administrator", "assessor")
CONFLICTED = (
    "partner of the startup",
    "partner with an interest",
    "manager of the startup",
    "manager with an interest",
)
# Address → who is let in; everybody else gets 403 or 404 (a visitor is sent to sign in).
READS = {
    "": {*SIDES, "partner of the startup", "manager of the startup"},
    "/milestones/{step}": {*SIDES, "partner of the startup", "manager of the startup"},
    "/reports/{report}": {*SIDES, "partner of the startup", "manager of the startup"},
    "/changes/{change}": {*SIDES, "partner of the startup", "manager of the startup"},
    "/declaration": {"owner", "editor", "manager", "partner of the startup", "manager of the startup"},
    "/changes/new/stop": {*SIDES, "partner of the startup", "manager of the startup"},
    "/changes/new/budget": {"owner", "editor", "manager", "partner of the startup", "manager of the startup"},
}
SENDS = {
    "/milestones/{step}": {"owner", "editor", "partner of the startup", "manager of the startup"},
    "/milestones/{step}/judgement": {"partner"},
    "/reports/{report}": {"owner", "editor", "partner of the startup", "manager of the startup"},
    "/changes/{change}": {"partner", "manager"},
    "/declaration": set(),  # the test is running: nothing more is declared
    "/refusal": set(),
    "/milestones": set(),
    "/budget": set(),
}


@pytest.fixture
def test(make):
    found = make.test_grant("running")
    make.reach_milestone(found, signed=False)
    with make._speaking():
        wish = Wish("pivot", "Nobody uses it.", "A telephone line")
        changes.ask(found, wish, side="startup", by=make.test_people.owner, now=make.now)
    db.session.commit()
    return found


@pytest.fixture
def somebody(make, test, as_, client):
    """A reader of a kind, signed in where the kind has an account."""
    people = make.test_people

    def join_startup(person):
        joined = {"organisation_id": people.startup.organisation_id, "user_id": person.id, "role": "editor"}
        db.session.add(OrganisationMember(**joined, joined_at=make.now))
        return person

    def interested(person):
        said = {"has_interest": True, "words": "My brother works there.", "declared_at": make.now}
        db.session.add(Declaration(user_id=person.id, subject=test.subject, **said))
        return person

    def arrive(kind):
        made = {
            "owner": lambda: people.owner,
            "editor": lambda: join_startup(make.member()),
            "partner": lambda: people.colleague,
            "manager": lambda: people.other_manager,
            "member": make.member,
            "partner of the startup": lambda: join_startup(make.partner_member(people.partner)),
            "partner with an interest": lambda: interested(make.partner_member(people.partner)),
            "manager of the startup": lambda: join_startup(make.staff("challenge_manager")),
            "manager with an interest": lambda: interested(make.staff("challenge_manager")),
        }
        if kind == "visitor":
            return client
        person = made[kind]() if kind in made else make.staff(kind)
        db.session.commit()
        return as_(person)

    return arrive


def path_of(make, test, rest):
    report = awards.reports_of(test.award_id)[0]
    change = db.session.scalars(select(Change)).one()
    filled = rest.format(step=make.milestone(test).id, report=report.id, change=change.id)
    return f"/en/challenges/tests/{test.id}{filled}"


@pytest.mark.parametrize("kind", [*SIDES, *OUTSIDE, *CONFLICTED])
def test_pages_open_for_their_sides_only(make, test, somebody, kind):
    reader = somebody(kind)
    for rest, let_in in READS.items():
        page = reader.get(path_of(make, test, rest))
        if kind in let_in:
            assert page.status == 200, (kind, rest)
        elif kind == "visitor":
            assert page.status == 303 and "/sign-in" in page.location
        else:
            assert page.status in (403, 404), (kind, rest)


@pytest.mark.parametrize("kind", [*SIDES, *OUTSIDE, *CONFLICTED])
def test_nobody_sends_what_is_not_theirs(make, test, somebody, kind):
    reader = somebody(kind)
    for rest, let_in in SENDS.items():
        page = reader.post(path_of(make, test, rest), {"act": "agree" if "changes" in rest else "save"})
        if kind in let_in:
            assert page.status in (303, 409, 422), (kind, rest)
        else:
            assert page.status in (403, 404), (kind, rest)


DESK = {
    "": {"manager", "approver", "consultee", "finance_officer"},
    "/agreement": {"manager"},
    "/repayment": {"manager"},
}


@pytest.mark.parametrize("kind", [*SIDES, *OUTSIDE, *CONFLICTED])
def test_the_desk_is_for_those_with_a_part_in_the_money_and_impartial(make, test, somebody, kind):
    reader = somebody(kind)
    for rest, let_in in DESK.items():
        path = f"/en/staff/challenges/tests/{test.id}{rest}"
        page = reader.post(path, {"act": "write"}) if rest else reader.get(path)
        if kind in let_in:
            assert page.status in (200, 303, 409, 422), (kind, rest)
        elif kind == "visitor" and not rest:
            assert page.status == 303
        else:
            assert page.status in (403, 404), (kind, rest)


def test_the_list_on_the_desk_hides_what_somebody_has_an_interest_in(make, test, somebody):
    reader = somebody("manager with an interest")
    page = reader.get("/en/staff/challenges/tests")
    assert "You stand behind this yourself or declared an interest" in page.text
    assert f"/staff/challenges/tests/{test.id}" not in page.html

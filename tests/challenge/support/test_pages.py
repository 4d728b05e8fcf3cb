"""Who sees which page: role × page, and what each may find on it; no page asks the database more the more there is."""

from datetime import timedelta

import pytest

from civic.core.db import db
from tests.support.client import PageClient
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon")
ROLES = ("visitor", "stranger", "startup", "mentor", "partner", "manager", "administrator")


@pytest.fixture
def person(app, make, way, as_):
    """A browser for each role beside the startup's way."""
    there = {
        "startup": way.owner, "mentor": None, "partner": way.partner_person, "manager": way.manager,
    }  # fmt: skip

    def arrive(role):
        if role == "visitor":
            return PageClient(app)
        if role == "stranger":
            return as_(make.settled_member())
        if role == "administrator":
            return as_(make.staff("administrator"))
        from civic.accounts.models import User

        return as_(there[role] or db.session.get_one(User, way.mentor.person_id))

    return arrive


def addresses(make, way):
    """Each page with the roles that enter; everybody else finds nothing there."""
    held = make.support_session(way.pair, status="held", hours=-48)
    meeting = make.support_session(
        way.pair, kind="partner", mentor_id=None, partner_id=way.partner.id, host_id=way.partner_person.id, hours=72
    )
    outcome = make.challenge_outcome(way.journey)
    make.demo_day(way.programme)
    db.session.commit()
    number, slug = way.journey.id, way.programme.slug
    everybody = set(ROLES)
    return {
        f"/en/challenges/support/{number}": {"startup", "mentor", "partner", "manager"},
        f"/en/challenges/support/{number}/plan": {"startup", "manager"},
        f"/en/challenges/support/{number}/plan/editions": {"startup", "mentor", "manager"},
        f"/en/challenges/support/{number}/times": {"startup"},
        f"/en/challenges/support/{number}/times?mentor={way.mentor.id}": {"startup"},
        f"/en/challenges/sessions/{held.id}": {"startup", "mentor", "manager"},
        f"/en/challenges/sessions/{held.id}/calendar.ics": {"startup", "mentor", "manager"},
        f"/en/challenges/sessions/{meeting.id}": {"startup", "partner", "manager"},
        f"/en/challenges/outcomes/{outcome.id}": {"startup", "partner"},
        f"/en/challenges/mentors/{way.mentor.id}": {"mentor", "manager"},
        f"/en/challenges/mentors/{way.mentor.id}/edit": {"mentor"},
        f"/en/challenges/partners/{way.partner.slug}/times": {"partner"},
        "/en/challenges/support": everybody - {"visitor"},
        f"/en/challenges/programmes/{slug}/mentors": everybody,
        f"/en/challenges/programmes/{slug}/mentors/offer": everybody - {"visitor"},
        f"/en/challenges/programmes/{slug}/demo-day": everybody,
        f"/en/challenges/programmes/{slug}/demo-day/calendar.ics": everybody,
        f"/en/challenges/programmes/{slug}/demo-day/place": everybody - {"visitor"},
        "/en/staff/challenges/support": {"manager"},
        f"/en/staff/challenges/support/{slug}": {"manager"},
        f"/en/staff/challenges/support/{slug}/mentors": {"manager"},
        f"/en/staff/challenges/support/{slug}/demo-day": {"manager"},
        f"/en/staff/challenges/support/{slug}/demo-day/edit": {"manager"},
        f"/en/staff/challenges/support/{slug}/demo-day/people": {"manager"},
        f"/en/staff/challenges/support/journeys/{number}/mentors": {"manager"},
        f"/en/staff/challenges/support/outcomes/{outcome.id}": {"manager"},
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_enters_its_own_pages_and_no_others(make, way, person, role):
    wrong, client = [], None
    for path, enter in addresses(make, way).items():
        client = client or person(role)
        status = client.get(path).status
        entered = status == 200 or (role == "mentor" and path.endswith("/offer") and status == 303)
        if entered != (role in enter) or (not entered and status not in (302, 303, 403, 404)):
            wrong.append(f"{role} {path}: {status}")
    assert not wrong, "\n".join(wrong)


def test_nobody_learns_of_a_shortlist_before_it_stands(make, as_, way):
    make.call_of(way.programme).status = "assessing"
    db.session.commit()
    client = as_(way.owner)
    assert client.get(f"/en/challenges/support/{way.journey.id}").status == 404
    assert "Your startup on its way" not in client.get("/en/challenges/support").text


def test_staff_with_an_interest_see_nothing_and_staff_of_the_startup_only_as_its_people(make, as_, way):
    from civic.accounts.models import OrganisationMember
    from civic.challenge.applying.models import Startup

    body = db.session.get_one(Startup, way.journey.startup_id).organisation_id
    db.session.add(OrganisationMember(organisation_id=body, user_id=way.manager.id, role="editor", joined_at=make.now))
    outcome = make.challenge_outcome(way.journey, answers=("startup", "partner"))
    client = as_(way.manager)
    assert client.get(f"/en/staff/challenges/support/outcomes/{outcome.id}").status == 404
    assert client.get(f"/en/challenges/support/{way.journey.id}").status == 200
    client.post(f"/en/staff/challenges/support/outcomes/{outcome.id}/state", {"act": "close", "why": "No"})
    assert outcome.status == "answered"


def test_a_partner_reads_neither_the_plan_nor_what_a_mentor_wrote_down(make, as_, way):
    make.support_session(way.pair, status="held", hours=-48, agreed="Their price is too high.")
    page = as_(way.partner_person).get(f"/en/challenges/support/{way.journey.id}")
    assert "Business support plan" not in page.text and "Max Mentor" not in page.text


@pytest.mark.parametrize("role", ("startup", "manager"))
def test_a_journey_asks_no_more_however_much_there_is(make, as_, way, role):
    client = as_(way.owner if role == "startup" else way.manager)
    path = f"/en/challenges/support/{way.journey.id}"
    client.get(path)
    counts = []
    for many in (1, 12):
        for n in range(many):
            make.support_session(way.pair, status="cancelled", hours=100 + n)
            make.mentoring(way.journey, status="ended")
        db.session.commit()
        with statements() as seen:
            assert client.get(path).status == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 26, counts


def test_what_is_due_and_the_desk_ask_no_more_however_much_there_is(make, as_, way):
    mine, staff, counts = as_(way.owner), as_(way.manager), []
    for many in (1, 8):
        for n in range(many):
            other = make.journey(programme=way.programme)
            make.challenge_outcome(other, answers=("startup", "partner"))
            make.support_session(way.pair, hours=200 + n * 3 + many * 50)
        db.session.commit()
        with statements() as seen:
            assert mine.get("/en/challenges/support").status == 200
            assert staff.get("/en/staff/challenges/support").status == 200
            assert staff.get(f"/en/staff/challenges/support/{way.programme.slug}").status == 200
        counts.append(len(seen))
    assert counts[0] == counts[1], counts


def test_the_public_pages_say_who_and_how_to_get_in(make, client, way, now):
    day = make.demo_day(way.programme)
    from civic.challenge.support.actions.demo import add_pitch

    add_pitch(day, way.journey, by=way.manager, now=now)
    page = client.get(f"/en/challenges/programmes/{way.programme.slug}/demo-day")
    for words in ("Level from the street", "There is a loop", "Ask for an interpreter", way.journey.title, "Register"):
        assert words in page.text
    file = client.get(f"/en/challenges/programmes/{way.programme.slug}/demo-day/calendar.ics")
    assert file.status == 200 and "BEGIN:VEVENT" in file.text and "TZID=Europe/London" in file.text
    day.starts_at, day.registration_closes_at = now + timedelta(hours=1), now - timedelta(hours=1)
    db.session.commit()
    assert "Registration for this demo day is closed" in client.get(page.path).text
    assert "Max Mentor" in client.get(f"/en/challenges/programmes/{way.programme.slug}/mentors").text


def test_what_staff_take_away_of_themselves_says_nothing_about_mentors(app, make, way, now):
    from civic.challenge.support.actions.mentors import decide
    from civic.privacy.queries import cards, rows_about

    mentor = make.mentor(way.programme, status="offered", interests="My sister works there.")
    decide(mentor, "accept", by=way.manager, now=now)
    told = str([row for card in cards() for row in rows_about(card, way.manager.id)])
    assert "My sister works there." not in told and "decided_at" in told
    assert "My sister works there." in str([row for card in cards() for row in rows_about(card, mentor.person_id)])

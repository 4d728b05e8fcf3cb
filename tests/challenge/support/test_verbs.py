"""Role × object × verb: who may send which form. What is refused changes nothing; what is let in is judged by its own rules."""

import pytest

from civic.accounts.models import User
from civic.challenge.support.actions.demo import add_pitch
from civic.challenge.support.actions.plans import add_action
from civic.challenge.support.queries.demo import pitches_of
from civic.core.db import db
from tests.support.client import PageClient

pytestmark = pytest.mark.usefixtures("at_noon")
ROLES = ("visitor", "stranger", "other startup", "other mentor", "startup", "mentor", "partner", "manager", "approver")
STAFF = {"manager"}
BOTH = {"startup", "mentor"}


def verbs(make, way, now):
    """Each form with what is sent and the roles that get as far as its rules."""
    number, slug = way.journey.id, way.programme.slug
    action = add_action(way.journey, what="Ask", who="startup", due_on=now.date(), language="en", by=way.owner, now=now)
    booked = make.support_session(way.pair, hours=48)
    held = make.support_session(way.pair, status="held", hours=-48)
    offered = make.support_session(way.pair, status="offered", hours=72)
    outcome = make.challenge_outcome(way.journey)
    answered = make.challenge_outcome(way.journey, months=12, answers=("startup", "partner"))
    day = make.demo_day(way.programme)
    add_pitch(day, way.journey, by=way.manager, now=now)
    offer = make.mentor(way.programme, status="offered")
    asked = make.mentoring(way.journey, make.mentor(way.programme), status="proposed")
    pitch = pitches_of(day)[0][0]
    db.session.commit()
    return [
        (f"/en/challenges/support/{number}/plan", {}, {"startup", "manager"}),
        (f"/en/challenges/support/{number}/actions", {}, {"startup", "manager"}),
        (f"/en/challenges/support/actions/{action.id}", {"act": "nonsense"}, BOTH | STAFF),
        (f"/en/challenges/support/{number}/times", {}, {"startup"}),
        (f"/en/challenges/support/{number}/times?mentor={way.mentor.id}", {}, {"startup"}),
        (f"/en/challenges/pairings/{asked.id}", {"act": "agree"}, {"startup", "manager"}),
        (f"/en/challenges/sessions/{booked.id}/state", {"act": "cancel"}, BOTH),
        (f"/en/challenges/sessions/{held.id}/record", {}, BOTH),
        (f"/en/challenges/sessions/{held.id}/absence", {}, BOTH),
        (f"/en/challenges/sessions/{offered.id}/taking", {}, {"startup"}),
        (f"/en/challenges/mentors/{way.mentor.id}/times", {}, {"mentor"}),
        (f"/en/challenges/mentors/{way.mentor.id}/edit", {}, {"mentor"}),
        (f"/en/challenges/mentors/{way.mentor.id}/answer", {"act": "nonsense"}, {"mentor"}),
        (f"/en/challenges/partners/{way.partner.slug}/times", {}, {"partner"}),
        (f"/en/challenges/outcomes/{outcome.id}", {}, {"startup", "partner"}),
        (f"/en/challenges/programmes/{slug}/mentors/offer", {}, set(ROLES) - {"visitor"}),
        (f"/en/challenges/programmes/{slug}/demo-day/place", {"language": "en"}, set(ROLES) - {"visitor"}),
        (f"/en/staff/challenges/support/{slug}/mentors", {}, STAFF),
        (f"/en/staff/challenges/support/mentors/{offer.id}", {"act": "nonsense"}, STAFF),
        (f"/en/staff/challenges/support/journeys/{number}/mentors", {"mentor": "0"}, STAFF),
        (f"/en/staff/challenges/support/{slug}/demo-day/edit", {}, STAFF),
        (f"/en/staff/challenges/support/{slug}/demo-day/state", {"act": "nonsense"}, STAFF),
        (f"/en/staff/challenges/support/{slug}/demo-day/pitches", {}, STAFF),
        (f"/en/staff/challenges/support/pitches/{pitch.id}", {"act": "nonsense"}, STAFF),
        (f"/en/staff/challenges/support/outcomes/{answered.id}/publication", {}, STAFF),
        (f"/en/staff/challenges/support/outcomes/{answered.id}/state", {"act": "nonsense"}, STAFF),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sends_its_own_forms_and_no_others(app, make, way, now, as_, role):
    other = make.settled_member()
    make.journey(owner=other, programme=way.programme)
    people = {
        "stranger": make.settled_member, "other startup": lambda: other, "startup": lambda: way.owner,
        "other mentor": lambda: db.session.get_one(User, make.mentor(way.programme).person_id),
        "mentor": lambda: db.session.get_one(User, way.mentor.person_id), "partner": lambda: way.partner_person,
        "manager": lambda: way.manager, "approver": lambda: make.staff("approver"),
    }  # fmt: skip
    forms = verbs(make, way, now)
    client, wrong = PageClient(app) if role == "visitor" else as_(people[role]()), []
    for path, sent, enter in forms:
        page = client.post(path, sent)
        is_in = page.status in (409, 422) or (page.status == 303 and "/sign-in" not in (page.location or ""))
        if is_in != (role in enter) or page.status not in (302, 303, 403, 404, 409, 422):
            wrong.append(f"{role} {path}: {page.status}")
    assert not wrong, "\n".join(wrong)


def test_a_mentor_of_another_startup_is_nobody_here(make, way, as_):
    stranger = make.mentor(way.programme)
    make.mentoring(make.journey(programme=way.programme), stranger)
    held = make.support_session(way.pair, status="held", hours=-48)
    client = as_(db.session.get_one(User, stranger.person_id))
    assert client.get(f"/en/challenges/support/{way.journey.id}").status == 404
    assert client.get(f"/en/challenges/sessions/{held.id}").status == 404
    assert client.get(f"/en/challenges/mentors/{way.mentor.id}").status == 404


def test_when_help_has_ended_a_mentor_keeps_their_sessions_and_no_longer_reads_the_plan(make, way, as_):
    held = make.support_session(way.pair, status="held", hours=-48)
    way.pair.status = "ended"
    client = as_(db.session.get_one(User, way.mentor.person_id))
    assert client.get(f"/en/challenges/support/{way.journey.id}").status == 404
    assert client.get(f"/en/challenges/sessions/{held.id}").status == 200


def test_somebody_who_writes_over_a_newer_plan_gets_their_words_back(way, as_, now):
    from civic.challenge.support.actions.plans import write

    client = as_(way.owner)
    client.get(f"/en/challenges/support/{way.journey.id}/plan")
    write(way.journey, needs=["team"], diagnosis="", goals="Theirs", language="en", edition=0, by=way.manager, now=now)
    db.session.commit()
    page = client.submit("Save the plan", {"goals": "Mine", "needs": ["pricing"]})
    assert page.status == 422 and "Mine" in page.html and "look at the new edition" in page.text
    assert client.submit("Save the plan").status == 303


def test_a_cancelled_demo_day_says_so_at_its_address(make, way, client, now):
    from civic.challenge.support.actions.demo import move

    day = make.demo_day(way.programme)
    move(day, "cancel", why="The trains are on strike.", by=way.manager, now=now)
    db.session.commit()
    page = client.get(f"/en/challenges/programmes/{way.programme.slug}/demo-day")
    assert page.status == 200 and "The trains are on strike." in page.text and "Register" not in page.text
    assert "STATUS:CANCELLED" in client.get(f"{page.path}/calendar.ics").text

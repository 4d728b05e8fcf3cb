"""The same moment: one time is taken once, nobody is booked twice, the room never overflows."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from civic.accounts.models import User
from civic.challenge.support import checks
from civic.challenge.support.actions import demo, mentors, sessions
from civic.challenge.support.models import DemoRegistration, Mentoring, SupportSession
from civic.core.db import db
from civic.core.errors import from_constraint
from tests.discussions.test_at_once import done_at_once

PROPOSAL = {"minutes": 60, "place": "Here", "about": "Prices", "language": "en"}


@pytest.fixture
def crowd(shared, make):
    """One mentor who helps twenty startups, committed."""
    programme = make.programme()
    mentor = make.mentor(programme, minutes=6000)
    owners = [make.settled_member() for _ in range(20)]
    challenge = make.challenge("final", programme=programme)
    journeys = [make.journey(programme=programme, owner=each, challenge=challenge) for each in owners]
    pairs = [make.mentoring(each, mentor) for each in journeys]
    db.session.commit()
    return mentor, owners, journeys, pairs


def count(**wanted):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SupportSession).filter_by(**wanted))


def in_order():
    return [line for check in checks.CHECKS for line in check()] == []


def test_twenty_startups_take_one_time_and_one_has_it(app, make, now, crowd):
    _mentor, owners, journeys, pairs = crowd
    session = make.support_session(pairs[0], status="offered")
    db.session.commit()
    came_to = done_at_once(
        app, 20, lambda n: sessions.take(session, journeys[n], about="Prices", language="en", by=owners[n], now=now)
    )
    assert came_to.count("done") == 1 and set(came_to) == {"done", "IllegalMove"}
    assert count(status="booked") == 1 and in_order()


def test_a_mentor_who_agrees_to_twenty_proposals_for_one_hour_has_one_session(app, make, now, crowd):
    mentor, owners, journeys, _pairs = crowd
    person = db.session.get_one(User, mentor.person_id)
    made = [
        sessions.propose(each, mentor, starts_at=now + timedelta(hours=9, minutes=n), by=owners[n], now=now, **PROPOSAL)
        for n, each in enumerate(journeys)
    ]
    db.session.commit()

    def agree(n):
        try:
            sessions.agree(made[n], by=person, now=now)
        except IntegrityError as clash:  # two asked before either had booked: the constraint decides
            refused = from_constraint(clash)
            raise refused if refused else clash from clash

    came_to = done_at_once(app, 20, agree)
    assert came_to.count("done") == 1 and set(came_to) <= {"done", "TimeTaken", "Conflict"}, came_to
    assert count(status="booked") == 1 and in_order()


def test_forty_people_register_for_ten_seats(app, make, now, shared):
    day = make.demo_day(make.programme(), capacity=10)
    people = [make.settled_member() for _ in range(40)]
    db.session.commit()
    said = {"needs": [], "needs_text": "", "language": "en", "now": now}
    assert done_at_once(app, 40, lambda n: demo.register(day, by=people[n], **said)) == ["done"] * 40
    assert set(done_at_once(app, 40, lambda n: demo.register(day, by=people[n], **said))) == {"done"}
    db.session.rollback()
    rows = db.session.execute(select(DemoRegistration.status, func.count()).group_by(DemoRegistration.status))
    assert {tuple(each) for each in rows} == {("registered", 10), ("waiting", 30)} and in_order()
    done_at_once(app, 10, lambda n: demo.leave(day, by=people[n], now=now))
    db.session.rollback()
    seats = select(func.count()).where(DemoRegistration.status == "registered")
    assert db.session.scalar(seats) == 10 and in_order()


def test_both_sides_agree_in_the_same_moment_and_the_help_begins_once(app, make, now, shared):
    owner = make.settled_member()
    journey = make.journey(owner=owner)
    pair = make.mentoring(journey, status="proposed")
    db.session.commit()
    sides = (frozenset({"mentor"}), frozenset({"startup"}))
    came_to = done_at_once(app, 2, lambda n: mentors.agree(pair, sides[n], by=owner, now=now))
    assert came_to == ["done", "done"]
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get_one(Mentoring, pair.id).status == "active"

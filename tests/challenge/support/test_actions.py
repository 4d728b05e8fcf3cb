"""Plans, mentors and sessions: one behaviour a test."""

from datetime import date, timedelta

import pytest

from civic.accounts.models import User
from civic.challenge.support import checks
from civic.challenge.support.actions import mentors, plans, sessions
from civic.challenge.support.models import Mentor, Mentoring
from civic.challenge.support.queries.mentors import minutes_of
from civic.challenge.support.queries.plans import actions_of, editions_of, plan_of
from civic.challenge.support.refusals import (
    CannotHelp,
    DateGone,
    NobodyThere,
    NoHoursLeft,
    NotAnnounced,
    NotOnItsWay,
    NotYetOver,
    NotYourMentor,
    OwnOffer,
    PlanMovedOn,
    ReasonMissing,
    SeatTaken,
    TimeGone,
    TimeTaken,
)
from civic.core.db import db
from civic.core.states import IllegalMove
from tests.make_support import PROFILE

PLAN = {"needs": ["pricing"], "diagnosis": "We are new to councils.", "goals": "One contract.", "language": "en"}
TIME = {"minutes": 60, "place": "https://meet.example/abc"}
PROPOSAL = TIME | {"about": "Prices", "language": "en"}


def in_order():
    return [line for check in checks.CHECKS for line in check()] == []


def test_every_edition_of_a_plan_is_kept_and_saying_the_same_again_is_none(way, now, told):
    first = plans.write(way.journey, edition=0, by=way.owner, now=now, **PLAN)
    plans.write(way.journey, edition=1, by=way.owner, now=now, **PLAN)
    plans.write(way.journey, edition=1, by=way.manager, now=now, **(PLAN | {"goals": "Two contracts."}))
    assert [(each.number, each.goals, each.by_id) for each in editions_of(first)] == [
        (2, "Two contracts.", way.manager.id), (1, "One contract.", way.owner.id),
    ]  # fmt: skip
    assert plan_of(way.journey.id).edition == 2 and in_order()
    assert ("challenge_support.plan", way.mentor.person_id) in told() and (
        "challenge_support.plan",
        way.owner.id,
    ) in told()


def test_nobody_writes_over_an_edition_that_they_have_not_read(way, now):
    plans.write(way.journey, edition=0, by=way.owner, now=now, **PLAN)
    with pytest.raises(PlanMovedOn):
        plans.write(way.journey, edition=0, by=way.manager, now=now, **(PLAN | {"goals": "Other"}))


def test_actions_are_for_days_to_come_and_make_an_empty_plan_where_there_is_none(way, now):
    said = {"what": "Ask a council", "who": "startup", "language": "en", "by": way.owner, "now": now}
    with pytest.raises(DateGone):
        plans.add_action(way.journey, due_on=date(2026, 11, 22), **said)
    action = plans.add_action(way.journey, due_on=date(2026, 11, 23), **said)
    plans.move_action(action, "finish", by=way.owner, now=now)
    assert (action.status, action.done_at) == ("done", now)
    plans.move_action(action, "reopen", by=way.owner, now=now)
    assert (action.status, action.done_at) == ("open", None)
    assert [each.what for each in actions_of(plan_of(way.journey.id))] == ["Ask a council"] and in_order()


def test_whoever_has_left_the_programme_begins_nothing_new(way, make, now):
    way.journey.status = "lost"
    for act in (
        lambda: plans.write(way.journey, edition=0, by=way.owner, now=now, **PLAN),
        lambda: mentors.propose(way.journey, make.mentor(way.programme).id, by=way.manager, now=now),
        lambda: sessions.propose(
            way.journey, way.mentor, starts_at=now + timedelta(1), by=way.owner, now=now, **PROPOSAL
        ),
    ):
        with pytest.raises(NotOnItsWay):
            act()


def test_a_member_offers_staff_accept_and_nobody_decides_about_themselves(make, way, now, told):
    person = make.settled_member()
    mentor = mentors.offer(way.programme, by=person, now=now, **PROFILE)
    with pytest.raises(SeatTaken):
        mentors.offer(way.programme, by=person, now=now, **PROFILE)
    mentors.decide(mentor, "accept", by=way.manager, now=now)
    assert mentor.status == "active" and ("challenge_support.mentor", person.id) in told()
    own = mentors.offer(way.programme, by=way.manager, now=now, **PROFILE)
    with pytest.raises(OwnOffer):
        mentors.decide(own, "accept", by=way.manager, now=now)


def test_an_invitation_goes_to_a_confirmed_member_who_agrees_with_a_profile(make, way, now):
    person = make.settled_member()
    with pytest.raises(NobodyThere):
        mentors.invite(way.programme, "nobody@example.org", by=way.manager, now=now)
    mentor = mentors.invite(way.programme, person.email.upper(), by=way.manager, now=now)
    with pytest.raises(SeatTaken):
        mentors.invite(way.programme, person.email, by=way.manager, now=now)
    mentors.change(mentor, conflicts=(), by=person, now=now, **PROFILE)
    assert mentor.status == "active"


def test_an_ended_programme_takes_no_mentors(make, now):
    with pytest.raises(NotAnnounced):
        mentors.offer(make.programme(status="closed"), by=make.settled_member(), now=now, **PROFILE)


def test_help_begins_when_both_have_agreed_in_whatever_order(make, way, now, told):
    mentor = make.mentor(way.programme)
    pair = mentors.propose(way.journey, mentor.id, by=way.manager, now=now)
    person = db.session.get_one(User, mentor.person_id)
    mentors.agree(pair, frozenset({"startup"}), by=way.owner, now=now)
    assert pair.status == "proposed"
    mentors.agree(pair, frozenset({"mentor"}), by=person, now=now)
    assert pair.status == "active" and ("challenge_support.mentoring", way.owner.id) in told()
    with pytest.raises(IllegalMove):
        mentors.agree(pair, frozenset({"mentor"}), by=person, now=now)
    with pytest.raises(IllegalMove):
        mentors.agree(
            make.mentoring(way.journey, make.mentor(way.programme), status="proposed"),
            frozenset({"manager"}),
            by=way.manager,
            now=now,
        )


@pytest.mark.parametrize(
    "why,about", [("conflict", {"conflicts": True}), ("language", {"languages": ["ar"]}), ("hours", {"minutes": 60})]
)
def test_staff_cannot_put_together_what_should_not_be(make, way, now, why, about):
    if "conflicts" in about:
        about = {"conflicts": [way.journey.startup_id]}
    mentor = make.mentor(way.programme, **about)
    if why == "hours":
        make.support_session(make.mentoring(make.journey(programme=way.programme), mentor), status="held", hours=-5)
    with pytest.raises(CannotHelp):
        mentors.propose(way.journey, mentor.id, by=way.manager, now=now)
    with pytest.raises(CannotHelp):
        mentors.propose(way.journey, way.mentor.id, by=way.manager, now=now)  # helps already
    with pytest.raises(CannotHelp):
        mentors.propose(way.journey, 0, by=way.manager, now=now)


def test_a_conflict_that_is_declared_later_ends_the_help_and_what_was_booked(make, way, now):
    booked = make.support_session(way.pair)
    person = db.session.get_one(User, way.mentor.person_id)
    mentors.change(way.mentor, conflicts=[way.journey.startup_id], by=person, now=now, **PROFILE)
    db.session.expire_all()
    assert (way.pair.status, booked.status) == ("ended", "cancelled") and in_order()


def test_a_mentor_who_leaves_helps_nobody_any_more(make, way, now):
    ahead, past = make.support_session(way.pair), make.support_session(way.pair, status="held", hours=-30)
    mentors.answer(way.mentor, "end", by=db.session.get_one(User, way.mentor.person_id), now=now)
    db.session.expire_all()
    assert (way.mentor.status, way.pair.status, ahead.status, past.status) == ("ended", "ended", "cancelled", "held")


def test_a_time_that_is_offered_is_taken_by_one_startup(make, way, now, told):
    person = db.session.get_one(User, way.mentor.person_id)
    session = sessions.offer(way.mentor, starts_at=now + timedelta(hours=5), by=person, now=now, **TIME)
    other = make.journey(programme=way.programme)
    with pytest.raises(NotYourMentor):
        sessions.take(session, other, about="Prices", language="en", by=way.owner, now=now)
    db.session.refresh(session)
    sessions.take(session, way.journey, about="Prices", language="en", by=way.owner, now=now)
    assert (session.status, session.startup_id) == ("booked", way.journey.startup_id)
    assert ("challenge_support.session", person.id) in told()
    make.mentoring(other, way.mentor)
    with pytest.raises(IllegalMove):
        sessions.take(session, other, about="Prices", language="en", by=way.owner, now=now)


def test_a_proposed_time_is_booked_once_the_host_agrees(way, now):
    session = sessions.propose(
        way.journey, way.partner, starts_at=now + timedelta(1), by=way.owner, now=now, **PROPOSAL
    )
    assert (session.status, session.host_id) == ("proposed", None)
    sessions.agree(session, by=way.partner_person, now=now)
    assert (session.status, session.host_id) == ("booked", way.partner_person.id)


@pytest.mark.parametrize("offset,is_free", [(-60, True), (-59, False), (0, False), (59, False), (60, True)])
def test_nobody_is_in_two_places_at_once(make, way, now, offset, is_free):
    make.support_session(way.pair, hours=24)
    starts_at = now + timedelta(hours=24, minutes=offset)
    person = db.session.get_one(User, way.mentor.person_id)
    other = make.mentor(way.programme)
    make.mentoring(way.journey, other)
    theirs = sessions.propose(way.journey, other, starts_at=starts_at, by=way.owner, now=now, **PROPOSAL)
    if is_free:
        sessions.offer(way.mentor, starts_at=starts_at, by=person, now=now, **TIME)
        sessions.agree(theirs, by=db.session.get_one(User, other.person_id), now=now)
        return
    with pytest.raises(TimeTaken):
        sessions.offer(way.mentor, starts_at=starts_at, by=person, now=now, **TIME)
    with pytest.raises(TimeTaken):
        sessions.agree(theirs, by=db.session.get_one(User, other.person_id), now=now)


def test_a_mentor_gives_no_more_hours_than_they_offered(make, way, now):
    mentor = make.mentor(way.programme, minutes=90)
    pair = make.mentoring(way.journey, mentor)
    make.support_session(pair, status="held", hours=-30, minutes=45)
    assert minutes_of(mentor) == (45, 45)
    with pytest.raises(NoHoursLeft):
        sessions.propose(way.journey, mentor, starts_at=now + timedelta(1), by=way.owner, now=now, **PROPOSAL)
    db.session.rollback()


def test_times_lie_ahead_and_records_behind(make, way, now):
    with pytest.raises(TimeGone):
        sessions.offer(way.mentor, starts_at=now, by=way.owner, now=now, **TIME)
    booked = make.support_session(way.pair)
    record = {"minutes": 50, "attended": "Founder", "agreed": "Call again.", "language": "en", "by": way.owner}
    with pytest.raises(NotYetOver):
        sessions.hold(booked, now=now, **record)
    with pytest.raises(NotYetOver):
        sessions.miss(booked, missed_by="host", by=way.owner, now=now)
    later = now + timedelta(days=2)
    sessions.hold(booked, now=later, **record)
    sessions.hold(booked, now=later, **(record | {"minutes": 55}))
    assert (booked.status, booked.minutes) == ("held", 55) and minutes_of(way.mentor) == (55, 545)
    with pytest.raises(IllegalMove):
        sessions.miss(booked, missed_by="host", by=way.owner, now=later)
    db.session.rollback()


def test_what_was_promised_is_cancelled_with_a_reason_and_before_it_begins(make, way, now, told):
    booked = make.support_session(way.pair)
    with pytest.raises(ReasonMissing):
        sessions.cancel(booked, why="", language="en", by=way.owner, now=now)
    with pytest.raises(TimeGone):
        sessions.cancel(booked, why="Ill", language="en", by=way.owner, now=now + timedelta(days=2))
    sessions.cancel(booked, why="Ill", language="en", by=way.owner, now=now)
    assert (booked.status, booked.changes) == ("cancelled", 1)
    assert ("challenge_support.session", way.mentor.person_id) in told()
    assert ("challenge_support.session", way.owner.id) not in told()


def test_a_declined_or_ended_pair_can_be_proposed_again(way, now):
    mentors.end(way.pair, by=way.manager, now=now)
    again = mentors.propose(way.journey, way.mentor.id, by=way.manager, now=now)
    mentors.decline(again, by=way.owner, now=now)
    assert db.session.get_one(Mentoring, again.id).status == "declined"
    assert mentors.propose(way.journey, way.mentor.id, by=way.manager, now=now).status == "proposed"


def test_a_mentor_who_was_declined_may_offer_again(make, way, now):
    person = make.settled_member()
    mentor = mentors.offer(way.programme, by=person, now=now, **PROFILE)
    mentors.decide(mentor, "decline", by=way.manager, now=now)
    assert mentors.offer(way.programme, by=person, now=now, **PROFILE).id == mentor.id
    assert db.session.get_one(Mentor, mentor.id).status == "offered"


def test_a_button_that_is_pressed_twice_does_one_thing(way, now):
    said = {
        "what": "Ask a council",
        "who": "startup",
        "language": "en",
        "due_on": now.date(),
        "by": way.owner,
        "now": now,
    }
    assert plans.add_action(way.journey, **said).id == plans.add_action(way.journey, **said).id
    time = {"starts_at": now + timedelta(1), "by": way.owner, "now": now, **PROPOSAL}
    assert sessions.propose(way.journey, way.mentor, **time).id == sessions.propose(way.journey, way.mentor, **time).id
    assert sessions.propose(way.journey, way.partner, **time).kind == "partner"

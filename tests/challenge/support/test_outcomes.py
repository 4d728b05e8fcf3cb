"""What came of it, and the demo day: asked by themselves, answered by both, never fuller than the room, forgotten in time."""

from datetime import date, timedelta

import pytest

from civic.challenge.support import checks, jobs
from civic.challenge.support.actions import demo, outcomes
from civic.challenge.support.models import DemoRegistration
from civic.challenge.support.queries.demo import how_many, pitches_of, place_of
from civic.challenge.support.queries.due import due_for, due_for_manager
from civic.challenge.support.queries.outcomes import of_journey, outcomes_public
from civic.challenge.support.refusals import (
    AccessMissing,
    InterestedParty,
    NoAnswerYet,
    ReasonMissing,
    RegistrationClosed,
    RoomTooSmall,
)
from civic.core.db import db
from civic.core.money import Money
from civic.core.states import IllegalMove
from tests.make_support import ACCESS, ANSWER

VERIFIED = {
    "in_use": "yes", "used_by": "Two care teams", "contract_minor": 2_400_000, "jobs": 2, "investment_minor": None,
    "text": "The council pays for it now.", "language": "en",
}  # fmt: skip


@pytest.fixture
def later(monkeypatch, now):
    """Jobs that run so many days from now."""

    def run(days, job=jobs.ask_for_outcomes):
        monkeypatch.setattr("civic.core.clock.now", lambda: now + timedelta(days=days))
        db.session.commit()
        job.task.func()
        db.session.expire_all()

    return run


def test_questions_are_planned_from_the_match_and_counted_anew_from_the_end_of_the_test(way, now):
    first = outcomes.plan(way.journey.id, now=now)
    assert [each.ask_on for each in first] == [date(2027, 5, 23), date(2027, 11, 23), date(2028, 11, 23)]
    assert outcomes.plan(way.journey.id, now=now) == first
    outcomes.count_from(way.journey.id, date(2027, 3, 31), now=now)
    assert [each.ask_on for each in of_journey(way.journey.id)] == [
        date(2027, 9, 30),
        date(2028, 3, 31),
        date(2029, 3, 31),
    ]


def test_a_finalist_without_a_match_is_asked_nothing(make, now):
    assert outcomes.plan(make.journey("shortlisted").id, now=now) == []


def test_the_job_plans_asks_reminds_and_marks_what_is_overdue(in_request, way, later, told):
    later(1)
    states = lambda: [each.status for each in of_journey(way.journey.id)]  # noqa: E731
    assert states() == ["planned"] * 3
    later(182)
    asked = [person for notice, person in told() if notice == "challenge_support.outcome"]
    assert states() == ["asked", "planned", "planned"] and sorted(asked) == sorted(
        [way.owner.id, way.partner_person.id]
    )
    for days in (182, 196, 196, 207, 207):
        later(days)
    assert len([each for each in told() if each == ("challenge_support.outcome", way.owner.id)]) == 3
    assert states()[0] == "asked"
    later(211)
    assert states()[0] == "overdue"
    assert [each.role for each in due_for_manager(way.journey.created_at)] == ["manager"]


def test_both_sides_answer_and_staff_verify_what_everybody_reads(in_request, make, way, now):
    outcome = make.challenge_outcome(way.journey)
    assert [each.role for each in due_for(way.owner.id, now)] == ["startup"]
    outcomes.answer(outcome, "startup", by=way.owner, now=now, **ANSWER)
    outcomes.answer(outcome, "startup", by=way.owner, now=now, **(ANSWER | {"jobs": 3}))
    assert outcome.status == "asked" and due_for(way.owner.id, now) == []
    assert outcomes_public(way.programme.id)[0].in_use is None
    outcomes.answer(outcome, "partner", by=way.partner_person, now=now, **ANSWER)
    assert outcome.status == "answered"
    with pytest.raises(IllegalMove):
        outcomes.answer(outcome, "startup", by=way.owner, now=now, **ANSWER)
    outcomes.publish(outcome, by=way.manager, now=now, **VERIFIED)
    (first, *_rest) = outcomes_public(way.programme.id)
    assert (first.months, first.status, first.in_use, first.contract, first.text) == (
        6, "published", "yes", Money(2_400_000), "The council pays for it now.",
    )  # fmt: skip
    outcomes.move(outcome, "withdraw", why="A mistake", by=way.manager, now=now)
    assert outcomes_public(way.programme.id)[0].text == ""


def test_whoever_belongs_to_a_side_verifies_nothing(make, way, now):
    outcome = make.challenge_outcome(way.journey, answers=("startup", "partner"))
    make.partner_member(way.partner, person=way.manager)
    with pytest.raises(InterestedParty):
        outcomes.publish(outcome, by=way.manager, now=now, **VERIFIED)
    with pytest.raises(InterestedParty):
        outcomes.move(outcome, "send_back", why="Look again", by=way.manager, now=now)


def test_staff_go_on_with_one_answer_or_close_without_any_for_a_reason(make, way, now):
    outcome = make.challenge_outcome(way.journey)
    with pytest.raises(ReasonMissing):
        outcomes.move(outcome, "close", why="", by=way.manager, now=now)
    with pytest.raises(NoAnswerYet):
        outcomes.move(outcome, "settle", why="Late", by=way.manager, now=now)
    with pytest.raises(IllegalMove):
        outcomes.move(outcome, "publish", why="Sneaky", by=way.manager, now=now)
    outcomes.answer(outcome, "partner", by=way.partner_person, now=now, **ANSWER)
    outcomes.move(outcome, "settle", why="The startup was sold.", by=way.manager, now=now)
    assert outcome.status == "answered"
    outcomes.move(outcome, "send_back", why="Which teams?", by=way.manager, now=now)
    assert (outcome.status, outcome.reminders) == ("asked", 0)
    other = make.challenge_outcome(way.journey, months=12)
    outcomes.move(other, "close", why="The startup was dissolved.", by=way.manager, now=now)
    public = {each.months: each for each in outcomes_public(way.programme.id)}
    assert public[12].why == "The startup was dissolved." and public[6].status == "asked"


def test_nobody_is_asked_about_what_was_lost(make, way, now):
    planned = outcomes.plan(way.journey.id, now=now)
    way.journey.status = "lost"
    outcomes.ask(planned[0].id, now=now)
    assert planned[0].status == "closed"


# The demo day.


def test_a_demo_day_is_announced_only_when_everybody_can_know_how_to_get_in(make, way, now, told):
    for missing in ACCESS:
        day = make.demo_day(way.programme, status="draft", **{missing: ""})
        with pytest.raises(AccessMissing):
            demo.move(day, "publish", by=way.manager, now=now)
    day = make.demo_day(way.programme, status="draft")
    demo.move(day, "publish", by=way.manager, now=now)
    invited = {person for notice, person in told() if notice == "challenge_support.demo_day"}
    assert invited == {way.owner.id, way.mentor.person_id, way.partner_person.id} and how_many(day) == {"invited": 3}
    with pytest.raises(AccessMissing):
        make.demo_day(way.programme, status="published", step_free="")


def test_the_room_fills_who_comes_later_waits_and_moves_up(make, way, now, told):
    day = make.demo_day(way.programme, capacity=2)
    people = [make.settled_member() for _ in range(4)]
    for each in people:
        demo.register(day, needs=["captions"], needs_text="Row one", language="en", by=each, now=now)
    assert [place_of(day, each.id).status for each in people] == ["registered", "registered", "waiting", "waiting"]
    with pytest.raises(RoomTooSmall):
        make.demo_day(way.programme, capacity=1)
    demo.leave(day, by=people[0], now=now)
    gone = place_of(day, people[0].id)
    assert (gone.status, gone.needs, gone.needs_text) == ("cancelled", [], "")
    assert place_of(day, people[2].id).status == "registered" and place_of(day, people[3].id).status == "waiting"
    assert told().count(("challenge_support.demo_day", people[2].id)) == 2
    make.demo_day(way.programme, capacity=3)
    assert how_many(day) == {"registered": 3, "cancelled": 1}
    assert [line for check in checks.CHECKS for line in check()] == []


def test_registration_closes_to_the_minute_and_only_for_what_is_announced(make, way, now):
    day = make.demo_day(way.programme)
    said = {"needs": [], "needs_text": "", "language": "en", "by": make.settled_member()}
    with pytest.raises(RegistrationClosed):
        demo.register(day, now=day.registration_closes_at, **said)
    demo.register(day, now=day.registration_closes_at - timedelta(seconds=1), **said)
    day.status = "draft"
    with pytest.raises(RegistrationClosed):
        demo.register(day, now=now, **(said | {"by": make.settled_member()}))


def test_a_day_that_moves_or_is_cancelled_is_told_to_those_who_come(make, way, now, told):
    day, guest = make.demo_day(way.programme), make.settled_member()
    demo.register(day, needs=[], needs_text="", language="en", by=guest, now=now)
    make.demo_day(way.programme, days=21)
    with pytest.raises(ReasonMissing):
        demo.move(day, "cancel", by=way.manager, now=now)
    with pytest.raises(IllegalMove):
        demo.move(day, "hold", by=way.manager, now=now)
    demo.move(day, "cancel", why="Strike", by=way.manager, now=now)
    assert told().count(("challenge_support.demo_day", guest.id)) == 3  # registered, moved, cancelled


def test_the_order_of_pitches_changes_one_place_at_a_time(make, way, now):
    day = make.demo_day(way.programme)
    journeys = [way.journey, *(make.journey(programme=way.programme) for _ in range(2))]
    for each in [*journeys, way.journey]:
        demo.add_pitch(day, each, by=way.manager, now=now)
    order = lambda: [each.id for _, each in pitches_of(day)]  # noqa: E731
    a, b, c = (each.id for each in journeys)
    assert order() == [a, b, c]
    demo.move_pitch(pitches_of(day)[2][0], "up", by=way.manager, now=now)
    demo.move_pitch(pitches_of(day)[0][0], "up", by=way.manager, now=now)
    assert order() == [a, c, b]
    demo.move_pitch(pitches_of(day)[0][0], "down", by=way.manager, now=now)
    demo.move_pitch(pitches_of(day)[2][0], "remove", by=way.manager, now=now)
    assert order() == [c, a]


def test_what_visitors_need_is_erased_after_thirty_days_and_who_came_after_a_year(make, way, now, later):
    day, guest = make.demo_day(way.programme), make.settled_member()
    demo.register(day, needs=["carer"], needs_text="My sister comes along", language="en", by=guest, now=now)
    later(20 + 29, jobs.forget)
    assert place_of(day, guest.id).needs_text
    later(20 + 31, jobs.forget)
    place = place_of(day, guest.id)
    assert (place.needs, place.needs_text, place.status) == ([], "", "registered")
    later(20 + 366, jobs.forget)
    assert db.session.query(DemoRegistration).count() == 0


def test_notes_of_sessions_are_erased_after_two_years_and_the_hours_stay(make, way, later):
    held = make.support_session(way.pair, status="held", hours=-24)
    later(700, jobs.forget)
    assert held.agreed
    later(731, jobs.forget)
    assert (held.agreed, held.attended, held.about, held.minutes) == ("", "", "", 60)


def test_people_are_reminded_once_and_times_that_nobody_took_pass(make, way, now, later, told):
    make.support_session(way.pair, hours=20)
    offered = make.support_session(way.pair, status="offered", hours=2)
    day, guest = make.demo_day(way.programme, days=2), make.settled_member()
    day.registration_closes_at = day.starts_at
    demo.register(day, needs=[], needs_text="", language="en", by=guest, now=now)
    for _ in range(2):
        later(0.2, jobs.remind)
    assert offered.status == "cancelled"
    assert told().count(("challenge_support.session", way.owner.id)) == 1
    assert told().count(("challenge_support.demo_day", guest.id)) == 2  # registered, reminded


def test_an_action_that_is_due_is_told_to_its_side_once(make, way, now, later, told):
    from civic.challenge.support.actions.plans import add_action

    add_action(
        way.journey,
        what="Sign it",
        who="partner",
        due_on=now.date() + timedelta(5),
        language="en",
        by=way.owner,
        now=now,
    )
    later(1, jobs.remind)
    assert ("challenge_support.plan", way.partner_person.id) not in told()
    later(2, jobs.remind)
    later(3, jobs.remind)
    assert told().count(("challenge_support.plan", way.partner_person.id)) == 1

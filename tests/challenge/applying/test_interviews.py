"""Interviews: planned, moved, held, called off; hidden from whom the application is hidden from, and scored by their own panel."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from civic.assessment import queries as assessment
from civic.assessment.actions import interests, panels
from civic.assessment.queries.interests import has_interest
from civic.assessment.queries.items import assignment_on, item_of
from civic.challenge.applying import refusals
from civic.challenge.applying.actions import interviews, judging
from civic.challenge.applying.models import Interview
from civic.challenge.applying.queries.interviews import hearers_of, interview_of
from civic.challenge.applying.queries.ranking import places
from civic.core.db import db
from civic.core.states import IllegalMove


def facts(ground, **about):
    return {
        "at": ground.now + timedelta(days=3),
        "minutes": 30,
        "place": "City Hall, room 4",
        "told": "Bring it.",
    } | about


def planned(ground, application, people=None, **about):
    return interviews.plan(
        application, facts(ground, **about), people or ground.assessors, by=ground.manager, now=ground.now
    )


def held(ground, interview):
    ground.now = interview.at + timedelta(hours=1)
    panel = ground.hearing()
    if panel.status == "draft":
        panels.open(panel, by=ground.manager, now=ground.now)
    interviews.hold(interview, "They showed it.", language="en", by=ground.manager, now=ground.now)
    return interview


def test_an_interview_is_told_to_the_startup_and_to_those_who_hear_it(ground, told):
    (application,) = ground.judged((4, 4))
    interview = planned(ground, application)
    assert told() == [
        ("challenge.interview", application.started_by_id),
        *(("challenge.interview_to_hear", each.id) for each in ground.assessors),
    ]
    assert [each.person_id for each in hearers_of([interview.id])] == [each.id for each in ground.assessors]
    with pytest.raises(refusals.InterviewThere):
        planned(ground, application)


def test_nobody_with_an_interest_hears_a_startup(ground, make):
    (application,) = ground.judged((4, 4))
    interested = make.staff("assessor")
    interests.declare(
        application.name, user=interested, has_interest=True, words="My sister works there.", now=ground.now
    )
    stranger = make.member()
    for people in ([interested], [], [stranger], [*ground.assessors, stranger]):
        with pytest.raises(refusals.NobodyHears):
            interviews.plan(application, facts(ground), people, by=ground.manager, now=ground.now)


def test_an_interview_lies_ahead(ground):
    (application,) = ground.judged((4, 4))
    with pytest.raises(refusals.InThePast):
        planned(ground, application, at=ground.now)


def test_an_interview_is_scored_by_those_who_heard_it(ground):
    (application,) = ground.judged((2, 2))
    interview = held(ground, planned(ground, application))
    item = item_of(interview.name)
    assert all(assignment_on(item.id, each.id) is not None for each in ground.assessors)
    ground.score(interview.name, 5, 5)
    (place,) = places(ground.call, ground.challenge, ground.manager)
    assert (place.judged.written, place.judged.heard, place.judged.final) == (4000, 10_000, 7000)


def test_its_record_is_not_written_before_it_began(ground):
    (application,) = ground.judged((2, 2))
    interview = planned(ground, application)
    with pytest.raises(refusals.NotHeldYet):
        interviews.hold(interview, "They showed it.", language="en", by=ground.manager, now=ground.now)


def test_a_moved_interview_is_told_again_and_a_held_one_stays(ground, told):
    (application,) = ground.judged((2, 2))
    interview = planned(ground, application)
    before = len(told())
    later = facts(ground, at=ground.now + timedelta(days=4))
    interviews.change(interview, later, ground.assessors[:1], by=ground.manager, now=ground.now)
    assert len(told()) == before + 2
    assert [each.person_id for each in hearers_of([interview.id])] == [ground.assessors[0].id]
    held(ground, interview)
    with pytest.raises(IllegalMove):
        interviews.change(interview, facts(ground), ground.assessors, by=ground.manager, now=ground.now)
    with pytest.raises(IllegalMove):
        interviews.cancel(interview, "No.", by=ground.manager, now=ground.now)


def test_after_one_is_called_off_another_can_be_planned(ground):
    (application,) = ground.judged((2, 2))
    interviews.cancel(planned(ground, application), "The room is flooded.", by=ground.manager, now=ground.now)
    assert planned(ground, application).status == "planned"
    assert db.session.scalar(select(func.count()).select_from(Interview)) == 2


def test_what_is_decided_is_not_heard_any_more(ground):
    (application,) = ground.judged((2, 2))
    planned(ground, application)
    judging.pass_over(application, "Tell us more.", by=ground.manager, now=ground.now)
    assert interview_of(application.id) is None
    with pytest.raises(IllegalMove):
        planned(ground, application)


def test_an_interest_in_the_application_is_one_in_its_interview_and_the_other_way_round(ground):
    (application,) = ground.judged((2, 2))
    interview = held(ground, planned(ground, application))
    ground.score(interview.name, 5, 5)
    assert assessment.result_of(interview.name) is not None
    first, second = ground.assessors
    interests.declare(application.name, user=first, has_interest=True, words="I know them.", now=ground.now)
    assert has_interest(interview.name, first.id)
    assert assignment_on(item_of(interview.name).id, first.id) is None
    assert assessment.result_of(interview.name) is None, "the quorum is counted anew"
    interests.declare(interview.name, user=second, has_interest=True, words="So do I.", now=ground.now)
    assert has_interest(application.name, second.id)
    interests.lift(interview.name, second, why="A mistake.", by=ground.manager, now=ground.now)
    assert not has_interest(application.name, second.id)


def test_an_interest_that_stood_before_counts_for_the_interview(ground, make):
    (application,) = ground.judged((2, 2))
    interested = make.staff("approver")
    interests.declare(application.name, user=interested, has_interest=True, words="A friend.", now=ground.now)
    interview = planned(ground, application)
    assert has_interest(interview.name, interested.id)


def test_whoever_has_an_interest_decides_nothing(ground):
    (application,) = ground.judged((2, 2))
    interests.declare(application.name, user=ground.other, has_interest=True, words="A friend.", now=ground.now)
    acts = (
        lambda: judging.shortlist(application, by=ground.other, now=ground.now),
        lambda: judging.pass_over(application, "No.", by=ground.other, now=ground.now),
        lambda: judging.rule_out(application, "No.", by=ground.other, now=ground.now),
        lambda: interviews.plan(application, facts(ground), ground.assessors, by=ground.other, now=ground.now),
    )
    for act in acts:
        with pytest.raises(refusals.OwnInterest):
            act()

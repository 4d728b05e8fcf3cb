"""From the call to the answer: what can be done, when, and what it leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from civic.assessment import queries as assessment
from civic.assessment.actions import panels
from civic.assessment.queries.items import item_of
from civic.challenge.applying import refusals
from civic.challenge.applying.actions import applying, calls, judging, reminding, startups
from civic.challenge.applying.checks import CHECKS
from civic.challenge.applying.models import Startup
from civic.challenge.applying.names import panel_owner
from civic.challenge.applying.queries.applications import drafts_near_deadline
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.core.money import GBP
from civic.core.states import IllegalMove


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def letters():
    rows = select(OutgoingMessage.name, OutgoingMessage.person_id).where(OutgoingMessage.name.like("challenge/%"))
    return [(name.partition("/")[2], person) for name, person in db.session.execute(rows.order_by(OutgoingMessage.id))]


def nothing_is_wrong():
    return [sentence for check in CHECKS for sentence in check()] == []


# Calls.


def test_a_call_opens_once_nothing_is_missing_and_gives_each_challenge_its_panel(make, now):
    programme, by = make.programme(), make.staff("challenge_manager")
    call = calls.make(programme, grant=GBP(15_000), by=by, now=now)
    with pytest.raises(refusals.NotReady) as refused:
        calls.open_call(call, by=by, now=now)
    assert refused.value.gaps == ["opens_at", "closes_at", "challenges"]
    challenge = make.challenge("final", programme=programme)
    calls.change(call, {"opens_at": now, "closes_at": now + timedelta(days=30)}, by=by, now=now)
    calls.open_call(call, by=by, now=now)
    panel = assessment.panel_of(panel_owner(challenge.id))
    assert [(each.title, each.weight) for each in assessment.criteria_of(panel)] == [
        ("How well it solves the problem", 60), ("Who can use it", 40),
    ]  # fmt: skip
    with pytest.raises(IllegalMove):
        calls.open_call(call, by=by, now=now)


def test_a_programme_has_one_call(make, now):
    programme, by = make.programme(), make.staff("challenge_manager")
    make.call(programme)
    with pytest.raises(refusals.CallThere):
        calls.make(programme, grant=GBP(15_000), by=by, now=now)


def test_an_open_call_keeps_what_startups_rely_on(ground):
    by, now = ground.manager, ground.now
    for facts in ({"grant_minor": 1}, {"conditions": []}, {"closes_at": ground.call.closes_at - timedelta(days=1)}):
        with pytest.raises(refusals.Fixed):
            calls.change(ground.call, facts, by=by, now=now)
    calls.change(ground.call, {"closes_at": ground.call.closes_at + timedelta(days=1), "finalists": 4}, by=by, now=now)
    assert ground.call.finalists == 4


def test_a_brief_that_becomes_final_after_the_opening_gets_its_panel(ground, make):
    later = make.challenge("final", programme=ground.programme)
    assert assessment.panel_of(panel_owner(later.id)) is None
    assert calls.prepare_panels(ground.call, by=ground.manager, now=ground.now) == 1
    assert assessment.panel_of(panel_owner(later.id)) is not None
    assert calls.prepare_panels(ground.call, by=ground.manager, now=ground.now) == 0


# Startups.


def test_an_organisation_is_one_startup_however_often_it_is_begun(make, now):
    by = make.member()
    body = make.organisation(owner=by)
    first, second = startups.begin(body, by=by, now=now), startups.begin(body, by=by, now=now)
    assert first.id == second.id
    assert count(Startup) == 1


def test_a_startup_is_not_overwritten_unseen(ground):
    startup = ground.startup()
    seen = startups.edition_of(startup)
    startups.tell(startup, {"team": "Six people."}, seen=seen, by=ground.manager, now=ground.now)
    with pytest.raises(refusals.ChangedMeanwhile):
        startups.tell(startup, {"team": "Two people."}, seen=seen, by=ground.manager, now=ground.now)
    assert startup.team == "Six people."


# Beginning and writing.


def test_who_is_known_not_to_meet_a_condition_does_not_begin(ground, make):
    owner = make.staff("researcher")
    with pytest.raises(refusals.NotEligible):
        applying.begin(
            ground.call, ground.challenge, ground.startup(owner=owner), language="en", by=owner, now=ground.now
        )
    person = make.partner_member(ground.partner)
    with pytest.raises(refusals.NotEligible):
        applying.begin(
            ground.call, ground.challenge, ground.startup(owner=person), language="en", by=person, now=ground.now
        )


def test_a_startup_applies_once_to_a_challenge_and_again_after_giving_up(ground):
    startup = ground.startup()
    draft = ground.drafted(startup)
    with pytest.raises(refusals.AppliedAlready):
        ground.drafted(startup)
    applying.withdraw(draft, why="Too early.", by=ground.manager, now=ground.now)
    assert ground.drafted(startup).status == "draft"


def test_a_brief_that_is_not_final_takes_no_applications(ground, make):
    other = make.challenge("commenting", programme=ground.programme)
    foreign = make.challenge("final")
    for challenge in (other, foreign):
        with pytest.raises(refusals.NotOffered):
            applying.begin(ground.call, challenge, ground.startup(), language="en", by=ground.manager, now=ground.now)


def test_a_step_is_not_overwritten_unseen_and_other_steps_may_be_written_meanwhile(ground, make):
    draft = ground.drafted()
    seen, other = applying.mark_of(draft, "test"), applying.mark_of(draft, "after")
    applying.tell(draft, "test", {"test": "Two weeks in Deptford."}, seen=seen, by=make.member(), now=ground.now)
    with pytest.raises(refusals.ChangedMeanwhile):
        applying.tell(draft, "test", {"test": "One week."}, seen=seen, by=make.member(), now=ground.now)
    colleague = make.member()
    applying.tell(draft, "after", {"risks": "Rain."}, seen=other, by=colleague, now=ground.now)
    kept = ground.again(draft)
    assert (kept.answers["test"], kept.answers["risks"]) == ("Two weeks in Deptford.", "Rain.")
    assert kept.edited_by_id == colleague.id


# Sending.


def test_what_lacks_something_is_not_sent(ground):
    draft = ground.drafted(test="")
    with pytest.raises(refusals.NotComplete) as refused:
        applying.submit(draft, by=ground.manager, now=ground.now)
    assert refused.value.gaps == ["answer:test"]


def test_a_declaration_that_is_missing_holds_the_sending_back(ground):
    draft = ground.drafted()
    applying.declare(draft, ["solvent"], seen=applying.mark_of(draft, "conditions"), by=ground.manager, now=ground.now)
    with pytest.raises(refusals.NotEligible):
        applying.submit(draft, by=ground.manager, now=ground.now)


def test_what_is_sent_is_kept_as_it_was_and_everybody_of_the_startup_has_a_letter(ground, make):
    owner = make.member()
    startup = ground.startup(owner=owner)
    colleague = ground.join(startup)
    sent = ground.sent(startup, by=owner)
    assert letters() == [("application_received", owner.id), ("application_received", colleague.id)]
    assert sent.profile["team"] == "Four people in Hackney."
    assert all(holds for _kind, _value, holds, _why in sent.findings)
    startups.tell(startup, {"team": "Nobody."}, seen=startups.edition_of(startup), by=owner, now=ground.now)
    assert ground.again(sent).profile["team"] == "Four people in Hackney."


def test_a_second_click_sends_nothing_twice(ground):
    sent = ground.sent()
    with pytest.raises(refusals.NotADraft):
        applying.submit(sent, by=ground.manager, now=ground.now)
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("early", "is_taken"), [(timedelta(microseconds=1), True), (timedelta(0), False), (-timedelta(seconds=1), False)]
)
def test_late_is_late_to_the_second(ground, early, is_taken):
    draft = ground.drafted()
    moment = ground.call.closes_at - early
    if is_taken:
        assert applying.submit(draft, by=ground.manager, now=moment).status == "submitted"
        return
    with pytest.raises(refusals.NotNow):
        applying.submit(draft, by=ground.manager, now=moment)
    assert ground.again(draft).status == "draft"


def test_what_was_sent_is_taken_back_before_the_deadline_only(ground):
    sent = ground.sent()
    applying.reopen(sent, by=ground.manager, now=ground.call.closes_at - timedelta(seconds=1))
    assert ground.again(sent).status == "draft"
    applying.submit(ground.again(sent), by=ground.manager, now=ground.now)
    with pytest.raises(refusals.NotNow):
        applying.reopen(sent, by=ground.manager, now=ground.call.closes_at)


def test_nothing_is_sent_before_the_opening(ground):
    draft = ground.drafted()
    with pytest.raises(refusals.NotNow):
        applying.submit(draft, by=ground.manager, now=ground.call.opens_at - timedelta(seconds=1))


def test_writers_of_drafts_are_reminded_once_for_each_moment(ground):
    draft, day_before = ground.drafted(), ground.call.closes_at - timedelta(hours=20)
    ground.sent()
    found = drafts_near_deadline(day_before)
    assert [number for number, *_rest in found] == [draft.id]
    assert reminding.remind(draft.id, ground.call.closes_at, now=day_before)
    assert not reminding.remind(draft.id, ground.call.closes_at, now=day_before + timedelta(minutes=10))
    assert [name for name, _person in letters()].count("application_reminder") == 1


# Unsealing.


def test_nothing_is_unsealed_before_the_deadline(ground):
    sent = ground.sent()
    assert calls.unseal(ground.call.id, now=ground.call.closes_at - timedelta(seconds=1)) == 0
    assert item_of(sent.name) is None
    assert nothing_is_wrong()


def test_at_the_deadline_what_was_sent_goes_to_the_assessors_once(ground):
    sent, draft = ground.sent(), ground.drafted()
    assert calls.unseal(ground.call.id, now=ground.call.closes_at) == 1
    assert item_of(sent.name).recipient == sent.profile["name"]
    assert item_of(draft.name) is None
    assert calls.unseal(ground.call.id, now=ground.call.closes_at + timedelta(days=1)) == 0
    assert ground.call.status == "assessing" and nothing_is_wrong()


def test_whoever_decides_before_the_job_came_unseals_the_call(ground):
    sent = ground.sent()
    ground.now = ground.call.closes_at
    judging.pass_over(sent, "Tell us more about the test.", by=ground.manager, now=ground.now)
    assert ground.again(sent).call.unsealed_at == ground.now and item_of(sent.name) is not None


def test_before_the_deadline_nobody_decides(ground):
    with pytest.raises(refusals.Sealed):
        judging.pass_over(ground.sent(), "No.", by=ground.manager, now=ground.now)


# Judging.


def test_nothing_is_shortlisted_before_its_scores_are_in(ground):
    sent = ground.sent()
    ground.seat()
    ground.after_the_deadline()
    with pytest.raises(refusals.NotJudged):
        judging.shortlist(sent, by=ground.manager, now=ground.now)
    ground.score(sent.name, 4, 5)
    assert judging.shortlist(sent, by=ground.manager, now=ground.now).status == "shortlisted"


def test_nobody_is_passed_over_without_words(ground):
    (application,) = ground.judged((2, 2))
    with pytest.raises(refusals.FeedbackMissing):
        judging.pass_over(application, "  ", by=ground.manager, now=ground.now)


def test_several_are_passed_over_together_or_none(ground):
    first, second = ground.judged((2, 2), (1, 1))
    judging.shortlist(first, by=ground.manager, now=ground.now)
    with pytest.raises(refusals.FeedbackMissing), db.session.begin_nested():
        judging.pass_over_together([(first, "Words.", "en"), (second, "", "en")], by=ground.manager, now=ground.now)
    assert [ground.again(each).status for each in (first, second)] == ["shortlisted", "submitted"]
    judging.pass_over_together([(first, "One.", "en"), (second, "Two.", "pl")], by=ground.manager, now=ground.now)
    assert [(ground.again(each).feedback, ground.again(each).feedback_language) for each in (first, second)] == [
        ("One.", "en"), ("Two.", "pl"),
    ]  # fmt: skip


def test_the_shortlist_is_published_once_everybody_is_answered_and_all_are_told_at_once(ground, told):
    first, second = ground.judged((5, 5), (2, 2))
    judging.shortlist(first, by=ground.manager, now=ground.now)
    with pytest.raises(refusals.StillUnanswered):
        calls.finish(ground.call, by=ground.manager, now=ground.now)
    judging.pass_over(second, "Tell us more about the test.", by=ground.manager, now=ground.now)
    assert told() == []
    calls.finish(ground.call, by=ground.manager, now=ground.now)
    assert told() == [
        ("challenge.application_answered", first.started_by_id),
        ("challenge.application_answered", second.started_by_id),
    ]
    with pytest.raises(refusals.NotAssessing):
        judging.pass_over(first, "No.", by=ground.manager, now=ground.now)
    assert nothing_is_wrong()


def test_what_is_ruled_out_leaves_the_assessors_and_is_told_at_once_and_may_come_back(ground, told):
    (application,) = ground.judged((3, 3))
    judging.rule_out(application, "It is not registered.", by=ground.manager, now=ground.now)
    assert item_of(application.name).status == "withdrawn"
    assert told() == [("challenge.application_answered", application.started_by_id)]
    judging.reinstate(application, "It is, after all.", by=ground.manager, now=ground.now)
    assert (ground.again(application).status, ground.again(application).feedback) == ("submitted", "")
    assert item_of(application.name).status == "scored"


def test_what_is_given_up_is_taken_from_the_assessors(ground):
    (application,) = ground.judged((3, 3))
    applying.withdraw(application, why="We merged.", by=ground.manager, now=ground.now)
    assert item_of(application.name).status == "withdrawn"
    assert nothing_is_wrong()


def test_a_closed_panel_takes_no_more_but_the_shortlist_goes_on(ground):
    (application,) = ground.judged((4, 4))
    panel = assessment.panel_of(panel_owner(ground.challenge.id))
    panels.close(panel, by=ground.manager, now=ground.now)
    assert judging.shortlist(application, by=ground.manager, now=ground.now).status == "shortlisted"

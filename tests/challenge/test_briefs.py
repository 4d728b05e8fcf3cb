"""Briefs: written, opened, commented on, changed in the open, published by somebody else."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from civic.challenge.actions import briefs, remarks
from civic.challenge.actions.showing import show_remark
from civic.challenge.checks import published_by_writers, wrong_counts
from civic.challenge.models import BriefWriter, Challenge
from civic.challenge.notices import NOTICES
from civic.challenge.queries.briefs import criteria_of, unanswered, versions_of, what_waits
from civic.challenge.refusals import (
    BriefIsFinal,
    BriefUnfinished,
    ClosingTooEarly,
    CommentsClosed,
    OwnBrief,
    ReasonMissing,
    SlugTaken,
    WeightsOff,
    WhatChangedMissing,
)
from civic.core.db import db
from civic.core.errors import NotFound
from civic.core.states import IllegalMove

LATER = timedelta(days=30)
WEIGHTS = [("How well it solves the problem", 60), ("Who can use it", 40)]


@pytest.fixture(autouse=True)
def here(in_request):
    """Moderation asks for addresses."""


def change(challenge, *, by, now, criteria=WEIGHTS, **values):
    briefs.change(
        challenge, programme=challenge.programme, partner=challenge.partner, criteria=criteria, by=by, now=now, **values
    )


def answer(remark, *, by, now, result="changed", text="We added it.", as_role="Head of Innovation"):
    remarks.answer(remark, result=result, text=text, language="en", as_role=as_role, by=by, now=now)


def test_every_state_and_every_verb(make, now):
    acts = {
        "open": lambda c: briefs.open_for_comment(c, closes_at=now + LATER, by=make.staff(), now=now),
        "publish": lambda c: briefs.publish(c, by=make.staff("approver"), now=now + LATER * 2),
        "close": lambda c: briefs.close(c, by=make.staff(), now=now),
    }
    for state, verb in itertools.product(("draft", "commenting", "final", "closed"), acts):
        challenge = make.challenge(state)
        if (state, verb) in Challenge.TRANSITIONS:
            acts[verb](challenge)
            assert challenge.status == Challenge.TRANSITIONS[state, verb]
        else:
            with pytest.raises(IllegalMove):
                acts[verb](challenge)
            assert challenge.status == state


def test_a_brief_without_a_route_to_adoption_is_not_published(make, now):
    challenge = make.challenge(adoption="")
    with pytest.raises(BriefUnfinished) as refused:
        briefs.publish(challenge, by=make.staff("approver"), now=now + LATER)
    assert "a challenge without a route to adoption is not a good challenge" in str(refused.value.sentence)
    challenge.status, challenge.published_at = "final", now
    with pytest.raises(IntegrityError, match="ck_challenge_adoption"), db.session.begin_nested():
        db.session.flush()


def test_comments_must_have_closed_and_each_be_answered(make, now):
    challenge, approver = make.challenge(), make.staff("approver")
    remark = make.brief_remark(challenge)
    with pytest.raises(BriefUnfinished) as refused:
        briefs.publish(challenge, by=approver, now=now)
    assert "still comment" in str(refused.value.sentence)
    with pytest.raises(BriefUnfinished) as refused:
        briefs.publish(challenge, by=approver, now=now + LATER)
    assert "no answer yet" in str(refused.value.sentence)
    answer(remark, by=make.staff("challenge_manager"), now=now)
    briefs.publish(challenge, by=approver, now=now + LATER)
    assert challenge.status == "final" and challenge.published_by_id == approver.id


def test_nobody_publishes_what_they_wrote_on(make, now):
    writer, second = make.staff("challenge_manager"), make.staff("challenge_manager")
    challenge = make.challenge(by=writer)
    change(challenge, by=second, now=now, success="They sleep.", what_changed="Clearer.")
    for person in (writer, second):
        with pytest.raises(OwnBrief):
            briefs.publish(challenge, by=person, now=now + LATER)
    challenge.published_by_id = second.id
    with pytest.raises(IntegrityError, match="ck_challenge_four_eyes"), db.session.begin_nested():
        db.session.flush()


def test_a_check_finds_a_brief_that_its_writer_published(make):
    challenge = make.challenge("final")
    assert list(published_by_writers()) == []
    db.session.execute(delete(BriefWriter))
    db.session.add(BriefWriter(challenge_id=challenge.id, person_id=challenge.published_by_id))
    db.session.flush()
    assert len(list(published_by_writers())) == 1


def test_weights_add_up_to_a_hundred(make, now):
    challenge, staff = make.challenge("draft"), make.staff("challenge_manager")
    with pytest.raises(WeightsOff):
        change(challenge, by=staff, now=now, criteria=[("One", 60), ("Two", 39)])
    change(challenge, by=staff, now=now, criteria=[("One", 100)])
    assert [each.name for each in criteria_of(challenge)] == ["One"] and challenge.weight_total == 100
    change(challenge, by=staff, now=now, criteria=[])
    assert challenge.weight_total == 0 and list(wrong_counts()) == []


def test_what_changed_after_comments_stays_to_be_read(make, now):
    challenge, staff = make.challenge(), make.staff("challenge_manager")
    with pytest.raises(WhatChangedMissing):
        change(challenge, by=staff, now=now, success="They sleep.")
    change(challenge, by=staff, now=now, success="They sleep.", what_changed="Carers said that sleep matters most.")
    first, second = versions_of(challenge)
    assert first.words["success"] == "Carers say that they rest." and second.words["success"] == "They sleep."
    assert second.what_changed.startswith("Carers said") and first.number == 1
    change(challenge, by=staff, now=now, success="They sleep.")
    assert len(versions_of(challenge)) == 2, "changing nothing changes nothing"


def test_a_draft_changes_without_a_history_and_a_final_brief_not_at_all(make, now):
    draft, final, staff = make.challenge("draft"), make.challenge("final"), make.staff("challenge_manager")
    change(draft, by=staff, now=now, title="Another title")
    assert versions_of(draft) == []
    with pytest.raises(BriefIsFinal):
        change(final, by=staff, now=now, title="Another title", what_changed="Why not?")


def test_a_record_of_an_earlier_year_says_only_what_is_known(make, now):
    recorded = briefs.record(
        programme=make.programme(status="closed"), partner=None, published_at=now, by=make.staff(), now=now, slug="homes-2018",
        theme="homes", title="Affordable housing", statement="VU.CITY and Crossmap were finalists.", language="en",
    )  # fmt: skip
    assert recorded.status == "closed" and recorded.partner is None and versions_of(recorded) == []
    recorded.is_record = False
    with pytest.raises(IntegrityError, match="ck_challenge_"), db.session.begin_nested():
        db.session.flush()


def test_an_address_is_taken_once(make, now):
    make.challenge("draft", slug="carers")
    with pytest.raises(SlugTaken):
        make.challenge("draft", slug="carers")
    with pytest.raises(SlugTaken):
        change(make.challenge("draft"), by=make.staff(), now=now, slug="carers")


def test_comments_cannot_close_before_they_open(make, now):
    with pytest.raises(ClosingTooEarly):
        briefs.open_for_comment(make.challenge("draft"), closes_at=now, by=make.staff(), now=now)


def test_remarks_are_numbered_and_refused_from_the_closing_minute_on(make, now):
    challenge = make.challenge()
    assert [make.brief_remark(challenge).position for _ in range(3)] == [1, 2, 3] and challenge.remarks == 3
    make.brief_remark(challenge, now=challenge.comments_close_at - timedelta(seconds=1))
    with pytest.raises(CommentsClosed):
        make.brief_remark(challenge, now=challenge.comments_close_at)
    with pytest.raises(CommentsClosed):
        make.brief_remark(make.challenge("draft"))


def test_a_removed_remark_is_counted_no_more_and_needs_no_answer(make, now):
    challenge = make.challenge()
    remark = make.brief_remark(challenge)
    assert unanswered() == unanswered(challenge.id) == 1 == what_waits()
    show_remark(remark.id, "removed", "spam")
    assert (challenge.remarks, unanswered(), list(wrong_counts())) == (0, 0, [])
    with pytest.raises(NotFound):
        answer(remark, by=make.staff(), now=now)
    show_remark(remark.id, "shown", "")
    assert challenge.remarks == 1


def test_whoever_remarked_is_told_what_came_of_it(make, now, told):
    challenge, staff = make.challenge(), make.staff("challenge_manager")
    remark = make.brief_remark(challenge)
    with pytest.raises(ReasonMissing):
        answer(remark, by=staff, now=now, text=" ")
    answer(remark, by=staff, now=now)
    assert told() == [("challenge.remark_answered", remark.author_id)]
    draw = next(each.draw for each in NOTICES if each.key == "challenge.remark_answered")
    assert "was changed because of your comment" in draw({"remark": remark.id}).sentence
    answer(remark, by=staff, now=now, result="not_changed", text="Another challenge has it.")
    assert "was answered" in draw({"remark": remark.id}).sentence

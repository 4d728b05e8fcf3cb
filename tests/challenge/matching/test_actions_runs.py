"""A match from its computing to its publication: every state × verb, four eyes, nothing out of date, nothing rewritten."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.challenge.applying.actions import outcomes
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.matching.actions import overrides, places, publishing, runs
from civic.challenge.matching.checks import CHECKS
from civic.challenge.matching.events import MatchPublished
from civic.challenge.matching.models import Override, Run
from civic.challenge.matching.queries.lists import places_of
from civic.challenge.matching.refusals import (
    ClosingInThePast,
    HasAStake,
    InputsChanged,
    NotAccepted,
    NothingOverridden,
    NothingToMatch,
    NotOffered,
    OverridesWaiting,
    OwnProposal,
    RankingClosed,
    RankingStillOpen,
    TooFull,
    WhyMissing,
)
from civic.challenge.matching.rules.documents import faults
from civic.core import announcements
from civic.core.db import db
from civic.core.states import IllegalMove, history

pytestmark = pytest.mark.usefixtures("in_request")
SECOND = timedelta(seconds=1)


@pytest.fixture
def made(make):
    """The first startup gets its second choice, the second its first, the third nothing."""
    return make.ranked([[0, 1], [0, 1], [0]], [[1, 0, 2], [0, 1]])


@pytest.fixture
def later(made):
    return made.call.ranks_close_at


@pytest.fixture
def manager(make):
    return make.staff("challenge_manager")


@pytest.fixture
def approver(make):
    return make.staff("approver")


def test_it_is_computed_only_once_lists_are_closed(made, later, manager):
    with pytest.raises(RankingStillOpen):
        runs.make_run(made.call, by=manager, now=later - SECOND)
    run = runs.make_run(made.call, by=manager, now=later)
    first, second, third = (str(each.id) for each in made.startups)
    care, bus = (str(each.id) for each in made.challenges)
    assert run.result == {first: bus, second: care, third: None}
    assert (run.status, run.number, run.is_substitute) == ("draft", 1, False)
    assert runs.make_run(made.call, by=manager, now=later).number == 2


def test_a_challenge_can_be_left_out_for_a_reason(made, later, manager):
    closed = [made.challenges[0].id]
    with pytest.raises(WhyMissing):
        runs.make_run(made.call, closed=closed, by=manager, now=later)
    run = runs.make_run(made.call, closed=closed, why="Its partner has no site.", by=manager, now=later)
    assert set(run.result.values()) == {None, str(made.challenges[1].id)}


def test_there_must_be_somebody_to_match(made, later, manager):
    with pytest.raises(NothingToMatch):
        runs.make_run(made.call, closed=[each.id for each in made.challenges], why="None.", by=manager, now=later)


def test_publishing_moves_every_application_and_tells_everybody_why(
    made, make, later, manager, approver, told, monkeypatch
):
    heard = []
    monkeypatch.setitem(announcements._listeners, MatchPublished, [heard.append])
    run = runs.make_run(made.call, by=manager, now=later)
    runs.propose(run, by=manager, now=later)
    publishing.publish(run, by=approver, now=later)
    db.session.expire_all()
    states = {pair: application.status for pair, application in made.applications.items()}
    (first, second, third), (care, bus) = (each.id for each in made.startups), (each.id for each in made.challenges)
    assert states == {
        (first, care): "unmatched", (first, bus): "matched", (second, care): "matched", (second, bus): "unmatched",
        (third, care): "unmatched", (third, bus): "unmatched",
    }  # fmt: skip
    said = made.of(0, 0).feedback
    assert "Its places went to startups that its partner ranked higher than you." in said
    assert f"You are matched with “{made.challenges[1].title}”." in said
    assert "You did not rank it" in made.of(2, 1).feedback
    assert "You have a challenge that you ranked higher." in made.of(1, 1).feedback
    assert made.call.status == "matched" and heard == [MatchPublished(made.call.id, later)]
    assert (
        sorted(notice for notice, _ in told())
        == ["challenge_matching.partner"] * 2 + ["challenge_matching.startup"] * 3
    )
    assert [fault for check in CHECKS for fault in check()] == []
    assert faults(json.loads(json.dumps(runs.file_of(run)))) == [] and runs.file_of(run)["sha256"] == run.file_hash


def test_nobody_publishes_what_they_proposed(made, later, manager):
    run = runs.make_run(made.call, by=manager, now=later)
    runs.propose(run, by=manager, now=later)
    with pytest.raises(OwnProposal):
        publishing.publish(run, by=manager, now=later)
    with pytest.raises(sa.exc.IntegrityError, match="four_eyes"), db.session.begin_nested():
        db.session.execute(sa.update(Run).values(published_by_id=manager.id))


def test_a_match_that_is_out_of_date_is_not_handed_on(made, later, manager, approver):
    run = runs.make_run(made.call, by=manager, now=later)
    runs.propose(run, by=manager, now=later)
    places.set_places(made.call, {made.challenges[0].id: (2, 0)}, by=manager, now=later)
    with pytest.raises(InputsChanged):
        publishing.publish(run, by=approver, now=later)
    runs.return_(run, why="There is one more place.", by=approver, now=later)
    with pytest.raises(InputsChanged):
        runs.propose(run, by=manager, now=later)
    fresh = runs.make_run(made.call, by=manager, now=later)
    made.of(2, 0).status = "withdrawn"
    db.session.flush()
    with pytest.raises(InputsChanged):
        runs.propose(fresh, by=manager, now=later)


def test_below_its_minimum_somebody_says_why_it_goes_ahead(made, later, manager):
    places.set_places(made.call, {made.challenges[1].id: (3, 2)}, by=manager, now=later)
    run = runs.make_run(made.call, by=manager, now=later)
    with pytest.raises(WhyMissing):
        runs.propose(run, by=manager, now=later)
    runs.propose(run, why="One is enough for this partner.", by=manager, now=later)
    assert run.proposed_why == "One is enough for this partner."


STATES = ("draft", "proposed", "published", "discarded")
VERBS = {
    "propose": lambda run, by, now: runs.propose(run, by=by, now=now),
    "return": lambda run, by, now: runs.return_(run, why="Look again.", by=by, now=now),
    "publish": lambda run, by, now: publishing.publish(run, by=by, now=now),
    "discard": lambda run, by, now: runs.discard(run, by=by, now=now),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", STATES)
def test_every_state_with_every_verb(made, make, later, status, verb):
    run, by = make.match_run(made, status), make.staff("challenge_manager")
    after = Run.TRANSITIONS.get((status, verb))
    if after is None:
        with pytest.raises(IllegalMove):
            VERBS[verb](run, by, later)
        assert run.status == status
    else:
        VERBS[verb](run, by, later)
        assert run.status == after and history(run)[-1].verb == verb


@pytest.mark.parametrize("verb", ["approve", "refuse", "withdraw"])
@pytest.mark.parametrize("status", ["proposed", "approved", "refused", "withdrawn"])
def test_every_state_of_an_override_with_every_verb(made, make, later, manager, status, verb):
    run = make.match_run(made)
    override = overrides.propose_override(run, made.of(0, 1).id, "leave", reason="Closed.", by=manager, now=later)
    step = {"approved": "approve", "refused": "refuse", "withdrawn": "withdraw"}.get(status)
    if step:
        overrides.decide_override(run, override, step, by=make.staff("approver"), now=later)
    after, by = Override.TRANSITIONS.get((status, verb)), make.staff("approver")
    if after is None:
        with pytest.raises(IllegalMove):
            overrides.decide_override(run, override, verb, by=by, now=later)
    else:
        overrides.decide_override(run, override, verb, by=by, now=later)
        assert override.status == after


@pytest.mark.parametrize("status", ["proposed", "published", "discarded"])
def test_overrides_are_for_drafts(made, make, later, manager, status):
    run = make.match_run(made)
    override = overrides.propose_override(run, made.of(0, 1).id, "leave", reason="Closed.", by=manager, now=later)
    overrides.decide_override(run, override, "approve", by=make.staff("approver"), now=later)
    if status == "discarded":
        runs.discard(run, by=manager, now=later)
    else:
        runs.propose(run, by=manager, now=later)
    if status == "published":
        publishing.publish(run, by=make.staff("approver"), now=later)
    with pytest.raises(IllegalMove):
        overrides.propose_override(run, made.of(1, 0).id, "leave", reason="Closed.", by=manager, now=later)
    with pytest.raises(IllegalMove):
        overrides.decide_override(run, override, "withdraw", by=manager, now=later)


def test_an_override_needs_a_reason_and_a_second_person_and_changes_what_is_published(
    made, make, later, manager, approver
):
    run = make.match_run(made)
    with pytest.raises(WhyMissing):
        overrides.propose_override(run, made.of(2, 0).id, "match", reason="", by=manager, now=later)
    out = overrides.propose_override(run, made.of(1, 0).id, "leave", reason="It lost its site.", by=manager, now=later)
    with pytest.raises(OverridesWaiting):
        runs.propose(run, by=manager, now=later)
    with pytest.raises(OwnProposal):
        overrides.decide_override(run, out, "approve", by=manager, now=later)
    into = overrides.propose_override(run, made.of(2, 0).id, "match", reason="It is ready.", by=manager, now=later)
    overrides.decide_override(run, into, "approve", by=approver, now=later)
    overrides.decide_override(run, out, "refuse", by=approver, now=later)
    with pytest.raises(TooFull):
        runs.propose(run, by=manager, now=later)
    out = overrides.propose_override(run, made.of(1, 0).id, "leave", reason="It lost its site.", by=manager, now=later)
    overrides.decide_override(run, out, "approve", by=approver, now=later)
    runs.propose(run, by=manager, now=later)
    publishing.publish(run, by=approver, now=later)
    db.session.expire_all()
    assert (made.of(2, 0).status, made.of(1, 0).status) == ("matched", "unmatched")
    assert "two people decided otherwise" in made.of(1, 0).feedback
    assert [fault for check in CHECKS for fault in check()] == []


def test_nobody_is_matched_against_their_word_and_nothing_is_overridden_that_is_so(made, make, later, manager):
    run, other = make.match_run(made), make.shortlist(1, 1)
    for application, kind, refusal in (
        (made.of(2, 1), "match", NotAccepted),
        (made.of(1, 0), "match", NothingOverridden),
        (made.of(2, 0), "leave", NothingOverridden),
        (other.of(0, 0), "match", NotOffered),
    ):
        with pytest.raises(refusal):
            overrides.propose_override(run, application.id, kind, reason="Why not.", by=manager, now=later)


def test_who_acts_for_a_side_decides_nothing(made, make, later, manager, approver):
    run = make.match_run(made)
    override = overrides.propose_override(run, made.of(0, 1).id, "leave", reason="Closed.", by=manager, now=later)
    ofstartup = make.joins(made.startups[2], make.staff("challenge_manager", "approver"))
    ofpartner = make.staff("challenge_manager", "approver")
    make.partner_member(made.challenges[0].partner, person=ofpartner)
    for who in (ofstartup, ofpartner):
        acts = [
            lambda who=who: runs.make_run(made.call, by=who, now=later),
            lambda who=who: runs.propose(run, by=who, now=later),
            lambda who=who: runs.discard(run, by=who, now=later),
            lambda who=who: runs.return_(run, why="Why.", by=who, now=later),
            lambda who=who: publishing.publish(run, by=who, now=later),
            lambda who=who: places.set_places(made.call, {made.challenges[0].id: (2, 0)}, by=who, now=later),
            lambda who=who: places.move_closing(made.call, later + SECOND, why="Why.", by=who, now=later),
            lambda who=who: overrides.propose_override(run, made.of(2, 0).id, "match", reason="Us.", by=who, now=later),
            lambda who=who: overrides.decide_override(run, override, "approve", by=who, now=later),
        ]
        for act in acts:
            with pytest.raises(HasAStake):
                act()


def test_lists_can_close_later_and_drafts_are_discarded_then(made, make, later, manager):
    run = make.match_run(made)
    with pytest.raises(ClosingInThePast):
        places.move_closing(made.call, later, why="Too late.", by=manager, now=later)
    with pytest.raises(WhyMissing):
        places.move_closing(made.call, later + timedelta(days=1), why="", by=manager, now=later)
    places.move_closing(made.call, later + timedelta(days=1), why="A partner was ill.", by=manager, now=later)
    assert run.status == "discarded" and made.call.ranks_close_at == later + timedelta(days=1)
    proposed = make.match_run(made, "proposed")
    assert proposed.number == 2
    with pytest.raises(RankingClosed):
        places.move_closing(made.call, later + timedelta(days=9), why="Again.", by=manager, now=later)


def test_places_that_nobody_set_are_one_and_what_cannot_be_is_refused(made, later, manager):
    assert places_of([made.challenges[0].id]) == {}
    for wrong in ((51, 0), (-1, 0), (1, 2)):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            places.set_places(made.call, {made.challenges[0].id: wrong}, by=manager, now=later)
    places.set_places(made.call, {made.challenges[0].id: (3, 1)}, by=manager, now=later)
    places.set_places(made.call, {made.challenges[0].id: (2, 1)}, by=manager, now=later)
    assert (places_of([made.challenges[0].id])[made.challenges[0].id].places) == 2


def test_a_lost_place_goes_to_somebody_who_was_left_over(made, make, later, manager, approver):
    make.match_run(made, "published")
    with pytest.raises(NothingToMatch):
        runs.make_run(made.call, why="Is anybody free?", by=manager, now=later)
    outcomes.lose(made.of(1, 0), "They declined.", now=later, by=manager)
    with pytest.raises(WhyMissing):
        runs.make_run(made.call, by=manager, now=later)
    run = runs.make_run(made.call, why="The first one declined.", by=manager, now=later)
    assert run.is_substitute and set(run.inputs["startups"]) == {str(made.startups[1].id), str(made.startups[2].id)}


def test_a_substitute_matches_and_leaves_nobody_a_second_time(make):
    made = make.ranked([[0], [0]], [[0, 1]])
    run = make.match_run(made, "published")
    outcomes.lose(made.of(0, 0), "They declined.", now=make.now, by=None)
    again = make.match_run(made, "published", why="The first one declined.")
    db.session.expire_all()
    assert (made.of(0, 0).status, made.of(1, 0).status) == ("lost", "matched")
    assert again.result == {str(made.startups[1].id): str(made.challenges[0].id)}
    assert (run.is_substitute, again.is_substitute, made.call.status) == (False, True, "matched")
    assert [fault for check in CHECKS for fault in check()] == []


def test_the_database_rewrites_no_match(made, make):
    run = make.match_run(made, "published")
    draft = make.match_run(make.ranked([[0]], [[0]]))
    for statement in (
        sa.update(Run).where(Run.id == run.id).values(why="Otherwise."),
        sa.update(Run).where(Run.id == run.id).values(status="draft", published_at=None),
        sa.update(Run).where(Run.id == draft.id).values(result={}),
        sa.update(Run).where(Run.id == draft.id).values(inputs={}),
        sa.delete(Run).where(Run.id == run.id),
        sa.insert(Override).values(
            run_id=run.id, application_id=made.of(0, 0).id, kind="match", reason="Late.", status="proposed",
            proposed_at=make.now, version=1,
        ),
    ):  # fmt: skip
        with pytest.raises(sa.exc.DBAPIError, match=r"rewritten|kept"), db.session.begin_nested():
            db.session.execute(statement)
    db.session.execute(sa.update(Run).where(Run.id == run.id).values(made_by_id=None))  # an erased account


def test_two_first_matches_of_a_call_cannot_both_be_public(made, make, later):
    one, other = make.match_run(made, "proposed"), make.match_run(made, "proposed")
    publishing.publish(one, by=make.staff("approver"), now=later)
    with pytest.raises(InputsChanged):
        publishing.publish(other, by=make.staff("approver"), now=later)
    with pytest.raises(sa.exc.IntegrityError, match="uq_challenge_match_run_first"), db.session.begin_nested():
        db.session.execute(
            sa.update(Run).where(Run.id == other.id).values(status="published", published_at=later, file_hash="x")
        )


def test_the_check_finds_a_match_that_was_tampered_with(made, make):
    make.match_run(made, "published")
    db.session.execute(
        sa.update(ChallengeApplication).where(ChallengeApplication.id == made.of(1, 0).id).values(status="unmatched")
    )
    assert len([fault for check in CHECKS for fault in check()]) == 1

"""Ideas: a title each, a state that staff decide for a reason, and its history."""

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.states import IllegalMove, can
from civic.discussions import refusals
from civic.discussions.actions import comments, ideas, supporting
from civic.discussions.models import Comment, Idea, Thread, Topic
from civic.discussions.queries import ideas as queries
from civic.discussions.rules.choices import IDEA_STATES, THREAD_STATES, TOPIC_STATES

REASON = {"reason": "It fits the plan for 2027.", "language": "en", "as_role": "Head of Streets"}


def test_an_idea_needs_a_title_and_an_answer_to_one_has_none(make):
    thread = make.thread(kind="ideas")
    with pytest.raises(refusals.TitleMissing):
        comments.post(thread, text="Plant trees.", language="en", by=make.settled_member(), now=make.now)
    idea = make.idea(thread, title="A tree in every street")
    answer = make.comment(thread, answers=db.session.get(Comment, idea.comment_id))
    assert queries.idea_of(answer) is None
    assert [each.idea_title for each in queries.ideas(thread).items] == ["A tree in every street"]


@pytest.mark.parametrize(("model", "states"), [(Idea, IDEA_STATES), (Thread, THREAD_STATES), (Topic, TOPIC_STATES)])
def test_the_states_and_their_verbs_are_those_of_the_table(model, states):
    assert {state for state, _ in model.TRANSITIONS} | set(model.TRANSITIONS.values()) == set(states)
    verbs = {verb for _, verb in model.TRANSITIONS}
    for state in states:
        row = model(status=state)
        assert {verb for verb in verbs if can(row, verb)} == {v for s, v in model.TRANSITIONS if s == state}


@pytest.mark.parametrize("state", IDEA_STATES)
@pytest.mark.parametrize("verb", ["shortlist", "take_up", "decline", "reopen"])
def test_an_idea_moves_as_the_table_says_and_never_otherwise(make, now, state, verb):
    idea, officer = make.idea(), make.staff()
    db.session.execute(sa.update(Idea).where(Idea.id == idea.id).values(status=state, reason="So far"))
    db.session.refresh(idea)
    after = Idea.TRANSITIONS.get((state, verb))
    if after is None:
        with pytest.raises(IllegalMove):
            ideas.move_idea(idea, verb, by=officer, now=now, **REASON)
        return
    ideas.move_idea(idea, verb, by=officer, now=now, **REASON)
    assert (idea.status, idea.reason, idea.decided_as, idea.decided_by_id) == (
        after, REASON["reason"], "Head of Streets", officer.id,
    )  # fmt: skip
    move, name = queries.moves_of(idea)[-1]
    assert (move.before, move.after, move.why, name) == (state, after, REASON["reason"], officer.display_name)


@pytest.mark.parametrize(
    ("missing", "refusal"), [("reason", refusals.ReasonMissing), ("as_role", refusals.RoleMissing)]
)
def test_no_idea_is_decided_without_a_reason_or_an_office(make, now, missing, refusal):
    idea = make.idea()
    with pytest.raises(refusal):
        ideas.move_idea(idea, "take_up", by=make.staff(), now=now, **(REASON | {missing: "  "}))
    assert idea.status == "open"


def test_ideas_are_sorted_by_support_and_narrowed_by_state(make, now):
    thread = make.thread(kind="ideas")
    first, second, third = (make.idea(thread) for _ in range(3))
    for _ in range(2):
        supporting.support(db.session.get(Comment, second.comment_id), by=make.member(), now=now)
    supporting.support(db.session.get(Comment, third.comment_id), by=make.member(), now=now)
    make.comment(thread, answers=db.session.get(Comment, first.comment_id))
    ideas.move_idea(first, "decline", by=make.staff(), now=now, **REASON)
    assert [each.idea_title for each in queries.ideas(thread).items] == [second.title, third.title, first.title]
    assert [each.idea_status for each in queries.ideas(thread, status="not_taken_up").items] == ["not_taken_up"]
    assert queries.ideas(thread, status="not_taken_up").items[0].idea_reason.text == REASON["reason"]
    assert queries.how_many_by_status(thread) == {"open": 2, "shortlisted": 0, "taken_up": 0, "not_taken_up": 1}


def test_a_changed_title_is_kept_as_it_was(make, now):
    from civic.accounts.models import User
    from civic.discussions.queries.comments import earlier_versions
    from civic.discussions.queries.threads import thread_by_id

    idea = make.idea(title="A tree")
    comment = db.session.get(Comment, idea.comment_id)
    words = {"thread": thread_by_id(idea.thread_id), "text": comment.text, "language": "en", "now": now}
    author = db.session.get(User, comment.author_id)
    with pytest.raises(refusals.TitleMissing):
        comments.change(comment, title=" ", by=author, **words)
    comments.change(comment, title="Two trees", by=author, **words)
    assert idea.title == "Two trees"
    assert [each.title for each in earlier_versions(comment)] == ["A tree"]


@pytest.mark.parametrize("is_decided", [False, True])
def test_an_answered_idea_that_is_taken_back_leaves_neither_title_nor_words(make, now, is_decided):
    from civic.discussions.queries.finding import Search, find

    idea = make.idea(title="A flamingo in every pond")
    comment = db.session.get(Comment, idea.comment_id)
    make.comment(thread_of(idea), answers=comment)
    if is_decided:
        ideas.move_idea(idea, "decline", by=make.staff(), now=now, **REASON)
    assert comments.withdraw(comment, by=make.member(), now=now) is True
    db.session.expire_all()
    assert [each.title for each in db.session.scalars(sa.select(Idea))] == (["…"] if is_decided else [])
    assert find(Search("flamingo"), "en").items == []
    assert queries.ideas(thread_of(idea)).items == []


def thread_of(idea):
    from civic.discussions.queries.threads import thread_by_id

    return thread_by_id(idea.thread_id)


def test_an_idea_taken_back_before_anybody_answered_is_gone_with_its_title(make, now):
    idea = make.idea()
    comment = db.session.get(Comment, idea.comment_id)
    assert comments.withdraw(comment, by=make.member(), now=now) is False
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Idea)) == 0

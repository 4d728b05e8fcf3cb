"""What must always be true is proven over the live data, and each way of being untrue is named."""

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.discussions import checks
from civic.discussions.actions import threads
from civic.discussions.actions.showing import show_comment, show_thread
from civic.discussions.models import Findable, Thread
from civic.discussions.queries.threads import thread_by_id


def told():
    db.session.flush()
    return [problem for check in checks.CHECKS for problem in check()]


@pytest.fixture
def place(make):
    """A discussion with an answer in it, a list with an idea, an official answer, something hidden and something withdrawn."""
    from civic.accounts.models import User
    from civic.discussions.actions import comments

    talk, listed = make.thread(), make.thread(kind="ideas")
    first = make.comment(talk)
    make.comment(talk, answers=first)
    make.comment(talk, shown="removed")
    make.idea(listed)
    threads.answer_officially(talk, text="In May.", language="en", as_role="Head", by=make.staff(), now=make.now)
    comments.withdraw(first, by=db.session.get(User, first.author_id), now=make.now)
    hidden = make.thread()
    make.comment(hidden)
    show_thread(hidden.id, "removed", "spam")
    return talk


def test_nothing_is_wrong_after_what_people_and_moderators_do(place):
    assert told() == []
    show_thread(place.id, "folded", "")
    show_thread(place.id, "shown", "")
    assert told() == []


@pytest.mark.parametrize(
    ("break_it", "problem"),
    [
        ("UPDATE comment SET top_id = answers.id FROM comment answers WHERE comment.id = (SELECT min(id) FROM comment) "
         "AND answers.thread_id <> comment.thread_id", "does not stand under"),
        ("UPDATE thread SET kind = 'discussion' WHERE kind = 'ideas'", "stands in no list of ideas"),
        ("UPDATE comment SET is_official = false WHERE is_official", "official answer that is none of its own"),
        ("DELETE FROM findable WHERE comment_id = (SELECT max(comment_id) FROM findable)", "in plain sight and cannot be found"),
        ("DELETE FROM findable WHERE comment_id IS NULL", "or the other way round"),
        ("UPDATE findable SET kind = 'question'", "does not say what its thread says"),
        ("UPDATE findable SET is_answered = NOT is_answered", "does not say what its thread says"),
    ],
)  # fmt: skip
def test_each_way_of_being_wrong_is_named(place, break_it, problem):
    db.session.execute(sa.text(break_it))
    assert any(problem in each for each in told()), told()


def test_hidden_words_that_can_still_be_found_are_named(place, make):
    comment = make.comment(thread_by_id(place.id))
    show_comment(comment.id, "removed", "spam")
    thread = db.session.get(Thread, place.id)
    values = {"kind": thread.kind, "language": "en", "is_answered": True, "at": make.now, "topic_id": thread.topic_id}
    db.session.add(Findable(thread_id=thread.id, comment_id=comment.id, words="hidden", **values))
    assert any(f"comment {comment.id} is found though it is hidden" in each for each in told())

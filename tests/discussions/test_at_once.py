"""The same moment: numbers are given out once, one person counts once, nobody waits in a circle, and every count agrees."""

import random

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.discussions.actions import comments, counts, drafts, following, supporting
from civic.discussions.actions.showing import show_comment
from civic.discussions.models import Comment, CommentDraft, CommentSupport, Thread, ThreadRead
from civic.discussions.queries.threads import thread_by_id
from tests.accounts.helpers import at_once
from tests.make_discussions import SAID


def done_at_once(app, number, act):
    """Do `act(n)` in so many real threads at once, each in a transaction of its own; what each came to."""

    def alone(n):
        with app.app_context():
            try:
                with transaction():
                    act(n)
                return "done"
            except CivicError as refused:
                return type(refused).__name__

    return at_once(number, alone)


@pytest.fixture
def place(shared, make):
    """A thread with one comment in it, committed."""
    comment = make.comment()
    db.session.commit()
    return comment


def test_fifty_supports_of_one_person_are_one_and_of_fifty_people_fifty(app, place, make, now):
    people = [make.member() for _ in range(50)]
    db.session.commit()
    one = people[0]
    assert done_at_once(app, 50, lambda n: supporting.support(place, by=one, now=now)) == ["done"] * 50
    db.session.expire_all()
    assert db.session.get(Comment, place.id).supports == 1
    assert done_at_once(app, 50, lambda n: supporting.support(place, by=people[n], now=now)) == ["done"] * 50
    db.session.expire_all()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CommentSupport)) == 50
    assert db.session.get(Comment, place.id).supports == 50
    assert db.session.get(Thread, place.thread_id).supports == 50
    assert list(counts.wrong_counts()) == []


def test_supports_given_and_taken_back_at_once_leave_the_right_count(app, place, make, now):
    people = [make.member() for _ in range(10)]
    db.session.commit()

    def press(n):
        if n % 2:
            supporting.unsupport(place, by=people[n // 5])
        else:
            supporting.support(place, by=people[n // 5], now=now)

    assert done_at_once(app, 50, press) == ["done"] * 50
    assert list(counts.wrong_counts()) == []


def test_eight_comments_at_once_have_numbers_of_their_own(app, place, make, now):
    people = [make.settled_member() for _ in range(8)]
    db.session.commit()

    def say(n):
        thread = thread_by_id(place.thread_id)
        above = db.session.get(Comment, place.id) if n % 2 else None
        words = f"{SAID[n % 6]} Said by number {n} of eight."
        comments.post(thread, text=words, language="en", by=people[n], now=now, answers=above)

    assert done_at_once(app, 8, say) == ["done"] * 8
    db.session.expire_all()
    assert sorted(db.session.scalars(sa.select(Comment.position))) == list(range(1, 10))
    assert len(set(db.session.scalars(sa.select(Comment.voice)))) == 9
    thread = db.session.get(Thread, place.thread_id)
    assert (thread.comments, thread.people, thread.last_position) == (9, 9, 9)
    assert list(counts.wrong_counts()) == []


def test_one_comment_sent_eight_times_at_once_stands_once(app, place, make, now):
    amina = make.settled_member()
    db.session.commit()

    def say(n):
        comments.post(thread_by_id(place.thread_id), text=SAID[0], language="en", by=amina, now=now)

    found = done_at_once(app, 8, say)
    assert found.count("done") == 1, found
    assert list(counts.wrong_counts()) == []


def test_everything_at_once_in_one_thread_agrees_in_the_end(app, place, make, now):
    """Posting, answering, supporting, hiding, withdrawing and reading on, in a chance order: no circle of waiting, no lost count."""
    people = [make.settled_member() for _ in range(16)]
    said = [make.comment(thread_by_id(place.thread_id)) for _ in range(6)]
    db.session.commit()
    chance = random.Random(20)
    plan = [(chance.randrange(6), chance.choice(said)) for _ in range(48)]

    def act(n):
        what, comment = plan[n][0], db.session.get(Comment, plan[n][1].id)
        person = people[n % 16]
        if comment is None:
            return
        if what == 0:
            words = f"{SAID[n % 6]} By number {n} in the crowd."
            comments.post(thread_by_id(place.thread_id), text=words, language="en", by=person, now=now, answers=comment)
        elif what == 1:
            supporting.support(comment, by=person, now=now)
        elif what == 2:
            supporting.unsupport(comment, by=person)
        elif what == 3:
            show_comment(comment.id, chance.choice(("shown", "folded", "removed")), "")
        elif what == 4:
            following.mark_read(thread_by_id(place.thread_id), chance.randrange(9), by=person, now=now)
        else:
            comments.withdraw(comment, by=person, now=now)

    found = done_at_once(app, 48, act)
    assert set(found) <= {"done", "CannotAnswer", "CannotSupport", "TooFast", "SaidBefore"}, found
    assert list(counts.wrong_counts()) == []


def test_reading_marks_and_drafts_at_once_are_one_each(app, place, make, now):
    amina = make.member()
    db.session.commit()

    def go(n):
        thread = thread_by_id(place.thread_id)
        following.mark_read(thread, 1, by=amina, now=now)
        drafts.keep_draft(text=f"Word {n}", language="en", by=amina, now=now, thread=thread)

    assert done_at_once(app, 8, go) == ["done"] * 8
    db.session.expire_all()
    assert db.session.scalars(sa.select(ThreadRead.position)).all() == [1]
    assert len(db.session.scalars(sa.select(CommentDraft)).all()) == 1
    assert db.session.get(Comment, place.id).reads == 1

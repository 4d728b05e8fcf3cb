"""The same moment: numbers are given out once, one person counts once, nobody waits in a circle, and every count agrees."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from civic.accounts.models import User
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.discussions.actions import comments, counts, drafts, following, supporting
from civic.discussions.actions.showing import show_comment
from civic.discussions.models import Comment, CommentDraft, CommentSupport, Thread, ThreadRead
from civic.discussions.queries.threads import thread_by_id
from civic.moderation.models import Case, Report
from tests.accounts.helpers import at_once
from tests.make_discussions import SAID

HOUR = timedelta(hours=1)


def done_at_once(app, number, act):
    """Do `act(n)` in so many real threads at once, each in a transaction of its own; what each came to."""

    def alone(n):
        with app.app_context():
            try:
                with transaction():
                    act(n)
                return "done"
            except (CivicError, StaleDataError) as refused:
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


def test_a_comment_reported_and_withdrawn_at_once_leaves_no_case_that_waits(app, place, make, now):
    people = [make.settled_member() for _ in range(8)]
    author = db.session.get(User, place.author_id)
    db.session.commit()

    def act(n):
        if n % 4 == 3:
            if (comment := db.session.get(Comment, place.id)) is not None:
                comments.withdraw(comment, by=author, now=now)
            return
        with app.test_request_context("/en/"):
            make.report(f"comment:{place.id}", people[n])

    found = done_at_once(app, 8, act)
    assert set(found) <= {"done", "NotFound"} and found.count("done") >= 2, found
    db.session.expire_all()
    assert set(db.session.scalars(sa.select(Case.status))) <= {"closed"}
    assert set(db.session.scalars(sa.select(Report.status))) <= {"closed"}
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


def test_authors_who_mend_and_moderators_who_decide_never_wait_for_each_other_in_a_circle(app, place, make, now):
    from civic.moderation.actions import deciding, reporting
    from civic.moderation.models import Case

    amina, reader, moderator = make.settled_member(), make.settled_member(), make.staff("moderator")
    said = [make.comment(thread_by_id(place.thread_id), by=amina, now=now + HOUR * n) for n in range(4)]
    with app.test_request_context("/en/"):
        for each in said:
            reporting.report(f"comment:{each.id}", rule="abuse", words="", language="en", by=reader, now=now + 5 * HOUR)
            db.session.commit()
    db.session.commit()

    def act(n):
        comment = db.session.get(Comment, said[n // 4].id)
        if n % 4 == 0:
            case = db.session.scalars(sa.select(Case).where(Case.thing == f"comment:{comment.id}")).first()
            words = {"words": "It is rude.", "language": "en", "by": moderator, "now": now + 7 * HOUR}
            with app.test_request_context("/en/"):
                deciding.decide(db.session.merge(case), "remove", version=case.version, rule="abuse", **words)
                db.session.commit()
        elif n % 4 == 1:
            thread = thread_by_id(place.thread_id)
            words = f"{SAID[n % 6]} Put more kindly, number {n}."
            comments.change(comment, thread=thread, text=words, language="en", by=amina, now=now + 7 * HOUR)
        elif n % 4 == 2:
            supporting.support(comment, by=reader, now=now)
        else:
            following.mark_read(thread_by_id(place.thread_id), 5, by=reader, now=now)

    found = done_at_once(app, 16, act)
    assert set(found) <= {"done", "CannotSupport", "SaidBefore", "Stale", "StaleDataError"}, found
    assert found.count("done") >= 8
    assert list(counts.wrong_counts()) == []

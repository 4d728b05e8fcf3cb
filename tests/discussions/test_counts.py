"""Kept counts: right after any history, found where they are wrong, and mended by the command."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.errors import CivicError
from civic.discussions.actions import comments, counts, supporting, threads
from civic.discussions.actions.showing import show_comment, show_thread
from civic.discussions.checks import CHECKS
from civic.discussions.commands import recount_discussions
from civic.discussions.models import Comment, Thread, Topic
from civic.discussions.queries.threads import thread_by_id
from tests.make_discussions import SAID


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_what_they_count_after_any_history(make, now, seed):
    chance = random.Random(seed)
    people = [make.settled_member() for _ in range(5)]
    topics = [make.topic(), make.topic()]
    made = [make.thread(topics[n % 2], kind=("discussion", "ideas")[n % 2]).id for n in range(3)]
    for step in range(60):
        moment = now + timedelta(minutes=2 * step)
        person, thread = chance.choice(people), thread_by_id(chance.choice(made))
        said = list(db.session.scalars(sa.select(Comment).where(Comment.thread_id == thread.id)))
        comment = chance.choice(said) if said else None
        try:
            what = chance.randrange(8)
            if comment is None or what < 2:
                above = comment if comment and chance.random() < 0.6 else None
                comments.post(
                    thread, text=f"{SAID[step % 6]} At step {step} of {seed}.", language="en", by=person, now=moment,
                    answers=above, title="An idea", quotes=comment.position if comment and chance.random() < 0.3 else None,
                )  # fmt: skip
            elif what == 2:
                supporting.support(comment, by=person, now=moment)
            elif what == 3:
                supporting.unsupport(comment, by=person)
            elif what == 4:
                show_comment(comment.id, chance.choice(("shown", "folded", "waiting", "removed")), "")
            elif what == 5:
                comments.withdraw(comment, by=person, now=moment)
            elif what == 6:
                show_thread(thread.id, chance.choice(("shown", "shown", "folded", "removed")), "")
            else:
                other = chance.choice(topics)
                threads.move_thread(thread, other, why="Better there.", by=person, now=moment)
        except CivicError:
            pass
        db.session.flush()
        assert list(counts.wrong_counts()) == [], step
    assert [problem for check in CHECKS for problem in check()] == []
    gone = people[0].id
    db.session.commit()
    db.session.execute(sa.text("DELETE FROM account_user WHERE id = :id"), {"id": gone})
    assert list(counts.wrong_counts()) == []


def test_wrong_counts_are_named_and_mended(app, make, now):
    comment = make.comment()
    make.comment(thread_by_id(comment.thread_id), answers=comment)
    supporting.support(comment, by=make.member(), now=now)
    topic_id = db.session.get(Thread, comment.thread_id).topic_id
    db.session.execute(sa.update(Thread).values(comments=0, people=1, supports=7, last_at=now - timedelta(days=1)))
    db.session.execute(sa.update(Comment).where(Comment.id == comment.id).values(supports=9, answers=0))
    db.session.execute(sa.update(Topic).values(threads=40))
    db.session.commit()
    told = list(counts.wrong_counts())
    assert len(told) == 3
    assert f"thread {comment.thread_id}" in told[1] and "supports 7" in told[1]
    answer = app.test_cli_runner().invoke(recount_discussions)
    assert answer.exit_code == 0, answer.output
    assert "1 threads counted again: 1 had been wrong, and 1 topics." in answer.output
    assert list(counts.wrong_counts()) == []
    thread = db.session.get(Thread, comment.thread_id, populate_existing=True)
    assert (thread.comments, thread.people, thread.supports) == (2, 2, 1)
    assert db.session.get(Topic, topic_id, populate_existing=True).threads == 1


def test_a_recount_of_what_is_right_changes_nothing(make):
    comment = make.comment()
    before = db.session.scalar(sa.select(Thread.pulse))
    assert counts.recount(comment.thread_id) is False
    assert db.session.scalar(sa.select(Thread.pulse)) == before


@pytest.mark.parametrize("act", ["post", "support", "hide", "edit", "withdraw"])
def test_whatever_changes_a_page_changes_what_it_is_kept_by(make, now, act):
    amina = make.settled_member()
    thread = make.thread()
    comment = make.comment(thread, by=amina)
    before = db.session.scalar(sa.select(Thread.pulse))
    if act == "post":
        make.comment(thread)
    elif act == "support":
        supporting.support(comment, by=make.member(), now=now)
    elif act == "hide":
        show_comment(comment.id, "folded", "")
    elif act == "edit":
        later = now + timedelta(hours=1)
        comments.change(comment, thread=thread_by_id(thread.id), text="New words", language="en", by=amina, now=later)
    else:
        comments.withdraw(comment, by=amina, now=now)
    assert db.session.scalar(sa.select(Thread.pulse)) > before

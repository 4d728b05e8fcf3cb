"""Saying something in a thread, changing it and taking it back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.discussions import refusals
from civic.discussions.actions import comments, counts, supporting, threads
from civic.discussions.models import Comment, CommentDraft, TextVersion, Thread, ThreadFollow
from civic.discussions.queries import comments as queries
from tests.support.sql import statements

MINUTE = timedelta(minutes=1)


def fresh(row):
    db.session.expire_all()
    return db.session.get(type(row), row.id)


def test_comments_are_numbered_and_counted_and_people_once(make, now):
    thread, amina = make.thread(), make.settled_member(name="Amina")
    said = [make.comment(thread, by=amina, now=now + n * MINUTE) for n in range(3)]
    said.append(make.comment(thread))
    assert [each.position for each in said] == [1, 2, 3, 4]
    assert [each.voice for each in said] == [1, 1, 1, 2]
    kept = fresh(thread)
    assert (kept.comments, kept.people, kept.last_position, kept.last_voice) == (4, 2, 4, 2)
    assert list(counts.wrong_counts()) == []


def test_an_answer_to_an_answer_joins_the_comment_above_both(make):
    thread = make.thread()
    top = make.comment(thread)
    answer = make.comment(thread, answers=top)
    deeper = make.comment(thread, answers=answer)
    assert (answer.top_id, answer.answers_id) == (top.id, top.id)
    assert (deeper.top_id, deeper.answers_id) == (top.id, answer.id)
    assert fresh(top).answers == 2
    shown = queries.by_number(fresh(thread)).items
    assert shown[2].answered.position == 2
    assert [(head.position, [each.position for each in below]) for head, below in queries.arranged(shown)] == [
        (1, [2, 3])
    ]


@pytest.mark.parametrize("lost", ["waiting", "removed"])
def test_what_is_out_of_sight_is_neither_answered_nor_quoted(make, lost):
    thread = make.thread()
    gone = make.comment(thread, shown=lost)
    with pytest.raises(refusals.CannotAnswer):
        make.comment(thread, answers=gone)
    with pytest.raises(refusals.CannotQuote):
        make.comment(thread, quotes=gone.position)
    with pytest.raises(refusals.CannotQuote):
        make.comment(thread, quotes=99)


def test_a_comment_of_another_thread_is_not_answered_here(make):
    with pytest.raises(refusals.CannotAnswer):
        make.comment(make.thread(), answers=make.comment())


def test_nothing_more_is_said_in_a_locked_thread_or_a_closed_topic(make, now):
    from civic.discussions.actions import topics

    thread = make.thread()
    threads.lock_thread(thread, why="It has been answered.", by=make.staff("moderator"), now=now)
    with pytest.raises(refusals.ThreadLocked):
        make.comment(thread)
    closed = make.thread()
    topics.close_topic(closed.topic, why="Over", by=make.staff(), now=now)
    with pytest.raises(refusals.ThreadLocked):
        make.comment(closed)
    with pytest.raises(refusals.TopicClosed):
        make.thread(closed.topic)


def test_a_text_waits_where_the_topic_says_so_and_counts_once_it_is_in_sight(make):
    from civic.discussions.actions.showing import show_comment

    thread = make.thread(make.topic(waits=True), by=make.staff("moderator"))
    comment = make.comment(thread, shown="waiting")
    assert comment.shown == "waiting"
    assert (fresh(thread).comments, fresh(thread).people, fresh(thread).last_position) == (0, 0, 1)
    show_comment(comment.id, "shown", "")
    assert (fresh(thread).comments, fresh(thread).people) == (1, 1)
    assert list(counts.wrong_counts()) == []


def test_a_changed_comment_keeps_what_it_said_for_everybody_to_read(make, now):
    comment = make.comment(text="The park closes at dusk and nobody knows when that is.")
    thread = db.session.get(Thread, comment.thread_id, options=[sa.orm.joinedload(Thread.topic)])
    author = db.session.get(type(make.member()), comment.author_id)
    for n, words in enumerate(("The park closes too early in winter.", "The park closes far too early in winter."), 1):
        comments.change(comment, thread=thread, text=words, language="en", by=author, now=now + n * MINUTE)
    assert comment.text == "The park closes far too early in winter."
    assert comment.edited_at == now + 2 * MINUTE
    kept = queries.earlier_versions(comment)
    assert [(each.number, each.text, each.at) for each in kept] == [
        (1, "The park closes at dusk and nobody knows when that is.", now),
        (2, "The park closes too early in winter.", now + MINUTE),
    ]


def test_changing_nothing_keeps_no_version(make, now):
    comment = make.comment()
    thread = db.session.get(Thread, comment.thread_id, options=[sa.orm.joinedload(Thread.topic)])
    author = db.session.get(type(make.member()), comment.author_id)
    comments.change(comment, thread=thread, text=comment.text, language="en", by=author, now=now + MINUTE)
    assert comment.edited_at is None and queries.earlier_versions(comment) == []


def test_a_comment_that_nobody_answered_is_gone_without_a_trace(make, now):
    thread, amina = make.thread(), make.settled_member()
    comment = make.comment(thread, by=amina)
    supporting.support(comment, by=make.member(), now=now)
    assert comments.withdraw(comment, by=amina, now=now) is False
    assert db.session.scalar(sa.select(Comment.id).where(Comment.thread_id == thread.id)) is None
    kept = fresh(thread)
    assert (kept.comments, kept.people, kept.supports, kept.last_at) == (0, 0, 0, now)
    assert list(counts.wrong_counts()) == []


def test_an_answered_or_quoted_comment_leaves_a_note_and_none_of_its_words(make, now):
    thread, amina = make.thread(), make.settled_member()
    answered = make.comment(thread, by=amina)
    make.comment(thread, answers=answered)
    quoted = make.comment(thread)
    make.comment(thread, quotes=quoted.position)
    fully = db.session.get(Thread, thread.id, options=[sa.orm.joinedload(Thread.topic)])
    comments.change(answered, thread=fully, text="Other words by far", language="en", by=amina, now=now + MINUTE)
    for each in (answered, quoted):
        assert comments.withdraw(each, by=amina, now=now + 2 * MINUTE) is True
        kept = fresh(each)
        assert (kept.text, kept.withdrawn_at, kept.is_in_sight) == ("", now + 2 * MINUTE, False)
    assert db.session.scalars(sa.select(TextVersion)).all() == []
    assert fresh(thread).comments == 2
    assert comments.withdraw(answered, by=amina, now=now + 3 * MINUTE) is True
    assert fresh(answered).withdrawn_at == now + 2 * MINUTE
    assert list(counts.wrong_counts()) == []


def test_whoever_comments_follows_unless_they_chose_not_to_and_the_draft_is_gone(make, now):
    from civic.discussions.actions import drafts

    thread, amina, ben = make.thread(), make.settled_member(), make.settled_member()
    for person in (amina, ben):
        drafts.keep_draft(text="So far", language="en", by=person, now=now, thread=thread)
    make.comment(thread, by=amina)
    make.comment(thread, by=ben, follow=False)
    follows = set(db.session.scalars(sa.select(ThreadFollow.person_id).where(ThreadFollow.thread_id == thread.id)))
    assert amina.id in follows and ben.id not in follows
    assert db.session.scalars(sa.select(CommentDraft)).all() == []


def test_posting_takes_eight_statements_beside_moderations(make, now):
    thread, amina = make.thread(), make.settled_member()
    top = make.comment(thread)
    with statements() as sent:
        make.comment(thread, by=amina, answers=top, now=now + MINUTE)
    moderations = ("moderation_", "election_period", "pg_advisory")
    ours = [each for each in sent if not any(name in each for name in moderations)]
    assert len(ours) <= 8, sent


def test_an_official_answer_names_its_office_and_stands_first(make, now):
    thread, officer = make.thread(), make.staff("researcher")
    with pytest.raises(refusals.RoleMissing):
        threads.answer_officially(thread, text="We will look.", language="en", as_role=" ", by=officer, now=now)
    threads.lock_thread(thread, why="An answer follows.", by=make.staff("moderator"), now=now)
    answer = threads.answer_officially(
        thread, text="We will mend it in May.", language="en", as_role="Head of Streets", by=officer, now=now
    )
    assert answer.is_official
    assert queries.official_answer(thread).as_role == "Head of Streets"
    with pytest.raises(refusals.AlreadyAnswered):
        threads.answer_officially(
            thread, text="Again, in May.", language="en", as_role="Head of Streets", by=officer, now=now + MINUTE
        )
    threads.take_back_answer(thread, why="It was wrong.", by=officer, now=now)
    assert queries.official_answer(thread) is None


def test_a_moved_thread_keeps_its_number_and_both_topics_their_counts(make, now):
    thread, other = make.thread(), make.topic()
    before = thread.topic
    with pytest.raises(refusals.SameTopic):
        threads.move_thread(thread, before, why="?", by=make.staff("moderator"), now=now)
    threads.move_thread(thread, other, why="It is about trees.", by=make.staff("moderator"), now=now)
    assert (fresh(before).threads, fresh(other).threads) == (0, 1)
    assert list(counts.wrong_counts()) == []


def test_a_thread_out_of_sight_is_not_counted_in_its_topic(make):
    from civic.discussions.actions.showing import show_thread

    thread = make.thread()
    topic = thread.topic
    for shown, counted in (("removed", 0), ("removed", 0), ("shown", 1), ("folded", 1), ("waiting", 0)):
        show_thread(thread.id, shown, "spam" if shown == "removed" else "")
        assert fresh(topic).threads == counted
    assert list(counts.wrong_counts()) == []

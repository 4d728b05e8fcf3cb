"""Supporting, following, reading on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.discussions import refusals
from civic.discussions.actions import counts, following, supporting
from civic.discussions.actions.showing import show_comment
from civic.discussions.models import Comment, CommentSupport, Thread, ThreadRead
from civic.discussions.queries import comments as queries
from civic.discussions.queries import readers
from civic.discussions.queries.threads import thread_by_id


def fresh(row):
    db.session.expire_all()
    return db.session.get(type(row), row.id)


def test_a_support_counts_once_in_the_comment_and_in_its_thread(make, now):
    comment, fan = make.comment(), make.member()
    for _ in range(3):
        supporting.support(comment, by=fan, now=now)
    assert fresh(comment).supports == 1
    assert db.session.get(Thread, comment.thread_id).supports == 1
    assert queries.supported_by(fan.id, [comment.id, 10**9]) == {comment.id}
    assert queries.supported_by(None, [comment.id]) == frozenset()
    for _ in range(2):
        supporting.unsupport(comment, by=fan)
    assert fresh(comment).supports == 0
    assert list(counts.wrong_counts()) == []


def test_nobody_supports_their_own_words(make, now):
    author = make.settled_member()
    with pytest.raises(refusals.OwnText):
        supporting.support(make.comment(by=author), by=author, now=now)


@pytest.mark.parametrize("how", ["waiting", "removed"])
def test_what_is_out_of_sight_takes_no_support_and_its_supports_count_no_more_in_the_thread(make, now, how):
    comment, fan = make.comment(), make.member()
    supporting.support(comment, by=fan, now=now)
    show_comment(comment.id, how, "spam" if how == "removed" else "")
    assert db.session.get(Thread, comment.thread_id, populate_existing=True).supports == 0
    with pytest.raises(refusals.CannotSupport):
        supporting.support(comment, by=make.member(), now=now)
    supporting.unsupport(comment, by=fan)
    assert fresh(comment).supports == 0
    assert list(counts.wrong_counts()) == []
    show_comment(comment.id, "shown", "")
    assert list(counts.wrong_counts()) == []


def test_following_is_once_and_ends(make, now):
    thread, reader = make.thread(), make.member()
    for _ in range(2):
        following.follow(thread, by=reader, now=now)
    assert readers.place_of(reader.id, thread) == (True, None)
    assert [row.id for row in readers.followed_by(reader.id).items] == [thread.id]
    following.unfollow(thread, by=reader)
    assert readers.place_of(reader.id, thread) == (False, None)
    assert readers.place_of(None, thread) == (False, None)


def test_reading_on_counts_each_member_once_for_each_comment(make, now):
    thread, reader, other = make.thread(), make.member(), make.member()
    said = [make.comment(thread) for _ in range(4)]
    thread = fresh(thread)
    following.mark_read(thread, 2, by=reader, now=now)
    following.mark_read(thread, 1, by=reader, now=now)
    following.mark_read(thread, 3, by=reader, now=now)
    following.mark_read(thread, 99, by=other, now=now)
    assert [fresh(each).reads for each in said] == [2, 2, 2, 1]
    assert readers.read_to(reader.id, [thread.id]) == {thread.id: 3}
    assert readers.read_to(other.id, [thread.id]) == {thread.id: 4}
    assert readers.place_of(reader.id, thread).read_to == 3


def test_whoever_jumps_to_the_end_has_read_one_page_and_not_a_thousand_comments(make, now):
    thread, reader = make.thread(), make.member()
    first, last = make.comment(thread), None
    for _ in range(2):
        last = make.comment(thread)
    db.session.execute(sa.update(Comment).where(Comment.id == last.id).values(position=500))
    db.session.execute(sa.update(Thread).where(Thread.id == thread.id).values(last_position=500))
    following.mark_read(fresh(thread), 500, by=reader, now=now)
    assert (fresh(first).reads, fresh(last).reads) == (0, 1)


def test_not_yet_read_much_comes_first_and_of_equals_the_latest(make, now):
    thread, reader = make.thread(), make.member()
    supported, read, answered, late, later = (make.comment(thread) for _ in range(5))
    supporting.support(supported, by=reader, now=now)
    make.comment(thread, answers=answered)
    db.session.execute(sa.update(Comment).where(Comment.id == read.id).values(reads=1))
    page = queries.comments(thread, "unread")
    assert [each.position for each in page.items] == [6, later.position, late.position, 2, 1, 3]


def test_orders_and_their_pages_meet_every_comment_in_sight_once(make, now):
    thread = make.thread()
    said = [make.comment(thread) for _ in range(7)]
    for n, each in enumerate(said):
        for _ in range(n % 3):
            supporting.support(each, by=make.member(), now=now)
    show_comment(said[2].id, "removed", "spam")
    for sort in ("newest", "supported", "unread", "oldest", "made up"):
        met, at = [], None
        while True:
            page = queries.comments(thread, sort, at=at, size=2)
            met += [each.position for each in page.items]
            if page.next is None:
                break
            at = page.next
        assert sorted(met) == [1, 2, 4, 5, 6, 7], sort
    assert [each.supports for each in queries.comments(thread, "supported").items] == [2, 1, 1, 0, 0, 0]


def test_pages_by_number_keep_the_place_of_what_was_removed_and_clamp_what_is_asked(make, now):
    thread = make.thread()
    gone = make.comment(thread)
    make.comment(thread)
    show_comment(gone.id, "removed", "spam")
    thread = fresh(thread)
    for asked in (-5, 0, 1, 2, 10**12):
        stretch = queries.by_number(thread, asked)
        assert (stretch.page, stretch.pages) == (1, 1)
        assert [(each.position, each.is_in_sight) for each in stretch.items] == [(1, False), (2, True)]


def test_an_erased_account_leaves_words_numbers_and_counts_but_no_name(make, now):
    thread, amina = make.thread(), make.settled_member(name="Amina")
    first = make.comment(thread, by=amina)
    make.comment(thread, by=amina, now=now + timedelta(minutes=1))
    other = make.comment(thread)
    supporting.support(other, by=amina, now=now)
    following.mark_read(fresh(thread), 3, by=amina, now=now)
    db.session.execute(sa.text("DELETE FROM account_user WHERE id = :id"), {"id": amina.id})
    kept = fresh(thread)
    assert (kept.comments, kept.people, kept.supports) == (3, 2, 1)
    assert list(counts.wrong_counts()) == []
    assert fresh(first).author_id is None
    assert queries.said(first.id).author is None
    assert db.session.scalars(sa.select(ThreadRead)).all() == []
    assert db.session.scalar(sa.select(CommentSupport.person_id)) is None
    new = make.comment(thread_by_id(thread.id))
    assert new.voice == 3
    assert list(counts.wrong_counts()) == []

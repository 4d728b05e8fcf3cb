"""Kept counts: written in the same transaction as what they count, made again from it, and compared.

Only what is in sight counts. Lock order everywhere: the thread's row first, then comments (by number), then the topic's row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, update
from sqlalchemy.orm import aliased

from civic.core.db import db
from civic.discussions.models import Comment, CommentSupport, Thread, Topic
from civic.discussions.queries.comments import in_sight
from civic.discussions.rules.choices import IN_SIGHT

# Built once: every comment, support and mark of reading begins with it.
_HELD = (
    select(
        Thread.status, Thread.shown, Topic.status.label("topic_status"), Thread.topic_id, Thread.kind, Thread.last_position,
        Thread.last_voice, Thread.answer_id,
    )
    .join(Topic, Topic.id == Thread.topic_id)
    .where(Thread.id == bindparam("thread"))
    .with_for_update(of=Thread, key_share=True)
)  # fmt: skip


def hold_thread(thread_id: int) -> Any:
    """Lock a thread's row until the transaction ends: its status and its topic's, how it is shown, the last numbers it gave out."""
    return db.session.execute(_HELD, {"thread": thread_id}).one()


def change(thread_id: int, **values: Any) -> None:
    """Write a thread's kept counts; every write lets its pages be drawn again."""
    mine = update(Thread).where(Thread.id == thread_id).values(values | {"pulse": Thread.pulse + 1})
    db.session.execute(mine.execution_options(synchronize_session=False))


def draw_again(thread_id: int) -> None:
    """Something on its pages changed that is not counted."""
    change(thread_id)


def came_into_sight(comment: Comment) -> None:
    """Count a comment that everybody can read from now on; the thread is held."""
    _follow(comment, 1)


def went_out_of_sight(comment: Comment) -> None:
    """Count a comment no more; the thread is held."""
    _follow(comment, -1)


def _follow(comment: Comment, by: int) -> None:
    others = select(Comment.id).where(
        Comment.thread_id == comment.thread_id, Comment.voice == comment.voice, Comment.id != comment.id, in_sight()
    )
    alone = db.session.scalar(select(~others.exists()))
    change(
        comment.thread_id,
        comments=Thread.comments + by,
        supports=Thread.supports + by * comment.supports,
        people=Thread.people + (by if alone else 0),
        last_at=_last_at(comment.thread_id),
    )
    if comment.top_id is not None:
        add_to_comment(comment.top_id, answers=by)


def add_to_comment(comment_id: int, **deltas: int) -> None:
    """Raise or lower a comment's kept counts; the thread is held."""
    values = {name: getattr(Comment, name) + by for name, by in deltas.items()}
    mine = update(Comment).where(Comment.id == comment_id).values(values)
    db.session.execute(mine.execution_options(synchronize_session=False))


def add_to_topic(topic_id: int, threads: int) -> None:
    """Raise or lower the number of threads that everybody can see in a topic."""
    mine = update(Topic).where(Topic.id == topic_id).values(threads=Topic.threads + threads)
    db.session.execute(mine.execution_options(synchronize_session=False))


def _last_at(thread_id: Any) -> Any:
    """When the comment in sight with the highest number was written, or the thread opened."""
    newest = (
        select(Comment.at)
        .where(Comment.thread_id == thread_id, in_sight())
        .order_by(Comment.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(newest, Thread.created_at)


# Made again from what they count.


def recount(thread_id: int) -> bool:
    """Make a thread's counts and those of its comments again, while nothing is added to them; tells whether any had been wrong."""
    hold_thread(thread_id)
    wrong = list(_wrong_comments(thread_id))
    for comment_id, _, _, supports, answers in wrong:
        mine = update(Comment).where(Comment.id == comment_id).values(supports=supports, answers=answers)
        db.session.execute(mine.execution_options(synchronize_session=False))
    found = db.session.execute(_threads().where(Thread.id == thread_id)).one()
    fresh = {name: getattr(found, f"fresh_{name}") for name in KEPT}
    is_wrong = any(getattr(found, name) != value for name, value in fresh.items())
    if is_wrong or wrong:
        change(thread_id, **fresh)
    return is_wrong or bool(wrong)


def recount_topic(topic_id: int) -> bool:
    """Make a topic's number of threads again; tells whether it had been wrong."""
    db.session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update(key_share=True))
    fresh = select(func.count()).where(Thread.topic_id == Topic.id, Thread.shown.in_(IN_SIGHT)).scalar_subquery()
    mine = update(Topic).where(Topic.id == topic_id, Topic.threads != fresh).values(threads=fresh)
    done = db.session.execute(mine.returning(Topic.id).execution_options(synchronize_session=False))
    return done.first() is not None


KEPT = ("comments", "people", "supports", "last_at")


def wrong_counts() -> Iterable[str]:
    """A sentence for every kept count that differs from what it counts; for `flask civic check`."""
    fresh = select(func.count()).where(Thread.topic_id == Topic.id, Thread.shown.in_(IN_SIGHT)).scalar_subquery()
    for slug, kept, counted in db.session.execute(
        select(Topic.slug, Topic.threads, fresh).where(Topic.threads != fresh)
    ):
        yield f"topic {slug}: {kept} threads kept for {counted}"
    for row in db.session.execute(_threads()):
        told = [
            f"{name} {getattr(row, name)} for {getattr(row, f'fresh_{name}')}"
            for name in KEPT
            if getattr(row, name) != getattr(row, f"fresh_{name}")
        ]
        if told:
            yield f"thread {row.id}: kept counts differ from what they count: {', '.join(told)}"
    for comment_id, supports, answers, fresh_supports, fresh_answers in _wrong_comments():
        yield f"comment {comment_id}: supports {supports} for {fresh_supports}, answers {answers} for {fresh_answers}"


def _threads() -> Select[Any]:
    """Every thread's kept counts beside fresh ones."""
    counted = (
        select(
            Comment.thread_id,
            func.count().label("comments"),
            func.count(Comment.voice.distinct()).label("people"),
            func.sum(Comment.supports).label("supports"),
        )
        .where(in_sight())
        .group_by(Comment.thread_id)
        .subquery()
    )
    fresh: Any = (
        select(
            Thread.id,
            *(getattr(Thread, name) for name in KEPT),
            func.coalesce(counted.c.comments, 0).label("fresh_comments"),
            func.coalesce(counted.c.people, 0).label("fresh_people"),
            func.coalesce(counted.c.supports, 0).label("fresh_supports"),
            _last_at(Thread.id).label("fresh_last_at"),
        )
        .outerjoin(counted, counted.c.thread_id == Thread.id)
        .order_by(Thread.id)
    )
    return fresh  # type: ignore[no-any-return]


def _wrong_comments(thread_id: int | None = None) -> list[Any]:
    """The comments whose kept counts are wrong: (id, supports, answers, fresh supports, fresh answers)."""
    under = aliased(Comment)
    supported = select(CommentSupport.comment_id, func.count().label("n")).group_by(CommentSupport.comment_id)
    answered = (
        select(under.top_id, func.count().label("n"))
        .where(under.top_id.is_not(None), under.shown.in_(IN_SIGHT), under.withdrawn_at.is_(None))
        .group_by(under.top_id)
    )
    if thread_id is not None:
        supported = supported.join(Comment, Comment.id == CommentSupport.comment_id).where(
            Comment.thread_id == thread_id
        )
        answered = answered.where(under.thread_id == thread_id)
    given, below = supported.subquery(), answered.subquery()
    supports = func.coalesce(given.c.n, literal(0)) + Comment.imported_supports
    answers = func.coalesce(below.c.n, literal(0))
    query = (
        select(Comment.id, Comment.supports, Comment.answers, supports, answers)
        .outerjoin(given, given.c.comment_id == Comment.id)
        .outerjoin(below, below.c.top_id == Comment.id)
        .where((Comment.supports != supports) | (Comment.answers != answers))
        .order_by(Comment.id)
    )
    if thread_id is not None:
        query = query.where(Comment.thread_id == thread_id)
    return list(db.session.execute(query))

"""Following threads, and remembering how far somebody has read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core.db import db
from civic.discussions.models import Comment, Thread, ThreadFollow, ThreadRead


def follow(thread: Thread, *, by: User, now: datetime) -> None:
    """Hear of what is said in a thread; following twice is following once."""
    new = insert(ThreadFollow).values(thread_id=thread.id, person_id=by.id, at=now)
    db.session.execute(new.on_conflict_do_nothing())


def unfollow(thread: Thread, *, by: User) -> None:
    """Hear of it no more."""
    db.session.execute(delete(ThreadFollow).where(ThreadFollow.thread_id == thread.id, ThreadFollow.person_id == by.id))


def mark_read(thread: Thread, up_to: int, *, by: User, now: datetime) -> None:
    """Remember that somebody has read up to this number, and count them once as a reader of each comment that was new to them.

    At most one page behind the number is counted, for nobody reads thousands at once; a lower number than before changes nothing.
    """
    up_to = min(max(0, up_to), thread.last_position)
    mark = insert(ThreadRead).values(thread_id=thread.id, person_id=by.id, position=0, at=now)
    db.session.execute(mark.on_conflict_do_nothing())
    mine = (ThreadRead.thread_id == thread.id, ThreadRead.person_id == by.id)
    before = db.session.scalar(select(ThreadRead.position).where(*mine).with_for_update()) or 0
    if up_to <= before:
        return
    db.session.execute(update(ThreadRead).where(*mine).values(position=up_to, at=now))
    first = max(before, up_to - READ_AT_ONCE) + 1
    # One after another, so that two readers never wait for each other in a circle.
    new = (
        select(Comment.id)
        .where(Comment.thread_id == thread.id, Comment.position.between(first, up_to))
        .order_by(Comment.position)
        .with_for_update(key_share=True)
    )
    counted = update(Comment).where(Comment.id.in_(new.scalar_subquery())).values(reads=Comment.reads + 1)
    db.session.execute(counted.execution_options(synchronize_session=False))


READ_AT_ONCE = 50

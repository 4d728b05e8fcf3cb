"""Supporting what others said: one each, counted in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core.db import db
from civic.discussions.actions import counts
from civic.discussions.models import Comment, CommentSupport, Thread
from civic.discussions.queries.comments import in_sight
from civic.discussions.refusals import CannotSupport, OwnText


def support(comment: Comment, *, by: User, now: datetime) -> None:
    """Support a comment or an idea; twice is once. Raises OwnText and CannotSupport."""
    if comment.author_id == by.id:
        raise OwnText()
    counts.hold_thread(comment.thread_id)
    if db.session.scalar(select(Comment.id).where(Comment.id == comment.id, in_sight())) is None:
        raise CannotSupport()
    new = insert(CommentSupport).values(comment_id=comment.id, person_id=by.id, at=now).on_conflict_do_nothing()
    if db.session.scalar(new.returning(CommentSupport.id)) is not None:
        _count(comment, 1)


def unsupport(comment: Comment, *, by: User) -> None:
    """Support it no more; twice changes nothing."""
    counts.hold_thread(comment.thread_id)
    mine = delete(CommentSupport).where(CommentSupport.comment_id == comment.id, CommentSupport.person_id == by.id)
    if db.session.scalar(mine.returning(CommentSupport.id)) is not None:
        is_in_sight = db.session.scalar(select(Comment.id).where(Comment.id == comment.id, in_sight())) is not None
        _count(comment, -1, in_thread=is_in_sight)


def _count(comment: Comment, by: int, *, in_thread: bool = True) -> None:
    if in_thread:
        counts.change(comment.thread_id, supports=Thread.supports + by)
    counts.add_to_comment(comment.id, supports=by)

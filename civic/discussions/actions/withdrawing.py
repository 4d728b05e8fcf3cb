"""Taking back a thread of one's own in which nobody else has said anything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from civic.accounts.models import User
from civic.core.db import db
from civic.discussions.actions import counts
from civic.discussions.models import (
    Comment,
    CommentDraft,
    DiscussionPicture,
    TextVersion,
    Thread,
    ThreadFollow,
    ThreadRead,
)
from civic.discussions.queries.threads import others_spoke
from civic.discussions.refusals import OthersSpoke
from civic.moderation.actions import hold_author, withdrawn
from civic.translation.actions.forgetting import forget

GONE = "…"


def withdraw_thread(thread: Thread, *, by: User, now: datetime) -> None:
    """Take one's own thread back, with all that one said in it. Raises OthersSpoke.

    Its row stays without words, so that whoever is writing in it just now keeps what they wrote. Twice changes nothing.
    """
    hold_author(by.id)
    counts.hold_thread(thread.id)
    held = db.session.get_one(Thread, thread.id, populate_existing=True)
    if held.withdrawn_at is not None:
        return
    if others_spoke(held):
        raise OthersSpoke()
    was_in_sight = held.is_in_sight
    mine = select(Comment.id).where(Comment.thread_id == held.id).order_by(Comment.id)
    names = [*(f"comment:{number}" for number in db.session.scalars(mine)), f"thread:{held.id}"]
    for name in names:
        withdrawn(name, by=by, now=now)
    forget(names)
    held.title, held.text, held.edited_at, held.poll = GONE, "", None, ""
    held.shown, held.broke, held.withdrawn_at = "removed", "", now
    db.session.flush()
    _forget(held.id, by)
    counts.change(held.id, comments=0, people=0, supports=0, last_at=held.created_at)
    if was_in_sight:
        counts.add_to_topic(held.topic_id, -1)


def _forget(thread_id: int, by: User) -> None:
    """Earlier versions, one's own comments and drafts, who follows it and how far they read; pictures are swept by and by."""
    mine: tuple[Any, ...] = (
        delete(TextVersion).where(TextVersion.thread_id == thread_id),
        delete(Comment).where(Comment.thread_id == thread_id),
        delete(CommentDraft).where(CommentDraft.thread_id == thread_id, CommentDraft.person_id == by.id),
        delete(ThreadFollow).where(ThreadFollow.thread_id == thread_id),
        delete(ThreadRead).where(ThreadRead.thread_id == thread_id),
        update(DiscussionPicture).where(DiscussionPicture.thread_id == thread_id).values(thread_id=None),
    )
    for statement in mine:
        db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.expire_all()

"""How a comment or an opening is shown, as moderation decides: the only writer of `shown` and `broke` once a text stands."""

from __future__ import annotations

from sqlalchemy import select

from civic.core.db import db, locked
from civic.core.jobs import enqueue
from civic.discussions.actions import counts
from civic.discussions.actions.telling import tell_of_comment, tell_of_thread
from civic.discussions.models import Comment, Thread


def show_comment(number: int, shown: str, broke: str) -> None:
    """Show a comment in one of the four ways, and mend whatever counts it; those it concerns hear of it once, when it is first in sight."""
    thread_id = db.session.scalar(select(Comment.thread_id).where(Comment.id == number))
    if thread_id is None:
        return
    counts.hold_thread(thread_id)
    comment = locked(Comment, number)
    if comment is None or (comment.shown, comment.broke) == (shown, broke):
        return
    was_in_sight = comment.is_in_sight
    comment.shown, comment.broke = shown, broke
    db.session.flush()
    if comment.is_in_sight and not was_in_sight:
        counts.came_into_sight(comment)
    elif was_in_sight and not comment.is_in_sight:
        counts.went_out_of_sight(comment)
    else:
        counts.draw_again(thread_id)
    if comment.shown == "shown" and comment.told_at is None:
        enqueue(tell_of_comment, comment_id=number)


def show_thread(number: int, shown: str, broke: str) -> None:
    """Show a thread's opening, and with it the thread, in one of the four ways."""
    held = db.session.scalar(select(Thread.id).where(Thread.id == number))
    if held is None:
        return
    counts.hold_thread(number)
    thread = db.session.get(Thread, number, populate_existing=True)
    if thread is None or (thread.shown, thread.broke) == (shown, broke):
        return
    was_in_sight = thread.is_in_sight
    thread.shown, thread.broke = shown, broke
    db.session.flush()
    if thread.is_in_sight != was_in_sight:
        counts.add_to_topic(thread.topic_id, 1 if thread.is_in_sight else -1)
    if thread.shown == "shown" and thread.told_at is None:
        enqueue(tell_of_thread, thread_id=number)

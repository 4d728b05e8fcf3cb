"""What must always be true of discussions, for `flask civic check`; kept counts are proven in actions/counts.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from civic.core.db import stream
from civic.discussions.models import Comment, Findable, Idea, Thread


def misplaced() -> Iterable[str]:
    """Answers stand one level deep, in the thread of what they answer; ideas in lists of ideas; an official answer in its own thread."""
    above, top = aliased(Comment), aliased(Comment)
    lost = (
        select(Comment.id)
        .outerjoin(above, above.id == Comment.answers_id)
        .outerjoin(top, top.id == Comment.top_id)
        .where(
            or_(above.thread_id != Comment.thread_id, top.thread_id != Comment.thread_id, top.top_id.is_not(None)),
        )
    )
    for (number,) in stream(lost.order_by(Comment.id)):
        yield f"comment {number} does not stand under what it answers"
    stray = select(Idea.id).join(Comment, Comment.id == Idea.comment_id).join(Thread, Thread.id == Comment.thread_id)
    wrong: Any = or_(Thread.kind != "ideas", Comment.top_id.is_not(None), Idea.thread_id != Thread.id)
    for (number,) in stream(stray.where(wrong).order_by(Idea.id)):
        yield f"idea {number} stands in no list of ideas"
    answers = select(Thread.id).join(Comment, Comment.id == Thread.answer_id)
    wrong = or_(Comment.thread_id != Thread.id, Comment.is_official.is_(False))
    for (number,) in stream(answers.where(wrong).order_by(Thread.id)):
        yield f"thread {number} has an official answer that is none of its own"


def wrongly_found() -> Iterable[str]:
    """Everything in plain sight can be found by its words, and nothing else."""
    shown: Any = and_(Comment.shown == "shown", Comment.withdrawn_at.is_(None), Thread.shown == "shown")
    comments: Any = (
        select(Comment.id, shown.label("shown"))
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(Findable, Findable.comment_id == Comment.id)
        .where(shown == Findable.id.is_(None))
    )
    for number, is_shown in stream(comments.order_by(Comment.id)):
        yield (
            f"comment {number} is in plain sight and cannot be found"
            if is_shown
            else f"comment {number} is found though it is hidden"
        )
    threads: Any = (
        select(Thread.id)
        .outerjoin(Findable, and_(Findable.thread_id == Thread.id, Findable.comment_id.is_(None)))
        .where((Thread.shown == "shown") == Findable.id.is_(None))
    )
    for (number,) in stream(threads.order_by(Thread.id)):
        yield f"thread {number} is found though it is hidden, or the other way round"
    strange = select(Findable.id).join(Thread, Thread.id == Findable.thread_id)
    told = (Findable.topic_id, Findable.kind, Findable.is_answered)
    true: Any = (Thread.topic_id, Thread.kind, Thread.answer_id.is_not(None))
    wrong: Any = or_(*(one != other for one, other in zip(told, true, strict=True)))
    for (number,) in stream(strange.where(wrong).order_by(Findable.id)):
        yield f"search row {number} does not say what its thread says"


CHECKS = [misplaced, wrongly_found]

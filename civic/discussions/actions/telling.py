"""Who is told of what: one notice a person, the one that concerns them most."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.core.jobs import job
from civic.discussions.models import Comment, Idea, Thread
from civic.discussions.queries import people
from civic.notifications.actions import tell


@job("discussions.tell_of_comment")
def tell_of_comment(comment_id: int) -> None:
    """Tell those whom a comment concerns, once and only while it is in plain sight."""
    with transaction():
        comment = locked(Comment, comment_id)
        if comment is None or comment.told_at is not None or comment.shown != "shown" or comment.withdrawn_at:
            return
        comment.told_at = now = clock.now()
        thread = db.session.get_one(Thread, comment.thread_id)
        told: set[int] = set()
        for notice, wanted in _concerned(comment, thread):
            new = wanted - told
            told |= new
            tell(
                notice, new, about=f"thread:{thread.id}", now=now, by=comment.author_id, comment=comment.id
            )  # fmt: skip


@job("discussions.tell_of_thread")
def tell_of_thread(thread_id: int) -> None:
    """Tell those who are mentioned in an opening, once and only while it is in plain sight."""
    with transaction():
        thread = locked(Thread, thread_id)
        if thread is None or thread.told_at is not None or thread.shown != "shown":
            return
        thread.told_at = now = clock.now()
        tell(
            "discussions.mentioned",
            people.mentioned_in(thread.text),
            about=f"thread:{thread.id}",
            now=now,
            by=thread.author_id,
            thread=thread.id,
        )


@job("discussions.tell_of_idea")
def tell_of_idea(idea_id: int, status: str) -> None:
    """Tell an idea's author and those who support it how far it has come."""
    with transaction():
        _tell_of_idea(idea_id, status, clock.now())


def _tell_of_idea(idea_id: int, status: str, now: datetime) -> None:
    idea = db.session.get(Idea, idea_id)
    if idea is None or idea.status != status:
        return
    author = db.session.scalar(select(Comment.author_id).where(Comment.id == idea.comment_id))
    concerned = people.supporters(idea.comment_id) | ({author} if author else set())
    tell(
        "discussions.idea_moved", concerned, about=f"thread:{idea.thread_id}", now=now, by=idea.decided_by_id,
        idea=idea.id, status=status,
    )  # fmt: skip


def _concerned(comment: Comment, thread: Thread) -> list[tuple[str, frozenset[int]]]:
    """The kinds of news that a comment is, and for whom; whoever stands in several hears the first."""
    above = {each for each in (comment.answers_id, comment.top_id) if each}
    authors = dict(db.session.execute(select(Comment.id, Comment.author_id).where(Comment.id.in_(above))).all())  # type: ignore[arg-type]
    answered, top = authors.get(comment.answers_id or 0), authors.get(comment.top_id or 0)
    owners = _known(top if thread.kind == "ideas" else None, thread.author_id)
    official = people.everybody_in(thread.id) | owners if comment.is_official else frozenset[int]()
    return [
        ("discussions.official_answer", official),
        ("discussions.answered", _known(answered)),
        ("discussions.mentioned", people.mentioned_in(comment.text)),
        ("discussions.commented", owners),
        ("discussions.followed", people.followers(thread.id)),
    ]


def _known(*people_or_none: int | None) -> frozenset[int]:
    return frozenset(each for each in people_or_none if each is not None)

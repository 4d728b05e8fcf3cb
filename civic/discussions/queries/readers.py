"""What discussions are to one person: follows, how far they have read, drafts, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import literal, select

from civic.core.db import db
from civic.core.files import StoredFile
from civic.core.pages import Page, page_of
from civic.discussions.models import (
    Comment,
    CommentDraft,
    DiscussionPicture,
    Thread,
    ThreadFollow,
    ThreadRead,
    Topic,
)


class Place(NamedTuple):
    """Where somebody stands in a thread: whether they follow it, and the number up to which they have read."""

    follows: bool
    read_to: int | None


def place_of(person_id: int | None, thread: Thread) -> Place:
    """How somebody stands to a thread; one statement, none for a visitor."""
    if person_id is None:
        return Place(False, None)
    follow = (
        select(literal(True))
        .where(ThreadFollow.thread_id == thread.id, ThreadFollow.person_id == person_id)
        .scalar_subquery()
    )
    read = (
        select(ThreadRead.position)
        .where(ThreadRead.thread_id == thread.id, ThreadRead.person_id == person_id)
        .scalar_subquery()
    )
    follows, read_to = db.session.execute(select(follow, read)).one()
    return Place(bool(follows), read_to)


def read_to(person_id: int | None, thread_ids: Iterable[int]) -> dict[int, int]:
    """How far somebody has read in each of these threads; one statement for a page of a list."""
    wanted = list(thread_ids)
    if person_id is None or not wanted:
        return {}
    mine = select(ThreadRead.thread_id, ThreadRead.position).where(
        ThreadRead.person_id == person_id, ThreadRead.thread_id.in_(wanted)
    )
    return dict(db.session.execute(mine).all())  # type: ignore[arg-type]


def followed_by(person_id: int, *, at: str | None = None, size: int = 25) -> Page:
    """The threads that somebody follows, the liveliest first: (id, topic slug, title, language, comments, last_at, …)."""
    query: Any = (
        select(
            Thread.id, Topic.slug.label("topic"), Thread.title, Thread.language, Thread.comments, Thread.last_at,
            Thread.last_position, ThreadRead.position.label("read_to"),
        )
        .join(ThreadFollow, ThreadFollow.thread_id == Thread.id)
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(ThreadRead, (ThreadRead.thread_id == Thread.id) & (ThreadRead.person_id == person_id))
        .where(ThreadFollow.person_id == person_id)
    )  # fmt: skip
    return page_of(query, [Thread.last_at.desc(), Thread.id.desc()], at=at, size=size)


# Drafts.


class ListedDraft(NamedTuple):
    """A draft as a row of its author's list: where it would stand, and what it says."""

    id: int
    topic: str
    topic_title: str
    thread_id: int | None
    thread_title: str | None  # None for a new thread, and where the thread was taken back
    answers: int | None  # the number of the comment that it would answer
    title: str
    text: str
    language: str
    updated_at: datetime


def drafts_of(person_id: int) -> list[ListedDraft]:
    """Everything that somebody has begun, the latest first; at most 100."""
    of_thread = Topic.__table__.alias("of_thread")
    rows: Any = db.session.execute(
        select(
            CommentDraft.id,
            Topic.slug,
            Topic.title.label("topic_title"),
            CommentDraft.thread_id,
            Thread.title.label("thread_title"),
            Thread.withdrawn_at,
            Comment.position,
            CommentDraft.title,
            CommentDraft.text,
            CommentDraft.language,
            CommentDraft.updated_at,
            of_thread.c.slug.label("thread_topic"),
            of_thread.c.title.label("thread_topic_title"),
        )
        .outerjoin(Topic, Topic.id == CommentDraft.topic_id)
        .outerjoin(Thread, Thread.id == CommentDraft.thread_id)
        .outerjoin(of_thread, of_thread.c.id == Thread.topic_id)
        .outerjoin(Comment, Comment.id == CommentDraft.answers_id)
        .where(CommentDraft.person_id == person_id)
        .order_by(CommentDraft.updated_at.desc(), CommentDraft.id.desc())
        .limit(100)
    )
    return [
        ListedDraft(
            row.id, row.slug or row.thread_topic, row.topic_title or row.thread_topic_title, row.thread_id,
            None if row.withdrawn_at else row.thread_title,
            row.position, row.title, row.text, row.language, row.updated_at,
        )
        for row in rows
    ]  # fmt: skip


def draft_for(
    person_id: int | None, *, topic: Topic | None = None, thread: Thread | None = None, answers: Comment | None = None
) -> CommentDraft | None:
    """What somebody has begun to write in this very place."""
    if person_id is None:
        return None
    place = (
        CommentDraft.topic_id == topic.id if topic else CommentDraft.topic_id.is_(None),
        CommentDraft.thread_id == thread.id if thread else CommentDraft.thread_id.is_(None),
        CommentDraft.answers_id == answers.id if answers else CommentDraft.answers_id.is_(None),
    )
    return db.session.scalar(select(CommentDraft).where(CommentDraft.person_id == person_id, *place))


def own_draft(draft_id: int, person_id: int) -> CommentDraft | None:
    """One of somebody's own drafts."""
    if not 0 < draft_id < 2**62:
        return None
    return db.session.scalar(
        select(CommentDraft).where(CommentDraft.id == draft_id, CommentDraft.person_id == person_id)
    )


def draft_with_key(key: str) -> CommentDraft | None:
    """What somebody wrote in this browser before signing in."""
    return db.session.scalar(select(CommentDraft).where(CommentDraft.key == key))


# Pictures.

_MARKS = re.compile(r"([\\\[\]!`*_<>&])")
"""What Markdown would read as more than words."""


class OwnPicture(NamedTuple):
    """A picture of somebody's own: its key, its words, and how large it is in pixels."""

    id: int
    key: str
    alt: str
    width: int
    height: int

    @property
    def markdown(self) -> str:
        """What stands for it in a text."""
        words = _MARKS.sub(r"\\\1", self.alt)
        return f"![{words}](picture:{self.key})"


def own_pictures(person_id: int, keys: Iterable[str]) -> dict[str, OwnPicture]:
    """Those of these pictures that somebody gave themselves, by key."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows: Any = db.session.execute(
        select(DiscussionPicture.id, StoredFile.key, DiscussionPicture.alt, StoredFile.width, StoredFile.height)
        .join(StoredFile, StoredFile.id == DiscussionPicture.file_id)
        .where(DiscussionPicture.person_id == person_id, StoredFile.key.in_(wanted))
    )
    return {row.key: OwnPicture(*row) for row in rows}

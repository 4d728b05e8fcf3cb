"""What moderation needs to know of comments and of the texts that open threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Moderated, Published
from civic.core.markdown import pictures_in
from civic.discussions.access import may_see_comment, may_see_thread
from civic.discussions.actions.showing import show_comment, show_thread
from civic.discussions.models import Comment, Idea, TextVersion, Thread, Topic
from civic.discussions.naming import shown_name
from civic.discussions.rules.choices import IN_SIGHT


def load_comments(numbers: Iterable[int]) -> Mapping[int, Published]:
    """Comments and ideas with these numbers; what their authors took back is left out."""
    versions = select(func.count()).where(TextVersion.comment_id == Comment.id).scalar_subquery()
    rows = db.session.execute(
        select(
            Comment.id, Comment.author_id, Comment.author_name, User.display_name, Thread.title, Comment.text, Comment.language,
            Comment.at, Comment.shown, Comment.position, Thread.id.label("thread_id"), Topic.slug, Idea.title.label("idea_title"),
            Thread.shown.label("thread_shown"), Thread.author_id.label("opener_id"), versions.label("versions"),
        )
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(User, User.id == Comment.author_id)
        .outerjoin(Idea, Idea.comment_id == Comment.id)
        .where(Comment.id.in_(list(numbers)), Comment.withdrawn_at.is_(None))
    )  # fmt: skip
    return {
        row.id: _published(
            row,
            f"{row.idea_title}\n\n{row.text}" if row.idea_title else row.text,
            url_for("discussions.show_comment", topic=row.slug, number=row.thread_id, position=row.position),
            _edit_comment(row),
        )
        for row in rows
    }


def load_threads(numbers: Iterable[int]) -> Mapping[int, Published]:
    """The texts that open the threads with these numbers; what their authors took back is left out."""
    versions = select(func.count()).where(TextVersion.thread_id == Thread.id).scalar_subquery()
    rows = db.session.execute(
        select(
            Thread.id, Thread.author_id, Thread.author_name, User.display_name, Thread.title, Thread.text, Thread.language,
            Thread.created_at.label("at"), Thread.shown, Thread.status, Topic.slug, Topic.status.label("topic_status"),
            versions.label("versions"),
        )
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(User, User.id == Thread.author_id)
        .where(Thread.id.in_(list(numbers)), Thread.withdrawn_at.is_(None))
    )  # fmt: skip
    return {
        row.id: _published(
            row,
            f"{row.title}\n\n{row.text}",
            url_for("discussions.show_thread", topic=row.slug, number=row.id),
            _edit_thread(row),
        )
        for row in rows
    }


def _edit_comment(row: Any) -> str:
    """Where its author changes it; nowhere in a thread that they can no longer see."""
    if row.thread_shown not in IN_SIGHT and row.opener_id != row.author_id:
        return ""
    return url_for("discussions.edit_comment", topic=row.slug, number=row.thread_id, position=row.position)


def _edit_thread(row: Any) -> str:
    """Where its author changes it; nowhere once the thread or its topic was closed (access.py: may_change_thread)."""
    if row.status != "open" or row.topic_status != "open":
        return ""
    return url_for("discussions.edit_thread", topic=row.slug, number=row.id)


def _published(row: Any, text: str, url: str, edit_url: str) -> Published:
    pictures = tuple(picture.key for picture in pictures_in(text) if picture.key) if "![" in text else ()
    return Published(
        number=row.id,
        author_id=row.author_id,
        author=shown_name(row.display_name, row.author_name) or "",
        title=row.title,
        text=text,
        language=row.language,
        url=url,
        at=row.at,
        shown=row.shown,
        version=row.versions + 1,
        pictures=pictures,
        edit_url=edit_url if row.author_id is not None else "",
    )


def _may_see_comment(number: int) -> bool:
    comment = db.session.get(Comment, number)
    thread = db.session.get(Thread, comment.thread_id) if comment else None
    return comment is not None and thread is not None and may_see_thread(thread) and may_see_comment(comment)


def _may_see_thread(number: int) -> bool:
    thread = db.session.get(Thread, number)
    return thread is not None and may_see_thread(thread)


MODERATED = [
    Moderated("comment", _l("Comment"), load_comments, show_comment, _may_see_comment),
    Moderated("thread", _l("Thread"), load_threads, show_thread, _may_see_thread),
]

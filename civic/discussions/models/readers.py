"""What a thread is to one person: followed, read so far, being written in, with pictures on their way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class ThreadFollow(Model):
    """Somebody wants to hear of what is said in a thread."""

    __tablename__ = "thread_follow"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class ThreadRead(Model):
    """How far somebody has read in a thread: the number of the last comment that was on a page they marked as read."""

    __tablename__ = "thread_read"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    at: Mapped[datetime]


class CommentDraft(Model):
    """A text on its way: one a person and place (a thread, an answer to a comment, a new thread in a topic).

    Held by an account; or, for somebody who wrote before signing in, by whoever's browser has its `key`, for a day.
    """

    __tablename__ = "comment_draft"

    id: Mapped[int] = id_column()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(unique=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    language: Mapped[str]
    quotes: Mapped[int | None]
    updated_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (key IS NULL)", name="holder"),
        CheckConstraint("(topic_id IS NULL) <> (thread_id IS NULL)", name="place"),
        CheckConstraint("answers_id IS NULL OR thread_id IS NOT NULL", name="answers"),
        Index(
            "uq_comment_draft_place",
            "person_id",
            "topic_id",
            "thread_id",
            "answers_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where="person_id IS NOT NULL",
        ),
        Index("ix_comment_draft_updated", "updated_at"),
    )


class DiscussionPicture(Model):
    """A picture that somebody gave for their texts, with the words for those who cannot see it."""

    __tablename__ = "discussion_picture"

    id: Mapped[int] = id_column()
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    alt: Mapped[str]
    at: Mapped[datetime]
    # Where it is used; swept away where it is used nowhere.
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id", ondelete="SET NULL"), index=True)
    __table_args__ = (
        CheckConstraint("alt <> ''", name="alt"),
        Index(
            "ix_discussion_picture_unused",
            "at",
            postgresql_where="comment_id IS NULL AND thread_id IS NULL",
        ),
    )

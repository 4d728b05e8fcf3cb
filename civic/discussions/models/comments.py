"""Comments, the ideas among them, what they said before, and who supports them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.moderated import Moderable, shown_check
from civic.discussions.rules.choices import IDEA_STATES
from civic.discussions.rules.reading import ANSWER_WEIGHS, SUPPORT_WEIGHS


class Comment(Moderable, Model):
    """One comment, numbered in its thread; in a list of ideas, one that answers nobody is an idea.

    `top_id` is the comment under which it stands (one level, no deeper), `answers_id` the very one that it answers. `voice` is the
    number of its author among the people in this thread: it outlives the account, so that people can still be counted.
    """

    __tablename__ = "comment"

    id: Mapped[int] = id_column()
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    position: Mapped[int]
    top_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="SET NULL"), index=True)
    quotes: Mapped[int | None]  # the number of a comment in the same thread that it quotes
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    author_name: Mapped[str] = mapped_column(default="")  # of somebody without an account here: an import's pseudonym
    voice: Mapped[int]
    is_official: Mapped[bool] = mapped_column(default=False)
    as_role: Mapped[str] = mapped_column(default="")  # the office in which a member of staff writes; empty for members
    text: Mapped[str]  # Markdown; empty once withdrawn
    language: Mapped[str]
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]  # by its author, when others had already answered or quoted it
    told_at: Mapped[datetime | None]  # when those whom it concerns were told: once, and only when it is in sight
    source_key: Mapped[str | None] = mapped_column(unique=True)  # where it was imported from, "madrid:5512"

    supports: Mapped[int] = mapped_column(default=0)  # kept: those of members here and the imported ones together
    imported_supports: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)  # kept: how many stand under it and can be seen
    reads: Mapped[int] = mapped_column(default=0)  # kept: how many members have read this far, once each
    # How much it has been looked at, by PostgreSQL itself; the least comes first under "not yet read much".
    attention: Mapped[int] = mapped_column(
        Computed(f"reads + {SUPPORT_WEIGHS} * supports + {ANSWER_WEIGHS} * answers", persisted=True)
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        shown_check(),
        UniqueConstraint("thread_id", "position"),
        CheckConstraint("text <> '' OR withdrawn_at IS NOT NULL", name="text"),
        CheckConstraint("NOT is_official OR as_role <> ''", name="official"),
        CheckConstraint("supports >= 0 AND answers >= 0 AND reads >= 0 AND imported_supports >= 0", name="kept"),
        Index("ix_comment_supported", "thread_id", "supports", "position"),
        Index("ix_comment_attention", "thread_id", "attention", sql("position DESC")),
        Index("ix_comment_top", "top_id", "position"),
        Index("ix_comment_voice", "thread_id", "voice"),
        Index("ix_comment_author", "author_id", "id"),
        Index("ix_comment_author_in_thread", "thread_id", "author_id", "voice"),
    )

    @property
    def is_in_sight(self) -> bool:
        """Whether everybody can read it, perhaps one click away; only then does it count."""
        return self.shown in ("shown", "folded") and self.withdrawn_at is None


class Idea(Model):
    """What an idea is beyond a comment: its title, how far it has come, and why; decided by staff in their own names."""

    __tablename__ = "idea"
    TRANSITIONS = {
        ("open", "shortlist"): "shortlisted",
        ("open", "take_up"): "taken_up",
        ("open", "decline"): "not_taken_up",
        ("shortlisted", "take_up"): "taken_up",
        ("shortlisted", "decline"): "not_taken_up",
        ("shortlisted", "reopen"): "open",
        ("taken_up", "reopen"): "open",
        ("not_taken_up", "reopen"): "open",
    }

    id: Mapped[int] = id_column()
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), unique=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    title: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    reason: Mapped[str] = mapped_column(default="")  # why it stands where it stands, for everybody to read
    reason_language: Mapped[str] = mapped_column(default="en")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_as: Mapped[str] = mapped_column(default="")  # the office of who decided
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", IDEA_STATES),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("status = 'open' OR reason <> ''", name="reason"),
        Index("ix_idea_status", "thread_id", "status", "comment_id"),
    )


class TextVersion(Model):
    """What a comment or a thread said before it was changed, for everybody to read."""

    __tablename__ = "text_version"

    id: Mapped[int] = id_column()
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1 is what it said first
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    language: Mapped[str]
    at: Mapped[datetime]  # since when it said so
    __table_args__ = (
        UniqueConstraint("comment_id", "number"),
        UniqueConstraint("thread_id", "number"),
        CheckConstraint("(comment_id IS NULL) <> (thread_id IS NULL)", name="one_thing"),
    )


class CommentSupport(Model):
    """Somebody supports a comment or an idea: once each. The support of an erased account stays, and is nobody's."""

    __tablename__ = "comment_support"

    id: Mapped[int] = id_column()
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("comment_id", "person_id"),)

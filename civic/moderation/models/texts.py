"""What is remembered of published words, and the times before an election."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class ScreenedText(Model):
    """One text as it was published or changed: for floods, for copies, and as the history that moderators read."""

    __tablename__ = "moderation_text"
    id: Mapped[int] = id_column()
    thing: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    place: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    is_change: Mapped[bool]
    # Short sums of its pieces: texts that share one may be alike (rules/likeness.py).
    marks: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    at: Mapped[datetime]
    __table_args__ = (
        Index("ix_moderation_text_thing", "thing", "id"),
        Index("ix_moderation_text_person", "person_id", "at"),
        Index("ix_moderation_text_at", "at"),
        Index("ix_moderation_text_marks", "marks", postgresql_using="gin"),
    )


class ElectionPeriod(Model):
    """The weeks before an election, in which new posts wait for a moderator."""

    __tablename__ = "election_period"
    id: Mapped[int] = id_column()
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    holds_back: Mapped[str]  # everybody's posts, or those of new accounts
    why: Mapped[str]  # for everybody: which election, and what the rules ask for
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends"),
        CheckConstraint("holds_back IN ('everybody', 'newcomers')", name="holds_back"),
        CheckConstraint("why <> ''", name="why"),
        Index("ix_election_period_ends", "ends_at"),
    )

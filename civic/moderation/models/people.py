"""What moderators keep about people: warnings, suspensions from publishing, notes among themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class Warned(Model):
    """A person was told that what they wrote breaks the house rules, and what comes next if it goes on."""

    __tablename__ = "moderation_warning"
    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_case.id", ondelete="SET NULL"), index=True)
    words: Mapped[str]
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        Index("ix_moderation_warning_person", "person_id", "at"),
        Index("ix_moderation_warning_at", "at"),
    )


class Suspension(Model):
    """For a time a person may read and sign in, and publish nothing."""

    __tablename__ = "moderation_suspension"
    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_case.id", ondelete="SET NULL"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    words: Mapped[str]  # for the person
    language: Mapped[str]
    without_warning: Mapped[str] = mapped_column(default="")  # why nobody warned them first, where nobody did
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    lifted_why: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends"),
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint("lifted_at IS NULL OR lifted_why <> ''", name="lifted"),
        Index("ix_moderation_suspension_person", "person_id", "ends_at"),
        Index("ix_moderation_suspension_starts", "starts_at"),
    )

    def holds(self, now: datetime) -> bool:
        """Whether it keeps the person from publishing at this moment."""
        return self.lifted_at is None and self.starts_at <= now < self.ends_at


class StaffNote(Model):
    """What one moderator writes for the others, about a case or a person; nobody else reads it."""

    __tablename__ = "moderation_note"
    id: Mapped[int] = id_column()
    case_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name="about"),
        CheckConstraint("words <> ''", name="words"),
    )

"""Interviews: a startup is heard before the shortlist, and what was said is written down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.challenge.applying.models.applications import ChallengeApplication
from civic.challenge.applying.rules.choices import INTERVIEW_STATES
from civic.core.db import Model, id_column
from civic.core.subjects import named

INTERVIEW = "challenge_interview"


class Interview(Model):
    """When and where a startup is heard, by whom, and what was said; assessment knows it as "challenge_interview:7"."""

    __tablename__ = "challenge_interview"
    TRANSITIONS = {
        ("planned", "hold"): "held",
        ("planned", "cancel"): "cancelled",
    }

    id: Mapped[int] = id_column()
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"))
    status: Mapped[str] = mapped_column(default="planned")
    at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(SmallInteger, default=30)
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    told: Mapped[str] = mapped_column(default="")  # what the startup should prepare
    language: Mapped[str] = mapped_column(default="en")
    record: Mapped[str] = mapped_column(default="")  # what was said, for those who score it
    record_language: Mapped[str] = mapped_column(default="en")
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    planned_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    recorded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    application: Mapped[ChallengeApplication] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", INTERVIEW_STATES),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
        CheckConstraint("place <> '' OR link <> ''", name="where"),
        CheckConstraint("link = '' OR link LIKE 'http%'", name="link"),
        CheckConstraint("(status = 'held') = (record <> '')", name="record"),
        Index(
            "uq_challenge_interview_application",
            "application_id",
            unique=True,
            postgresql_where="status <> 'cancelled'",
        ),
        Index("ix_challenge_interview_application", "application_id", "id"),
        Index("ix_challenge_interview_at", "status", "at", "id"),
    )

    @property
    def name(self) -> str:
        """By what assessment knows it."""
        return named(INTERVIEW, self.id)


class Interviewer(Model):
    """Somebody who hears a startup."""

    __tablename__ = "challenge_interviewer"

    id: Mapped[int] = id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("challenge_interview.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    __table_args__ = (UniqueConstraint("interview_id", "person_id"),)

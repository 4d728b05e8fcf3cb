"""Mentors: their seats in a programme, whom they may not help, and whom they help."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.support.rules.choices import MENTOR_STATES, PAIR_STATES, WAYS
from civic.core.db import Model, id_column


class Mentor(Model):
    """Somebody's seat as a mentor in one programme: what they know, how much time they give, in which languages."""

    __tablename__ = "mentor"
    TRANSITIONS = {
        ("offered", "accept"): "active",
        ("offered", "decline"): "declined",
        ("offered", "end"): "ended",  # taken back
        ("invited", "agree"): "active",
        ("invited", "refuse"): "declined",
        ("active", "end"): "ended",
        ("declined", "offer"): "offered",
        ("ended", "offer"): "offered",
        ("declined", "invite"): "invited",
        ("ended", "invite"): "invited",
    }

    id: Mapped[int] = id_column()
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    status: Mapped[str]
    title: Mapped[str] = mapped_column(default="")  # their office, as everybody sees it
    about: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")  # of the two
    topics: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)  # in which they can help
    minutes: Mapped[int] = mapped_column(default=0)  # that they offer in this programme
    way: Mapped[str] = mapped_column(default="online")
    borough: Mapped[str | None]
    interests: Mapped[str] = mapped_column(default="")  # what could be a conflict, in their own words; staff read it
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        one_of("status", MENTOR_STATES),
        one_of("way", WAYS),
        CheckConstraint("minutes BETWEEN 0 AND 30000", name="minutes"),
        CheckConstraint("status NOT IN ('offered', 'active') OR minutes > 0", name="offer"),
        Index("ix_mentor_programme", "programme_id", "status", "id"),
    )

    @property
    def helps_online(self) -> bool:
        """Whether a startup need not be near."""
        return self.way != "in_person"


class MentorConflict(Model):
    """A startup that a mentor may not help: they own a part of it, work for it, or compete with it."""

    __tablename__ = "mentor_conflict"

    id: Mapped[int] = id_column()
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id", ondelete="CASCADE"))
    startup_id: Mapped[int] = mapped_column(ForeignKey("startup.id"), index=True)
    declared_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("mentor_id", "startup_id"),)


class Mentoring(Model):
    """A mentor and a startup on its way, put together by staff; it begins when both have agreed."""

    __tablename__ = "mentoring"
    TRANSITIONS = {
        ("proposed", "begin"): "active",
        ("proposed", "decline"): "declined",
        ("proposed", "end"): "ended",
        ("active", "end"): "ended",
    }

    id: Mapped[int] = id_column()
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"))
    status: Mapped[str] = mapped_column(default="proposed")
    points: Mapped[int]  # as they were counted when it was proposed
    reasons: Mapped[list[str]] = mapped_column(default=list)
    topics: Mapped[list[str]] = mapped_column(default=list)  # that they have in common
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime]
    mentor_agreed_at: Mapped[datetime | None]
    startup_agreed_at: Mapped[datetime | None]
    __table_args__ = (
        one_of("status", PAIR_STATES),
        CheckConstraint(
            "status <> 'active' OR (mentor_agreed_at IS NOT NULL AND startup_agreed_at IS NOT NULL)", name="agreed"
        ),
        Index(
            "uq_mentoring_pair",
            "mentor_id",
            "application_id",
            unique=True,
            postgresql_where="status IN ('proposed', 'active')",
        ),
        Index("ix_mentoring_mentor", "mentor_id", "status", "id"),
        Index("ix_mentoring_application", "application_id", "status", "id"),
    )

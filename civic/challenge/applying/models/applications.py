"""Applications: one of a startup for a challenge, written by several people, sealed until the deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.challenge.applying.models.calls import Call
from civic.challenge.applying.models.startups import Startup
from civic.challenge.applying.rules.choices import APPLICATION_STATES, ENDED
from civic.challenge.models import Challenge
from civic.core.db import Model, id_column
from civic.core.subjects import named

KIND = "challenge_application"


class ChallengeApplication(Model):
    """What a startup offers to one challenge; assessment and grants know it as "challenge_application:12"."""

    __tablename__ = "challenge_application"
    TRANSITIONS = {
        ("draft", "submit"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("submitted", "reopen"): "draft",  # by its own people, before the deadline
        ("submitted", "withdraw"): "withdrawn",
        ("submitted", "rule_out"): "ineligible",
        ("ineligible", "reinstate"): "submitted",
        ("submitted", "pass_over"): "not_shortlisted",
        ("submitted", "shortlist"): "shortlisted",
        ("not_shortlisted", "shortlist"): "shortlisted",
        ("shortlisted", "pass_over"): "not_shortlisted",
        ("shortlisted", "withdraw"): "withdrawn",
        ("shortlisted", "match"): "matched",
        ("shortlisted", "leave"): "unmatched",
        ("unmatched", "match"): "matched",  # an override, or another startup was lost
        ("matched", "lose"): "lost",  # declined, or its grant was released before it was agreed
    }

    id: Mapped[int] = id_column()
    call_id: Mapped[int] = mapped_column(ForeignKey("challenge_call.id"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    startup_id: Mapped[int] = mapped_column(ForeignKey("startup.id"), index=True)
    status: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    # By the names of the questions (rules/questions.py): the solution, what is new, the test, the team, users, risks …
    answers: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    edited_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    submitted_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]  # of the deadline, while it was a draft
    # The conditions that its people declare to meet, and that no data can tell: their kinds.
    declared: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    # How every condition was judged when it was sent: [[kind, value, holds, why]].
    findings: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    # What the startup said of itself when it was sent: nothing that is judged changes after the deadline.
    profile: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    feedback: Mapped[str] = mapped_column(default="")
    feedback_language: Mapped[str] = mapped_column(default="en")
    feedback_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    feedback_at: Mapped[datetime | None]
    matched_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")  # of earlier years: what the sources say, and what they do not
    version: Mapped[int] = mapped_column(default=1)

    call: Mapped[Call] = relationship(lazy="raise")
    challenge: Mapped[Challenge] = relationship(lazy="raise")
    startup: Mapped[Startup] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", APPLICATION_STATES),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("status IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL", name="sent"),
        CheckConstraint("status NOT IN ('ineligible', 'not_shortlisted') OR feedback <> ''", name="answered"),
        CheckConstraint("status NOT IN ('matched', 'lost') OR matched_at IS NOT NULL", name="matched"),
        Index(
            "uq_challenge_application_startup",
            "challenge_id",
            "startup_id",
            unique=True,
            postgresql_where="status <> 'withdrawn'",
        ),
        Index("ix_challenge_application_call", "call_id", "status", "id"),
        Index("ix_challenge_application_challenge", "challenge_id", "status", "id"),
    )

    @property
    def name(self) -> str:
        """By what the packages below know it."""
        return named(KIND, self.id)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in ENDED

"""What came of a test after 6, 12 and 24 months, as both sides say it and as it was verified."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.support.rules.choices import OUTCOME_SIDES, OUTCOME_STATES, USES
from civic.core.db import Model, id_column


class ChallengeOutcome(Model):
    """One question at one of the three times: asked by itself, answered by both sides, verified and published by staff."""

    __tablename__ = "challenge_outcome"
    TRANSITIONS = {
        ("planned", "ask"): "asked",
        ("planned", "close"): "closed",
        ("asked", "answer"): "answered",
        ("asked", "fall_due"): "overdue",
        ("asked", "settle"): "answered",  # staff go on with one side's answer
        ("asked", "close"): "closed",
        ("overdue", "answer"): "answered",
        ("overdue", "settle"): "answered",
        ("overdue", "close"): "closed",
        ("answered", "send_back"): "asked",
        ("answered", "publish"): "published",
        ("published", "withdraw"): "answered",
    }

    id: Mapped[int] = id_column()
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"))
    months: Mapped[int]
    status: Mapped[str] = mapped_column(default="planned")
    ask_on: Mapped[date]
    answer_by: Mapped[date | None]
    asked_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    # As staff verified it.
    in_use: Mapped[str | None]
    used_by: Mapped[str] = mapped_column(default="")
    contract_minor: Mapped[int | None]  # pence; nothing where nobody pays for it
    jobs: Mapped[int | None]
    investment_minor: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")  # that everybody reads
    language: Mapped[str] = mapped_column(default="en")
    why: Mapped[str] = mapped_column(default="")  # it was closed without an answer, or goes on with one side's
    why_language: Mapped[str] = mapped_column(default="en")
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime | None]
    is_example: Mapped[bool] = mapped_column(default=False)  # made up, and said so where it stands
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("application_id", "months"),
        one_of("status", OUTCOME_STATES),
        one_of("in_use", USES),
        CheckConstraint("months IN (6, 12, 24)", name="months"),
        CheckConstraint("contract_minor >= 0 AND investment_minor >= 0 AND jobs >= 0", name="figures"),
        CheckConstraint("status IN ('planned', 'closed') OR answer_by IS NOT NULL", name="asked"),
        CheckConstraint(
            "status <> 'published' OR (in_use IS NOT NULL AND text <> '' AND published_at IS NOT NULL)",
            name="published",
        ),
        CheckConstraint("status <> 'closed' OR why <> ''", name="closed"),
        Index("ix_challenge_outcome_status", "status", "ask_on", "id"),
    )


class OutcomeAnswer(Model):
    """What one side says: the startup, or the partner."""

    __tablename__ = "outcome_answer"

    id: Mapped[int] = id_column()
    outcome_id: Mapped[int] = mapped_column(ForeignKey("challenge_outcome.id", ondelete="CASCADE"))
    side: Mapped[str]
    in_use: Mapped[str]
    used_by: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    contract_minor: Mapped[int | None]
    jobs: Mapped[int | None]
    investment_minor: Mapped[int | None]
    why_not: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    answered_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("outcome_id", "side"),
        one_of("side", OUTCOME_SIDES),
        one_of("in_use", USES),
        CheckConstraint("in_use <> 'no' OR why_not <> ''", name="why_not"),
        CheckConstraint("contract_minor >= 0 AND investment_minor >= 0 AND jobs >= 0", name="figures"),
    )

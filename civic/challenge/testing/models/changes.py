"""What was asked to be changed in a running test: days and sums, the budget, the solution itself, or that it stops."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.testing.rules.choices import CHANGE_KINDS, CHANGE_STATES, SIDES
from civic.core.db import Model, id_column


class Change(Model):
    """One request: asked for by one side, agreed by the others, and then carried out."""

    __tablename__ = "test_change"
    TRANSITIONS = {
        ("asked", "agree"): "agreed",
        ("asked", "decline"): "declined",
        ("asked", "withdraw"): "withdrawn",
        ("agreed", "carry_out"): "done",
        ("agreed", "lapse"): "declined",  # the new version was taken back, or the end was refused
    }

    id: Mapped[int] = id_column()
    test_id: Mapped[int] = mapped_column(ForeignKey("test_grant.id"))
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default="asked")
    side: Mapped[str]  # who asks
    why: Mapped[str]
    what: Mapped[str] = mapped_column(default="")  # of a pivot: what the solution becomes
    language: Mapped[str] = mapped_column(default="en")
    plan: Mapped[list[Any]] = mapped_column(default=list)  # the rows as they would be
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")  # why it was declined
    answer_language: Mapped[str] = mapped_column(default="en")
    ended_at: Mapped[datetime | None]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), unique=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("grant_decision.id"), unique=True)
    __table_args__ = (
        one_of("kind", CHANGE_KINDS),
        one_of("status", CHANGE_STATES),
        one_of("side", SIDES),
        CheckConstraint("why <> ''", name="why"),
        CheckConstraint("kind <> 'pivot' OR what <> ''", name="what"),
        CheckConstraint("status <> 'declined' OR answer <> ''", name="answer"),
        CheckConstraint("(status IN ('asked', 'agreed')) = (ended_at IS NULL)", name="ended"),
        Index("uq_test_change_open", "test_id", unique=True, postgresql_where="status IN ('asked', 'agreed')"),
        Index("ix_test_change_test_id", "test_id", "id"),
    )


class ChangeYes(Model):
    """That a side agrees, and who said so for it; nobody speaks for two sides."""

    __tablename__ = "test_change_yes"

    id: Mapped[int] = id_column()
    change_id: Mapped[int] = mapped_column(ForeignKey("test_change.id", ondelete="CASCADE"))
    side: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (
        one_of("side", SIDES),
        UniqueConstraint("change_id", "side"),
        UniqueConstraint("change_id", "person_id"),
    )

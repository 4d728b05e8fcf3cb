"""Business support plans: what a startup needs, what it wants to reach, and who does what by when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.support.rules.choices import ACTION_STATES, WHO
from civic.core.db import Model, id_column


class SupportPlan(Model):
    """One for an application that is on its way; written by the startup and by staff, every edition kept."""

    __tablename__ = "support_plan"

    id: Mapped[int] = id_column()
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"), unique=True)
    needs: Mapped[list[str]] = mapped_column(default=list)  # topics
    diagnosis: Mapped[str] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    edition: Mapped[int] = mapped_column(default=1)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    edited_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PlanEdition(Model):
    """A plan as it stood: nothing that was agreed is written over."""

    __tablename__ = "support_plan_edition"

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id", ondelete="CASCADE"))
    number: Mapped[int]
    needs: Mapped[list[str]]
    diagnosis: Mapped[str]
    goals: Mapped[str]
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("plan_id", "number"),)


class PlanAction(Model):
    """One thing that is to be done: what, by whom, until when."""

    __tablename__ = "support_action"
    TRANSITIONS = {
        ("open", "finish"): "done",
        ("open", "drop"): "dropped",
        ("done", "reopen"): "open",
        ("dropped", "reopen"): "open",
    }

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(default="open")
    what: Mapped[str]
    language: Mapped[str]
    who: Mapped[str]
    due_on: Mapped[date]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    __table_args__ = (
        one_of("status", ACTION_STATES),
        one_of("who", WHO),
        CheckConstraint("what <> ''", name="what"),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done"),
        Index("ix_support_action_plan", "plan_id", "due_on", "id"),
        Index("ix_support_action_due", "status", "due_on", "id"),
    )

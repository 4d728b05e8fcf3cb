"""What a test promises and spends: milestones with their evidence, budget lines, and what was spent of each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.testing.rules.choices import CATEGORIES, MILESTONE_STATES
from civic.challenge.testing.rules.plans import Line, Step
from civic.core.db import Model, id_column
from civic.core.money import Money


class Milestone(Model):
    """What the startup shows by a day, what the partner signs off, and what is paid for it."""

    __tablename__ = "test_milestone"
    TRANSITIONS = {
        ("planned", "hand_in"): "handed_in",
        ("handed_in", "return"): "planned",
        ("handed_in", "sign_off"): "signed_off",
        ("signed_off", "reopen"): "planned",  # the officers returned the claim
        ("planned", "cancel"): "cancelled",
        ("handed_in", "cancel"): "cancelled",
        ("signed_off", "cancel"): "cancelled",  # signed off and not paid when the test was stopped
    }

    id: Mapped[int] = id_column()
    test_id: Mapped[int] = mapped_column(ForeignKey("test_grant.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str] = mapped_column(default="planned")
    title: Mapped[str]
    evidence: Mapped[str]  # what must be shown
    language: Mapped[str] = mapped_column(default="en")
    due_on: Mapped[date]
    amount_minor: Mapped[int]
    # What grants pay for it, once it is in an agreement.
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("instalment.id", ondelete="SET NULL"), unique=True)
    turn: Mapped[int] = mapped_column(
        default=1
    )  # grows with every return and every new day: who was reminded may be again
    words: Mapped[str] = mapped_column(default="")  # what the startup says of the evidence
    words_language: Mapped[str] = mapped_column(default="en")
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    handed_in_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")  # why it went back, or what the partner says to it
    answer_language: Mapped[str] = mapped_column(default="en")
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    signed_off_as: Mapped[str] = mapped_column(default="")
    signed_off_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", MILESTONE_STATES),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("evidence <> ''", name="evidence"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("signed_off_by_id <> handed_in_by_id", name="four_eyes"),
        CheckConstraint(
            "status <> 'signed_off' OR (signed_off_at IS NOT NULL AND instalment_id IS NOT NULL)", name="signed"
        ),
        Index("ix_test_milestone_test_id", "test_id", "position", "id"),
        Index("ix_test_milestone_due", "due_on", "id", postgresql_where="status IN ('planned', 'handed_in')"),
    )

    @property
    def amount(self) -> Money:
        """What is paid for it."""
        return Money(self.amount_minor)

    @property
    def step(self) -> Step:
        """As a plan holds it."""
        return Step(self.title, self.evidence, self.due_on, self.amount)


class MilestoneReminder(Model):
    """That somebody was told once: each step once for each turn of a milestone."""

    __tablename__ = "test_milestone_reminder"

    id: Mapped[int] = id_column()
    milestone_id: Mapped[int] = mapped_column(ForeignKey("test_milestone.id", ondelete="CASCADE"))
    turn: Mapped[int]
    step: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("milestone_id", "turn", "step"),)


class BudgetLine(Model):
    """What a part of the grant is spent on."""

    __tablename__ = "test_budget_line"

    id: Mapped[int] = id_column()
    test_id: Mapped[int] = mapped_column(ForeignKey("test_grant.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    category: Mapped[str]
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    amount_minor: Mapped[int]
    __table_args__ = (
        one_of("category", CATEGORIES),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint(
            "amount_minor >= 0", name="amount"
        ),  # a change may take a line's money away, not what was told of it
        Index("ix_test_budget_line_test_id", "test_id", "position", "id"),
    )

    @property
    def amount(self) -> Money:
        """How much is planned for it."""
        return Money(self.amount_minor)

    @property
    def line(self) -> Line:
        """As a plan holds it."""
        return Line(self.category, self.title, self.amount)


class SpendLine(Model):
    """How much of a budget line was spent so far, as a report of grants tells it."""

    __tablename__ = "test_spend_line"

    id: Mapped[int] = id_column()
    report_id: Mapped[int] = mapped_column(ForeignKey("grant_report.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("test_budget_line.id"), index=True)
    spent_minor: Mapped[int]
    __table_args__ = (
        UniqueConstraint("report_id", "line_id"),
        CheckConstraint("spent_minor >= 0", name="amount"),
    )

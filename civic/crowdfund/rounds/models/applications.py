"""Expressions of interest and applications: written by several people, sealed until the deadline, judged elsewhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import Organisation
from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.core.subjects import named
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.models.rounds import Round, RoundTier
from civic.crowdfund.rounds.rules.choices import APPLICATION_STATES, EXPRESSION_STATES
from civic.grants.rules.amounts import Amounts


class Expression(Model):
    """An expression of interest: a short form before the application, to which an officer answers."""

    __tablename__ = "round_expression"
    TRANSITIONS = {
        ("draft", "submit"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("submitted", "withdraw"): "withdrawn",
        ("submitted", "answer"): "answered",
    }

    id: Mapped[int] = id_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("funding_round.id"))
    status: Mapped[str] = mapped_column(default="draft")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(default="en")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    borough: Mapped[str | None]
    answers: Mapped[dict[str, str]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    submitted_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]  # of the deadline, while it was a draft
    is_encouraged: Mapped[bool | None]
    feedback: Mapped[str] = mapped_column(default="")
    feedback_language: Mapped[str] = mapped_column(default="en")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    answered_at: Mapped[datetime | None]
    round: Mapped[Round] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", EXPRESSION_STATES),
        CheckConstraint("status <> 'answered' OR (feedback <> '' AND is_encouraged IS NOT NULL)", name="answered"),
        Index("ix_round_expression_round", "round_id", "status", "id"),
    )


class Application(Model):
    """What somebody asks of a round: for a campaign, or for a small project that needs none."""

    __tablename__ = "round_application"
    TRANSITIONS = {
        ("draft", "submit"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("submitted", "reopen"): "draft",
        ("submitted", "withdraw"): "withdrawn",
        ("submitted", "rule_out"): "ineligible",
        ("ineligible", "reinstate"): "submitted",
        ("submitted", "award"): "awarded",
        ("submitted", "turn_down"): "unsuccessful",
        ("unsuccessful", "award"): "awarded",
        ("awarded", "lose"): "lost",
    }

    id: Mapped[int] = id_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("funding_round.id"))
    status: Mapped[str] = mapped_column(default="draft")
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("round_tier.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    expression_id: Mapped[int | None] = mapped_column(ForeignKey("round_expression.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(default="en")
    # Of a campaign these come from it when the application is sent; else they are written here.
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    borough: Mapped[str | None]
    cost_minor: Mapped[int | None]
    capital_minor: Mapped[int] = mapped_column(default=0)
    revenue_minor: Mapped[int] = mapped_column(default=0)
    turnover_minor: Mapped[int | None]
    answers: Mapped[dict[str, str]] = mapped_column(default=dict)
    referee: Mapped[str] = mapped_column(default="")  # who writes for an individual, and for which organisation
    referee_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    reminded_at: Mapped[datetime | None]  # of the deadline, while it was a draft
    # How every rule was judged when it was sent: [[kind, sentence, holds]].
    findings: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    feedback: Mapped[str] = mapped_column(default="")
    feedback_language: Mapped[str] = mapped_column(default="en")
    feedback_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    feedback_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")  # for rounds of the past
    round: Mapped[Round] = relationship(lazy="raise")
    tier: Mapped[RoundTier | None] = relationship(lazy="raise")
    campaign: Mapped[Campaign | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", APPLICATION_STATES),
        CheckConstraint(
            "capital_minor >= 0 AND revenue_minor >= 0 AND cost_minor >= 0 AND turnover_minor >= 0", name="amounts"
        ),
        CheckConstraint("status IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL", name="sent"),
        Index(
            "uq_round_application_campaign",
            "round_id",
            "campaign_id",
            unique=True,
            postgresql_where="status <> 'withdrawn' AND campaign_id IS NOT NULL",
        ),
        Index("ix_round_application_round", "round_id", "status", "id"),
    )

    @property
    def name(self) -> str:
        """By what the packages below know it."""
        return named("application", self.id)

    @property
    def ask(self) -> Amounts:
        """What is asked for."""
        return Amounts.of(self.capital_minor, self.revenue_minor)

    @property
    def cost(self) -> Money | None:
        """What the whole project costs, where it is known."""
        return None if self.cost_minor is None else Money(self.cost_minor)

    @property
    def turnover(self) -> Money | None:
        """What came in last year, where a condition asks for it."""
        return None if self.turnover_minor is None else Money(self.turnover_minor)

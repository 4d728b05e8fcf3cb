"""Rounds of a fund: what they are for, who may apply, what is asked, and every date."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.core.subjects import named
from civic.crowdfund.rounds.rules.choices import ROUND_STATES, RULE_KINDS, STAGES
from civic.crowdfund.rounds.rules.dates import Dates, is_unsealed, stage
from civic.crowdfund.rounds.rules.eligibility import Rule
from civic.grants.models import Fund


class Round(Model):
    """One call for campaigns (or small projects) that the Mayor may pledge to."""

    __tablename__ = "funding_round"
    TRANSITIONS = {
        ("draft", "open"): "open",
        ("draft", "cancel"): "cancelled",
        ("open", "cancel"): "cancelled",
        ("open", "close"): "closed",
        ("closed", "reopen"): "open",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    title: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")  # Markdown
    funder: Mapped[str] = mapped_column(default="Mayor of London")  # whose pledge it is, as campaigns show it
    language: Mapped[str] = mapped_column(default="en")
    conditions: Mapped[str] = mapped_column(default="")  # that every award of the round has, unless changed
    needs_expression: Mapped[bool] = mapped_column(default=False)

    expressions_open_at: Mapped[datetime | None]
    expressions_close_at: Mapped[datetime | None]
    applications_open_at: Mapped[datetime | None]
    applications_close_at: Mapped[datetime | None]
    campaigns_live_by: Mapped[datetime | None]
    assessed_by: Mapped[date | None]
    decided_by: Mapped[date | None]
    announced_on: Mapped[date | None]
    targets_by: Mapped[datetime | None]
    agreements_by: Mapped[date | None]
    paid_from: Mapped[date | None]
    paid_until: Mapped[date | None]
    monitored_until: Mapped[date | None]

    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    # When what was handed in was given to the assessors, after the deadline.
    unsealed_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]  # when the first pledge of it was announced
    note: Mapped[str] = mapped_column(default="")  # for rounds of the past: which facts are public, and which examples
    version: Mapped[int] = mapped_column(default=1)
    fund: Mapped[Fund] = relationship(lazy="raise")
    tiers: Mapped[list["RoundTier"]] = relationship(lazy="raise", order_by="RoundTier.position")
    questions: Mapped[list["RoundQuestion"]] = relationship(lazy="raise", order_by="RoundQuestion.position")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", ROUND_STATES),
        CheckConstraint(
            "status IN ('draft', 'cancelled') OR (opened_at IS NOT NULL AND applications_close_at IS NOT NULL)",
            name="open",
        ),
        CheckConstraint("applications_open_at <= applications_close_at", name="dates"),
        Index("ix_funding_round_status", "status", "applications_close_at", "id"),
    )

    @property
    def name(self) -> str:
        """By what the packages below know it."""
        return named("round", self.id)

    @property
    def dates(self) -> Dates:
        """Every date of it."""
        return Dates(**{field: getattr(self, field) for field in Dates.__dataclass_fields__})

    def is_public(self) -> bool:
        """Whether everybody may see it: from its opening on."""
        return self.opened_at is not None

    def place(self, now: datetime) -> str:
        """Where it is: draft, cancelled, over (closed), or a stage of its clock (rules.dates)."""
        if self.status == "closed":
            return "over"
        if self.status != "open":
            return self.status
        return stage(self.dates, now, is_announced=self.announced_at is not None)

    def is_unsealed(self, now: datetime) -> bool:
        """Whether staff may read what was handed in: after the deadline, and never of a round that was called off before it."""
        if self.status == "cancelled":
            return self.unsealed_at is not None
        return self.opened_at is not None and is_unsealed(self.dates, now)


class RoundTier(Model):
    """A size of pledge with its own conditions: small ones may need neither campaign nor organisation."""

    __tablename__ = "round_tier"
    id: Mapped[int] = id_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("funding_round.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    most_minor: Mapped[int]
    # The rest comes from the crowd: the pledge is owed only once the campaign has its target.
    needs_target: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        UniqueConstraint("round_id", "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint("most_minor > 0", name="most"),
    )

    @property
    def most(self) -> Money:
        """The most that may be asked for."""
        return Money(self.most_minor)


class EligibilityRule(Model):
    """One condition for applying to a round, or to one of its tiers, with the sentence that applicants read."""

    __tablename__ = "eligibility_rule"
    id: Mapped[int] = id_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("funding_round.id", ondelete="CASCADE"), index=True)
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("round_tier.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str]
    value: Mapped[Any] = mapped_column(JSONB, nullable=True)
    sentence: Mapped[str]
    __table_args__ = (one_of("kind", RULE_KINDS), CheckConstraint("sentence <> ''", name="sentence"))

    def rule(self, language: str) -> Rule:
        """As the rules of eligibility read it."""
        return Rule(self.kind, self.value, self.sentence, language)


class RoundQuestion(Model):
    """What an expression of interest or an application is asked; answers are public or for the assessment alone."""

    __tablename__ = "round_question"
    id: Mapped[int] = id_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("funding_round.id", ondelete="CASCADE"))
    stage: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    key: Mapped[str]
    text: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    is_required: Mapped[bool] = mapped_column(default=True)
    is_yes_no: Mapped[bool] = mapped_column(default=False)
    most_words: Mapped[int] = mapped_column(SmallInteger, default=250)
    __table_args__ = (
        UniqueConstraint("round_id", "key"),
        one_of("stage", STAGES),
        CheckConstraint("most_words BETWEEN 10 AND 2000", name="words"),
    )

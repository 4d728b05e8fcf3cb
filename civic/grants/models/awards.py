"""Awards and the decisions that make, change and end them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import Organisation
from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.grants.models.funds import Pot
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import AWARD_STATES, BASES, DECISION_KINDS, DECISION_STATES, IN_USE, VIEWS

NO_ASSESSOR = "NOT assessed_by @> to_jsonb(decided_by_id)"


class Award(Model):
    """Public money for one thing ("application:12"): proposed, decided, promised on conditions, agreed, paid, and what came of it."""

    __tablename__ = "award"
    TRANSITIONS = {
        ("proposed", "withdraw"): "withdrawn",
        ("proposed", "turn_down"): "turned_down",
        ("proposed", "approve"): "approved",
        ("approved", "announce"): "announced",
        ("announced", "reach"): "due",
        ("due", "agree"): "agreed",
        ("approved", "release"): "released",
        ("announced", "release"): "released",
        ("due", "release"): "released",
        ("agreed", "complete"): "completed",
        ("agreed", "stop"): "stopped",
        ("agreed", "annul"): "released",  # stopped before anything was paid
        # What a formula worked out was decided with its scheme and announced from the first gift.
        ("proposed", "work_out"): "due",
    }

    id: Mapped[int] = id_column()
    public_id: Mapped[str] = mapped_column(unique=True)  # random, in public addresses
    status: Mapped[str] = mapped_column(default="proposed")
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"))
    subject: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    place: Mapped[str | None]  # GSS of a borough
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    recipient: Mapped[str]
    basis: Mapped[str] = mapped_column(default="decision")
    needs_target: Mapped[bool] = mapped_column(
        default=True
    )  # owed only once the subject's own package says it is reached
    # What the latest decision gives in all; and how much of that the agreement in force covers.
    capital_minor: Mapped[int] = mapped_column(default=0)
    revenue_minor: Mapped[int] = mapped_column(default=0)
    agreed_capital_minor: Mapped[int] = mapped_column(default=0)
    agreed_revenue_minor: Mapped[int] = mapped_column(default=0)
    conditions: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    reached_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # What came of it, as it is published.
    outcome: Mapped[str] = mapped_column(default="")
    outcome_language: Mapped[str] = mapped_column(default="en")
    outcome_at: Mapped[datetime | None]
    # What of these facts stands in public sources, and what is an example or not known; for rounds of the past.
    note: Mapped[str] = mapped_column(default="")
    # The scores as they were published with it: [{"title", "language", "weight", "value", "scale"}]; none where they are not.
    scores: Mapped[list[Any]] = mapped_column(default=list)
    pot: Mapped[Pot] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", AWARD_STATES),
        one_of("basis", BASES),
        CheckConstraint("capital_minor >= 0 AND revenue_minor >= 0", name="amounts"),
        CheckConstraint(
            "agreed_capital_minor BETWEEN 0 AND capital_minor AND agreed_revenue_minor BETWEEN 0 AND revenue_minor",
            name="agreed",
        ),
        CheckConstraint(
            "status IN ('proposed', 'withdrawn', 'turned_down', 'released') OR capital_minor + revenue_minor > 0",
            name="something",
        ),
        Index(
            "uq_award_subject",
            "subject",
            "basis",
            unique=True,
            postgresql_where="status IN ({}) AND basis = 'decision'".format(", ".join(f"'{each}'" for each in IN_USE)),
        ),
        Index("ix_award_pot", "pot_id", "status", "id"),
        Index("ix_award_subject", "subject"),
        Index("ix_award_expiry", "expires_at", postgresql_where="status IN ('approved', 'announced', 'due')"),
        Index("ix_award_announced", "announced_at", "id", postgresql_where="announced_at IS NOT NULL"),
    )

    @property
    def amounts(self) -> Amounts:
        """What it gives in all."""
        return Amounts.of(self.capital_minor, self.revenue_minor)

    @property
    def agreed(self) -> Amounts:
        """How much of it the agreement in force covers."""
        return Amounts.of(self.agreed_capital_minor, self.agreed_revenue_minor)

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it: from its announcement on."""
        return self.announced_at is not None


class Decision(Model):
    """One decision about an award: recommended with its reasons, consulted on, decided by somebody who did neither."""

    __tablename__ = "grant_decision"
    TRANSITIONS = {
        ("recommended", "decide"): "decided",
        ("recommended", "refuse"): "refused",
        ("recommended", "withdraw"): "withdrawn",
    }

    id: Mapped[int] = id_column()
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    status: Mapped[str] = mapped_column(default="recommended")
    kind: Mapped[str]
    # What the award gives in all once this is decided.
    capital_minor: Mapped[int]
    revenue_minor: Mapped[int]
    conditions: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None]
    rationale: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    result_bps: Mapped[int | None]  # the assessment's result when it was recommended, in hundredths of a percent
    assessed_by: Mapped[list[Any]] = mapped_column(default=list)  # numbers of those who judged it, at that time
    recommended_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account_user.id", ondelete="SET NULL"), index=True
    )
    recommended_at: Mapped[datetime]
    number: Mapped[str] = mapped_column(default="")
    form: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")  # title of the grade that decided
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    reasons: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  # where a decision of the past can be read
    # How much was given or taken by it, beside what stood before.
    capital_change_minor: Mapped[int] = mapped_column(default=0)
    revenue_change_minor: Mapped[int] = mapped_column(default=0)
    award: Mapped[Award] = relationship(lazy="raise")
    views: Mapped[list["ConsulteeView"]] = relationship(lazy="raise", order_by="ConsulteeView.id")
    __table_args__ = (
        one_of("kind", DECISION_KINDS),
        one_of("status", DECISION_STATES),
        CheckConstraint("capital_minor >= 0 AND revenue_minor >= 0", name="amounts"),
        CheckConstraint("(kind = 'cancel') = (capital_minor + revenue_minor = 0)", name="cancels"),
        CheckConstraint("decided_by_id <> recommended_by_id", name="four_eyes"),
        CheckConstraint(f"decided_by_id IS NULL OR {NO_ASSESSOR}", name="not_assessor"),
        CheckConstraint("status <> 'decided' OR (number <> '' AND decided_at IS NOT NULL)", name="number"),
        Index("uq_grant_decision_open", "award_id", unique=True, postgresql_where="status = 'recommended'"),
        Index("ix_grant_decision_status", "status", "id"),
        Index("ix_grant_decision_number", "number"),
    )

    @property
    def amounts(self) -> Amounts:
        """What the award gives in all once this is decided."""
        return Amounts.of(self.capital_minor, self.revenue_minor)

    @property
    def change(self) -> Amounts:
        """How much was given or taken by it, beside what stood before; nothing before it is decided."""
        return Amounts.of(self.capital_change_minor, self.revenue_change_minor)

    @property
    def before(self) -> Amounts:
        """What the award gave before it was decided."""
        return self.amounts - self.change


class ConsulteeView(Model):
    """What a consultee says to a recommendation, on record."""

    __tablename__ = "consultee_view"
    id: Mapped[int] = id_column()
    decision_id: Mapped[int] = mapped_column(ForeignKey("grant_decision.id"))
    consultee_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    view: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    given_at: Mapped[datetime]
    __table_args__ = (
        one_of("view", VIEWS),
        CheckConstraint("view = 'supports' OR words <> ''", name="words"),
        Index("uq_consultee_view_consultee", "decision_id", "consultee_id", unique=True),
    )

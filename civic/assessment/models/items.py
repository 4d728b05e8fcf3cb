"""The things that a panel judges, and who was asked to judge each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import User
from civic.accounts.models.people import one_of
from civic.assessment.models.panels import Panel
from civic.assessment.rules.choices import ASSIGNMENT_STATES, ENDED, ITEM_STATES
from civic.core.db import Model, id_column
from civic.core.money import Money


class Item(Model):
    """One thing to be judged ("application:12"): waits for its assessors, is scored when all are in, and agreed."""

    __tablename__ = "assessed_item"
    TRANSITIONS = {
        ("waiting", "score"): "scored",  # everybody asked has sent their scores, and they are enough
        ("scored", "agree"): "agreed",
        ("agreed", "agree"): "agreed",  # a later meeting came to another result
        ("scored", "reopen"): "waiting",  # another assessor was asked, or a conflict of interest came up
        ("agreed", "reopen"): "waiting",
        ("waiting", "withdraw"): "withdrawn",
        ("scored", "withdraw"): "withdrawn",
        ("agreed", "withdraw"): "withdrawn",
        ("withdrawn", "enter"): "waiting",
    }
    id: Mapped[int] = id_column()
    panel_id: Mapped[int] = mapped_column(ForeignKey("assessment_panel.id"))
    subject: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    recipient: Mapped[str]  # who asks; shown before everything else, so that conflicts of interest can be declared
    asked_capital_minor: Mapped[int] = mapped_column(default=0)
    asked_revenue_minor: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(default="waiting")
    # Each time it goes back to its assessors another round begins: what a meeting agreed counts in its own round only.
    round: Mapped[int] = mapped_column(SmallInteger, default=1)
    result_bps: Mapped[int | None]  # hundredths of a percent of the highest possible, kept for lists
    spread_bps: Mapped[int | None]  # between the assessor who gave most and the one who gave least
    added_at: Mapped[datetime]
    panel: Mapped[Panel] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", ITEM_STATES),
        CheckConstraint("asked_capital_minor >= 0 AND asked_revenue_minor >= 0", name="asked"),
        CheckConstraint("(status IN ('scored', 'agreed')) = (result_bps IS NOT NULL)", name="result"),
        CheckConstraint("(result_bps IS NULL) = (spread_bps IS NULL)", name="spread"),
        CheckConstraint("result_bps BETWEEN 0 AND 10000 AND spread_bps BETWEEN 0 AND 10000", name="bounds"),
        Index("ix_assessed_item_panel", "panel_id", "status", "id"),
    )

    @property
    def asked(self) -> tuple[Money, Money]:
        """What is asked for: capital and revenue."""
        return Money(self.asked_capital_minor), Money(self.asked_revenue_minor)

    @property
    def is_in(self) -> bool:
        """Whether all its scores are in, so that nobody is blind to them any more."""
        return self.status in ("scored", "agreed")


class Assignment(Model):
    """Somebody was asked to judge something: says first whether they have an interest, reads, and sends scores once."""

    __tablename__ = "assessment_assignment"
    TRANSITIONS = {
        ("assigned", "read"): "reading",  # they declared that they have no interest
        ("reading", "submit"): "submitted",
        ("submitted", "give_back"): "reading",  # sent by mistake; what was sent is kept
        (
            "assigned",
            "recuse",
        ): "recused",  # they have an interest: they see nothing any more, and their scores do not count
        ("reading", "recuse"): "recused",
        ("submitted", "recuse"): "recused",
        ("assigned", "release"): "released",  # an officer took it off them; never once their scores are in
        ("reading", "release"): "released",
    }
    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(ForeignKey("assessed_item.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    assigned_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default="assigned")
    sent: Mapped[int] = mapped_column(
        SmallInteger, default=0
    )  # how often scores were sent; those of the last time count
    submitted_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship(lazy="raise")
    user: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[user_id])
    __table_args__ = (
        one_of("status", ASSIGNMENT_STATES),
        CheckConstraint("status <> 'submitted' OR submitted_at IS NOT NULL", name="submitted"),
        Index("ix_assessment_assignment_user", "user_id", "status"),
        Index(
            "uq_assessment_assignment_active",
            "item_id",
            "user_id",
            unique=True,
            postgresql_where="status NOT IN ('" + "', '".join(ENDED) + "')",
        ),
    )

    @property
    def is_active(self) -> bool:
        """Whether the item waits for it or has its scores."""
        return self.status not in ENDED

"""A wish to pledge, told on the phone or at a desk. It is no pledge: no card, no promise and no money belong to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column
from civic.core.money import Money

STATUSES = ("sent", "opened", "withdrawn", "expired")


class PledgeIntent(Model):
    """What somebody means to pledge, and the hash of the code with which they go on by themselves."""

    __tablename__ = "pledge_intent"
    TRANSITIONS = {
        ("sent", "open"): "opened",
        ("sent", "withdraw"): "withdrawn",
        ("opened", "withdraw"): "withdrawn",
        ("sent", "expire"): "expired",
        ("opened", "expire"): "expired",
    }

    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    status: Mapped[str] = mapped_column(default="sent")
    code_hash: Mapped[str]
    amount_minor: Mapped[int]
    language: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    address: Mapped[str]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("amount_minor >= 100", name="amount"),
        CheckConstraint("(status in ('sent', 'opened')) = ((email || address) <> '')", name="reachable"),
        Index("uq_pledge_intent_code_hash", "code_hash", unique=True),
        Index("ix_pledge_intent_status", "status", "created_at", "id"),
    )

    @property
    def amount(self) -> Money:
        """What they mean to pledge."""
        return Money(self.amount_minor)

    @property
    def is_standing(self) -> bool:
        """Whether the person may still go on with it."""
        return self.status in ("sent", "opened")

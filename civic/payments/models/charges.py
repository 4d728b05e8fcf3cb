"""Charges, refunds and disputes. The table of charges is its own queue."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.payments.models.cards import MODES, PaymentMethod

# States in which a charge may still take money or already has; one such charge for each reference.
LIVE = ("queued", "created", "processing", "requires_action", "retry_wait", "declined", "unknown", "succeeded")


class Charge(Model):
    """One sum to be taken from one saved card, at most once, whatever crashes; out of `succeeded` there is no way."""

    __tablename__ = "charge"
    TRANSITIONS = {
        ("queued", "create"): "created",  # prepared at the provider; no money has moved
        ("created", "succeed"): "succeeded",
        ("created", "process"): "processing",
        ("created", "ask"): "requires_action",  # the bank wants to see the person
        ("created", "postpone"): "retry_wait",  # declined, and worth another try at next_attempt_at
        ("created", "decline"): "declined",  # declined for good with this card; another card may mend it
        ("created", "lose"): "unknown",  # no answer came
        ("retry_wait", "retry"): "created",
        ("retry_wait", "decline"): "declined",  # the time in which it is asked again by itself is over
        ("requires_action", "retry"): "created",  # the person mended it, or the last automatic try
        ("declined", "retry"): "created",
        ("processing", "succeed"): "succeeded",
        ("processing", "postpone"): "retry_wait",
        ("processing", "decline"): "declined",
        ("processing", "ask"): "requires_action",
        ("unknown", "find"): "created",  # the provider was asked: nothing has happened yet
        ("unknown", "succeed"): "succeeded",
        ("unknown", "process"): "processing",
        ("unknown", "ask"): "requires_action",
        ("unknown", "postpone"): "retry_wait",
        ("unknown", "decline"): "declined",
        # Paid by another way while we waited: the provider's page, the person, a late answer.
        ("retry_wait", "succeed"): "succeeded",
        ("requires_action", "succeed"): "succeeded",
        ("declined", "succeed"): "succeeded",
        ("queued", "cancel"): "cancelled",
        ("created", "cancel"): "cancelled",
        ("retry_wait", "cancel"): "cancelled",
        ("requires_action", "cancel"): "cancelled",
        ("declined", "cancel"): "cancelled",
        ("unknown", "cancel"): "cancelled",
    }
    id: Mapped[int] = id_column()
    reference: Mapped[str]  # what it is for: "pledge:<public id>"
    group: Mapped[str] = mapped_column("batch")  # "campaign:<id>"
    provider: Mapped[str]
    mode: Mapped[str]
    payment_method_id: Mapped[int] = mapped_column(ForeignKey("payment_method.id"), index=True)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(default="GBP")
    # Whose money it becomes, by ledger account, in pence; sums to amount_minor: {"campaign:12": 2500, "income:tips": 200}
    shares: Mapped[dict[str, Any]]
    description: Mapped[str]
    statement: Mapped[str]
    status: Mapped[str] = mapped_column(default="queued")
    provider_payment_id: Mapped[str | None] = mapped_column(unique=True)
    provider_charge_id: Mapped[str | None] = mapped_column(unique=True)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)  # how often the card was asked
    # Numbers the keys at the provider: a call that may be made anew has a new one, one that may have been made keeps its own.
    calls: Mapped[int] = mapped_column(SmallInteger, default=1)
    code: Mapped[str] = mapped_column(default="")
    decline_code: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    last_synced_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    refunded_minor: Mapped[int] = mapped_column(default=0)  # of refunds that were not turned down
    fee_minor: Mapped[int | None]
    available_at: Mapped[datetime | None]
    payment_method: Mapped[PaymentMethod] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("amount_minor >= 30", name="amount"),
        CheckConstraint("currency = 'GBP'", name="currency"),
        CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="refunded"),
        one_of("status", (*LIVE, "cancelled")),
        one_of("mode", MODES),
        Index(
            "uq_charge_reference",
            "reference",
            unique=True,
            postgresql_where="status <> 'cancelled'",
        ),
        Index("ix_charge_group", "batch", "status"),
        Index(
            "ix_charge_due",
            "next_attempt_at",
            "id",
            postgresql_where="status IN ('queued', 'created', 'retry_wait', 'unknown', 'processing')",
        ),
    )

    @property
    def amount(self) -> Money:
        """What is taken from the card."""
        return Money(self.amount_minor, self.currency)

    @property
    def refunded(self) -> Money:
        """What went back to the card, or is to."""
        return Money(self.refunded_minor, self.currency)

    @property
    def left(self) -> Money:
        """What can still be given back."""
        return self.amount - self.refunded

    @property
    def fee(self) -> Money | None:
        """What the provider kept; None until its account says so."""
        return None if self.fee_minor is None else Money(self.fee_minor, self.currency)

    @property
    def shared(self) -> dict[str, Money]:
        """Whose money it becomes, by ledger account."""
        return {account: Money(int(minor), self.currency) for account, minor in self.shares.items()}


class Refund(Model):
    """Money given back for a charge: asked for by one person and approved by another, or seen at the provider."""

    __tablename__ = "refund"
    TRANSITIONS = {
        ("requested", "approve"): "approved",
        ("requested", "decline"): "declined",
        ("approved", "submit"): "submitted",
        ("approved", "succeed"): "succeeded",
        ("approved", "fail"): "failed",
        ("submitted", "succeed"): "succeeded",
        ("submitted", "fail"): "failed",
        ("succeeded", "fail"): "failed",  # a bank may send a refund back weeks later
    }
    id: Mapped[int] = id_column()
    charge_id: Mapped[int] = mapped_column(ForeignKey("charge.id"), index=True)
    amount_minor: Mapped[int]
    status: Mapped[str]
    # "person" asks and another person approves; "campaign": everybody of a campaign, decided as one; "provider": seen there first.
    origin: Mapped[str]
    why: Mapped[str]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    provider_refund_id: Mapped[str | None] = mapped_column(unique=True)
    reason: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    requested_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    charge: Mapped[Charge] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("approved_by_id <> requested_by_id", name="four_eyes"),
        one_of("status", ("requested", "declined", "approved", "submitted", "succeeded", "failed")),
        one_of("origin", ("person", "campaign", "provider")),
        Index("ix_refund_status", "status", "id"),
        # One refund of a whole campaign for each charge, however often the decision is carried out.
        Index("uq_refund_campaign", "charge_id", unique=True, postgresql_where="origin = 'campaign'"),
    )

    @property
    def amount(self) -> Money:
        """What is given back."""
        return Money(self.amount_minor)


class Dispute(Model):
    """A backer's bank takes the money back until it is settled who is right."""

    __tablename__ = "dispute"
    TRANSITIONS = {("open", "win"): "won", ("open", "lose"): "lost", ("won", "lose"): "lost"}
    id: Mapped[int] = id_column()
    charge_id: Mapped[int] = mapped_column(ForeignKey("charge.id"), index=True)
    provider_dispute_id: Mapped[str] = mapped_column(unique=True)
    amount_minor: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    charge: Mapped[Charge] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        one_of("status", ("open", "won", "lost")),
        Index("ix_dispute_status", "status", "id"),
    )

    @property
    def amount(self) -> Money:
        """What the bank took back."""
        return Money(self.amount_minor)

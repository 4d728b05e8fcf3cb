"""Organisations that receive money, and the money that went to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import Organisation
from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.payments.models.cards import MODES


class Payee(Model):
    """An organisation's account at the provider, where its bank account stands and nowhere else."""

    __tablename__ = "payee"
    id: Mapped[int] = id_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    provider: Mapped[str]
    mode: Mapped[str]
    account_id: Mapped[str] = mapped_column(unique=True)
    # What the provider last said; it alone decides.
    state: Mapped[str] = mapped_column(default="pending")
    requirements: Mapped[list[str]] = mapped_column(default=list)
    checked_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    __table_args__ = (
        UniqueConstraint("organisation_id", "provider", "mode"),
        one_of("state", ("pending", "active", "restricted")),
        one_of("mode", MODES),
    )


class Transfer(Model):
    """One payment to an organisation; asked for by code or a person, released by a finance officer."""

    __tablename__ = "transfer"
    TRANSITIONS = {
        ("requested", "release"): "released",
        ("requested", "decline"): "declined",
        ("released", "send"): "sent",
        ("released", "fail"): "failed",
        ("failed", "release"): "released",
        ("failed", "decline"): "declined",
    }
    id: Mapped[int] = id_column()
    reference: Mapped[str] = mapped_column(unique=True)  # "settlement:<campaign id>"
    group: Mapped[str] = mapped_column("batch", index=True)  # "campaign:<id>"
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"), index=True)
    account: Mapped[str]  # the ledger account it is paid from: "campaign:<id>"
    amount_minor: Mapped[int]
    status: Mapped[str] = mapped_column(default="requested")
    provider_transfer_id: Mapped[str | None] = mapped_column(unique=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reversed_minor: Mapped[int] = mapped_column(default=0)
    payee: Mapped[Payee] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("reversed_minor BETWEEN 0 AND amount_minor", name="reversed"),
        CheckConstraint("released_by_id <> requested_by_id", name="four_eyes"),
        one_of("status", ("requested", "declined", "released", "sent", "failed")),
        Index("ix_transfer_status", "status", "id"),
    )

    @property
    def amount(self) -> Money:
        """What the organisation receives."""
        return Money(self.amount_minor)


class TransferReversal(Model):
    """Money called back from an organisation after a refund or a lost dispute; what it cannot give back it owes."""

    __tablename__ = "transfer_reversal"
    TRANSITIONS = {("requested", "succeed"): "succeeded", ("requested", "fail"): "failed"}
    id: Mapped[int] = id_column()
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)  # "refund:<id>" or "dispute:<id>"
    amount_minor: Mapped[int]
    status: Mapped[str] = mapped_column(default="requested")
    provider_reversal_id: Mapped[str | None] = mapped_column(unique=True)
    reason: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    transfer: Mapped[Transfer] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        one_of("status", ("requested", "succeeded", "failed")),
        Index("ix_transfer_reversal_status", "status", "id"),
    )

    @property
    def amount(self) -> Money:
        """What is called back."""
        return Money(self.amount_minor)

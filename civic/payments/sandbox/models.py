"""What the sandbox keeps in the place of a real provider; nothing here points at our own tables, and nothing of ours here."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money

PAYMENT_STATES = ("waiting", "declined", "action_required", "processing", "succeeded", "cancelled")


class SandboxCustomer(Model):
    """Somebody who saved a card, by our reference alone: the address is dropped."""

    __tablename__ = "sandbox_customer"
    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]
    created_at: Mapped[datetime]


class SandboxMethod(Model):
    """A saved test card: which of the list it is, and never its number."""

    __tablename__ = "sandbox_method"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("sandbox_customer.id"), index=True)
    card: Mapped[str]  # a key of cards.CARDS
    exp_month: Mapped[int] = mapped_column(SmallInteger)
    exp_year: Mapped[int] = mapped_column(SmallInteger)
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)  # how often money was asked of it
    created_at: Mapped[datetime]
    detached_at: Mapped[datetime | None]


class SandboxSetup(Model):
    """One visit to the card page."""

    __tablename__ = "sandbox_setup"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("sandbox_customer.id"), index=True)
    # The card typed; while the setup is open the bank is being asked about it.
    method_id: Mapped[str | None] = mapped_column(ForeignKey("sandbox_method.id"), index=True)
    reference: Mapped[str]
    status: Mapped[str]
    amount_minor: Mapped[int]
    consent: Mapped[str]
    description: Mapped[str]
    return_url: Mapped[str]
    cancel_url: Mapped[str]
    language: Mapped[str]
    authenticated: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    __table_args__ = (one_of("status", ("open", "succeeded", "failed", "expired")),)


class SandboxPayment(Model):
    """One sum to be taken, and what came of it."""

    __tablename__ = "sandbox_payment"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("sandbox_customer.id"), index=True)
    method_id: Mapped[str | None] = mapped_column(ForeignKey("sandbox_method.id"), index=True)
    reference: Mapped[str] = mapped_column(index=True)
    group: Mapped[str] = mapped_column("batch")
    amount_minor: Mapped[int]
    description: Mapped[str]
    statement: Mapped[str]
    status: Mapped[str] = mapped_column(default="waiting")
    code: Mapped[str] = mapped_column(default="")
    decline_code: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    return_url: Mapped[str] = mapped_column(default="")  # where the bank sends the person back to
    charge_id: Mapped[str | None] = mapped_column(unique=True)
    charged_at: Mapped[datetime | None]
    refunded_minor: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    __table_args__ = (
        one_of("status", PAYMENT_STATES),
        CheckConstraint("(status = 'succeeded') = (charge_id IS NOT NULL)", name="charged"),
        CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="refunded"),
        Index("ix_sandbox_payment_created_at", "created_at", "id"),
    )

    @property
    def amount(self) -> Money:
        """What is to be taken."""
        return Money(self.amount_minor)


class SandboxRefund(Model):
    """Money on its way back to a card."""

    __tablename__ = "sandbox_refund"
    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("sandbox_payment.id"), index=True)
    reference: Mapped[str]
    amount_minor: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    __table_args__ = (
        one_of("status", ("pending", "succeeded", "failed")),
        Index("ix_sandbox_refund_created_at", "created_at", "id"),
    )


class SandboxDispute(Model):
    """A bank that wants the money of a charge back."""

    __tablename__ = "sandbox_dispute"
    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("sandbox_payment.id"), index=True)
    amount_minor: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    __table_args__ = (
        one_of("status", ("open", "won", "lost")),
        Index("ix_sandbox_dispute_created_at", "created_at", "id"),
    )


class SandboxAccount(Model):
    """An organisation as the provider knows it, with what lies in its account there."""

    __tablename__ = "sandbox_account"
    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    requirements: Mapped[list[str]]
    return_url: Mapped[str]
    refresh_url: Mapped[str]
    balance_minor: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    __table_args__ = (
        one_of("state", ("pending", "active", "restricted")),
        CheckConstraint("balance_minor >= 0", name="balance"),
    )


class SandboxTransfer(Model):
    """Money that went to an organisation."""

    __tablename__ = "sandbox_transfer"
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("sandbox_account.id"), index=True)
    reference: Mapped[str] = mapped_column(index=True)
    group: Mapped[str] = mapped_column("batch")
    amount_minor: Mapped[int]
    reversed_minor: Mapped[int] = mapped_column(default=0)
    description: Mapped[str]
    created_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("reversed_minor BETWEEN 0 AND amount_minor", name="reversed"),)


class SandboxReversal(Model):
    """Money that an organisation gave back."""

    __tablename__ = "sandbox_reversal"
    id: Mapped[str] = mapped_column(primary_key=True)
    transfer_id: Mapped[str] = mapped_column(ForeignKey("sandbox_transfer.id"), index=True)
    amount_minor: Mapped[int]
    created_at: Mapped[datetime]


class SandboxEntry(Model):
    """One line of our account at the provider, in pence: amount − fee = net."""

    __tablename__ = "sandbox_entry"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    source_id: Mapped[str] = mapped_column(index=True)
    amount_minor: Mapped[int]
    fee_minor: Mapped[int] = mapped_column(default=0)
    net_minor: Mapped[int]
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("net_minor = amount_minor - fee_minor", name="net"),
        Index("ix_sandbox_entry_created_at", "created_at", "id"),
    )


class SandboxEvent(Model):
    """Something that happened at the provider, told to our endpoint until it is believed."""

    __tablename__ = "sandbox_event"
    id: Mapped[int] = id_column()
    name: Mapped[str] = mapped_column(unique=True)  # "evt_…"
    kind: Mapped[str]
    object_id: Mapped[str]
    # For the second endpoint, which hears about organisations.
    connect: Mapped[bool]
    facts: Mapped[dict[str, str]]
    created_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    answer: Mapped[str] = mapped_column(default="")  # the last answer of our endpoint: "200", "refused"
    # Empty once it was told, or given up.
    next_attempt_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_sandbox_event_waiting", "next_attempt_at", "id", postgresql_where="next_attempt_at IS NOT NULL"),
    )


class SandboxAnswer(Model):
    """What was answered under a key, refusals and errors too; for 24 hours the same key hears the same."""

    __tablename__ = "sandbox_answer"
    key: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(index=True)


class SandboxFault(Model):
    """Something that shall go wrong: for the next calls, or with webhooks until it is switched off."""

    __tablename__ = "sandbox_fault"
    id: Mapped[int] = id_column()
    kind: Mapped[str]
    operation: Mapped[str] = mapped_column(default="")  # a method of the provider; empty for any
    remaining: Mapped[int | None]  # empty: until it is switched off
    seconds: Mapped[int] = mapped_column(default=0)


class SandboxDue(Model):
    """What will happen at the provider by itself, and when."""

    __tablename__ = "sandbox_due"
    id: Mapped[int] = id_column()
    at: Mapped[datetime] = mapped_column(index=True)
    verb: Mapped[str]
    object_id: Mapped[str]

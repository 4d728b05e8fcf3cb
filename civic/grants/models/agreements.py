"""Funding agreements, what is paid under them and on which conditions, and what goes back."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.files import StoredFile
from civic.grants.models.awards import Award
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import (
    AGREEMENT_STATES,
    INSTALMENT_STATES,
    REPAYMENT_KINDS,
    REPAYMENT_STATES,
    REPORT_KINDS,
    REPORT_STATES,
)


class Agreement(Model):
    """One version of a funding agreement; its text is fixed once it is offered, and it is in force once both sides have signed."""

    __tablename__ = "agreement"
    TRANSITIONS = {
        ("draft", "offer"): "offered",
        ("draft", "withdraw"): "withdrawn",
        ("offered", "withdraw"): "withdrawn",
        ("offered", "enter"): "in_force",
        ("in_force", "supersede"): "superseded",
    }

    id: Mapped[int] = id_column()
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str] = mapped_column(default="draft")
    text: Mapped[str]  # Markdown
    language: Mapped[str] = mapped_column(default="en")
    capital_minor: Mapped[int]
    revenue_minor: Mapped[int]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    sha256: Mapped[str] = mapped_column(default="")  # of the text as it was offered
    recipient_signed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account_user.id", ondelete="SET NULL"), index=True
    )
    recipient_name: Mapped[str] = mapped_column(default="")
    recipient_position: Mapped[str] = mapped_column(default="")
    recipient_signed_at: Mapped[datetime | None]
    authority_signed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account_user.id", ondelete="SET NULL"), index=True
    )
    authority_name: Mapped[str] = mapped_column(default="")
    authority_position: Mapped[str] = mapped_column(default="")
    authority_signed_at: Mapped[datetime | None]
    award: Mapped[Award] = relationship(lazy="raise")
    __table_args__ = (
        UniqueConstraint("award_id", "version"),
        one_of("status", AGREEMENT_STATES),
        CheckConstraint(
            "capital_minor >= 0 AND revenue_minor >= 0 AND capital_minor + revenue_minor > 0", name="amounts"
        ),
        CheckConstraint("recipient_signed_by_id <> authority_signed_by_id", name="two_sides"),
        CheckConstraint(
            "status NOT IN ('in_force', 'superseded') OR (recipient_signed_at IS NOT NULL AND authority_signed_at IS NOT NULL)",
            name="signed",
        ),
        Index("uq_agreement_open", "award_id", unique=True, postgresql_where="status IN ('draft', 'offered')"),
        Index("uq_agreement_in_force", "award_id", unique=True, postgresql_where="status = 'in_force'"),
    )

    @property
    def amounts(self) -> Amounts:
        """What it promises in all."""
        return Amounts.of(self.capital_minor, self.revenue_minor)


class Instalment(Model):
    """A part of the money with its condition: claimed with evidence, instructed by one, paid by another, confirmed by who got it."""

    __tablename__ = "instalment"
    TRANSITIONS = {
        ("planned", "claim"): "claimed",
        ("claimed", "return"): "planned",
        ("planned", "instruct"): "instructed",
        ("claimed", "instruct"): "instructed",
        ("instructed", "recall"): "planned",
        ("instructed", "pay"): "paid",
        ("paid", "bounce"): "instructed",
        ("paid", "confirm"): "confirmed",
        ("planned", "cancel"): "cancelled",
        ("claimed", "cancel"): "cancelled",
        ("instructed", "cancel"): "cancelled",
    }

    id: Mapped[int] = id_column()
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str] = mapped_column(default="planned")
    title: Mapped[str]
    condition: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    capital_minor: Mapped[int]
    revenue_minor: Mapped[int]
    due_on: Mapped[date]
    claim: Mapped[str] = mapped_column(default="")  # what the recipient says about the condition
    claim_language: Mapped[str] = mapped_column(default="en")
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    claimed_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")  # why a claim went back
    reference: Mapped[str | None] = mapped_column(unique=True)  # on the payment, from the instruction on
    instructed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    instructed_at: Mapped[datetime | None]
    approved_by: Mapped[list[Any]] = mapped_column(default=list)  # numbers of those who decided the award, at that time
    payments: Mapped[int] = mapped_column(SmallInteger, default=0)  # how often it was paid: a payment may come back
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    paid_on: Mapped[date | None]
    bank_reference: Mapped[str] = mapped_column(default="")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    confirmed_at: Mapped[datetime | None]
    award: Mapped[Award] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", INSTALMENT_STATES),
        CheckConstraint(
            "capital_minor >= 0 AND revenue_minor >= 0 AND capital_minor + revenue_minor > 0", name="amounts"
        ),
        CheckConstraint("paid_by_id <> instructed_by_id", name="four_eyes"),
        CheckConstraint("paid_by_id IS NULL OR NOT approved_by @> to_jsonb(paid_by_id)", name="not_approver"),
        CheckConstraint(
            "status NOT IN ('paid', 'confirmed') OR (paid_on IS NOT NULL AND bank_reference <> '')", name="paid"
        ),
        Index("ix_instalment_status", "status", "due_on", "id"),
    )

    @property
    def amounts(self) -> Amounts:
        """How much it is."""
        return Amounts.of(self.capital_minor, self.revenue_minor)


class Report(Model):
    """What a recipient tells of the work and of the money, on a day that was agreed."""

    __tablename__ = "grant_report"
    TRANSITIONS = {
        ("due", "submit"): "submitted",
        ("submitted", "return"): "due",
        ("submitted", "accept"): "accepted",
        ("due", "waive"): "waived",
    }

    id: Mapped[int] = id_column()
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    status: Mapped[str] = mapped_column(default="due")
    kind: Mapped[str]
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    spent_capital_minor: Mapped[int] = mapped_column(default=0)  # of this award, so far in all
    spent_revenue_minor: Mapped[int] = mapped_column(default=0)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    submitted_at: Mapped[datetime | None]
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    read_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    reminded_on: Mapped[date | None]
    award: Mapped[Award] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", REPORT_STATES),
        one_of("kind", REPORT_KINDS),
        CheckConstraint("spent_capital_minor >= 0 AND spent_revenue_minor >= 0", name="amounts"),
        Index("ix_grant_report_due", "due_on", "id", postgresql_where="status = 'due'"),
    )

    @property
    def spent(self) -> Amounts:
        """How much of the award is spent so far."""
        return Amounts.of(self.spent_capital_minor, self.spent_revenue_minor)


class Repayment(Model):
    """Money that goes back to the fund: what was not spent, or what is reclaimed; asked for by one person, approved by another."""

    __tablename__ = "repayment"
    TRANSITIONS = {
        ("asked", "withdraw"): "withdrawn",
        ("asked", "approve"): "approved",
        ("approved", "receive"): "received",
        ("approved", "write_off"): "written_off",
    }

    id: Mapped[int] = id_column()
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    status: Mapped[str] = mapped_column(default="asked")
    kind: Mapped[str]
    capital_minor: Mapped[int]
    revenue_minor: Mapped[int]
    why: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    approved_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    received_on: Mapped[date | None]
    bank_reference: Mapped[str] = mapped_column(default="")
    award: Mapped[Award] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", REPAYMENT_STATES),
        one_of("kind", REPAYMENT_KINDS),
        CheckConstraint(
            "capital_minor >= 0 AND revenue_minor >= 0 AND capital_minor + revenue_minor > 0", name="amounts"
        ),
        CheckConstraint("approved_by_id <> asked_by_id", name="four_eyes"),
        CheckConstraint("received_by_id <> approved_by_id", name="not_approver"),
        Index("ix_repayment_status", "status", "id"),
    )

    @property
    def amounts(self) -> Amounts:
        """How much goes back."""
        return Amounts.of(self.capital_minor, self.revenue_minor)


class GrantPaper(Model):
    """Evidence for a claim or a report, seen by staff and the recipient only; `owner` says of what ("instalment:3")."""

    __tablename__ = "grant_paper"
    id: Mapped[int] = id_column()
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    owner: Mapped[str]
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    file: Mapped[StoredFile] = relationship(lazy="raise")
    __table_args__ = (Index("ix_grant_paper_owner", "owner", "id"),)

"""Funds, where their money comes from, and the pots it is allotted to. The balances kept here equal the ledger's."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import BUDGET_STATES, MANAGERS, SPENDINGS


class Fund(Model):
    """Public money for one purpose, with the decisions that gave it."""

    __tablename__ = "fund"
    TRANSITIONS = {("open", "close"): "closed", ("closed", "reopen"): "open"}

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="open")
    title: Mapped[str]
    summary: Mapped[str]  # Markdown
    language: Mapped[str] = mapped_column(default="en")
    managed_by: Mapped[str] = mapped_column(default="funds_officer")  # the staff role that runs it
    consultees: Mapped[int] = mapped_column(SmallInteger, default=1)  # views needed before anything is decided
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    __table_args__ = (
        one_of("status", ("open", "closed")),
        one_of("managed_by", MANAGERS),
        CheckConstraint("consultees BETWEEN 0 AND 9", name="consultees"),
    )


class FundBalance(Model):
    """How much of one kind of money a fund was given, and how much of it is allotted to pots; pence."""

    __tablename__ = "fund_balance"
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), primary_key=True)
    spending: Mapped[str] = mapped_column(primary_key=True)
    budget_minor: Mapped[int] = mapped_column(default=0)
    allotted_minor: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        one_of("spending", SPENDINGS),
        CheckConstraint("allotted_minor BETWEEN 0 AND budget_minor", name="within"),
    )


class BudgetChange(Model):
    """An addition to a fund's budget, or a reduction, by a decision of the authority: proposed by one person, booked by another."""

    __tablename__ = "budget_change"
    TRANSITIONS = {("proposed", "book"): "booked", ("proposed", "decline"): "declined"}

    id: Mapped[int] = id_column()
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    status: Mapped[str] = mapped_column(default="proposed")
    spending: Mapped[str]
    amount_minor: Mapped[int]  # less than nothing: a reduction
    decision_number: Mapped[str]
    decided_on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")  # where the decision can be read
    why: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime]
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    booked_at: Mapped[datetime | None]
    fund: Mapped[Fund] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", BUDGET_STATES),
        one_of("spending", SPENDINGS),
        CheckConstraint("amount_minor <> 0", name="amount"),
        CheckConstraint("decision_number <> ''", name="number"),
        CheckConstraint("booked_by_id <> proposed_by_id", name="four_eyes"),
    )

    @property
    def amount(self) -> Money:
        """How much more, or less."""
        return Money(self.amount_minor)


class Pot(Model):
    """What is set aside of a fund for one purpose of a package above: a round, a programme, a match scheme ("round:3")."""

    __tablename__ = "pot"
    id: Mapped[int] = id_column()
    fund_id: Mapped[int] = mapped_column(ForeignKey("fund.id"), index=True)
    owner: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[datetime]
    fund: Mapped[Fund] = relationship(lazy="raise")


class PotBalance(Model):
    """Where one kind of a pot's money stands, in pence; PostgreSQL refuses to give away more than there is."""

    __tablename__ = "pot_balance"
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    spending: Mapped[str] = mapped_column(primary_key=True)
    left_minor: Mapped[int] = mapped_column(default=0)
    reserved_minor: Mapped[int] = mapped_column(default=0)
    committed_minor: Mapped[int] = mapped_column(default=0)
    paid_minor: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        one_of("spending", SPENDINGS),
        CheckConstraint(
            "left_minor >= 0 AND reserved_minor >= 0 AND committed_minor >= 0 AND paid_minor >= 0", name="within"
        ),
    )


class Allotment(Model):
    """Money of a fund that is set aside for a pot, or taken back from it."""

    __tablename__ = "allotment"
    id: Mapped[int] = id_column()
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), index=True)
    capital_minor: Mapped[int]
    revenue_minor: Mapped[int]
    why: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("capital_minor <> 0 OR revenue_minor <> 0", name="something"),)

    @property
    def amounts(self) -> Amounts:
        """How much more, or less."""
        return Amounts.of(self.capital_minor, self.revenue_minor)


class Reservation(Model):
    """Money of a pot that a rule of a package above holds back as it goes along (match funding), by its name there."""

    __tablename__ = "grant_reservation"
    id: Mapped[int] = id_column()
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"))
    source: Mapped[str]
    capital_minor: Mapped[int] = mapped_column(default=0)
    revenue_minor: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)  # each is a posting of its own
    __table_args__ = (
        Index("uq_grant_reservation_source", "pot_id", "source", unique=True),
        CheckConstraint("capital_minor >= 0 AND revenue_minor >= 0", name="amounts"),
    )

    @property
    def amounts(self) -> Amounts:
        """How much is held back."""
        return Amounts.of(self.capital_minor, self.revenue_minor)

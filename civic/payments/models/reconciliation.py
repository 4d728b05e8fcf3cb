"""The provider's own account with us, copied line by line, and what did not agree with our books."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money


class BalanceRecord(Model):
    """One line of the provider's account with us, in pence: amount − fee = net."""

    __tablename__ = "balance_record"
    id: Mapped[int] = id_column()
    provider: Mapped[str]
    mode: Mapped[str]
    entry_id: Mapped[str]
    kind: Mapped[str]
    source_id: Mapped[str] = mapped_column(index=True)
    amount_minor: Mapped[int]
    fee_minor: Mapped[int]
    net_minor: Mapped[int]
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("provider", "entry_id"), Index("ix_balance_record_at", "provider", "created_at"))


class ReconciliationRun(Model):
    """One comparison of the books with the provider's lists: what was seen, applied and found to differ."""

    __tablename__ = "reconciliation_run"
    id: Mapped[int] = id_column()
    provider: Mapped[str]
    mode: Mapped[str]
    looked_from: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"payments": 40, "applied": 2, "cancelled": 1}
    provider_net_minor: Mapped[int | None]
    ledger_minor: Mapped[int | None]
    error: Mapped[str] = mapped_column(default="")

    @property
    def there(self) -> Money | None:
        """What lies at the provider by its own account."""
        return None if self.provider_net_minor is None else Money(self.provider_net_minor)

    @property
    def here(self) -> Money | None:
        """What lies there by our books."""
        return None if self.ledger_minor is None else Money(self.ledger_minor)


class Discrepancy(Model):
    """A difference between the books and the provider that a person must look at."""

    __tablename__ = "discrepancy"
    TRANSITIONS = {("open", "resolve"): "resolved"}
    id: Mapped[int] = id_column()
    run_id: Mapped[int] = mapped_column(ForeignKey("reconciliation_run.id"), index=True)
    kind: Mapped[str]
    reference: Mapped[str]
    amount_minor: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[str] = mapped_column(default="open")
    found_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    note: Mapped[str] = mapped_column(default="")
    run: Mapped[ReconciliationRun] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", ("open", "resolved")),
        # The same difference found every night is one difference.
        Index("uq_discrepancy_open", "kind", "reference", unique=True, postgresql_where="status = 'open'"),
    )

    @property
    def amount(self) -> Money | None:
        """How much it is about, where it is about an amount."""
        return None if self.amount_minor is None else Money(self.amount_minor)

"""What the Subsidy Control Act 2022 asks for: the notification before, the enterprise's confirmation, the confirmation after."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.testing.rules.choices import NOTICE_STATES
from civic.challenge.testing.rules.subsidy import Aid
from civic.core.db import Model, id_column
from civic.core.money import Money


class SubsidyNotice(Model):
    """One for each award that is proposed: how much (gross), what the enterprise confirmed, and when it was given."""

    __tablename__ = "subsidy_notice"
    TRANSITIONS = {
        ("notified", "confirm"): "confirmed",
        ("notified", "exceed"): "exceeded",
        ("confirmed", "confirm"): "confirmed",  # declared once more, before it is given
        ("confirmed", "exceed"): "exceeded",
        ("exceeded", "confirm"): "confirmed",
        ("exceeded", "exceed"): "exceeded",
        ("confirmed", "give"): "given",
        ("notified", "drop"): "void",
        ("confirmed", "drop"): "void",
        ("exceeded", "drop"): "void",
    }

    id: Mapped[int] = id_column()
    test_id: Mapped[int] = mapped_column(ForeignKey("test_grant.id"), index=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)
    startup_id: Mapped[int] = mapped_column(ForeignKey("startup.id"))
    status: Mapped[str] = mapped_column(default="notified")
    gross_minor: Mapped[int]
    notified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    notified_at: Mapped[datetime]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    declared_at: Mapped[datetime | None]
    declared_name: Mapped[str] = mapped_column(default="")  # in writing: full name and position
    declared_position: Mapped[str] = mapped_column(default="")
    earlier_minor: Mapped[int | None]  # what counted when it was declared, with what was given here
    given_on: Mapped[date | None]
    given_at: Mapped[datetime | None]
    __table_args__ = (
        one_of("status", NOTICE_STATES),
        CheckConstraint("gross_minor > 0", name="amount"),
        CheckConstraint("status NOT IN ('confirmed', 'exceeded', 'given') OR declared_at IS NOT NULL", name="declared"),
        CheckConstraint("(status = 'given') = (given_on IS NOT NULL)", name="given"),
        # The law itself: what was confirmed, together with what counted then, is within the ceiling.
        CheckConstraint(
            "status NOT IN ('confirmed', 'given') OR earlier_minor + gross_minor <= 31500000", name="ceiling"
        ),
        Index("ix_subsidy_notice_startup_id", "startup_id", "id"),
    )

    @property
    def gross(self) -> Money:
        """The gross value of the assistance."""
        return Money(self.gross_minor)


class DeclaredAid(Model):
    """Minimal or SPEI financial assistance that the enterprise was given elsewhere, as it declared it."""

    __tablename__ = "declared_aid"

    id: Mapped[int] = id_column()
    notice_id: Mapped[int] = mapped_column(ForeignKey("subsidy_notice.id", ondelete="CASCADE"), index=True)
    given_on: Mapped[date]
    giver: Mapped[str]
    amount_minor: Mapped[int]
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("giver <> ''", name="giver"),
    )

    @property
    def aid(self) -> Aid:
        """As the sum takes it."""
        return Aid(self.given_on, Money(self.amount_minor))

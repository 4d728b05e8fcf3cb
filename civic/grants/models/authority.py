"""Who may decide about how much: grades with their limits, and the people who hold them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.grants.rules.choices import FORMS


class Grade(Model):
    """A rank of delegated authority: the most it may decide about in one award, and the form such a decision has."""

    __tablename__ = "grade"
    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    form: Mapped[str]
    limit_minor: Mapped[int | None]  # none: no limit
    position: Mapped[int] = mapped_column(SmallInteger)
    __table_args__ = (one_of("form", FORMS), CheckConstraint("limit_minor > 0", name="limit"))

    @property
    def limit(self) -> Money | None:
        """The most it may decide about in one award; None for no limit."""
        return None if self.limit_minor is None else Money(self.limit_minor)


class Delegation(Model):
    """A grade that a person holds: since when, given by whom and why, and until when."""

    __tablename__ = "delegation"
    id: Mapped[int] = id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    grade_id: Mapped[int] = mapped_column(ForeignKey("grade.id"), index=True)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    given_at: Mapped[datetime]
    why: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    grade: Mapped[Grade] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("given_by_id <> user_id", name="not_oneself"),
        Index("uq_delegation_held", "user_id", unique=True, postgresql_where="ended_at IS NULL"),
    )

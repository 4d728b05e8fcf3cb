"""What came of it: what we heard, what was decided, and where each contribution went."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.consultations.rules.choices import FATES, NEED_WHY
from civic.core.db import Model, id_column

_LISTED = ", ".join(f"'{fate}'" for fate in FATES)
_WITH_WHY = ", ".join(f"'{fate}'" for fate in NEED_WHY)


class Theme(Model):
    """One thing that many people said, in our words: what we heard."""

    __tablename__ = "consultation_theme"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str]
    heard: Mapped[str]  # Markdown
    __table_args__ = (
        UniqueConstraint("id", "consultation_id"),
        Index("ix_consultation_theme_consultation_id", "consultation_id", "position", "id"),
    )


class Decision(Model):
    """One thing that was decided, because of what, under which number."""

    __tablename__ = "consultation_decision"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    position: Mapped[int]
    decided: Mapped[str]  # Markdown
    because: Mapped[str]  # Markdown
    number: Mapped[str]  # "MD2300"
    decided_on: Mapped[date] = mapped_column(Date)
    url: Mapped[str | None]  # where the signed decision can be read
    __table_args__ = (
        UniqueConstraint("id", "consultation_id"),
        CheckConstraint("decided <> '' AND because <> '' AND number <> ''", name="complete"),
        Index("ix_consultation_decision_consultation_id", "consultation_id", "position", "id"),
    )


def _of(kind: str) -> ForeignKeyConstraint:
    """A theme or decision of the same consultation."""
    return ForeignKeyConstraint(
        [f"{kind}_id", "consultation_id"],
        [f"consultation_{kind}.id", f"consultation_{kind}.consultation_id"],
        ondelete="CASCADE",
    )


class Tie(Model):
    """That a decision answers a theme."""

    __tablename__ = "consultation_tie"
    theme_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decision_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    consultation_id: Mapped[int]
    __table_args__ = (
        _of("theme"),
        _of("decision"),
        Index("ix_consultation_tie_decision_id", "decision_id"),
    )


class Link(Model):
    """Where one contribution went: to which theme, and what became of it. Says nothing of who gave it.

    A contribution may stand in several themes, and in none (out of scope); a fate that is still empty is not recorded yet.
    """

    __tablename__ = "consultation_link"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    contribution: Mapped[str]  # "comment:12"
    theme_id: Mapped[int | None]
    fate: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (
        _of("theme"),
        UniqueConstraint("consultation_id", "contribution", "theme_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"fate = '' OR fate IN ({_LISTED})", name="fate"),
        CheckConstraint(f"fate NOT IN ({_WITH_WHY}) OR why <> ''", name="why"),
        CheckConstraint("theme_id IS NOT NULL OR fate <> ''", name="somewhere"),
        Index("ix_consultation_link_contribution", "contribution"),
        Index("ix_consultation_link_theme_id", "theme_id", "id"),
        Index("ix_consultation_link_counts", "consultation_id", "theme_id", "fate"),  # read without the rows
    )


class Writer(Model):
    """Who wrote on an outcome, and so may not be the second person who signs it."""

    __tablename__ = "consultation_writer"
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )

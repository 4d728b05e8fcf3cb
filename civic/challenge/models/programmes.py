"""Programmes, one a year, with what is known about them; and the organisations that own challenges."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.rules.choices import FACT_KINDS, PARTNER_KINDS, PROGRAMME_STATES
from civic.core.db import Model, id_column

SLUG = "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80"


class Programme(Model):
    """One year of the challenge: its dates, its money and the decision behind it, and who runs it."""

    __tablename__ = "programme"
    TRANSITIONS = {
        ("draft", "announce"): "announced",
        ("announced", "close"): "closed",
        ("closed", "reopen"): "announced",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    title: Mapped[str]
    summary: Mapped[str]
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    delivery_partner: Mapped[str] = mapped_column(default="")
    budget_minor: Mapped[int | None]  # pence; nothing where it is not known
    decision_number: Mapped[str] = mapped_column(default="")  # of the Mayor's or a director's decision, "MD2286"
    is_example: Mapped[bool] = mapped_column(default=False)  # made up, and said so on its page
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(SLUG, name="slug"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("budget_minor > 0", name="budget"),
        one_of("status", PROGRAMME_STATES),
        Index("ix_programme_year", "year", "id"),
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it."""
        return self.status != "draft"


class ProgrammeFact(Model):
    """One thing that is known about a programme, with its source; with no value, one that was looked for and not found."""

    __tablename__ = "programme_fact"

    id: Mapped[int] = id_column()
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    kind: Mapped[str]
    title: Mapped[str]
    value: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("kind", FACT_KINDS),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("value = '' OR source <> ''", name="source"),
        Index("ix_programme_fact_programme_id", "programme_id", "id"),
    )


class Partner(Model):
    """An organisation that owns a challenge and would use what solves it."""

    __tablename__ = "challenge_partner"

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    brings: Mapped[str]  # what it brings: sites, data, people, money
    language: Mapped[str]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(SLUG, name="slug"),
        CheckConstraint("name <> ''", name="name"),
        one_of("kind", PARTNER_KINDS),
        Index("ix_challenge_partner_name", "name", "id"),
    )


class PartnerMember(Model):
    """Somebody's seat for a partner: they rank startups, sign milestones off and meet startups for it."""

    __tablename__ = "partner_member"

    id: Mapped[int] = id_column()
    partner_id: Mapped[int] = mapped_column(ForeignKey("challenge_partner.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(default="")  # their office there
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("partner_id", "person_id"),)

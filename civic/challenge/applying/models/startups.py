"""Startups: what an organisation tells of itself as one, for all its applications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import Organisation
from civic.accounts.models.people import one_of
from civic.challenge.applying.rules.choices import STAGES
from civic.core.db import Model, id_column


class Startup(Model):
    """An organisation that offers solutions; its members are its editors, and its company number is the organisation's."""

    __tablename__ = "startup"

    id: Mapped[int] = id_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    summary: Mapped[str] = mapped_column(default="")  # what it does, in a few lines
    team: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(default="")
    capabilities: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    website: Mapped[str] = mapped_column(default="")
    borough: Mapped[str | None]  # GSS; nothing outside London
    accessibility: Mapped[str] = mapped_column(default="")  # how disabled people use what it makes
    data_protection: Mapped[str] = mapped_column(default="")  # which data it needs, and how it keeps them
    language: Mapped[str] = mapped_column(default="en")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")  # of earlier years: what the sources say, and what they do not
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("stage", ("", *STAGES)),
        CheckConstraint("website = '' OR website LIKE 'http%'", name="website"),
    )

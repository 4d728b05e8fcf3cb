"""The call of a programme: when startups may apply, by which rules, and for how much."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.challenge.applying.rules.choices import CALL_STATES
from civic.challenge.models import Programme
from civic.core.db import Model, id_column
from civic.core.money import Money


class Call(Model):
    """One for each programme. Sealed until its deadline, to the second, London time; a date that nobody set stays empty."""

    __tablename__ = "challenge_call"
    TRANSITIONS = {
        ("draft", "open"): "open",
        ("open", "unseal"): "assessing",  # by itself, once the deadline has passed
        ("assessing", "shortlist"): "shortlisted",  # every applicant was answered
        ("shortlisted", "match"): "matched",  # the match is public
        ("matched", "close"): "closed",
    }

    id: Mapped[int] = id_column()
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    unsealed_at: Mapped[datetime | None]
    shortlisted_at: Mapped[datetime | None]  # everybody who applied was told then
    scores_by: Mapped[date | None]  # until when assessors send their scores
    interviews_on: Mapped[date | None]
    answers_by: Mapped[date | None]  # until when everybody who applied has an answer
    ranks_close_at: Mapped[datetime | None]  # until when startups and partners rank each other
    demo_day_on: Mapped[date | None]
    grant_minor: Mapped[int]  # pence of one test grant: £15,000 in 2018
    finalists: Mapped[int] = mapped_column(SmallInteger, default=2)  # of each challenge, as it is planned
    interview_weight: Mapped[int] = mapped_column(SmallInteger, default=50)  # percent of the final result
    # What everybody who applies must meet, in order: [{"kind": "organisation_kinds", "value": …}] (rules/eligibility.py).
    conditions: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    guidance: Mapped[str] = mapped_column(default="")  # what applicants should know besides
    language: Mapped[str] = mapped_column(default="en")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    programme: Mapped[Programme] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", CALL_STATES),
        CheckConstraint("grant_minor > 0", name="grant"),
        CheckConstraint("finalists BETWEEN 1 AND 50", name="finalists"),
        CheckConstraint("interview_weight BETWEEN 0 AND 100", name="interviews"),
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint("status = 'draft' OR (opens_at IS NOT NULL AND closes_at IS NOT NULL)", name="dated"),
        CheckConstraint("(status IN ('draft', 'open')) = (unsealed_at IS NULL)", name="sealed"),
        CheckConstraint("status IN ('draft', 'open', 'assessing') OR shortlisted_at IS NOT NULL", name="shortlisted"),
        Index("ix_challenge_call_status", "status", "closes_at", "id"),
    )

    @property
    def grant(self) -> Money:
        """What a test is paid with."""
        return Money(self.grant_minor)

    @property
    def is_sealed(self) -> bool:
        """Whether nobody but its own people may read an application."""
        return self.unsealed_at is None

    def is_unsealed(self, now: datetime) -> bool:
        """Whether the deadline has passed: also in the minute before the assessors are given what was sent."""
        if self.unsealed_at is not None:
            return True
        return self.status == "open" and self.closes_at is not None and now >= self.closes_at

    def takes_applications(self, now: datetime) -> bool:
        """Whether an application sent now counts: late is late, to the second."""
        return (
            self.status == "open"
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= now < self.closes_at
        )

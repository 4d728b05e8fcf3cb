"""A test: a matched application with its grant. What grants know of the money is asked there and never stored twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.challenge.applying.models import KIND, ChallengeApplication, Startup
from civic.challenge.models import Challenge
from civic.challenge.testing.rules.choices import TEST_STATES
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.core.subjects import named
from civic.grants.models import Award
from civic.grants.rules.choices import SPENDINGS


class TestGrant(Model):
    """One for each matched application: planned from the offer on, running once both sides have signed."""

    __test__ = False  # its name begins as tests do
    __tablename__ = "test_grant"
    TRANSITIONS = {
        ("planned", "start"): "running",  # the agreement is in force
        ("planned", "end"): "ended",  # declined, refused, expired
        ("ended", "renew"): "planned",  # recommended once more
        ("running", "finish"): "finished",
        ("running", "stop"): "stopped",
    }

    id: Mapped[int] = id_column()
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"), unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    startup_id: Mapped[int] = mapped_column(ForeignKey("startup.id"), index=True)
    award_id: Mapped[int] = mapped_column(
        ForeignKey("award.id"), unique=True
    )  # the latest, where there was more than one
    status: Mapped[str] = mapped_column(default="planned")
    spending: Mapped[str]
    offered_minor: Mapped[int]  # what was recommended; from the decision on the award says how much it is
    pivots: Mapped[int] = mapped_column(default=0)  # kept: how often the solution was changed
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    application: Mapped[ChallengeApplication] = relationship(lazy="raise")
    challenge: Mapped[Challenge] = relationship(lazy="raise")
    startup: Mapped[Startup] = relationship(lazy="raise")
    award: Mapped[Award] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", TEST_STATES),
        one_of("spending", SPENDINGS),
        CheckConstraint("offered_minor > 0", name="amount"),
        CheckConstraint("pivots >= 0", name="pivots"),
        CheckConstraint("(status IN ('planned', 'ended')) = (started_at IS NULL)", name="started"),
        CheckConstraint("(status IN ('planned', 'running')) = (ended_at IS NULL)", name="ended"),
        Index("ix_test_grant_challenge_id", "challenge_id", "id"),
        Index("ix_test_grant_status", "status", "id"),
    )

    @property
    def subject(self) -> str:
        """By what assessment and grants know it."""
        return named(KIND, self.application_id)

    @property
    def name(self) -> str:
        """By what notices know it."""
        return named("test_grant", self.id)

    @property
    def grant(self) -> Money:
        """How much it is: what was decided, and until then what was recommended."""
        decided = self.award.amounts.total
        return decided if decided and self.award.status != "proposed" else Money(self.offered_minor)

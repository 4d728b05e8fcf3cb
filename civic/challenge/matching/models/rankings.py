"""How many startups each challenge takes, and whom startups and partners rank: for its own side's eyes until it counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.matching.rules.choices import PLACES_MOST, RANKING_STATES, SIDES
from civic.core.db import Model, id_column


class Places(Model):
    """How many startups a challenge takes at most, and with how few it is worth its while; one and none where nobody said."""

    __tablename__ = "challenge_places"

    id: Mapped[int] = id_column()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), unique=True)
    places: Mapped[int] = mapped_column(default=1)
    minimum: Mapped[int] = mapped_column(default=0)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    set_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(f"places BETWEEN 0 AND {PLACES_MOST}", name="places"),
        CheckConstraint("minimum BETWEEN 0 AND places", name="minimum"),
    )


class Ranking(Model):
    """One side's list: a startup's of the challenges that shortlisted it, or a partner's of its challenge's startups.

    Only a list that was sent counts; who is not in it is not acceptable to its writers.
    """

    __tablename__ = "challenge_ranking"
    TRANSITIONS = {
        ("draft", "send"): "sent",
        ("sent", "send"): "sent",  # changed and sent once more
        ("sent", "take_back"): "draft",
    }

    id: Mapped[int] = id_column()
    call_id: Mapped[int] = mapped_column(ForeignKey("challenge_call.id"))
    side: Mapped[str]
    startup_id: Mapped[int | None] = mapped_column(ForeignKey("startup.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    status: Mapped[str] = mapped_column(default="draft")
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    edited_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("side", SIDES),
        one_of("status", RANKING_STATES),
        CheckConstraint("(side = 'startup') = (startup_id IS NOT NULL)", name="startup"),
        CheckConstraint("(side = 'partner') = (challenge_id IS NOT NULL)", name="challenge"),
        CheckConstraint("status = 'draft' OR sent_at IS NOT NULL", name="sent"),
        UniqueConstraint("call_id", "startup_id"),
        UniqueConstraint("call_id", "challenge_id"),
    )


class Choice(Model):
    """One place in a list: an application is a startup and a challenge, so both sides rank applications. No place is shared."""

    __tablename__ = "challenge_ranking_choice"

    id: Mapped[int] = id_column()
    ranking_id: Mapped[int] = mapped_column(ForeignKey("challenge_ranking.id", ondelete="CASCADE"))
    place: Mapped[int]
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"), index=True)

    __table_args__ = (
        UniqueConstraint("ranking_id", "place"),
        UniqueConstraint("ranking_id", "application_id"),
        CheckConstraint("place > 0", name="place"),
    )

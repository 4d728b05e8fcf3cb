"""The demo day of a programme: how everybody gets in, who shows what, and who comes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.support.rules.choices import DAY_STATES, PLACE_STATES
from civic.core.db import Model, id_column


class DemoDay(Model):
    """One in each programme. It cannot be announced without saying how disabled people get in and take part."""

    __tablename__ = "demo_day"
    TRANSITIONS = {
        ("draft", "publish"): "published",
        ("draft", "cancel"): "cancelled",
        ("published", "cancel"): "cancelled",
        ("published", "hold"): "held",
        ("cancelled", "reopen"): "draft",
    }

    id: Mapped[int] = id_column()
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    step_free: Mapped[str] = mapped_column(default="")
    hearing_loop: Mapped[str] = mapped_column(default="")
    sign_language: Mapped[str] = mapped_column(default="")
    other_access: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    capacity: Mapped[int | None]
    recording_url: Mapped[str] = mapped_column(default="")
    is_captioned: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(default="")  # it was cancelled after it was announced
    why_language: Mapped[str] = mapped_column(default="en")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]  # what visitors need was erased
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", DAY_STATES),
        CheckConstraint("ends_at > starts_at AND registration_closes_at <= starts_at", name="times"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint(
            "status IN ('draft', 'cancelled') OR (place <> '' AND step_free <> '' AND hearing_loop <> '' AND sign_language <> '')",
            name="access",
        ),
        CheckConstraint("recording_url = '' OR (recording_url LIKE 'https://%' AND is_captioned)", name="recording"),
    )

    def takes_people(self, now: datetime) -> bool:
        """Whether one can still register."""
        return self.status == "published" and now < self.registration_closes_at


class DemoPitch(Model):
    """A startup shows what it tried out, in its place in the order."""

    __tablename__ = "demo_pitch"

    id: Mapped[int] = id_column()
    demo_day_id: Mapped[int] = mapped_column(ForeignKey("demo_day.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"), index=True)
    position: Mapped[int]
    __table_args__ = (
        UniqueConstraint("demo_day_id", "application_id"),
        Index("ix_demo_pitch_order", "demo_day_id", "position", "id"),
    )


class DemoRegistration(Model):
    """Somebody's place at a demo day, with what they need; what they need is erased after it."""

    __tablename__ = "demo_registration"
    TRANSITIONS = {
        ("invited", "register"): "registered",
        ("invited", "wait"): "waiting",
        ("invited", "cancel"): "cancelled",
        ("registered", "cancel"): "cancelled",
        ("waiting", "cancel"): "cancelled",
        ("waiting", "promote"): "registered",
        ("cancelled", "register"): "registered",
        ("cancelled", "wait"): "waiting",
    }

    id: Mapped[int] = id_column()
    demo_day_id: Mapped[int] = mapped_column(ForeignKey("demo_day.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(default="invited")
    needs: Mapped[list[str]] = mapped_column(default=list)
    needs_text: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("demo_day_id", "person_id"),
        one_of("status", PLACE_STATES),
        Index("ix_demo_registration_day", "demo_day_id", "status", "changed_at", "id"),
    )

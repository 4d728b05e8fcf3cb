"""Sessions with mentors and meetings with partners: one machinery, and nobody is in two places at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.support.rules.choices import SESSION_KINDS, SESSION_STATES
from civic.core.db import Model, id_column


class SupportSession(Model):
    """A time that a mentor or a partner's person (the host) spends with a startup."""

    __tablename__ = "support_session"
    TRANSITIONS = {
        ("offered", "take"): "booked",
        ("offered", "cancel"): "cancelled",
        ("proposed", "agree"): "booked",
        ("proposed", "cancel"): "cancelled",
        ("booked", "hold"): "held",
        ("booked", "miss"): "missed",
        ("booked", "cancel"): "cancelled",
        ("held", "correct"): "held",
    }

    id: Mapped[int] = id_column()
    kind: Mapped[str]
    status: Mapped[str]
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id", ondelete="SET NULL"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("challenge_partner.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    # Nobody's yet while it is only offered.
    application_id: Mapped[int | None] = mapped_column(ForeignKey("challenge_application.id"))
    startup_id: Mapped[int | None] = mapped_column(ForeignKey("startup.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")  # an address, or a link
    about: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    minutes: Mapped[int | None]  # that it took
    attended: Mapped[str] = mapped_column(default="")  # who was there
    agreed: Mapped[str] = mapped_column(default="")  # what was agreed or decided; for those who were there and staff
    agreed_language: Mapped[str] = mapped_column(default="en")
    missed_by: Mapped[str | None]
    why: Mapped[str] = mapped_column(default="")  # it was cancelled
    why_language: Mapped[str] = mapped_column(default="en")
    changes: Mapped[int] = mapped_column(default=0)  # a calendar needs to know which of two files is the later
    created_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("kind", SESSION_KINDS),
        one_of("status", SESSION_STATES),
        one_of("missed_by", ("host", "startup")),
        CheckConstraint("ends_at > starts_at AND ends_at <= starts_at + interval '8 hours'", name="length"),
        CheckConstraint("mentor_id IS NULL OR partner_id IS NULL", name="one_host"),
        CheckConstraint("(application_id IS NULL) = (startup_id IS NULL)", name="whose"),
        CheckConstraint("status IN ('offered', 'cancelled') OR application_id IS NOT NULL", name="taken"),
        CheckConstraint("(status = 'held') = (minutes IS NOT NULL)", name="held"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
        CheckConstraint("(status = 'missed') = (missed_by IS NOT NULL)", name="missed"),
        ExcludeConstraint(
            ("host_id", "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            name="ex_support_session_host",
            where="status IN ('offered', 'booked', 'held')",
        ),
        ExcludeConstraint(
            ("startup_id", "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            name="ex_support_session_startup",
            where="status IN ('booked', 'held')",
        ),
        Index("ix_support_session_application", "application_id", "starts_at", "id"),
        Index("ix_support_session_mentor", "mentor_id", "status", "starts_at", "id"),
        Index("ix_support_session_partner", "partner_id", "status", "starts_at", "id"),
        Index("ix_support_session_status", "status", "starts_at", "id"),
    )

    def has_begun(self, now: datetime) -> bool:
        """Whether its time has come."""
        return now >= self.starts_at

    def lacks_record(self, now: datetime) -> bool:
        """Whether it is over and nobody has said how it went."""
        return self.status == "booked" and now >= self.ends_at

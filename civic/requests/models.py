"""What exists: what somebody asked for, how they are reached, and how far it has come."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column
from civic.requests.rules import CONTACTS, DONE, FORMATS, MODES, OPEN

STATUSES = (*OPEN, *DONE)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} in {values}", name=column)


class FormatRequest(Model):
    """A format or language that somebody needs: of one thing ("survey:3"), or of the site where it names none."""

    __tablename__ = "format_request"
    TRANSITIONS = {
        ("new", "accept"): "accepted",
        ("new", "decline"): "declined",
        ("new", "withdraw"): "withdrawn",
        ("accepted", "make"): "made",
        ("accepted", "decline"): "declined",
        ("accepted", "withdraw"): "withdrawn",
        ("made", "send"): "sent",
        ("made", "withdraw"): "withdrawn",
    }

    id: Mapped[int] = id_column()
    status: Mapped[str] = mapped_column(default="new")
    thing: Mapped[str]
    title: Mapped[str]  # how the thing was called when it was asked for
    title_language: Mapped[str]
    format: Mapped[str]
    into: Mapped[str]  # the language that is wanted, as it was typed
    wanted: Mapped[str]
    language: Mapped[str]  # in which we write to them
    mode: Mapped[str]
    contact_by: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str]
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(Date)
    done_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]  # when name, address and number were deleted

    __table_args__ = (
        _one_of("status", STATUSES),
        _one_of("format", FORMATS),
        _one_of("mode", MODES),
        _one_of("contact_by", CONTACTS),
        CheckConstraint(f"(status in {DONE}) = (done_at is not null)", name="done"),
        CheckConstraint("forgotten_at is null or (name || email || phone || address) = ''", name="forgotten"),
        CheckConstraint(
            "forgotten_at is not null or (email || phone || address) <> ''", name="reachable"
        ),
        Index("ix_format_request_status", "status", "due_on", "id"),
        Index("ix_format_request_due", "due_on", "id"),
    )  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for it."""
        return self.status in OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether the day that we promised has passed."""
        return self.is_open and today > self.due_on

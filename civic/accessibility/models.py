"""A barrier that somebody met on this site."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.accessibility.rules import answer_by
from civic.core.db import Model, id_column

CONTACTS = ("nothing", "email", "phone")
OPEN = ("received", "looking")
STATUSES = (*OPEN, "fixed", "known_problem", "not_a_barrier")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} in {values}", name=column)


class BarrierReport(Model):
    """What stopped somebody, in their words; nobody but staff reads them, everybody may read the summary once it is published."""

    __tablename__ = "barrier_report"
    TRANSITIONS = {
        ("received", "look"): "looking",
        ("looking", "fix"): "fixed",
        ("looking", "keep"): "known_problem",
        ("looking", "decline"): "not_a_barrier",
        ("known_problem", "fix"): "fixed",
        ("fixed", "reopen"): "looking",
        ("known_problem", "reopen"): "looking",
        ("not_a_barrier", "reopen"): "looking",
    }

    id: Mapped[int] = id_column()
    status: Mapped[str] = mapped_column(default="received")
    page: Mapped[str]
    happened: Mapped[str]
    wanted: Mapped[str]
    language: Mapped[str]
    contact_by: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]  # when it was last told what became of it; empty while it is open
    summary: Mapped[str] = mapped_column(default="")  # in words of ours, for the public register
    summary_language: Mapped[str] = mapped_column(default="en")
    summary_published_at: Mapped[datetime | None]
    # Of a barrier that we cannot remove yet, for the accessibility statement.
    criterion: Mapped[str] = mapped_column(default="")  # of WCAG 2.2, "1.4.4"
    meanwhile: Mapped[str] = mapped_column(
        default=""
    )  # what people can do until it is mended, in the summary's language
    fix_by: Mapped[date | None]

    __table_args__ = (
        _one_of("status", STATUSES),
        _one_of("contact_by", CONTACTS),
        CheckConstraint("criterion ~ '^([1-4][.][0-9]{1,2}[.][0-9]{1,2})?$'", name="criterion"),
        Index("ix_barrier_report_status", "status", "id"),
    )

    def answer_by(self) -> date:
        """The day by which we promise to say something about it."""
        return answer_by(self.created_at)

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes it an answer."""
        return self.status in OPEN

    @property
    def public_summary(self) -> str:
        """What everybody may read of it; nothing until staff published it."""
        return self.summary if self.summary_published_at else ""

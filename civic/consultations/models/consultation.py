"""A consultation: its question, its stage, its promise, and what belongs to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.consultations.rules import dates
from civic.consultations.rules.choices import DATE_CHANGES, DECISION_KINDS, DOCUMENT_KINDS, STATUSES
from civic.core.db import Model, id_column

SLUG = "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80"


class Consultation(Model):
    """One consultation. `status` is what has been noted; what is true at a moment is asked with `stage(now)`."""

    __tablename__ = "consultation"
    TRANSITIONS = {
        ("draft", "announce"): "coming_up",
        ("draft", "withdraw"): "withdrawn",
        ("coming_up", "return"): "draft",
        ("coming_up", "open"): "open",
        ("coming_up", "withdraw"): "withdrawn",
        ("open", "close"): "considering",
        ("open", "withdraw"): "withdrawn",
        ("considering", "answer"): "answered",
        ("considering", "withdraw"): "withdrawn",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    language: Mapped[str] = mapped_column(default="en")
    question: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")  # Markdown
    can_change: Mapped[str] = mapped_column(default="")  # Markdown
    cannot_change: Mapped[str] = mapped_column(default="")  # Markdown
    boroughs: Mapped[list[str]] = mapped_column(default=list)  # GSS codes; none means all of London
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    decision_on: Mapped[date | None] = mapped_column(Date)  # when the decision is expected
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    contact: Mapped[str] = mapped_column(default="")  # the team, as everybody reads it
    decision_maker: Mapped[str] = mapped_column(default="")
    decision_role: Mapped[str] = mapped_column(default="")
    decision_kind: Mapped[str] = mapped_column(default="MD")
    equality_note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    touched_at: Mapped[datetime]  # when anything that stands on its pages changed last
    withdrawn_why: Mapped[str] = mapped_column(default="")
    overdue_reason: Mapped[str] = mapped_column(default="")
    overdue_reason_at: Mapped[datetime | None]
    # Kept counters of the whole consultation: what people gave, and how much of it has a recorded fate.
    given: Mapped[int] = mapped_column(default=0)
    with_fate: Mapped[int] = mapped_column(default=0)
    outcome_summary: Mapped[str] = mapped_column(default="")  # Markdown
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    answered_at: Mapped[datetime | None]
    version_id: Mapped[int] = mapped_column(nullable=False)

    __mapper_args__ = {"version_id_col": version_id}
    __table_args__ = (
        CheckConstraint(SLUG, name="slug"),
        one_of("status", STATUSES),
        one_of("decision_kind", DECISION_KINDS),
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint(
            "status IN ('draft', 'withdrawn') OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND announced_at IS NOT NULL)",
            name="announced",
        ),
        # Nothing is asked in the open without saying what can still change (Gunning 1) and who decides.
        CheckConstraint(
            "status IN ('draft', 'withdrawn') OR (can_change <> '' AND decision_maker <> '')", name="formative"
        ),
        CheckConstraint("(status = 'answered') = (answered_at IS NOT NULL)", name="answered"),
        CheckConstraint("signed_by_id IS DISTINCT FROM submitted_by_id OR signed_by_id IS NULL", name="four_eyes"),
        CheckConstraint("signed_by_id IS NULL OR status = 'answered'", name="signed"),
        CheckConstraint("submitted_at IS NULL OR status IN ('considering', 'answered')", name="submitted"),
        CheckConstraint("status <> 'withdrawn' OR withdrawn_why <> ''", name="withdrawn"),
        CheckConstraint("given >= 0 AND with_fate >= 0", name="counters"),
        Index("ix_consultation_status_closes_at", "status", "closes_at", "id"),
        Index("ix_consultation_answered_at", "answered_at", "id", postgresql_where=text("answered_at IS NOT NULL")),
    )

    def stage(self, now: datetime) -> str:
        """The stage that is true at `now`; opening and closing happen by the clock."""
        return dates.stage(self.status, self.opens_at, self.closes_at, now)

    @property
    def is_public(self) -> bool:
        """Whether anybody may know of it: from its announcement on, also where it was withdrawn later."""
        return self.announced_at is not None and self.status != "draft"

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come of it."""
        return self.status in ("answered", "withdrawn")

    @property
    def due_at(self) -> datetime | None:
        """Until when the answer is promised."""
        return dates.due_at(self.closes_at) if self.closes_at is not None else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promised day has passed without an answer."""
        return dates.is_overdue(self.stage(now), self.closes_at, now)

    def days_over(self, now: datetime) -> int:
        """How many days late the answer is; 0 while it is not."""
        return dates.days_over(self.closes_at, now) if self.closes_at is not None and self.is_overdue(now) else 0


class Document(Model):
    """Something to read before taking part: a file of ours or a link, in one language."""

    __tablename__ = "consultation_document"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    published_on: Mapped[date] = mapped_column(Date)
    url: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    __table_args__ = (
        one_of("kind", DOCUMENT_KINDS),
        CheckConstraint("(url IS NULL) <> (file_id IS NULL)", name="one_place"),
        CheckConstraint("title <> ''", name="title"),
    )


class Held(Model):
    """An activity that the consultation holds, by its name ("survey:3"); each belongs to one consultation at most."""

    __tablename__ = "consultation_activity"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    added_at: Mapped[datetime]
    given: Mapped[int] = mapped_column(default=0)  # kept: how many contributions it has


class Update(Model):
    """Dated news of a consultation."""

    __tablename__ = "consultation_update"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    title: Mapped[str]
    text: Mapped[str]  # Markdown
    language: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    __table_args__ = (
        Index("ix_consultation_update_consultation_id", "consultation_id", "at", "id"),
        Index("ix_consultation_update_at", "at", "id"),
    )


class OnRecord(Model):
    """Why a consultation was announced although a rule of fairness warned; everybody may read it."""

    __tablename__ = "consultation_reason"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    code: Mapped[str]
    why: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("consultation_id", "code"), CheckConstraint("why <> ''", name="why"))


class DateChange(Model):
    """The closing date was moved or brought forward, and why; never in silence."""

    __tablename__ = "consultation_date_change"
    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    before: Mapped[datetime]
    after: Mapped[datetime]
    why: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (
        one_of("kind", DATE_CHANGES),
        CheckConstraint("why <> ''", name="why"),
        CheckConstraint("(kind = 'extended') = (after > before)", name="direction"),
    )

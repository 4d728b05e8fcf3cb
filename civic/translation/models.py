"""What translation keeps: every version of every translation, the glossary, and files that wait to be taken over."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.moderated import Moderable, shown_check
from civic.translation.rules.choices import FIELD, FORMATS, ORIGINS, STATES


class Translation(Moderable, Model):
    """One version of one text in one language, never rewritten: a better one takes its place and this one stays as history.

    `source_text` is what the original said when it was translated; where the original says something else now, it is out of date.
    """

    __tablename__ = "translation"
    TRANSITIONS = {
        ("draft", "approve"): "approved",
        ("draft", "discard"): "discarded",
        ("suggested", "approve"): "approved",
        ("suggested", "reject"): "rejected",
        ("suggested", "withdraw"): "withdrawn",
        ("approved", "replace"): "replaced",
    }

    id: Mapped[int] = id_column()
    thing: Mapped[str]  # "consultation:3"
    field: Mapped[str]
    language: Mapped[str]
    number: Mapped[int]  # counts the versions of this text in this language
    text: Mapped[str]
    origin: Mapped[str]
    status: Mapped[str]
    source_language: Mapped[str]
    source_text: Mapped[str]
    source_mark: Mapped[str]
    # Who wrote it, or asked the machine; and who decided about it.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    overridden: Mapped[str] = mapped_column(default="")  # why it is right although it breaks a rule
    reason: Mapped[str] = mapped_column(default="")  # why it was not taken, in words for whoever suggested it
    reason_language: Mapped[str] = mapped_column(default="en")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        shown_check(),
        one_of("origin", ORIGINS),
        one_of("status", STATES),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("thing ~ '^[a-z_]+:[0-9]+$'", name="thing"),
        CheckConstraint(f"field ~ '{FIELD}'", name="field"),
        CheckConstraint("language <> source_language", name="language"),
        CheckConstraint("status <> 'suggested' OR origin = 'community'", name="suggested"),
        CheckConstraint("status <> 'draft' OR origin <> 'community'", name="draft"),
        CheckConstraint("status NOT IN ('approved', 'replaced', 'rejected') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("status <> 'rejected' OR reason <> ''", name="reason"),
        # What a member suggests, somebody else approves or declines.
        CheckConstraint("origin <> 'community' OR decided_by_id <> by_id", name="four_eyes"),
        UniqueConstraint("thing", "field", "language", "number"),
        Index(
            "uq_translation_approved",
            "thing",
            "language",
            "field",
            unique=True,
            postgresql_where=sql("status = 'approved'"),
        ),
        Index(
            "uq_translation_draft",
            "thing",
            "language",
            "field",
            unique=True,
            postgresql_where=sql("status = 'draft'"),
        ),
        Index("ix_translation_by_id", "by_id", "id"),
        Index("ix_translation_suggested", "id", postgresql_where=sql("status = 'suggested'")),
    )

    @property
    def is_in_sight(self) -> bool:
        """Whether readers see it: approved, and not taken away by moderators."""
        return self.status == "approved" and self.shown == "shown"


class GlossaryTerm(Model):
    """How a word is said in a language: preferred, or locked so that nothing else will do without a reason."""

    __tablename__ = "glossary_term"
    id: Mapped[int] = id_column()
    term: Mapped[str]
    folded: Mapped[str]  # the same without capitals: a word stands once
    source_language: Mapped[str] = mapped_column(default="en")
    language: Mapped[str]
    translation: Mapped[str]
    is_locked: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")  # for translators: what it means here
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("term <> '' AND translation <> ''", name="words"),
        CheckConstraint("language <> source_language", name="language"),
        UniqueConstraint("folded", "source_language", "language", name="uq_glossary_term_term"),
        Index("ix_glossary_term_language", "language", "folded", "id"),
    )


class TranslationFile(Model):
    """A file of translations that somebody sent: read and compared, and taken over once a person has looked at what would change."""

    __tablename__ = "translation_file"
    id: Mapped[int] = id_column()
    name: Mapped[str]
    format: Mapped[str]
    entries: Mapped[list[Any]] = mapped_column(JSONB)  # [[thing, field, language, source, translation]]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    __table_args__ = (one_of("format", FORMATS), Index("ix_translation_file_at", "at"))

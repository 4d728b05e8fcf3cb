"""A thing in one format and one language, made by a job and kept until the thing changes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column

STATES = ("asked", "made", "failed")
FAULTS = ("", "tool", "long", "time", "memory", "lost", "error")


class FormatFile(Model):
    """One file, asked for by somebody: who it was is not kept.

    The file of before stays while a newer one is being made. `version` says what was read and by which maker it was made.
    """

    __tablename__ = "format_file"
    TRANSITIONS = {
        ("asked", "make"): "made",
        ("asked", "fail"): "failed",
        ("made", "ask"): "asked",
        ("failed", "ask"): "asked",
    }

    id: Mapped[int] = id_column()
    about: Mapped[str]  # "survey:3"
    language: Mapped[str]
    format: Mapped[str]
    status: Mapped[str] = mapped_column(default="asked")
    version: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    length: Mapped[int] = mapped_column(default=0)  # pages, seconds or files, as its format counts
    fault: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("about", "language", "format"),
        CheckConstraint(f"status IN {STATES}", name="status"),
        CheckConstraint(f"fault IN {FAULTS}", name="fault"),
        CheckConstraint("(status = 'failed') = (fault <> '')", name="failed"),
        CheckConstraint("status <> 'made' OR file_id IS NOT NULL", name="made"),
        CheckConstraint("(file_id IS NULL) = (made_at IS NULL) AND length >= 0", name="file"),
        Index("ix_format_file_failed", "id", postgresql_where=text("status = 'failed'")),
        Index("ix_format_file_asked", "asked_at", postgresql_where=text("status = 'asked'")),
    )

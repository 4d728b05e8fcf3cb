"""What only people can make: Easy Read, British Sign Language, and a text read aloud by somebody."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.core.db import Model, id_column
from civic.core.files import StoredFile
from civic.formats.rules import SLOT_KINDS


class Slot(Model):
    """One such version of a thing, in one language; everybody sees it once it is published, and then it no longer changes."""

    __tablename__ = "format_slot"
    TRANSITIONS = {("draft", "publish"): "published", ("published", "withdraw"): "draft"}

    id: Mapped[int] = id_column()
    about: Mapped[str]  # "survey:3"
    kind: Mapped[str]
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    media_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    captions_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    captions_language: Mapped[str] = mapped_column(default="en")
    url: Mapped[str] = mapped_column(default="")  # where a film stands that is not among our files
    transcript: Mapped[str] = mapped_column(default="")
    transcript_language: Mapped[str] = mapped_column(default="en")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    version_id: Mapped[int] = mapped_column(nullable=False)

    media: Mapped[StoredFile | None] = relationship(lazy="raise", foreign_keys=[media_id])
    captions: Mapped[StoredFile | None] = relationship(lazy="raise", foreign_keys=[captions_id])

    __mapper_args__ = {"version_id_col": version_id}
    __table_args__ = (
        UniqueConstraint("about", "kind", "language"),
        CheckConstraint(f"kind IN {tuple(SLOT_KINDS)}", name="kind"),
        CheckConstraint("status IN ('draft', 'published')", name="status"),
        CheckConstraint("(status = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("media_id IS NULL OR url = ''", name="one_place"),
        # Nothing is published that some could not follow.
        CheckConstraint("status = 'draft' OR kind = 'easy_read' OR transcript <> ''", name="transcript"),
        CheckConstraint(
            "status = 'draft' OR kind <> 'sign_language' OR url <> '' OR (media_id IS NOT NULL AND captions_id IS NOT NULL)",
            name="captions",
        ),
        CheckConstraint("status = 'draft' OR kind <> 'audio' OR media_id IS NOT NULL", name="sound"),
    )

    @property
    def is_published(self) -> bool:
        """Whether everybody sees it."""
        return self.status == "published"


class Point(Model):
    """One point of an Easy Read version: a short text with a picture that helps to understand it, in words as well."""

    __tablename__ = "format_point"
    id: Mapped[int] = id_column()
    slot_id: Mapped[int] = mapped_column(ForeignKey("format_slot.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    picture_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    alt: Mapped[str]
    picture: Mapped[StoredFile] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("text <> '' AND alt <> ''", name="words"),
        Index("ix_format_point_slot_id", "slot_id", "position", "id"),
    )

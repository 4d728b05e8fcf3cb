"""Who declared an interest in what, or none."""

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class Declaration(Model):
    """What somebody said about their interest in a thing; the latest counts, and an interest is lifted by somebody else only."""

    __tablename__ = "interest_declaration"
    id: Mapped[int] = id_column()
    subject: Mapped[str]
    # No foreign keys: what was declared stays on record when the account is erased.
    user_id: Mapped[int]
    has_interest: Mapped[bool]
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    lifted_by_id: Mapped[int | None]
    declared_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("words <> '' OR (NOT has_interest AND lifted_by_id IS NULL)", name="words"),
        CheckConstraint("lifted_by_id <> user_id", name="own"),
        CheckConstraint("lifted_by_id IS NULL OR NOT has_interest", name="lifted"),
        Index("ix_interest_declaration_subject", "subject", "user_id", "id"),
        Index("ix_interest_declaration_user", "user_id", "id"),
    )


event.listen(
    Declaration.__table__,
    "after_create",
    DDL(
        "CREATE TRIGGER interest_declaration_append_only BEFORE UPDATE OR DELETE ON interest_declaration "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change();"
    ),
)

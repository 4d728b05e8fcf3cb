"""Who follows a consultation, who was told what came of it, and what was said already."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model


def _of() -> Mapped[int]:
    key = ForeignKey("consultation.id", ondelete="CASCADE")
    return mapped_column(key, primary_key=True, autoincrement=False)


class Follow(Model):
    """Somebody wants to hear what happens."""

    __tablename__ = "consultation_follow"
    consultation_id: Mapped[int] = _of()
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    at: Mapped[datetime]


class Informed(Model):
    """Somebody was told of the outcome: once, whichever worker tells, and however often."""

    __tablename__ = "consultation_informed"
    consultation_id: Mapped[int] = _of()
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class Said(Model):
    """Something that the clock says once: a reminder, "closes soon", "overdue"."""

    __tablename__ = "consultation_said"
    consultation_id: Mapped[int] = _of()
    what: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]

"""What somebody is to be told: kept with its facts, put into words when it is read or sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class Notification(Model):
    """One piece of news for one person: of which kind, about what, with which facts."""

    __tablename__ = "notification"
    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    notice: Mapped[str]
    about: Mapped[str]  # "thread:12": what it is about, so that news of one thing stands together and can be silenced
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_notification_person", "person_id", "id"),)

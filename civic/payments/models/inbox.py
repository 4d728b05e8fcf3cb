"""What the provider announced: first a row, then an effect, exactly once."""

from datetime import datetime

from sqlalchemy import Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column


class WebhookEvent(Model):
    """A verified announcement. Only ids are kept of it: what happened is read from the object itself."""

    __tablename__ = "webhook_event"
    TRANSITIONS = {
        ("received", "process"): "processed",
        ("received", "ignore"): "ignored",
        ("received", "fail"): "failed",
        ("failed", "process"): "processed",
        ("failed", "ignore"): "ignored",
        ("failed", "fail"): "failed",
    }
    id: Mapped[int] = id_column()
    provider: Mapped[str]
    mode: Mapped[str]
    event_id: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[str]
    facts: Mapped[dict[str, str]]
    status: Mapped[str] = mapped_column(default="received")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]  # as the provider says
    received_at: Mapped[datetime]
    processed_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        one_of("status", ("received", "processed", "ignored", "failed")),
        Index("ix_webhook_event_waiting", "next_attempt_at", "id", postgresql_where="status IN ('received', 'failed')"),
        Index("ix_webhook_event_object", "object_id"),
    )

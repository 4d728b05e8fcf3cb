"""Links sent by e-mail: for one purpose, for one use, for a short time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.accounts.rules.links import PURPOSES
from civic.core.db import Model, id_column


class EmailLink(Model):
    """A link that was sent to an address; only the hash of its token is kept, so the table opens no account."""

    __tablename__ = "email_link"
    id: Mapped[int] = id_column()
    purpose: Mapped[str]
    # Empty for a sign-up: no account exists before its address is confirmed.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    # What a sign-up will become: the hash of the chosen password, and the language. It is the link that carries them, so
    # that nobody can plant a password in an account which somebody else confirms.
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    __table_args__ = (one_of("purpose", tuple(PURPOSES)),)

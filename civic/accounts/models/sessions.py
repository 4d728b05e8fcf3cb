"""Signed-in devices: the browser holds a random token, the database its hash."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class UserSession(Model):
    """One browser in which a person is signed in; deleting the row signs it out at once."""

    __tablename__ = "user_session"
    id: Mapped[int] = id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    # To the hour, and only when something is sent: reading never writes.
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    # "Firefox/Windows": enough to know one's own devices by.
    device: Mapped[str]
    second_factor_at: Mapped[datetime | None]

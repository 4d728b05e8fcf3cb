"""The second factor of staff: codes from an app, and ten recovery codes for the day the phone is lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class SecondFactor(Model):
    """A person's code generator. The secret itself is never stored: it is derived from this salt and the application's key."""

    __tablename__ = "second_factor"
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[str]
    created_at: Mapped[datetime]
    # Empty until a first code proved that the app was set up.
    confirmed_at: Mapped[datetime | None]
    # The half-minute of the last code accepted: no code opens twice.
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Model):
    """A code to come in by once without the app; only its hash is kept."""

    __tablename__ = "recovery_code"
    id: Mapped[int] = id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

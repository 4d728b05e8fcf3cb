"""A person's account, and the roles that were given to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column

from civic.accounts.rules.choices import CONNECTIONS, ROLES, TENURES, WORK_STATUSES
from civic.core.db import Model, id_column


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The column holds one of these codes (or nothing, where it may)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class RoleGrant(Model):
    """A staff role that a person holds: which, since when, given by whom and why; taken away by deleting it (the audit log remembers)."""

    __tablename__ = "role_grant"
    id: Mapped[int] = id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    role: Mapped[str]
    # Empty when it was given from the command line, where nobody is signed in.
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    granted_at: Mapped[datetime]
    why: Mapped[str]
    __table_args__ = (UniqueConstraint("user_id", "role"), one_of("role", ROLES))


class User(Model):
    """A person with an account. The equality answers live elsewhere, apart from this row."""

    __tablename__ = "account_user"
    TRANSITIONS = {
        ("active", "suspend"): "suspended",
        ("suspended", "lift"): "active",
    }

    id: Mapped[int] = id_column()
    # Kept normalised (rules/emails.py): ASCII and small, so that equal addresses are equal texts.
    email: Mapped[str] = mapped_column(unique=True)
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="active")
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]

    display_name: Mapped[str | None]
    # What the name looks like (rules/names.py): two names that look alike fold to one text.
    display_name_folded: Mapped[str | None] = mapped_column(unique=True)
    borough: Mapped[str | None]
    connections: Mapped[list[str]] = mapped_column(default=list)
    birth_month: Mapped[int | None] = mapped_column(SmallInteger)
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    tenure: Mapped[str | None]
    work_status: Mapped[str | None]
    # How pages are shown to this person; its meaning belongs to the accessibility package.
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)

    # Read with the row, in the same statement: every page of a member asks for them.
    role_list: Mapped[list[str]] = column_property(
        select(func.coalesce(func.jsonb_agg(RoleGrant.role), func.jsonb_build_array(), type_=JSONB()))
        .where(RoleGrant.user_id == id.column)  # type: ignore[attr-defined]
        .correlate_except(RoleGrant)
        .scalar_subquery()
    )

    # The session this person came in with, put here by the loader; None for anybody else's row.
    # (Types in comments: SQLAlchemy would take annotations for columns.)
    session = None  # type: Any
    session_token = None  # type: Any

    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_small"),
        CheckConstraint("(display_name IS NULL) = (display_name_folded IS NULL)", name="display_name_folded"),
        CheckConstraint("borough ~ '^E090000(0[1-9]|[12][0-9]|3[0-3])$'", name="borough"),
        CheckConstraint("(birth_month IS NULL) = (birth_year IS NULL)", name="birth_whole"),
        CheckConstraint("birth_month BETWEEN 1 AND 12", name="birth_month"),
        CheckConstraint("birth_year BETWEEN 1890 AND 2100", name="birth_year"),
        one_of("status", ("active", "suspended")),
        one_of("tenure", TENURES),
        one_of("work_status", WORK_STATUSES),
        CheckConstraint(
            "connections <@ '[" + ", ".join(f'"{each}"' for each in CONNECTIONS) + "]'::jsonb", name="connections"
        ),
        Index("ix_account_user_created", "created_at", "id"),
        Index("ix_account_user_borough", "borough"),
        # Staff look for people by any part of name or address.
        Index(
            "ix_account_user_search",
            text("(email || ' ' || coalesce(display_name, '')) gin_trgm_ops"),
            postgresql_using="gin",
        ),
    )

    @property
    def roles(self) -> frozenset[str]:
        """The staff roles this person holds."""
        return frozenset(self.role_list)

    @property
    def is_staff(self) -> bool:
        """Whether any staff role is held; what may be done with it is for access.py to say."""
        return bool(self.role_list)

    @property
    def name(self) -> str:
        """What others call this person; a member without a name yet has none to show."""
        return self.display_name or ""

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.status == "active"

    def get_id(self) -> str:
        """What the browser's cookie holds: the token of this session, never the number of the account (Flask-Login asks)."""
        return self.session_token or ""

    @property
    def is_authenticated(self) -> bool:
        """Somebody with a row is somebody (Flask-Login asks)."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """A row is never a visitor (Flask-Login asks)."""
        return False

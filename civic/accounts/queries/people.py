"""Questions about people: who signs in, who holds what, who is looked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, literal_column, select

from civic.accounts.models import EmailLink, RecoveryCode, RoleGrant, SecondFactor, User, UserSession
from civic.core.db import db
from civic.core.tokens import hashed

# Built once: every page of a member begins with it.
_SIGNED_IN = (
    select(User, UserSession)
    .join(UserSession, UserSession.user_id == User.id)
    .where(
        UserSession.token_hash == bindparam("token"),
        UserSession.expires_at > bindparam("now"),
        User.status == "active",
    )
)


def user_by_id(user_id: int) -> User | None:
    """The person with this number."""
    return db.session.get(User, user_id) if 0 < user_id < 2**62 else None


def user_by_email(email: str) -> User | None:
    """The person with this (normalised) address."""
    return db.session.scalars(select(User).where(User.email == email)).one_or_none()


def signed_in(token: str, now: datetime) -> User | None:
    """The person of a session token, with session, roles and preferences, in one statement; None when it has ended."""
    row = db.session.execute(_SIGNED_IN, {"token": hashed(token), "now": now}).one_or_none()
    if row is None:
        return None
    user, user.session = row.User, row.UserSession
    return user


def link_by_token(purpose: str, token: str) -> EmailLink | None:
    """The e-mail link behind a token, used and expired ones too."""
    return db.session.scalars(
        select(EmailLink).where(EmailLink.token_hash == hashed(token), EmailLink.purpose == purpose)
    ).one_or_none()


def sessions_of(user: User, now: datetime) -> list[UserSession]:
    """Where a person is signed in, latest first."""
    live = select(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at > now)
    return list(db.session.scalars(live.order_by(UserSession.seen_at.desc(), UserSession.id.desc()).limit(100)))


def session_of(user: User, session_id: int) -> UserSession | None:
    """One of a person's own sessions."""
    return db.session.scalars(
        select(UserSession).where(UserSession.id == session_id, UserSession.user_id == user.id)
    ).one_or_none()


def grants_of(user: User) -> list[Row[Any]]:
    """A person's roles: (role, granted_at, why, by whom)."""
    giver = select(User.display_name).where(User.id == RoleGrant.granted_by_id).scalar_subquery()
    columns = select(RoleGrant.role, RoleGrant.granted_at, RoleGrant.why, giver.label("given_by"))
    return list(db.session.execute(columns.where(RoleGrant.user_id == user.id).order_by(RoleGrant.id)))


def second_factor_of(user: User) -> SecondFactor | None:
    """A person's code generator, set up or half set up."""
    return db.session.get(SecondFactor, user.id)


def recovery_codes_left(user: User) -> int:
    """How many recovery codes have not been used."""
    unused = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def people(words: str = "", role: str = "", status: str = "") -> Select:
    """Columns of people for the staff list, found by any part of name or address, by role, by status."""
    found = select(
        User.id,
        User.email,
        User.display_name,
        User.status,
        User.borough,
        User.created_at,
        User.role_list.label("roles"),
    )
    if words:
        part = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        # Written as the index ix_account_user_search is.
        text = User.email.concat(literal_column("' '")).concat(func.coalesce(User.display_name, literal_column("''")))
        found = found.where(text.ilike(f"%{part}%"))
    if role:
        found = found.where(User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == role)))
    return found.where(User.status == status) if status else found


def administrators() -> int:
    """How many active people are administrators."""
    active = select(func.count()).select_from(RoleGrant).join(User, User.id == RoleGrant.user_id)
    return db.session.scalar(active.where(RoleGrant.role == "administrator", User.status == "active")) or 0

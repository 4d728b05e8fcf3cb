"""Staff roles and suspensions: given and taken with a reason, on record, at once."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from civic.accounts.actions import links, sessions
from civic.accounts.models import RoleGrant, User
from civic.accounts.queries import people
from civic.accounts.rules.choices import ROLES
from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.mail import send
from civic.core.states import advance


class OwnAccount(Forbidden):
    """Nobody changes their own roles."""

    sentence = _l("You cannot change your own roles or suspend yourself. Ask another administrator.")


class LastAdministrator(Conflict):
    """Somebody must be able to give roles."""

    sentence = _l("This is the last administrator. Make somebody else an administrator first.")


class NoSuchRole(CivicError):
    """There is no role of this name."""

    sentence, status, field = _l("Choose a role."), 422, "role"


class RoleHeld(Conflict):
    """The person holds the role already."""

    sentence, field = _l("This person has that role already."), "role"


class RoleNotHeld(Conflict):
    """The person does not hold the role (any more)."""

    sentence = _l("This person does not have that role any more.")


def grant(user: User, role: str, *, by: User | None, why: str, now: datetime) -> None:
    """Give a person a staff role; it counts once they pass the second step. Raises NoSuchRole, RoleHeld, OwnAccount."""
    if role not in ROLES:
        raise NoSuchRole()
    _not_oneself(user, by)
    before = _roles_locked(user)
    if role in before:
        raise RoleHeld()
    db.session.add(RoleGrant(user_id=user.id, role=role, granted_by_id=by.id if by else None, granted_at=now, why=why))
    _record("role.granted", user, by=by, why=why, now=now, before=before, after=before | {role})
    sessions.end_all(user)  # a staff session is shorter, and begins with the second step


def revoke(user: User, role: str, *, by: User | None, why: str, now: datetime) -> None:
    """Take a role away and sign the person out everywhere, at once; raises RoleNotHeld, OwnAccount, LastAdministrator."""
    _not_oneself(user, by)
    if role == "administrator":
        _another_administrator_than(user)
    before = _roles_locked(user)
    if role not in before:
        raise RoleNotHeld()
    db.session.execute(delete(RoleGrant).where(RoleGrant.user_id == user.id, RoleGrant.role == role))
    _record("role.revoked", user, by=by, why=why, now=now, before=before, after=before - {role})
    sessions.end_all(user)


def suspend(user: User, *, by: User | None, why: str, now: datetime) -> None:
    """Stop an account from being used, sign it out, and tell the person why; raises OwnAccount, LastAdministrator."""
    _not_oneself(user, by)
    if "administrator" in user.roles:
        _another_administrator_than(user)
    locked(User, user.id)
    advance(user, "suspend", by=by, now=now, why=why)
    sessions.end_all(user)
    links.end_all(user)
    audit.record(
        "account.suspended",
        on=user,
        by=by,
        now=now,
        why=why,
        before={"status": "active"},
        after={"status": "suspended"},
    )
    send("accounts/suspended", to=user.email, language=user.language, person_id=user.id, now=now, why=why)


def lift(user: User, *, by: User | None, why: str, now: datetime) -> None:
    """Let a suspended account be used again, and tell the person."""
    _not_oneself(user, by)
    locked(User, user.id)
    advance(user, "lift", by=by, now=now, why=why)
    audit.record(
        "account.suspension_lifted",
        on=user,
        by=by,
        now=now,
        why=why,
        before={"status": "suspended"},
        after={"status": "active"},
    )
    send("accounts/suspension_lifted", to=user.email, language=user.language, person_id=user.id, now=now)


def _not_oneself(user: User, by: User | None) -> None:
    if by is not None and by.id == user.id:
        raise OwnAccount()


def _another_administrator_than(user: User) -> None:
    """Two administrators who remove each other at the same moment meet at these locks, and one of them stays."""
    db.session.execute(
        select(RoleGrant.id).where(RoleGrant.role == "administrator").order_by(RoleGrant.id).with_for_update()
    )
    others = people.administrators() - ("administrator" in user.roles and user.is_active)
    if others < 1:
        raise LastAdministrator()


def _roles_locked(user: User) -> set[str]:
    locked(User, user.id)
    db.session.refresh(user, ["role_list"])
    return set(user.roles)


def _record(
    verb: str, user: User, *, by: User | None, why: str, now: datetime, before: set[str], after: set[str]
) -> None:
    told = {"before": {"roles": sorted(before)}, "after": {"roles": sorted(after)}}
    audit.record(verb, on=user, by=by, now=now, why=why, **told)
    db.session.refresh(user, ["role_list"])

"""Who holds which grade of delegated authority."""

from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import RoleGrant, User
from civic.core.db import db
from civic.grants.models import Delegation, Grade


def grades() -> list[Grade]:
    """Every grade, the lowest first."""
    return list(db.session.scalars(select(Grade).order_by(Grade.position, Grade.id)))


def grade_by_id(grade_id: int) -> Grade | None:
    """The grade with this number."""
    return db.session.get(Grade, grade_id) if 0 < grade_id < 2**62 else None


def held_by(user_id: int) -> Grade | None:
    """The grade that a person holds now."""
    mine = select(Grade).join(Delegation, Delegation.grade_id == Grade.id)
    return db.session.scalars(mine.where(Delegation.user_id == user_id, Delegation.ended_at.is_(None))).one_or_none()


def delegations() -> list[Row[Any]]:
    """Every grade that was ever given, those that stand first: (Delegation with its grade, name)."""
    name = func.coalesce(User.display_name, User.email).label("name")
    rows = select(Delegation, name).join(User, User.id == Delegation.user_id)
    newest = (Delegation.ended_at.is_not(None), Delegation.id.desc())
    return list(db.session.execute(rows.options(joinedload(Delegation.grade, innerjoin=True)).order_by(*newest)))


def delegation_by_id(delegation_id: int) -> Delegation | None:
    """The delegation with this number, with its grade."""
    if not 0 < delegation_id < 2**62:
        return None
    mine = select(Delegation).where(Delegation.id == delegation_id)
    return db.session.scalars(mine.options(joinedload(Delegation.grade, innerjoin=True))).one_or_none()


def approvers() -> list[Row[Any]]:
    """People with the role Approver who hold no grade: (id, name), by their address where they have no name."""
    holding = select(Delegation.user_id).where(Delegation.ended_at.is_(None))
    name = func.coalesce(User.display_name, User.email).label("name")
    people = select(User.id, name).join(RoleGrant, RoleGrant.user_id == User.id)
    mine = people.where(RoleGrant.role == "approver", User.id.not_in(holding))
    return list(db.session.execute(mine.order_by(name, User.id)))

"""Questions about panels: their criteria, who sits on them, who could."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import RoleGrant, User
from civic.assessment.models import Assessor, Assignment, Criterion, Item, Panel
from civic.assessment.rules.choices import ASSESSING, ENDED
from civic.core.db import db

NAME = func.coalesce(User.display_name, User.email)
"""What colleagues call each other; the address where somebody has no name yet."""


def panel_of(owner: str) -> Panel | None:
    """The panel of an owner ("round:3")."""
    return db.session.scalars(select(Panel).where(Panel.owner == owner)).one_or_none()


def panel_by_id(panel_id: int) -> Panel | None:
    """The panel with this number."""
    return db.session.get(Panel, panel_id) if 0 < panel_id < 2**62 else None


def panels(states: Iterable[str]) -> Select[Any]:
    """Panels in these states, with how many items of each stand where: columns panel, waiting, scored, agreed."""
    counts = [
        select(func.count())
        .where(Item.panel_id == Panel.id, Item.status == status)
        .correlate(Panel)
        .scalar_subquery()
        .label(status)
        for status in ("waiting", "scored", "agreed")
    ]
    return select(Panel, *counts).where(Panel.status.in_(list(states)))


def criteria_of(panel: Panel) -> list[Criterion]:
    """A panel's criteria in their order."""
    mine = select(Criterion).where(Criterion.panel_id == panel.id)
    return list(db.session.scalars(mine.order_by(Criterion.position, Criterion.id)))


def criterion_by_id(criterion_id: int) -> Criterion | None:
    """The criterion with this number."""
    return db.session.get(Criterion, criterion_id) if 0 < criterion_id < 2**62 else None


def weights_of(panel: Panel) -> dict[int, int]:
    """What each criterion weighs, by its number."""
    mine = select(Criterion.id, Criterion.weight).where(Criterion.panel_id == panel.id)
    return {row.id: row.weight for row in db.session.execute(mine.order_by(Criterion.position, Criterion.id))}


def assessors_of(panel: Panel) -> list[Row[Any]]:
    """Who sits on a panel: (id of the seat, user_id, name, added_at), by name."""
    columns = select(Assessor.id, Assessor.user_id, NAME.label("name"), Assessor.added_at)
    mine = columns.join(User, User.id == Assessor.user_id).where(
        Assessor.panel_id == panel.id, Assessor.removed_at.is_(None)
    )
    return list(db.session.execute(mine.order_by(NAME, Assessor.id)))


def seat_of(panel_id: int, user_id: int) -> Assessor | None:
    """Somebody's present seat on a panel."""
    mine = select(Assessor).where(
        Assessor.panel_id == panel_id, Assessor.user_id == user_id, Assessor.removed_at.is_(None)
    )
    return db.session.scalars(mine).one_or_none()


def assessor_by_id(assessor_id: int) -> Assessor | None:
    """The present seat with this number, with its panel and person."""
    if not 0 < assessor_id < 2**62:
        return None
    mine = select(Assessor).where(Assessor.id == assessor_id, Assessor.removed_at.is_(None))
    return db.session.scalars(mine.options(joinedload(Assessor.panel), joinedload(Assessor.user))).one_or_none()


def could_sit_on(panel: Panel) -> list[Row[Any]]:
    """Active people with a role that assesses, who do not sit on the panel yet: (user_id, name, roles), by name."""
    sitting = select(Assessor.user_id).where(Assessor.panel_id == panel.id, Assessor.removed_at.is_(None))
    able = select(RoleGrant.user_id).where(RoleGrant.role.in_(ASSESSING))
    found = select(User.id.label("user_id"), NAME.label("name"), User.role_list.label("roles")).where(
        User.id.in_(able), User.status == "active", User.id.not_in(sitting)
    )
    return list(db.session.execute(found.order_by(NAME, User.id)))


def loads_of(panel: Panel) -> dict[int, int]:
    """How many items each person who sits on a panel has, sent ones too."""
    given = (
        select(Assignment.user_id, func.count().label("n"))
        .join(Item, Item.id == Assignment.item_id)
        .where(Item.panel_id == panel.id, Item.status != "withdrawn", Assignment.status.not_in(ENDED))
        .group_by(Assignment.user_id)
        .subquery()
    )
    found = (
        select(Assessor.user_id, func.coalesce(given.c.n, 0))
        .outerjoin(given, given.c.user_id == Assessor.user_id)
        .where(Assessor.panel_id == panel.id, Assessor.removed_at.is_(None))
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of colleagues by their numbers; an account that was deleted has none."""
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    return {
        row.id: row.name for row in db.session.execute(select(User.id, NAME.label("name")).where(User.id.in_(wanted)))
    }

"""Questions about the things a panel judges, and about who was asked to."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from civic.assessment.models import Assessor, Assignment, Item, Panel
from civic.assessment.queries.panels import assessors_of, loads_of
from civic.assessment.rules.choices import ENDED
from civic.core.db import db
from civic.core.states import StateChange

TO_DO = ("assigned", "reading")
SOMEDAY = datetime(9999, 1, 1, tzinfo=UTC)
"""Items without a day come last."""
DUE = func.coalesce(Panel.due_at, SOMEDAY)


def item_of(subject: str) -> Item | None:
    """The item under which a thing ("application:12") is judged."""
    return db.session.scalars(select(Item).where(Item.subject == subject)).one_or_none()


def item_by_id(item_id: int) -> Item | None:
    """The item with this number, with its panel."""
    if not 0 < item_id < 2**62:
        return None
    return db.session.scalars(select(Item).where(Item.id == item_id).options(joinedload(Item.panel))).one_or_none()


def assignment_by_id(assignment_id: int) -> Assignment | None:
    """The assignment with this number, with its item, panel and person."""
    if not 0 < assignment_id < 2**62:
        return None
    whole = joinedload(Assignment.item).joinedload(Item.panel), joinedload(Assignment.user)
    return db.session.scalars(select(Assignment).where(Assignment.id == assignment_id).options(*whole)).one_or_none()


def items(panel: Panel, states: Iterable[str]) -> Select[Any]:
    """The items of a panel in these states, with how many were asked and how many are in: columns item, given, sent."""
    active = (
        select(func.count())
        .where(Assignment.item_id == Item.id, Assignment.status.not_in(ENDED))
        .correlate(Item)
        .scalar_subquery()
        .label("given")
    )
    in_ = (
        select(func.count())
        .where(Assignment.item_id == Item.id, Assignment.status == "submitted")
        .correlate(Item)
        .scalar_subquery()
        .label("sent")
    )
    return select(Item, active, in_).where(Item.panel_id == panel.id, Item.status.in_(list(states)))


def assignments_of(item: Item) -> list[Assignment]:
    """Everybody who was ever asked to judge an item, with item, panel and person, first asked first."""
    whole = joinedload(Assignment.item).joinedload(Item.panel), joinedload(Assignment.user)
    mine = select(Assignment).where(Assignment.item_id == item.id).options(*whole)
    return list(db.session.scalars(mine.order_by(Assignment.id)))


def active_of(item: Item) -> list[Assignment]:
    """The assignments of an item that count, first asked first."""
    mine = select(Assignment).where(Assignment.item_id == item.id, Assignment.status.not_in(ENDED))
    return list(db.session.scalars(mine.order_by(Assignment.id)))


def mine(user_id: int, states: Iterable[str]) -> Select[Any]:
    """What somebody was asked to judge, in these states, with item and panel; of panels they still sit on and that are open."""
    return (
        select(Assignment)
        .join(Assignment.item)
        .join(Item.panel)
        .join(Assessor, (Assessor.panel_id == Item.panel_id) & (Assessor.user_id == Assignment.user_id))
        .where(
            Assignment.user_id == user_id,
            Assignment.status.in_(list(states)),
            Assessor.removed_at.is_(None),
            Item.status != "withdrawn",
            Panel.status != "draft",
        )
        .options(joinedload(Assignment.item).joinedload(Item.panel))
    )


def waiting_for(user_id: int) -> int:
    """How many items wait for somebody's scores."""
    open_ = mine(user_id, TO_DO).where(Panel.status == "open").with_only_columns(Assignment.id)
    return db.session.scalar(select(func.count()).select_from(open_.options().subquery())) or 0


def assignment_on(item_id: int, user_id: int) -> Assignment | None:
    """Somebody's assignment to an item that counts."""
    mine = select(Assignment).where(
        Assignment.item_id == item_id, Assignment.user_id == user_id, Assignment.status.not_in(ENDED)
    )
    return db.session.scalars(mine).one_or_none()


def was_recused(item_id: int, user_id: int) -> bool:
    """Whether somebody was once taken off an item because of an interest."""
    once = select(Assignment.id).where(
        Assignment.item_id == item_id, Assignment.user_id == user_id, Assignment.status == "recused"
    )
    return bool(db.session.scalar(select(once.exists())))


def was_ever_in(item_id: int) -> bool:
    """Whether all scores of an item were in at some time, so that others may have read them."""
    once = select(StateChange.id).where(
        StateChange.thing == Item.__tablename__, StateChange.thing_id == str(item_id), StateChange.verb == "score"
    )
    return bool(db.session.scalar(select(once.exists())))


def once_in(item_ids: Iterable[int]) -> set[int]:
    """Those of these items of which that is so."""
    ids = [str(each) for each in item_ids]
    found = select(StateChange.thing_id).where(
        StateChange.thing == Item.__tablename__, StateChange.thing_id.in_(ids), StateChange.verb == "score"
    )
    return {int(each) for each in db.session.scalars(found)}


def could_be_asked(item: Item) -> list[tuple[int, str, int]]:
    """Who sits on the panel and was not asked yet: number, name, and how many items each has, least first."""
    asked = select(Assignment.user_id).where(Assignment.item_id == item.id, Assignment.status != "released")
    panel = db.session.get_one(Panel, item.panel_id)
    already, loads = set(db.session.scalars(asked)), loads_of(panel)
    free = [each for each in assessors_of(panel) if each.user_id not in already]
    return sorted(
        ((each.user_id, each.name, loads[each.user_id]) for each in free), key=lambda each: (each[2], each[1])
    )

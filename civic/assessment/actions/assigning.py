"""Who is asked to judge what: by hand, or shared out evenly; and taken off again."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from civic.accounts.models import User
from civic.assessment.actions.items import must_be_impartial, must_be_open, settle
from civic.assessment.models import Assignment, Item, Panel
from civic.assessment.queries import interests, panels
from civic.assessment.queries import items as queries
from civic.assessment.refusals import (
    AlreadyAsked,
    ChangedMeanwhile,
    HasInterest,
    HasSeenScores,
    IsParty,
    NothingToShare,
    NotOnPanel,
    NotToBeAssessed,
    PanelNotOpen,
    WasRecused,
)
from civic.assessment.rules.assigning import Open, Shared, balanced
from civic.assessment.rules.choices import ENDED, READING
from civic.assessment.rules.editions import edition
from civic.core import audit, subjects
from civic.core.db import db, locked
from civic.core.states import advance


def assign(item: Item, user: User, *, by: Any, now: datetime) -> Assignment:
    """Ask somebody to judge an item; one that was scored waits again. Nobody is asked who could not judge it blindly and freely.

    Raises PanelNotOpen, OwnInterest, NotToBeAssessed, NotOnPanel, IsParty, HasInterest, AlreadyAsked, WasRecused, HasSeenScores.
    """
    must_be_open(item.panel_id)
    held: Item = locked(Item, item.id)
    must_be_impartial(held.subject, by)
    if held.status not in ("waiting", "scored"):
        raise NotToBeAssessed()
    _must_be_able(held, user)
    made = Assignment(item_id=held.id, user_id=user.id, assigned_by_id=by.id, assigned_at=now)
    db.session.add(made)
    db.session.flush()
    settle(held, by=by, now=now)
    audit.record("assessment.assigned", on=held, by=by, now=now, after={"user": user.id})
    return made


def plan(panel: Panel) -> Shared:
    """How the items that lack assessors would be shared out among the panel now; writes nothing."""
    loads = panels.loads_of(panel)
    return balanced(panel.id, _lacking(panel, set(loads)), loads)


def edition_of_plan(shared: Shared) -> str:
    """The mark of a plan, so that what is confirmed is what was shown."""
    return edition(shared.pairs)


def balance(panel: Panel, *, by: Any, now: datetime, seen: str | None = None) -> list[Item]:
    """Share the items that lack assessors out evenly; gives those for which there are not enough people.

    Raises PanelNotOpen, NothingToShare, and ChangedMeanwhile where the plan is not the one that was `seen`.
    """
    held: Panel = locked(Panel, panel.id)
    if held.status != "open":
        raise PanelNotOpen()
    db.session.execute(select(Item.id).where(Item.panel_id == held.id).order_by(Item.id).with_for_update())
    shared = plan(held)
    if seen is not None and edition_of_plan(shared) != seen:
        raise ChangedMeanwhile()
    if not shared.pairs:
        raise NothingToShare()
    asked = {"assigned_by_id": by.id, "assigned_at": now}
    db.session.add_all([Assignment(item_id=item, user_id=user, **asked) for item, user in shared.pairs])
    db.session.flush()
    told = {"pairs": len(shared.pairs), "unfilled": len(shared.unfilled)}
    audit.record("assessment.shared_out", on=held, by=by, now=now, after=told)
    unfilled = select(Item).where(Item.id.in_(shared.unfilled)).order_by(Item.id)
    return list(db.session.scalars(unfilled))


def release(assignment: Assignment, *, why: str, by: Any, now: datetime) -> None:
    """Take an item off somebody who has not sent scores for it; raises IllegalMove where they have, PanelNotOpen, OwnInterest."""
    item = db.session.get_one(Item, assignment.item_id)
    must_be_open(item.panel_id)
    must_be_impartial(item.subject, by)
    take_off(assignment, why=why, by=by, now=now)


def take_off(assignment: Assignment, *, why: str, by: Any, now: datetime) -> None:
    """The same without asking who does it and when: part of taking somebody off the panel."""
    item: Item = locked(Item, assignment.item_id)
    held: Assignment = locked(Assignment, assignment.id)
    advance(held, "release", by=by, now=now, why=why)
    settle(item, by=by, now=now)
    audit.record("assessment.released", on=item, by=by, now=now, why=why, after={"user": held.user_id})


def _must_be_able(item: Item, user: User) -> None:
    if panels.seat_of(item.panel_id, user.id) is None:
        raise NotOnPanel()
    if user.id in subjects.parties_of(item.subject):
        raise IsParty()
    if interests.has_interest(item.subject, user.id):
        raise HasInterest()
    if queries.assignment_on(item.id, user.id) is not None:
        raise AlreadyAsked()
    if queries.was_recused(item.id, user.id):
        raise WasRecused()
    if user.roles & set(READING) and queries.was_ever_in(item.id):
        raise HasSeenScores()


def _lacking(panel: Panel, assessors: set[int]) -> list[Open]:
    """The waiting items with fewer assessors than they need, and who may not be asked for each."""
    count = func.count(Assignment.id).filter(Assignment.status.not_in(ENDED))
    rows = db.session.execute(
        select(Item.id, Item.subject, count.label("given"))
        .outerjoin(Assignment, Assignment.item_id == Item.id)
        .where(Item.panel_id == panel.id, Item.status == "waiting")
        .group_by(Item.id)
        .having(count < panel.quorum)
    ).all()
    excluded = _excluded({row.id: row.subject for row in rows}, assessors)
    return [Open(row.id, panel.quorum - row.given, frozenset(excluded[row.id])) for row in rows]


def _excluded(items: dict[int, str], assessors: set[int]) -> dict[int, set[int]]:
    """Who may not be asked for an item: on it or once taken off it for an interest, interested, behind it, or no longer blind."""
    found: dict[int, set[int]] = {item: set() for item in items}
    on = select(Assignment.item_id, Assignment.user_id).where(
        Assignment.item_id.in_(items), Assignment.status != "released", Assignment.user_id.is_not(None)
    )
    for row in db.session.execute(on):
        found[row.item_id].add(row.user_id)
    declared = interests.interests_in(items.values())
    behind = {user: subjects.behind(user, items.values()) for user in assessors}
    readers = {
        user.id for user in db.session.scalars(select(User).where(User.id.in_(assessors))) if user.roles & set(READING)
    }
    once = queries.once_in(items)
    for item, subject in items.items():
        found[item] |= declared.get(subject, set()) | {user for user in assessors if subject in behind[user]}
        found[item] |= readers if item in once else set()
    return found

"""Panels: made by the package above, prepared, opened, closed; and who sits on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import User
from civic.assessment.actions import assigning
from civic.assessment.models import Assessor, Assignment, Criterion, Item, Panel
from civic.assessment.queries import panels as queries
from civic.assessment.queries.items import TO_DO
from civic.assessment.refusals import (
    CannotAssess,
    ChangedMeanwhile,
    CriteriaFixed,
    NotReady,
    PanelClosed,
    SitsAlready,
    WouldLackAssessors,
)
from civic.assessment.rules.choices import ASSESSING
from civic.assessment.rules.editions import edition
from civic.core import audit
from civic.core.db import db, locked
from civic.core.names import slug_of
from civic.core.states import advance

# What everybody relies on from the opening on.
FIXED = ("quorum", "scale", "gap", "publishes_scores")


@dataclass(frozen=True)
class CriterionPlan:
    """What a criterion is to be; `key` names the one that it replaces, and is made of the title where it is new."""

    title: str
    weight: int
    guidance: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


def make(
    owner: str,
    *,
    title: str,
    language: str,
    quorum: int = 2,
    scale: int = 5,
    gap: int = 20,
    by: Any | None,
    now: datetime,
) -> Panel:
    """A new panel for an owner ("round:3"), without criteria and assessors yet."""
    panel = Panel(
        owner=owner,
        title=title,
        language=language,
        quorum=quorum,
        scale=scale,
        gap=gap,
        created_by_id=getattr(by, "id", None),
        created_at=now,
    )
    db.session.add(panel)
    db.session.flush()
    audit.record("panel.made", on=panel, by=by, now=now, after={"owner": owner})
    return panel


def edition_of_settings(panel: Panel) -> str:
    """The mark of what a panel's settings are now."""
    return edition(panel.title, panel.due_at, *(getattr(panel, name) for name in FIXED))


def edition_of(criterion: Criterion | None) -> str:
    """The mark of what a criterion says now; of none, nothing."""
    if criterion is None:
        return ""
    return edition(criterion.title, criterion.guidance, criterion.weight, sorted(criterion.anchors.items()))


def tell(panel: Panel, facts: Mapping[str, Any], *, seen: str, by: Any, now: datetime) -> None:
    """Change a panel's settings; from its opening on its title and its day only. Raises CriteriaFixed, ChangedMeanwhile."""
    held = _hold(panel)
    if edition_of_settings(held) != seen:
        raise ChangedMeanwhile()
    changed = {name: value for name, value in facts.items() if getattr(held, name) != value}
    if held.status != "draft" and set(changed) & set(FIXED):
        raise CriteriaFixed()
    before = {name: _plain(getattr(held, name)) for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    if "scale" in changed:
        _let_go_of_anchors(held)
    if changed:
        after = {name: _plain(value) for name, value in changed.items()}
        audit.record("panel.told", on=held, by=by, now=now, before=before, after=after)


def set_criteria(panel: Panel, plans: list[CriterionPlan], *, by: Any, now: datetime) -> list[Criterion]:
    """Let these be a panel's criteria, in this order; raises CriteriaFixed once it is open."""
    held = _hold_draft(panel)
    there = {each.key: each for each in queries.criteria_of(held)}
    kept = {plan.key for plan in plans if plan.key}
    for key in there.keys() - kept:
        db.session.delete(there.pop(key))
    db.session.flush()
    for position, plan in enumerate(plans):
        key = plan.key or _free_key(plan.title, kept)
        kept.add(key)
        _write(there.get(key) or Criterion(panel_id=held.id, key=key), plan, position, held.scale)
    db.session.flush()
    made = queries.criteria_of(held)
    audit.record("panel.criteria", on=held, by=by, now=now, after={each.key: each.weight for each in made})
    return made


def put_criterion(panel: Panel, plan: CriterionPlan, *, seen: str, place: int, by: Any, now: datetime) -> None:
    """Add a criterion, or replace the one with its key, at this place (1 is the first); raises ChangedMeanwhile, CriteriaFixed."""
    held = _hold_draft(panel)
    there = {each.key: each for each in queries.criteria_of(held)}
    if edition_of(there.get(plan.key)) != seen:
        raise ChangedMeanwhile()
    others = [plan_of(each) for key, each in there.items() if key != plan.key]
    at = min(max(place - 1, 0), len(others))
    set_criteria(held, [*others[:at], plan, *others[at:]], by=by, now=now)


def remove_criterion(criterion: Criterion, *, by: Any, now: datetime) -> None:
    """Take a criterion away; raises CriteriaFixed once the panel is open."""
    panel = db.session.get_one(Panel, criterion.panel_id)
    rest = [plan_of(each) for each in queries.criteria_of(panel) if each.key != criterion.key]
    set_criteria(panel, rest, by=by, now=now)


def plan_of(criterion: Criterion) -> CriterionPlan:
    """A criterion as a plan that would change nothing."""
    return CriterionPlan(criterion.title, criterion.weight, criterion.guidance, criterion.anchors, criterion.key)


def gaps_of(panel: Panel) -> list[str]:
    """What a panel lacks before it can open: "criteria", "assessors"."""
    found = [] if queries.weights_of(panel) else ["criteria"]
    return found + ([] if len(queries.assessors_of(panel)) >= panel.quorum else ["assessors"])


def open(panel: Panel, *, by: Any, now: datetime) -> None:
    """Let assessors begin; its criteria are fixed from here on. Raises NotReady with what is missing, and IllegalMove."""
    held = _hold(panel)
    if gaps := gaps_of(held):
        raise NotReady(gaps)
    advance(held, "open", by=by, now=now)
    audit.record("panel.opened", on=held, by=by, now=now, after={"quorum": held.quorum, "scale": held.scale})


def close(panel: Panel, *, by: Any, now: datetime) -> None:
    """End it: nothing more is scored or agreed. What is not agreed by then has no agreed result."""
    held = _hold(panel)
    advance(held, "close", by=by, now=now)
    audit.record("panel.closed", on=held, by=by, now=now)


def reopen(panel: Panel, *, why: str, by: Any, now: datetime) -> None:
    """Open it again, with a reason that stays on record."""
    held = _hold(panel)
    advance(held, "reopen", by=by, now=now, why=why)
    audit.record("panel.reopened", on=held, by=by, now=now, why=why)


def seat(panel: Panel, user: User, *, by: Any, now: datetime) -> Assessor:
    """Give somebody a seat on the panel; raises CannotAssess, SitsAlready, PanelClosed."""
    held = _hold(panel)
    if held.status == "closed":
        raise PanelClosed()
    if not user.roles & set(ASSESSING) or not user.is_active:
        raise CannotAssess()
    if queries.seat_of(held.id, user.id) is not None:
        raise SitsAlready()
    made = Assessor(panel_id=held.id, user_id=user.id, added_by_id=by.id, added_at=now)
    db.session.add(made)
    audit.record("panel.seated", on=held, by=by, now=now, after={"user": user.id})
    return made


def unseat(assessor: Assessor, *, why: str, by: Any, now: datetime) -> None:
    """Take somebody off the panel: what they have not sent is free for others, what they sent stands. Raises WouldLackAssessors."""
    held = _hold(db.session.get_one(Panel, assessor.panel_id))
    there = queries.seat_of(held.id, assessor.user_id)
    if there is None:
        return
    if held.status == "open" and len(queries.assessors_of(held)) <= held.quorum:
        raise WouldLackAssessors()
    there.removed_at = now
    db.session.flush()
    theirs = (
        select(Assignment)
        .join(Item, Item.id == Assignment.item_id)
        .where(Item.panel_id == held.id, Assignment.user_id == there.user_id, Assignment.status.in_(TO_DO))
    )
    for assignment in db.session.scalars(theirs.order_by(Item.id)).all():
        assigning.take_off(assignment, why=why, by=by, now=now)
    audit.record("panel.unseated", on=held, by=by, now=now, why=why, after={"user": there.user_id})


def _hold(panel: Panel) -> Panel:
    held: Panel = locked(Panel, panel.id)
    return held


def _hold_draft(panel: Panel) -> Panel:
    held = _hold(panel)
    if held.status != "draft":
        raise CriteriaFixed()
    return held


def _write(criterion: Criterion, plan: CriterionPlan, position: int, scale: int) -> None:
    criterion.title, criterion.weight, criterion.guidance = plan.title, plan.weight, plan.guidance
    criterion.position = position
    criterion.anchors = {key: words for key, words in plan.anchors.items() if words and int(key) <= scale}
    db.session.add(criterion)


def _let_go_of_anchors(panel: Panel) -> None:
    """A shorter scale has no use for what its upper scores meant."""
    for each in queries.criteria_of(panel):
        each.anchors = {key: words for key, words in each.anchors.items() if int(key) <= panel.scale}
    db.session.flush()


def _free_key(title: str, taken: set[str]) -> str:
    wanted = slug_of(title, "criterion", 40)
    number, key = 2, wanted
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value

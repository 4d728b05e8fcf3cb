"""How far a panel is: how many items stand where, and who of the assessors is in. Never a score."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from civic.accounts.models import User
from civic.assessment.models import Assessor, Assignment, Item, Panel
from civic.assessment.queries.panels import NAME
from civic.assessment.rules.choices import ENDED
from civic.core.db import db


@dataclass(frozen=True)
class PersonStanding:
    """One assessor: how many items they were given, have sent, and sent late or are late with."""

    user_id: int
    name: str
    given: int
    sent: int
    late: int


@dataclass(frozen=True)
class Standing:
    """A panel at a glance."""

    people: tuple[PersonStanding, ...]
    waiting: int
    scored: int
    agreed: int
    withdrawn: int
    lacking: int  # waiting items with fewer assessors than the panel's quorum
    to_talk: int  # scored items whose assessors are too far apart

    @property
    def items(self) -> int:
        """Everything to be judged."""
        return self.waiting + self.scored + self.agreed


def standing(panel: Panel, now: datetime | None = None) -> Standing:
    """How far a panel is, in two statements; with `now`, those whose day has passed without scores count as late too."""
    active = (
        select(Assignment.item_id, func.count().label("n"))
        .where(Assignment.status.not_in(ENDED))
        .group_by(Assignment.item_id)
        .subquery()
    )
    count = func.count()
    counted = (
        select(
            *(count.filter(Item.status == status) for status in ("waiting", "scored", "agreed", "withdrawn")),
            count.filter(Item.status == "waiting", func.coalesce(active.c.n, 0) < panel.quorum),
            count.filter(Item.status == "scored", Item.spread_bps >= panel.gap * 100),
        )
        .select_from(Item)
        .outerjoin(active, active.c.item_id == Item.id)
        .where(Item.panel_id == panel.id)
    )
    return Standing(_people(panel, now), *db.session.execute(counted).one())  # type: ignore[call-arg]


def _people(panel: Panel, now: datetime | None) -> tuple[PersonStanding, ...]:
    """Who sits on the panel, and whoever left it and has sent something."""
    late = [Assignment.submitted_at > Panel.due_at]
    if now is not None and panel.is_late(now):
        late.append(Assignment.status != "submitted")
    given = (
        select(
            Assignment.user_id,
            func.count().label("given"),
            func.count().filter(Assignment.status == "submitted").label("sent"),
            func.count().filter(or_(*late)).label("late"),
        )
        .join(Item, Item.id == Assignment.item_id)
        .join(Panel, Panel.id == Item.panel_id)
        .where(Panel.id == panel.id, Item.status != "withdrawn", Assignment.status.not_in(ENDED))
        .group_by(Assignment.user_id)
        .subquery()
    )
    sitting = select(Assessor.user_id).where(Assessor.panel_id == panel.id, Assessor.removed_at.is_(None))
    columns = [func.coalesce(given.c[name], 0) for name in ("given", "sent", "late")]
    found = (
        select(User.id, NAME, *columns)
        .outerjoin(given, given.c.user_id == User.id)
        .where(or_(User.id.in_(sitting), given.c.given > 0))
    )
    return tuple(PersonStanding(*row) for row in db.session.execute(found.order_by(NAME, User.id)))

"""States: a table of moves on the model, one writer of `status`, one history row a move."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped

from civic.core.db import Model, db, id_column
from civic.core.errors import Conflict


class IllegalMove(Conflict):
    """The verb does not apply in the state the thing is in now."""

    sentence = _l("This can no longer be done: it has moved on since the page was opened.")


class StateChange(Model):
    """One move of one thing: from where, by which verb, to where, by whom, when and why."""

    __tablename__ = "state_change"
    id: Mapped[int] = id_column()
    thing: Mapped[str]
    thing_id: Mapped[str]
    before: Mapped[str]
    verb: Mapped[str]
    after: Mapped[str]
    # No foreign key: what was done stays on record when the account is erased; the number then leads nowhere.
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
    why: Mapped[str]
    __table_args__ = (Index("ix_state_change_thing", "thing", "thing_id", "id"),)


def can(row: Any, verb: str) -> bool:
    """Whether the verb applies in the row's present state."""
    return (row.status, verb) in row.TRANSITIONS


def advance(row: Any, verb: str, *, by: Any | None, now: datetime, why: str = "") -> None:
    """Move a row by a verb of its TRANSITIONS and record it; raises IllegalMove where the table knows no such move."""
    after = row.TRANSITIONS.get((row.status, verb))
    if after is None:
        raise IllegalMove()
    before, row.status = row.status, after
    db.session.flush()
    db.session.add(
        StateChange(
            thing=row.__tablename__,
            thing_id=str(row.id),
            before=before,
            verb=verb,
            after=after,
            actor_id=getattr(by, "id", None),
            at=now,
            why=why,
        )
    )


def history(row: Any) -> list[StateChange]:
    """Every move of a row, oldest first."""
    mine = select(StateChange).where(StateChange.thing == row.__tablename__, StateChange.thing_id == str(row.id))
    return list(db.session.scalars(mine.order_by(StateChange.id)))

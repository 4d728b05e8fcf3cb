"""States: a table of moves on the model, one writer of `status`, one history row a move."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, DateTime, Index, Text, cast, insert, literal, select, update
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


def advance_all(model: Any, verb: str, *, where: Any, by: Any | None, now: datetime, why: str = "") -> list[int]:
    """Move every row that `where` finds and to whose state the verb applies, in one statement a state; the ids that moved.

    For thousands of rows at once (a campaign's pledges at its close). Rows already loaded in the session are not refreshed.
    """
    moved: list[int] = []
    db.session.flush()
    for (before, known), after in model.TRANSITIONS.items():
        if known != verb:
            continue
        change = update(model).where(where, model.status == before).values(status=after)
        done = change.returning(model.id).execution_options(synchronize_session=False).cte("moved")
        log = insert(StateChange).from_select(
            ["thing", "thing_id", "before", "verb", "after", "actor_id", "at", "why"],
            select(
                literal(model.__tablename__),
                cast(done.c.id, Text),
                literal(before),
                literal(verb),
                literal(after),
                literal(getattr(by, "id", None), BigInteger),
                literal(now, DateTime(timezone=True)),
                literal(why),
            ),
        )
        ids = db.session.scalars(log.add_cte(done).returning(StateChange.thing_id))
        moved += [int(each) for each in ids]
    return moved

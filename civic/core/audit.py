"""The audit log: who did what to what, when, why, before → after; each row seals the one before it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import DDL, Index, event, select, text
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction

from civic.core.db import Model, db, id_column, stream

# One lock for the chain: two acts at once are sealed one after the other.
CHAIN_LOCK = 7_201_801_401
START = "0" * 64


class AuditEntry(Model):
    """One sensitive act, sealed with the hash of the entry before it; holds numbers of people and never their names."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = id_column()
    at: Mapped[datetime]
    # No foreign key: the chain outlives an erased account.
    actor_id: Mapped[int | None]
    verb: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[str]
    why: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    seal: Mapped[str]
    __table_args__ = (
        Index("ix_audit_entry_thing", "thing", "thing_id", "id"),
        Index("ix_audit_entry_actor", "actor_id", "id"),
    )


# PostgreSQL itself refuses to rewrite history.
event.listen(
    AuditEntry.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""),
)


def record(
    verb: str,
    *,
    on: Any,
    by: Any | None,
    now: datetime,
    why: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Let an act stand in the log once its transaction commits; `on` is the row it was done to, or a (kind, key) pair.

    It is written and sealed at the very end: the chain is one lock for everybody, and whoever waits for it in the middle of an
    act, or holds it there, could wait for somebody else in a circle.
    """
    session = db.session
    if not session.in_transaction():
        session.begin()  # or a rollback would not know that there is something to forget
    session.flush()
    thing, key = on if isinstance(on, tuple) else (on.__tablename__, on.id)
    entry = AuditEntry(
        at=now,
        actor_id=getattr(by, "id", None),
        verb=verb,
        thing=thing,
        thing_id=str(key),
        why=why,
        before=before,
        after=after,
    )
    session.info.setdefault(WAITING, []).append(entry)
    return entry


WAITING = "audit"
"""Under this name a session keeps what is to be written when it commits."""


def _write(session: Session) -> None:
    """Seal what waits, each by the entry before it."""
    waiting: list[AuditEntry] = session.info.get(WAITING, [])
    if not waiting:
        return
    session.info[WAITING] = []
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = session.scalar(select(AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)) or START
    for entry in waiting:
        entry.seal = last = sealed(last, entry)
        session.add(entry)
        session.flush()


@event.listens_for(Session, "before_commit")
def _write_at_the_end(session: Session) -> None:
    if not session.in_nested_transaction():
        _write(session)


@event.listens_for(Session, "do_orm_execute")
def _write_before_reading(asked: ORMExecuteState) -> None:
    """Whoever reads the log in the middle of an act finds what stands in it so far."""
    waits = asked.session.info.get(WAITING)
    if waits and asked.is_select and any(mapper.class_ is AuditEntry for mapper in asked.all_mappers):
        _write(asked.session)


_marks: WeakKeyDictionary[SessionTransaction, int] = WeakKeyDictionary()
"""How much waited when each savepoint began."""


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        _marks[transaction] = len(session.info.get(WAITING, []))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was undone is not told."""
    del session.info.setdefault(WAITING, [])[_marks.get(transaction, 0) :]


def sealed(previous: str, entry: AuditEntry) -> str:
    """The seal of an entry: SHA-256 of the previous seal and every field."""
    told = [
        previous,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.verb,
        entry.thing,
        entry.thing_id,
        entry.why,
        entry.before,
        entry.after,
    ]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_seals() -> Iterator[str]:
    """A sentence for the first entry that does not follow from the one before it; nothing when the chain is whole."""
    previous = START
    for (entry,) in stream(select(AuditEntry).order_by(AuditEntry.id)):
        if entry.seal != sealed(previous, entry):
            yield f"audit entry {entry.id} does not follow from the one before it"
            return
        previous = entry.seal

"""The audit log: who did what to what, when, why, before → after; each row seals the one before it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import DDL, Index, event, select, text
from sqlalchemy.orm import Mapped

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
    """Write an act into the log; `on` is the row it was done to, or a (kind, key) pair."""
    session = db.session
    session.flush()
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = session.scalar(select(AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1))
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
    entry.seal = sealed(last or START, entry)
    session.add(entry)
    session.flush()
    return entry


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

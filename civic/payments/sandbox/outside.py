"""The outside world, played: every look and every act has a connection of its own, so that nothing of ours can undo it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from flask import g, has_app_context
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from civic.core.db import Model, db
from civic.payments.provider import Bug
from civic.payments.sandbox.models import SandboxDue, SandboxEntry, SandboxEvent

Connect = Callable[[], AbstractContextManager[Connection]]
Row = TypeVar("Row", bound=Model)


@contextmanager
def apart() -> Iterator[Connection]:
    """A connection and a transaction of its own; a savepoint where a test holds everything on one connection."""
    bind = db.sessionmaker.kw.get("bind")
    if isinstance(bind, Connection):
        # There our own session holds an older savepoint, whose end must not undo what the world outside did.
        if (ours := _our_session()) is not None:
            ours.commit()
        with bind.begin_nested():
            yield bind
    else:
        with db.engine.begin() as connection:
            yield connection


class Outside:
    """Where the sandbox's tables are read and written; kept when the block ends well, lost as a whole otherwise."""

    def __init__(self, connect: Connect = apart):
        self._connect = connect

    @contextmanager
    def open(self) -> Iterator[Session]:
        """A session on a connection apart; asserts that none of our own transactions waits meanwhile."""
        assert not _in_our_transaction(), "a provider is never called inside a transaction"
        with self._connect() as connection, Session(connection, expire_on_commit=False) as session:
            yield session
            session.commit()


def _in_our_transaction() -> bool:
    ours = _our_session()
    return ours is not None and bool(ours.info.get("in_transaction"))


def _our_session() -> Session | None:
    """The session of this request or job, if it has one."""
    return g.get("_sqlalchemy_sessions", {}).get("default") if has_app_context() else None


def new_id(prefix: str) -> str:
    """A name for a new thing at the provider: "pi_5c0f…"."""
    return f"{prefix}_sandbox_{secrets.token_hex(10)}"


def found(session: Session, model: type[Row], key: str | None, *, lock: bool = False) -> Row:
    """The row with this name, locked where asked; raises Bug where there is none."""
    row = session.get(model, key, with_for_update=lock or None, populate_existing=lock) if key else None
    if row is None:
        raise Bug(f"no such {model.__tablename__.removeprefix('sandbox_')}")
    return row


def happened(
    session: Session, kind: str, object_id: str, *, now: datetime, connect: bool = False, **facts: str | None
) -> None:
    """Something happened at the provider; it will be told."""
    told = {name: value for name, value in facts.items() if value}
    session.add(
        SandboxEvent(
            name=new_id("evt"),
            kind=kind,
            object_id=object_id,
            connect=connect,
            facts=told,
            created_at=now,
            next_attempt_at=now,
        )
    )


def later(session: Session, verb: str, object_id: str, *, at: datetime) -> None:
    """Something will happen by itself."""
    session.add(SandboxDue(at=at, verb=verb, object_id=object_id))


def book(
    session: Session,
    kind: str,
    source_id: str,
    amount: int,
    *,
    now: datetime,
    fee: int = 0,
    available_in: timedelta = timedelta(0),
) -> None:
    """Write one line into our account at the provider, in pence; it may be used after `available_in`."""
    session.add(
        SandboxEntry(
            id=new_id("txn"),
            kind=kind,
            source_id=source_id,
            amount_minor=amount,
            fee_minor=fee,
            net_minor=amount - fee,
            created_at=now,
            available_at=now + available_in,
        )
    )


def balance(session: Session, now: datetime) -> tuple[int, int]:
    """What lies at the provider in pence: (may be used now, all of it)."""
    net = SandboxEntry.net_minor
    usable = func.coalesce(func.sum(net).filter(SandboxEntry.available_at <= now), 0)
    row = session.execute(select(usable, func.coalesce(func.sum(net), 0))).one()
    return int(row[0]), int(row[1])

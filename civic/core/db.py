"""The database: one PostgreSQL, one session a request, one visible transaction an act."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from inspect import iscoroutinefunction
from typing import Any

from flask import current_app, g, request
from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Engine, Identity, MetaData, Select, Text, event, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

# Names follow one pattern so that a violated constraint can be turned into words at its field (errors.py).
NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Model(DeclarativeBase):
    """A table's row; text is unbounded, times carry their zone, structures are JSONB."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: Text(),
        int: BigInteger(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),
        dict[str, str]: JSONB(),
        list[str]: JSONB(),
        list[Any]: JSONB(),
    }


class Database(SQLAlchemy):
    """Sessions of this house: none is asynchronous, so no request starts a thread to close asynchronous ones."""

    def init_app(self, app: App) -> None:
        """Give the application its engine and sessions."""
        super().init_app(app)
        # The extension closes asynchronous sessions after every request, which took more time than the request's own SQL.
        app.teardown_appcontext_funcs = [
            each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)
        ]
        app.before_request(self._only_read)

    def get_session(self, name: str = "default") -> Session:
        """This request's session; one that only reads where the request only asks."""
        sessions: dict[str, Session] = g.setdefault("_sqlalchemy_sessions", {})
        if name not in sessions and g.get("only_reads") and isinstance(self.sessionmaker.kw.get("bind"), Engine):
            sessions[name] = self.sessionmaker(bind=self._reading(), info={"only_reads": True})
        return super().get_session(name)

    def _reading(self) -> Engine:
        """The engine as requests that only read use it, made once."""
        if "reading_engine" not in current_app.extensions:
            current_app.extensions["reading_engine"] = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        reading: Engine = current_app.extensions["reading_engine"]
        return reading

    def _only_read(self) -> None:
        """GET never writes, so it needs no transaction: no BEGIN and no ROLLBACK are sent, and a flush is a mistake of ours."""
        g.only_reads = request.method in ("GET", "HEAD", "OPTIONS")


# A generic plan on a hot table was 40 times slower than a fresh one (docs/performance): never prepare on the server.
# What people told us stands in the parameters of statements, and must not reach a log by way of an error.
db = Database(
    engine_options={"pool_pre_ping": False, "hide_parameters": True, "connect_args": {"prepare_threshold": None}},
    session_options={"expire_on_commit": False},
)


@event.listens_for(Session, "before_flush")
def _refuse_to_write(session: Session, context: Any, instances: Any) -> None:
    assert not session.info.get("only_reads"), "GET never writes"


def id_column() -> Mapped[int]:
    """A primary key from an identity column: numbers come from PostgreSQL only."""
    return mapped_column(BigInteger, Identity(), primary_key=True)


@contextmanager
def transaction() -> Iterator[None]:
    """What happens inside is kept as a whole or lost as a whole; stands at the edges only and cannot be nested."""
    session = db.session
    assert not session.info.get("only_reads"), "GET never writes"
    assert not session.info.get("in_transaction"), "a transaction inside a transaction: the outer edge owns it"
    session.info["in_transaction"] = True
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["in_transaction"] = False


def stream(query: Select[*tuple[Any, ...]], stretch: int = 1000) -> Iterator[Any]:
    """The rows of a long list, `stretch` at a time, without ever holding them all.

    A cursor lives in a transaction: this one's where there is one, or one of its own in a request that only reads; then
    the rows may still be fetched when the request itself is over, as an answer that is sent bit by bit needs.
    """
    session = db.session
    ours = session.info.get("only_reads")
    return _fetched(db.sessionmaker() if ours else nullcontext(session), query, stretch)


def _fetched(opened: AbstractContextManager[Session], query: Select[*tuple[Any, ...]], stretch: int) -> Iterator[Any]:
    with opened as reading:
        yield from reading.execute(query, execution_options={"yield_per": stretch})


def locked(model: type, key: Any) -> Any:
    """The row with this primary key, locked until the transaction ends and read afresh; None when there is none."""
    found: Any = select(model).where(model.id == key).with_for_update()  # type: ignore[attr-defined]
    found = found.execution_options(populate_existing=True)
    return db.session.scalars(found).one_or_none()

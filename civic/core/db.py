"""The database: one PostgreSQL, one session a request, one visible transaction an act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from inspect import iscoroutinefunction
from typing import Any

from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Identity, MetaData, Text, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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
        app.teardown_appcontext_funcs = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]


# A generic plan on a hot table was 40 times slower than a fresh one (docs/performance): never prepare on the server.
db = Database(
    engine_options={"pool_pre_ping": False, "connect_args": {"prepare_threshold": None}},
    session_options={"expire_on_commit": False},
)


def id_column() -> Mapped[int]:
    """A primary key from an identity column: numbers come from PostgreSQL only."""
    return mapped_column(BigInteger, Identity(), primary_key=True)


@contextmanager
def transaction() -> Iterator[None]:
    """What happens inside is kept as a whole or lost as a whole; stands at the edges only and cannot be nested."""
    session = db.session
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


def locked(model: type, key: Any) -> Any:
    """The row with this primary key, locked until the transaction ends and read afresh; None when there is none."""
    found: Any = select(model).where(model.id == key).with_for_update()  # type: ignore[attr-defined]
    found = found.execution_options(populate_existing=True)
    return db.session.scalars(found).one_or_none()

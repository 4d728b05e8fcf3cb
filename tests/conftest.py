"""What every test stands on: a real PostgreSQL, one database a worker, a savepoint a test, and pages that are always checked."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from unittest import mock

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings

from civic.app import create_app
from civic.core import jobs
from civic.core.db import Model, db
from civic.core.embedded import as_psycopg, server_url
from civic.core.mail import OutgoingMessage
from civic.core.security import limiter
from tests.make import Make
from tests.support import letters

ROOT = Path(__file__).parent.parent
ENVIRON = {
    "ENVIRONMENT": "test",
    "SECRET_KEY": "not a secret, and long enough for a test",
    "PSEUDO_LANGUAGE": "yes",
    # Work on a sentence does not wait for its translation; what is missing is for tests/house/test_words.py to say.
    "LANGUAGE_COMPLETENESS": "0",
    "LOG_LEVEL": "CRITICAL",
    "BASE_URL": "http://localhost",
    # A savepoint has one connection, so charges run one after the other, and nobody waits for a bucket.
    "CHARGE_THREADS": "1",
    "CHARGE_RATE": "1000",
    # Members are made a moment before they post; tests of what new accounts may do set it.
    "NEWCOMER_DAYS": "0",
}
# How quick a machine is says nothing about what is true: generated cases are never failed for being slow.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def server() -> str:
    """The address of a PostgreSQL for tests: TEST_DATABASE_URL, or the embedded one with its promises to the disk relaxed."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return as_psycopg(given)
    address = server_url(ROOT / "instance" / "test-postgres")
    with _autocommit(address) as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(42)"))
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(sa.text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
        connection.execute(sa.text("SELECT pg_advisory_unlock(42)"))
    return address


@pytest.fixture(scope="session")
def database_url(server: str) -> Iterator[str]:
    """A database of this worker's own, copied from a template that went through every migration."""
    template = f"civic_template_{_schema_key()}"
    mine = f"civic_test_{os.getpid()}"
    with _autocommit(server) as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(43)"))
        try:
            if not connection.scalar(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": template}):
                connection.execute(sa.text("DROP DATABASE IF EXISTS civic_template_new"))
                connection.execute(sa.text("CREATE DATABASE civic_template_new"))
                _migrate(_in(server, "civic_template_new"))
                connection.execute(sa.text(f"ALTER DATABASE civic_template_new RENAME TO {template}"))
            connection.execute(sa.text(f"CREATE DATABASE {mine} TEMPLATE {template}"))
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(43)"))
    yield _in(server, mine)
    with _autocommit(server) as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {mine} WITH (FORCE)"))


@pytest.fixture(scope="session")
def app(database_url: str) -> Flask:
    """The application on this worker's database."""
    app = create_app(ENVIRON | {"DATABASE_URL": database_url}, TESTING=True, RATELIMIT_ENABLED=True)
    limiter.enabled = False
    letters.watch()
    return app


@pytest.fixture
def isolated(app: Flask) -> Iterator[Flask]:
    """One test's own transaction, undone when the test ends, whatever it committed."""
    with app.app_context(), db.engine.connect() as connection, as_at_the_start(app):
        undo = connection.begin()
        on_it = {"bind": connection, "binds": {}, "join_transaction_mode": "create_savepoint"}
        with mock.patch.dict(db.sessionmaker.kw, on_it):
            yield app
            db.session.close()
        undo.rollback()


@pytest.fixture
def shared(app: Flask) -> Iterator[Flask]:
    """A database that other threads see: everything is really committed, and emptied afterwards."""
    with app.app_context(), as_at_the_start(app):
        yield app
        db.session.rollback()
        empty_database()


@contextmanager
def as_at_the_start(app: Flask) -> Iterator[None]:
    """Jobs run in this application, whatever others a test has made; no test leaves its payment provider or drawn pages to the next."""
    jobs.bind(app)
    yield
    for name in ("payments", "payments_pace", "kept_pages", "kept_of_threads"):
        app.extensions.pop(name, None)
    app.extensions["civic"].moderated.pop("remark", None)  # the kind that only tests know


def empty_database() -> None:
    """Remove every row of every table of ours and of the queue."""
    names = ", ".join(f'"{table.name}"' for table in Model.metadata.sorted_tables)
    with db.engine.begin() as connection:
        connection.execute(sa.text(f"TRUNCATE {names}, procrastinate_jobs RESTART IDENTITY CASCADE"))


@pytest.fixture
def db_session(isolated: Flask) -> sa.orm.Session:
    """The test's session, on its savepoint."""
    return db.session


@pytest.fixture
def in_request(isolated: Flask) -> Iterator[Flask]:
    """The savepoint, and a request context in English for what needs one (mail, links, languages)."""
    with isolated.test_request_context("/en/"):
        isolated.preprocess_request()
        yield isolated


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen: Monday 23 November 2026, noon in London."""
    return NOW


@pytest.fixture
def make(request: pytest.FixtureRequest) -> Make:
    """Typed builders with honest defaults; they run on the savepoint unless the test asked for `shared`."""
    if "shared" not in request.fixturenames:
        request.getfixturevalue("isolated")
    return Make(NOW)


@pytest.fixture
def client(request: pytest.FixtureRequest, app: Flask):
    """A browser without a face: every page it gets is checked."""
    if "shared" not in request.fixturenames:
        request.getfixturevalue("isolated")
    from tests.support.client import PageClient

    return PageClient(app)


@pytest.fixture
def outbox(request: pytest.FixtureRequest) -> Callable[[], list[OutgoingMessage]]:
    """Every message queued so far, oldest first."""
    return lambda: list(db.session.scalars(sa.select(OutgoingMessage).order_by(OutgoingMessage.id)))


@pytest.fixture
def rate_limits(app: Flask) -> Iterator[None]:
    """Limits switched on for one test, counted from nothing."""
    limiter.enabled = True
    with app.app_context():
        limiter.reset()
    yield
    limiter.enabled = False


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Do the waiting jobs in this process, in order, on this test's connection; tells how many were done."""

    def run() -> int:
        done = 0
        while row := db.session.execute(
            sa.text("SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id LIMIT 1")
        ).first():
            db.session.execute(sa.text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": row.id})
            db.session.commit()
            arguments = json.loads(row.args) if isinstance(row.args, str) else row.args
            jobs.queue.tasks[row.task_name].func(**arguments)
            done += 1
        return done

    return run


def _schema_key() -> str:
    sources = sorted(
        [
            *ROOT.glob("civic/**/models*.py"),
            *ROOT.glob("civic/**/models/*.py"),
            *ROOT.glob("civic/core/*.py"),
            *ROOT.glob("civic/migrations/versions/*.py"),
        ]
    )
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def _migrate(address: str) -> None:
    app = create_app(ENVIRON | {"DATABASE_URL": address}, TESTING=True)
    with app.app_context():
        app.extensions["migrations"].upgrade()
        db.engine.dispose()
    db._app_state.pop(app)  # or test_isolation() would open this database for ever


def _in(server: str, database: str) -> str:
    return sa.make_url(server).set(database=database).render_as_string(hide_password=False)


def _autocommit(address: str) -> sa.Connection:
    return sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect()

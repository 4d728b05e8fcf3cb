"""A database of the benchmark's own: the demo, a survey to answer, and two with 10,000 and 1,000,000 responses; dropped at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter

import sqlalchemy as sa
from flask import Flask

from benchmarks import campaign_data, floor
from benchmarks.questionnaire import replies, twenty_questions
from benchmarks.servers import ROOT
from civic.app import create_app
from civic.core import clock
from civic.core.db import Model, db, transaction
from civic.core.embedded import as_psycopg, server_url
from civic.surveys.actions import building, launching
from civic.surveys.actions.bulk import bulk_respond

CHUNK, PATIENCE = 50_000, 150
"""So many responses at a time, until there are all or so many seconds have passed."""
SMALL, LARGE = 10_000, int(os.environ.get("BENCH_RESPONSES", "1000000"))
OPEN_SLUG, SMALL_SLUG, LARGE_SLUG = "benchmark-open", "benchmark-small", "benchmark-large"


@contextmanager
def database() -> Iterator[str]:
    """The address of a fresh database on an embedded server of its own, or on that of BENCH_DATABASE_URL."""
    given = os.environ.get("BENCH_DATABASE_URL")
    server = as_psycopg(given) if given else server_url(ROOT / "instance" / "bench-postgres")
    name = f"civic_bench_{os.getpid()}"
    with _autocommit(server) as connection:
        for left in _left_behind(connection):
            connection.execute(sa.text(f"DROP DATABASE IF EXISTS {left} WITH (FORCE)"))
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with _autocommit(server) as connection:
            connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


def tables_only(address: str, say: Callable[[str], None]) -> Flask:
    """Tables, the floor's own and campaigns with pledges, for measuring those alone."""
    app = _app(address)
    with app.app_context():
        _tables(app)
        campaign_data.fill(say)
        _settle_down()
    return app


def tables_for(address: str, fill_them: Callable[[], None]) -> Flask:
    """Tables, the floor's own and whatever `fill_them` puts into them, for measuring that alone."""
    app = _app(address)
    with app.app_context():
        _tables(app)
        fill_them()
        _settle_down()
    return app


def fill(address: str, say: Callable[[str], None]) -> tuple[Flask, int]:
    """Tables, demo and responses; gives the application that made them and how many responses the large survey got."""
    app = _app(address)
    with app.app_context():
        _tables(app)
        _demo(say)
        _survey(OPEN_SLUG, "A survey to answer", 0, say)
        _survey(SMALL_SLUG, "A small survey", SMALL, say)
        large = _survey(LARGE_SLUG, "A large survey", LARGE, say)
        campaign_data.fill(say)
        _settle_down()
    return app, large


def let_go(app: Flask) -> None:
    """Close the connections of the application that filled the database."""
    with app.app_context():
        db.engine.dispose()


def _app(address: str) -> Flask:
    environ = {"DATABASE_URL": address, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL"}
    return create_app(environ, RATELIMIT_ENABLED=False)


def _settle_down() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in (*floor.TABLE, "vacuum analyze", "checkpoint"):
            connection.execute(sa.text(statement))
    db.session.close()


def _tables(app: Flask) -> None:
    if app.extensions["schema_head"]:
        app.extensions["migrations"].upgrade()
        return
    import procrastinate.schema

    with db.engine.begin() as connection:
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(sa.text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
        connection.connection.driver_connection.execute(procrastinate.schema.SchemaManager.get_schema())  # type: ignore[union-attr]
        Model.metadata.create_all(connection)


def _demo(say: Callable[[str], None]) -> None:
    from civic.seeds import plant

    start = perf_counter()
    for _line in plant(1):
        pass
    say(f"demo data: {perf_counter() - start:.1f} s")


def _survey(slug: str, title: str, number: int, say: Callable[[str], None]) -> int:
    """A survey with so many responses: open where there are none, else closed with published results."""
    now, questionnaire = clock.now(), twenty_questions()
    began, ends = now - timedelta(days=30), now + timedelta(days=30)
    start, made = perf_counter(), 0
    with transaction():
        beginning = building.Beginning(
            {"en": title}, slug, questionnaire, {"en": "For measuring."}, {"en": "For measuring."}
        )
        survey = building.create_survey(
            beginning, by=None, now=began, opens_at=began, closes_at=ends, one_answer_each=False
        )
        version = launching.launch(survey, by=None, now=began)
        if number:
            some = replies(questionnaire, number, clock.london_today(now))
            while made < number and perf_counter() - start < PATIENCE:
                made += bulk_respond(survey, version, islice(some, CHUNK), check=False)
            launching.close(survey, by=None, now=now, why="Enough answers to measure.")
            launching.publish_results(survey, [section.key for section in questionnaire.sections], by=None, now=now)
    if number:
        say(f"{made:,} responses by bulk_respond: {perf_counter() - start:.1f} s")
    return made


def _left_behind(connection: sa.Connection) -> list[str]:
    """Databases of runs on this machine that were cut off."""
    names = connection.scalars(sa.text("select datname from pg_database where datname ~ '^civic_bench_[0-9]+$'"))
    return (
        [name for name in names if not Path("/proc", name.rpartition("_")[2]).exists()]
        if Path("/proc/self").exists()
        else []
    )


def _autocommit(address: str) -> sa.Connection:
    return sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect()

"""Migrations: up, exactly what the models say (tables, constraints, indexes, triggers, functions), and down to nothing."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from civic.app import create_app
from civic.core.db import Model, db
from tests.conftest import ENVIRON, _autocommit, _in

# What PostgreSQL itself says of everything of ours; the queue's own tables and functions are the library's.
CATALOGUE = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
                  FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                      WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n' ORDER BY 1, 2""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    "triggers": """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2""",
    "functions": """SELECT 'function', proname, regexp_replace(prosrc, '\\s+', ' ', 'g') FROM pg_proc
                    WHERE pronamespace = 'public'::regnamespace
                      AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql') ORDER BY 2""",
}


@pytest.fixture
def two_databases(server: str) -> Iterator[tuple[str, str]]:
    names = ("civic_by_models", "civic_by_migrations")
    with _autocommit(server) as connection:
        for name in names:
            connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield tuple(_in(server, name) for name in names)
    with _autocommit(server) as connection:
        for name in names:
            connection.execute(sa.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


def _catalogue(address: str) -> dict[str, set[tuple]]:
    with _autocommit(address) as connection:
        found = {kind: {tuple(row) for row in connection.execute(sa.text(query))} for kind, query in CATALOGUE.items()}
    strange = ("procrastinate", "alembic_version")
    return {
        kind: {row for row in rows if not any(str(part).startswith(strange) for part in row[:2])}
        for kind, rows in found.items()
    }


def test_migrations_build_exactly_what_the_models_say_and_leave_nothing_behind(two_databases):
    by_models, by_migrations = two_databases
    empty = _catalogue(by_migrations)
    app = create_app(ENVIRON | {"DATABASE_URL": by_models}, TESTING=True)
    with app.app_context():
        with db.engine.begin() as connection:
            for extension in ("unaccent", "pg_trgm", "btree_gist"):
                connection.execute(sa.text(f"CREATE EXTENSION {extension}"))
            Model.metadata.create_all(connection)
        db.engine.dispose()
    app = create_app(ENVIRON | {"DATABASE_URL": by_migrations}, TESTING=True)
    with app.app_context():
        app.extensions["migrations"].upgrade()
        wanted, found = _catalogue(by_models), _catalogue(by_migrations)
        for kind in CATALOGUE:
            assert sorted(wanted[kind] - found[kind]) == [], f"{kind} that the models have and no migration makes"
            assert sorted(found[kind] - wanted[kind]) == [], f"{kind} that a migration makes and the models do not know"
        app.extensions["migrations"].downgrade("base")
        db.engine.dispose()
    assert _catalogue(by_migrations) == empty

"""Comments that were hidden before there was a desk for it are removed there, with who hid them and why; and back again."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from civic.app import create_app
from civic.core.db import db
from tests.conftest import ENVIRON, _autocommit, _in

NAME = "civic_hidden_comments"
BEFORE = (
    "insert into account_user (email, status, language, created_at, connections, preferences) "
    "values ('a@example.org', 'active', 'en', now(), '[]', '{}'), ('m@example.org', 'active', 'en', now(), '[]', '{}')",
    "set session_replication_role = replica",  # a campaign alone, without all that it stands on
    "insert into campaign_comment (campaign_id, position, author_id, text, language, is_organiser, at, hidden_at, hidden_by_id, "
    "hidden_why) "
    "values (7, 1, 1, 'Rude', 'pl', false, now(), now(), 2, 'It insults.'), (7, 2, 1, 'Fine', 'en', false, now(), null, null, '')",
)


@pytest.fixture
def address(server: str) -> Iterator[str]:
    """A database of its own."""
    with _autocommit(server) as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"))
        connection.execute(sa.text(f"CREATE DATABASE {NAME}"))
    yield _in(server, NAME)
    with _autocommit(server) as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"))


def test_what_was_hidden_is_a_removal_with_its_reason(address):
    app = create_app(ENVIRON | {"DATABASE_URL": address}, TESTING=True)
    with app.app_context():
        migrations = app.extensions["migrations"]
        migrations.upgrade("0008")
        with _autocommit(address) as connection:
            for statement in BEFORE:
                connection.execute(sa.text(statement))
        migrations.upgrade("0009")
        with _autocommit(address) as connection:
            rows = connection.execute(
                sa.text(
                    "select thing, status, place, author_id, verb, rule, words, by_id from moderation_case "
                    "join moderation_decision on case_id = moderation_case.id"
                )
            ).all()
            shown = connection.execute(sa.text("select shown, broke from campaign_comment order by position")).all()
        assert rows == [("campaign_comment:1", "removed", "campaign:7", 1, "remove", "other", "It insults.", 2)]
        assert shown == [("removed", "other"), ("shown", "")]
        migrations.downgrade("0008")
        with _autocommit(address) as connection:
            hidden = connection.execute(
                sa.text(
                    "select hidden_at is not null, hidden_by_id, hidden_why from campaign_comment order by position"
                )
            ).all()
        assert hidden == [(True, 2, "It insults."), (False, None, "")]
        db.engine.dispose()
        db._app_state.pop(app)

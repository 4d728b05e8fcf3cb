"""The commands that make the first people, and what the manifest promises about the database."""

import pytest
import sqlalchemy as sa

from civic.accounts.actions import sessions
from civic.accounts.manifest import manifest
from civic.accounts.queries import people
from civic.core.audit import AuditEntry
from civic.core.db import Model, db
from tests.accounts.helpers import NEW


@pytest.fixture
def command(isolated):
    """Run a `flask civic …` command."""
    runner = isolated.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=["civic", *words], **options)


def test_the_first_administrator_is_made_from_the_command_line(command):
    done = command(
        "create-user",
        "Root@Example.org",
        "--name",
        "Ada Boss",
        "--role",
        "administrator",
        "--password-stdin",
        input=NEW + "\n",
    )
    assert done.exit_code == 0, done.output
    user = sessions.by_password("root@example.org", NEW)
    assert (user.display_name, user.roles, user.email_confirmed_at is not None) == ("Ada Boss", {"administrator"}, True)
    assert db.session.scalars(sa.select(AuditEntry.verb).order_by(AuditEntry.id)).all() == [
        "account.created",
        "role.granted",
    ]


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("create-user", "nonsense", "--name", "Ada"), NEW, "not an email address"),
        (("create-user", "a@example.org", "--name", "Ada"), "short", "12 characters"),
        (("create-user", "a@example.org", "--name", "Ad<a>"), NEW, "Use letters"),
        (("create-user", "a@example.org", "--name", "A", "--role", "king"), NEW, "king"),
        (("grant-role", "nobody@example.org", "moderator", "--why", "x"), "", "no account"),
        (("grant-role", "nobody@example.org", "moderator"), "", "--why"),
    ],
)
def test_a_wrong_command_says_why_and_changes_nothing(command, words, typed, said):
    more = ("--password-stdin",) if words[0] == "create-user" else ()
    done = command(*words, *more, input=typed + "\n")
    assert done.exit_code != 0
    assert said in done.output
    assert people.user_by_email("a@example.org") is None


def test_roles_are_given_and_taken_from_the_command_line(command, make):
    make.administrator()
    make.member(email="mo@example.org")
    db.session.commit()
    assert command("grant-role", "mo@example.org", "moderator", "--why", "Joins.").exit_code == 0
    assert people.user_by_email("mo@example.org").roles == {"moderator"}
    again = command("grant-role", "mo@example.org", "moderator", "--why", "Joins.")
    assert (again.exit_code, "has that role already" in again.output) == (1, True)
    assert command("revoke-role", "mo@example.org", "moderator", "--why", "Leaves.").exit_code == 0
    db.session.expire_all()
    assert people.user_by_email("mo@example.org").roles == frozenset()


def test_every_constraint_that_has_words_exists():
    tables = Model.metadata.tables.values()
    names = {str(each.name) for table in tables for each in (*table.constraints, *table.indexes) if each.name}
    rendered = {name % {} if "%" not in name else name for name in names}
    from sqlalchemy.dialects import postgresql

    ddl = " ".join(str(sa.schema.CreateTable(table).compile(dialect=postgresql.dialect())) for table in tables)
    for name in manifest.constraints:
        assert name in ddl or name in rendered, name

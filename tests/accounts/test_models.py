"""What is true of one row: every move of an account and an organisation, and what the database itself refuses."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from civic.accounts.models import Organisation, RoleGrant, User
from civic.accounts.rules.choices import ROLES
from civic.core.db import db
from civic.core.states import IllegalMove, advance, history


def walk(row, statuses, verbs, now):
    """Try every verb in every state; only the table's moves may happen, each with one line of history."""
    happened = 0
    for status in statuses:
        for verb in verbs:
            row.status = status
            wanted = row.TRANSITIONS.get((status, verb))
            if wanted is None:
                with pytest.raises(IllegalMove):
                    advance(row, verb, by=None, now=now)
                assert row.status == status
            else:
                advance(row, verb, by=None, now=now, why="because")
                happened += 1
                assert row.status == wanted
    return happened


def test_an_account_moves_as_its_table_says(make, now):
    user = make.member()
    done = walk(user, ("active", "suspended"), ("suspend", "lift", "erase", "submit", ""), now)
    assert done == len(User.TRANSITIONS) == len(history(user))


def test_an_organisation_moves_as_its_table_says(make, now):
    organisation = make.organisation()
    verbs = {verb for _, verb in Organisation.TRANSITIONS} | {"suspend", ""}
    done = walk(organisation, ("unverified", "submitted", "verified", "returned"), verbs, now)
    assert done == len(Organisation.TRANSITIONS) == len(history(organisation))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("email", "Anna@example.org"),
        ("borough", "E09000034"),
        ("borough", "Hackney"),
        ("tenure", "castle"),
        ("work_status", "wizard"),
        ("status", "erased"),
        ("birth_month", 13),
        ("birth_year", 1700),
        ("display_name", "Only Half"),
        ("connections", ["live", "love"]),
    ],
)
def test_the_database_refuses_what_cannot_be(make, column, value):
    user = make.member(name=None, birth_month=1, birth_year=1990)
    with pytest.raises(IntegrityError):
        db.session.execute(sa.update(User).where(User.id == user.id).values({column: value}))


def test_month_and_year_of_birth_come_together(make):
    user = make.member()
    user.birth_year = 1990
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_address_belongs_to_one_account(make):
    make.member(email="anna@example.org")
    with pytest.raises(IntegrityError):
        make.member(email="anna@example.org")


def test_a_name_and_its_look_alike_belong_to_one_account(make):
    make.member(name="Priya Nair")
    with pytest.raises(IntegrityError):
        make.member(name="PRIYA-NAIR")


def test_roles_are_read_with_the_row(make):
    user = make.staff("moderator", "researcher")
    db.session.expire(user)
    assert user.roles == {"moderator", "researcher"}
    assert not make.member().is_staff


def test_only_roles_of_the_house_can_be_stored(make, now):
    user = make.member()
    for role in ROLES:
        db.session.add(RoleGrant(user_id=user.id, role=role, granted_at=now, why=""))
    db.session.flush()
    db.session.add(RoleGrant(user_id=user.id, role="king", granted_at=now, why=""))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_verified_organisations_never_share_a_number(make):
    make.organisation(registration_number="1234567", status="verified")
    make.organisation(registration_number="1234567")
    with pytest.raises(IntegrityError):
        make.organisation(registration_number="1234567", status="verified")


def test_only_a_verified_organisation_is_verified(make):
    assert make.organisation(status="verified").is_verified
    assert not make.organisation(status="returned").is_verified
    assert not make.organisation(status="submitted").may_be_edited

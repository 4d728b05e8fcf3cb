"""The demo's people: as many as promised, across London, able to sign in, and never in production."""

import pytest
import sqlalchemy as sa

from civic.accounts import seeds
from civic.accounts.actions import second_factor, sessions
from civic.accounts.models import Organisation, SecondFactor, User
from civic.accounts.queries import people
from civic.accounts.rules.choices import ROLES
from civic.core import clock
from civic.core.db import db
from tests.accounts.helpers import count


@pytest.fixture
def planted(isolated, monkeypatch):
    monkeypatch.setattr(seeds, "MEMBERS", 120)
    monkeypatch.setattr(seeds, "TOLD_EQUALITY", 5)
    return list(seeds.plant(1, clock.now()))


def test_the_demo_is_a_small_london(planted):
    assert len(planted) == 3
    assert count(User) == 120 + 1 + len(ROLES) + len(seeds.MORE_STAFF)
    boroughs = db.session.scalars(sa.select(User.borough).distinct().where(User.borough.is_not(None))).all()
    assert len(boroughs) > 20
    assert set(db.session.scalars(sa.select(Organisation.status))) == {
        "unverified",
        "submitted",
        "verified",
        "returned",
    }


def test_everybody_of_the_staff_comes_in_with_what_is_printed(planted, isolated):
    printed = "\n".join(seeds.sign_ins())
    for role in ROLES:
        user = people.user_by_email(f"{role.replace('_', '.')}@example.org")
        assert user.email in printed
        assert user.roles == {role}
        assert sessions.by_password(user.email, seeds.PASSWORD) is user
        code = second_factor.demo_code(people.second_factor_of(user), clock.now())
        second_factor.check(user, code=code, now=clock.now())


def test_the_demo_shows_no_code_of_anybody_else(make, now, app, planted):
    assert second_factor.demo_code(people.second_factor_of(make.staff(email="mo@example.org")), now) is None


def test_the_demo_is_never_planted_in_production(isolated, monkeypatch, now):
    monkeypatch.setitem(isolated.config, "PRODUCTION", True)
    with pytest.raises(RuntimeError):
        list(seeds.plant(1, now))
    assert second_factor.demo_code(SecondFactor(salt=second_factor.DEMO_SALT, last_step=0), now) is None

"""The demo: a London of made-up members and surveys, planted through the same actions that people use."""

from collections.abc import Iterator
from datetime import datetime
from time import perf_counter

from sqlalchemy import select

from civic.accounts import seeds as accounts
from civic.accounts.models import RoleGrant, User
from civic.core import clock
from civic.core.db import db
from civic.crowdfund import seeds as crowdfund
from civic.surveys import seeds as surveys


def is_planted() -> bool:
    """Whether the demo is there."""
    return surveys.is_planted()


def plant(scale: int, now: datetime | None = None) -> Iterator[str]:
    """Fill an empty database, `scale` times as full as the demo; tells what was done, line by line."""
    if is_planted():
        yield "The demo is already there; nothing was changed. Seeding begins with an empty database."
        return
    start, now = perf_counter(), now or clock.now()
    yield from accounts.plant(scale, now)
    yield from surveys.plant(scale, by=_holder("researcher"), members=_members(), now=now)
    yield from crowdfund.plant(officer=_holder("funds_officer"), people=_people(), now=now)
    yield f"All of it is example data, made in {perf_counter() - start:.0f} seconds."


def sign_ins() -> list[str]:
    """How to sign in to the demo, for the person who started it."""
    return accounts.sign_ins()


def _holder(role: str) -> User:
    """The member of staff with a role."""
    holders = select(User).join(RoleGrant, RoleGrant.user_id == User.id).where(RoleGrant.role == role)
    return db.session.scalars(holders.order_by(User.id).limit(1)).one()


def _members() -> list[tuple[int, str | None]]:
    """Everybody without a role, with their borough."""
    with_role = select(RoleGrant.user_id)
    everybody = select(User.id, User.borough).where(User.id.not_in(with_role)).order_by(User.id)
    return [(row.id, row.borough) for row in db.session.execute(everybody)]


def _people() -> list[tuple[int, str, str]]:
    """Everybody without a role, with their name and address; the member whose password is printed comes last."""
    with_role = select(RoleGrant.user_id)
    named = select(User.id, User.display_name, User.email).where(
        User.id.not_in(with_role), User.display_name.is_not(None)
    )
    rows = [(row.id, row.display_name, row.email) for row in db.session.execute(named.order_by(User.id))]
    return [*rows[1:], *rows[:1]]

"""Who is told: the people of each side."""

from sqlalchemy import select

from civic.accounts.models import RoleGrant, User
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import people_of_partner
from civic.challenge.testing.models import TestGrant
from civic.core.db import db


def of_side(test: TestGrant, side: str) -> list[int]:
    """The accounts on one side of a test; of the partner only those who are not of the startup."""
    startup = people_of_startup(test.startup_id)
    if side == "startup":
        return startup
    if side == "partner":
        partner_id = db.session.get_one(Challenge, test.challenge_id).partner_id
        return [each for each in people_of_partner(partner_id) if each not in startup] if partner_id else []
    return [each for each in managers() if each not in startup]


def managers() -> list[int]:
    """Everybody with the role of a challenge manager."""
    mine = select(RoleGrant.user_id).join(User, User.id == RoleGrant.user_id)
    return list(
        db.session.scalars(mine.where(RoleGrant.role == "challenge_manager", User.status == "active").order_by(User.id))
    )

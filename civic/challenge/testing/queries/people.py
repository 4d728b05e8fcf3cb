"""Who is told: the people of each side."""

from sqlalchemy import select

from civic.accounts.models import RoleGrant, User
from civic.assessment.queries.interests import interests_in
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import people_of_partner
from civic.challenge.testing.models import TestGrant
from civic.core.db import db


def of_side(test: TestGrant, side: str) -> list[int]:
    """The accounts on one side of a test; of the partner and the managers only those who are impartial."""
    startup = people_of_startup(test.startup_id)
    if side == "startup":
        return startup
    hidden = interests_in([test.subject]).get(test.subject, set()).union(startup)
    return [each for each in _of_side(test, side) if each not in hidden]


def _of_side(test: TestGrant, side: str) -> list[int]:
    if side == "manager":
        return managers()
    partner_id = db.session.get_one(Challenge, test.challenge_id).partner_id
    return people_of_partner(partner_id) if partner_id else []


def managers() -> list[int]:
    """Everybody with the role of a challenge manager."""
    mine = select(RoleGrant.user_id).join(User, User.id == RoleGrant.user_id)
    return list(
        db.session.scalars(mine.where(RoleGrant.role == "challenge_manager", User.status == "active").order_by(User.id))
    )

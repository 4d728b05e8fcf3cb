"""What tests of support stand on: one startup on its way, with everybody beside it."""

from types import SimpleNamespace

import pytest

from civic.challenge.models import Challenge
from civic.core.db import db
from tests.challenge.conftest import as_, at_noon, told

__all__ = ["as_", "at_noon", "told"]


@pytest.fixture
def way(make):
    """A matched startup with its owner, a mentor who helps, a partner's person, a manager, and somebody else's startup."""
    owner = make.settled_member(name="Ada Owner")
    journey = make.journey(owner=owner, slug="open")
    programme = make.programme_of(journey)
    challenge = db.session.get_one(Challenge, journey.challenge_id)
    mentor = make.mentor(programme, person=make.settled_member(name="Max Mentor"))
    found = SimpleNamespace(
        journey=journey, programme=programme, owner=owner, mentor=mentor, pair=make.mentoring(journey, mentor),
        partner=challenge.partner, partner_person=make.partner_member(challenge.partner, person=make.settled_member(name="Pat Partner")),
        manager=make.staff("challenge_manager", name="Mia Manager"), challenge=challenge,
    )  # fmt: skip
    db.session.commit()
    return found

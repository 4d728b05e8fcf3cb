"""Locks, always in one order: what the award is for, the award, the test, and then its parts."""

from typing import Any

from civic.challenge.testing.models import TestGrant
from civic.core.db import db, locked
from civic.grants.actions.standing import hold
from civic.grants.models import Award


def held(test: TestGrant) -> tuple[Award, TestGrant]:
    """The award and the test, locked and read afresh."""
    award = hold(db.session.get_one(Award, test.award_id))
    mine: TestGrant = locked(TestGrant, test.id)
    mine.award = award
    return award, mine


def part(row: Any) -> tuple[Award, TestGrant, Any]:
    """The same, and one row of the test (a milestone, a change)."""
    award, test = held(db.session.get_one(TestGrant, row.test_id))
    return award, test, locked(type(row), row.id)

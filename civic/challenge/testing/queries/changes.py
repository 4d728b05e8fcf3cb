"""Requests for changes, and who agreed to them."""

from collections.abc import Sequence

from sqlalchemy import select

from civic.challenge.testing.models import Change, ChangeYes
from civic.challenge.testing.rules.choices import OPEN_CHANGES
from civic.core.db import db


def open_of(test_id: int) -> Change | None:
    """The request that is not settled yet."""
    mine = select(Change).where(Change.test_id == test_id, Change.status.in_(OPEN_CHANGES))
    return db.session.scalars(mine).one_or_none()


def changes_of(test_id: int) -> list[Change]:
    """Every request, the newest first."""
    return list(db.session.scalars(select(Change).where(Change.test_id == test_id).order_by(Change.id.desc())))


def change_of(test_id: int, change_id: int) -> Change | None:
    """One request of a test."""
    if not 0 < change_id < 2**62:
        return None
    return db.session.scalars(select(Change).where(Change.id == change_id, Change.test_id == test_id)).one_or_none()


def of_agreement(agreement_id: int) -> Change | None:
    """The request that a version of the agreement carries out."""
    return db.session.scalars(select(Change).where(Change.agreement_id == agreement_id)).one_or_none()


def of_decision(decision_id: int) -> Change | None:
    """The request to stop that a decision would carry out."""
    return db.session.scalars(select(Change).where(Change.decision_id == decision_id)).one_or_none()


def yes_of(change_id: int) -> dict[str, ChangeYes]:
    """Who agreed, by their side."""
    mine = select(ChangeYes).where(ChangeYes.change_id == change_id)
    return {each.side: each for each in db.session.scalars(mine)}


def sides_of(change_ids: Sequence[int]) -> dict[int, set[str]]:
    """The sides that agreed to each of several requests, in one statement."""
    found: dict[int, set[str]] = {}
    rows = select(ChangeYes.change_id, ChangeYes.side).where(ChangeYes.change_id.in_(change_ids))
    for change_id, side in db.session.execute(rows):
        found.setdefault(change_id, set()).add(side)
    return found

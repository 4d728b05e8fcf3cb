"""Conflicts of interest: declared by everybody for themselves, and lifted by somebody else only."""

from datetime import datetime
from typing import Any

from civic.accounts.models import User
from civic.assessment import events
from civic.assessment.actions.items import must_be_impartial, settle
from civic.assessment.models import Assignment, Declaration, Item
from civic.assessment.queries import interests as queries
from civic.assessment.queries import items as item_queries
from civic.assessment.refusals import LiftsOwn, NothingToLift, OwnInterest, StandsAlready
from civic.core import audit, subjects
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.states import advance


def declare(
    subject: str, *, user: User, has_interest: bool, words: str, now: datetime, language: str = "en"
) -> Declaration:
    """Say whether one has an interest in a thing ("application:12"), and which.

    An interest takes it out of one's sight at once: scores one gave no longer count, and the item needs somebody else. Without
    one an assessor may read on. Raises StandsAlready where an interest was declared before, OwnInterest for who stands behind it.
    """
    subjects.hold(subject)
    there = item_queries.item_of(subject)
    item: Item | None = locked(Item, there.id) if there is not None else None
    if not has_interest:
        if user.id in subjects.parties_of(subject):
            raise OwnInterest()
        if queries.has_interest(subject, user.id):
            raise StandsAlready()
    made = _write(subject, user.id, has_interest, words, language, now)
    if has_interest:
        on = item if item is not None else ("subject", subject)
        audit.record("interest.declared", on=on, by=user, now=now)
    assignment = item_queries.assignment_on(item.id, user.id) if item is not None else None
    if item is not None and assignment is not None:
        if has_interest:
            _recuse(item, assignment, by=user, now=now)
        elif assignment.status == "assigned":
            advance(assignment, "read", by=user, now=now)
    if has_interest:
        announce(events.InterestDeclared(subject, user.id, words, language, now))
    return made


def lift(subject: str, user: User, *, why: str, by: Any, now: datetime, language: str = "en") -> Declaration:
    """Let somebody's declared interest count no more, with a reason; who was taken off an item because of it stays off.

    Raises LiftsOwn, OwnInterest for who has an interest of their own, NothingToLift.
    """
    if by.id == user.id:
        raise LiftsOwn()
    must_be_impartial(subject, by)
    subjects.hold(subject)
    if not queries.has_interest(subject, user.id):
        raise NothingToLift()
    made = _write(subject, user.id, False, why, language, now, lifted_by_id=by.id)
    audit.record("interest.lifted", on=("subject", subject), by=by, now=now, why=why, after={"user": user.id})
    announce(events.InterestLifted(subject, user.id, by.id, why, language, now))
    return made


def carry(subject: str, other: str, *, now: datetime) -> None:
    """Let every interest that stands in a thing stand in another as well, which is new and about the same."""
    for each in db.session.scalars(queries.standing_interests().where(Declaration.subject == subject)).all():
        _write(other, each.user_id, True, each.words, each.language, now)


def _recuse(item: Item, assignment: Assignment, *, by: Any, now: datetime) -> None:
    counted = assignment.status == "submitted"
    advance(assignment, "recuse", by=by, now=now)
    settle(item, by=by, now=now, anew=counted)


def _write(
    subject: str,
    user_id: int,
    has_interest: bool,
    words: str,
    language: str,
    now: datetime,
    lifted_by_id: int | None = None,
) -> Declaration:
    made = Declaration(
        subject=subject,
        user_id=user_id,
        has_interest=has_interest,
        words=words,
        language=language,
        declared_at=now,
        lifted_by_id=lifted_by_id,
    )
    db.session.add(made)
    db.session.flush()
    return made

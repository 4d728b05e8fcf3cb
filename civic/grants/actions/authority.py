"""Delegated authority: grades with their limits, given to people and ended, each on record."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import Conflict, Forbidden
from civic.core.money import Money
from civic.grants.actions.editions import must_be_seen
from civic.grants.models import Delegation, Grade
from civic.grants.queries import authority as queries
from civic.grants.rules.authority import FIRST_GRADES


class NotOneself(Forbidden):
    """Nobody gives authority to themselves."""

    sentence = _l("You cannot give authority to yourself. Ask another administrator.")


class NoApprover(Conflict):
    """A grade is of use to approvers only."""

    sentence, field = _l("Only somebody with the role Approver can hold a grade."), "user"


class HeldAlready(Conflict):
    """One grade a person at a time."""

    sentence, field = _l("This person holds a grade already. End it first."), "user"


class NobodyToChoose(Conflict):
    """There is no approver without a grade, or no grade."""

    sentence = _l("There is nobody who can be given a grade at the moment.")


class GradesExist(Conflict):
    """The first grades are set up once."""

    sentence = _l("There are grades already.")


def set_up_grades(*, by: Any, now: datetime) -> list[Grade]:
    """Begin with the grades and limits of 2017 (rules.authority names the source); they can be changed afterwards."""
    if queries.grades():
        raise GradesExist()
    made = [
        Grade(code=code, title=title, language="en", form=form, limit_minor=limit, position=position)
        for position, (code, title, form, limit) in enumerate(FIRST_GRADES)
    ]
    db.session.add_all(made)
    db.session.flush()
    audit.record(
        "grades.set_up", on=("grade", "all"), by=by, now=now, after={grade.code: grade.limit_minor for grade in made}
    )
    return made


CHANGEABLE = ("title", "limit_minor")
"""What may be changed of a grade."""


def change_grade(
    grade: Grade, *, title: str, limit: Money | None, by: Any, now: datetime, why: str, seen: str | None = None
) -> None:
    """Give a grade another name or limit; decisions already made stay. Raises ChangedMeanwhile."""
    grade = locked(Grade, grade.id)
    must_be_seen(grade, CHANGEABLE, seen)
    before = {"title": grade.title, "limit_minor": grade.limit_minor}
    grade.title, grade.limit_minor = title, None if limit is None else limit.minor
    after = {"title": grade.title, "limit_minor": grade.limit_minor}
    audit.record("grade.changed", on=grade, by=by, now=now, why=why, before=before, after=after)


def give(user: Any, grade: Grade, *, by: Any | None, why: str, now: datetime) -> Delegation:
    """Let an approver decide up to a grade's limit; raises NotOneself, NoApprover, HeldAlready. `by` is None from the command line."""
    if by is not None and by.id == user.id:
        raise NotOneself()
    if "approver" not in user.roles:
        raise NoApprover()
    if queries.held_by(user.id) is not None:
        raise HeldAlready()
    given = Delegation(user_id=user.id, grade_id=grade.id, given_by_id=getattr(by, "id", None), given_at=now, why=why)
    given.grade = grade
    db.session.add(given)
    db.session.flush()
    audit.record("delegation.given", on=given, by=by, now=now, why=why, after={"user": user.id, "grade": grade.code})
    return given


def end(delegation: Delegation, *, by: Any, why: str, now: datetime) -> None:
    """Take a grade away; what was decided with it stays decided."""
    held = select(Delegation).where(Delegation.id == delegation.id, Delegation.ended_at.is_(None)).with_for_update()
    found = db.session.scalars(held).one_or_none()
    if found is None:
        return
    found.ended_at, found.ended_by_id = now, by.id
    audit.record("delegation.ended", on=found, by=by, now=now, why=why)

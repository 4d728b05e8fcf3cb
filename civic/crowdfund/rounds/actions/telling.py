"""Telling applicants, each in their language."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import OrganisationMember, User
from civic.core.db import db
from civic.core.mail import send
from civic.crowdfund.rounds.models import Application, Expression, Round


def tell_expression(expression: Expression, *, now: datetime) -> None:
    """An officer has answered."""
    facts = {"expression": expression, "round": db.session.get_one(Round, expression.round_id)}
    _tell(expression, "expression_answered", now=now, **facts)


def tell_application(application: Application, message: str, *, now: datetime, **facts: Any) -> None:
    """Write to everybody who may write the application."""
    facts |= {"application": application, "round": db.session.get_one(Round, application.round_id)}
    _tell(application, message, now=now, **facts)


def remind(thing: Expression | Application, deadline: datetime, *, now: datetime) -> None:
    """A draft that nobody has sent, and soon cannot."""
    kind = "expression" if isinstance(thing, Expression) else "application"
    facts = {"draft": thing, "kind": kind, "deadline": deadline, "round": db.session.get_one(Round, thing.round_id)}
    _tell(thing, "application_reminder", now=now, **facts)


def name_of(application: Application) -> str:
    """What an individual applicant is called in the files; the public never reads it."""
    person = db.session.get(User, application.person_id) if application.person_id else None
    return (person.display_name or person.email) if person else application.referee


def _tell(thing: Expression | Application, message: str, *, now: datetime, **facts: Any) -> None:
    people = select(User.id, User.email, User.language).where(User.status == "active")
    if thing.organisation_id is not None:
        people = people.join(OrganisationMember, OrganisationMember.user_id == User.id).where(
            OrganisationMember.organisation_id == thing.organisation_id
        )
    else:
        people = people.where(User.id == thing.person_id)
    for person in db.session.execute(people.order_by(User.id)):
        address = {"to": person.email, "language": person.language, "person_id": person.id}
        send(f"crowdfund/{message}", **address, now=now, **facts)

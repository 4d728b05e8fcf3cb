"""Telling startups and those who hear them: letters that must come, and news that they choose the pace of."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import OrganisationMember, User
from civic.challenge.applying.models import Call, ChallengeApplication, Interview, Startup
from civic.challenge.applying.queries.interviews import hearers_of
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.models import Challenge
from civic.core.db import db
from civic.core.mail import send
from civic.notifications.actions import tell


def send_receipt(application: ChallengeApplication, *, now: datetime) -> None:
    """It is in: written to everybody of the startup."""
    _write(application, "application_received", now=now)


def remind(application: ChallengeApplication, *, now: datetime) -> None:
    """A draft that nobody has sent, and soon cannot."""
    _write(application, "application_reminder", now=now)


def tell_answer(application: ChallengeApplication, *, now: datetime, by: int | None = None) -> None:
    """What became of it, with our words."""
    people = people_of_startup(application.startup_id)
    about: dict[str, Any] = {"application": application.id, "status": application.status}
    tell("challenge.application_answered", people, about=application.name, now=now, by=by, **about)


def tell_interview(interview: Interview, change: str, *, now: datetime, by: int | None) -> None:
    """An interview was planned, changed or called off: for the startup, and for those who hear it."""
    application = db.session.get_one(ChallengeApplication, interview.application_id)
    facts: dict[str, Any] = {"interview": interview.id, "change": change}
    about = application.name
    tell("challenge.interview", people_of_startup(application.startup_id), about=about, now=now, by=by, **facts)
    hearers = [each.person_id for each in hearers_of([interview.id])]
    tell("challenge.interview_to_hear", hearers, about=about, now=now, by=by, **facts)


def _write(application: ChallengeApplication, message: str, *, now: datetime) -> None:
    facts: dict[str, Any] = {
        "application": application,
        "call": db.session.get_one(Call, application.call_id),
        "challenge": db.session.get_one(Challenge, application.challenge_id),
    }
    body = db.session.get_one(Startup, application.startup_id).organisation_id
    people = (
        select(User.id, User.email, User.language)
        .join(OrganisationMember, OrganisationMember.user_id == User.id)
        .where(OrganisationMember.organisation_id == body, User.status == "active")
    )
    for person in db.session.execute(people.order_by(User.id)):
        address = {"to": person.email, "language": person.language, "person_id": person.id}
        send(f"challenge/{message}", **address, now=now, **facts)

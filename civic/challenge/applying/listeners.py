"""An interest in an application is one in its interview, and the other way round."""

from collections.abc import Callable
from typing import Any

from civic.accounts.models import User
from civic.assessment import events
from civic.assessment.actions import interests
from civic.assessment.queries.interests import has_interest
from civic.challenge.applying.models import INTERVIEW, KIND, Interview
from civic.challenge.applying.queries.interviews import interview_of
from civic.core.db import db
from civic.core.subjects import named, number_of


def declared(event: events.InterestDeclared) -> None:
    """Hide the other of the two as well."""
    other = _other(event.subject)
    if other and not has_interest(other, event.user_id):
        user = db.session.get_one(User, event.user_id)
        said = {"words": event.words, "language": event.language}
        interests.declare(other, user=user, has_interest=True, now=event.now, **said)


def lifted(event: events.InterestLifted) -> None:
    """Show the other of the two as well."""
    other = _other(event.subject)
    if other and has_interest(other, event.user_id):
        user, by = db.session.get_one(User, event.user_id), db.session.get_one(User, event.by_id)
        interests.lift(other, user, why=event.why, by=by, now=event.now, language=event.language)


def _other(subject: str) -> str:
    if (number := number_of(subject, KIND)) is not None:
        interview = interview_of(number)
        return interview.name if interview is not None else ""
    if (number := number_of(subject, INTERVIEW)) is not None:
        there = db.session.get(Interview, number)
        return named(KIND, there.application_id) if there is not None else ""
    return ""


LISTENERS: dict[type, list[Callable[[Any], None]]] = {
    events.InterestDeclared: [declared],
    events.InterestLifted: [lifted],
}
"""For the manifest."""

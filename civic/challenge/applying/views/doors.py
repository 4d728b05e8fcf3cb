"""The doors of startups' pages: a visitor is asked to sign in, and nobody else learns that there is something."""

from collections.abc import Callable
from typing import Any

from civic.challenge.applying import access
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.applying.queries.startups import startup_by_id
from civic.core.doors import allowed


def entry_by_id(entry_id: int) -> ChallengeApplication | None:
    """The application with this number."""
    return application_by_id(entry_id)


def for_its_people(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of an application for its startup's people; the view receives it with all that belongs to it."""
    return allowed(access.may_apply)(allowed(access.acts_for, on=entry_by_id, hide=True)(view))


def for_the_startup(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of a startup for its own people."""
    return allowed(access.may_apply)(allowed(access.may_edit_startup, on=startup_by_id, hide=True)(view))

"""The doors of support: a visitor is asked to sign in, and nobody else learns that there is something."""

from collections.abc import Callable
from typing import Any

from civic.challenge.support import access
from civic.challenge.support.queries.journeys import journey_by_id
from civic.challenge.support.queries.mentors import mentor_by_id, pairing_by_id
from civic.challenge.support.queries.outcomes import outcome_by_id
from civic.challenge.support.queries.sessions import session_by_id
from civic.core.doors import allowed

View = Callable[..., Any]


def _hidden(rule: Callable[..., bool], finder: Callable[..., Any]) -> Callable[[View], View]:
    return lambda view: allowed(access.may_take_part)(allowed(rule, on=finder, hide=True)(view))


def on_journey(rule: Callable[..., bool]) -> Callable[[View], View]:
    """A page of a journey for those to whom the rule says yes."""
    return _hidden(rule, journey_by_id)


def on_seat(rule: Callable[..., bool]) -> Callable[[View], View]:
    """A page of a mentor's seat."""
    return _hidden(rule, mentor_by_id)


def on_pair(rule: Callable[..., bool]) -> Callable[[View], View]:
    """An act on a mentor and a startup together."""
    return _hidden(rule, pairing_by_id)


def on_session(rule: Callable[..., bool]) -> Callable[[View], View]:
    """A page of a session."""
    return _hidden(rule, session_by_id)


def on_outcome(rule: Callable[..., bool]) -> Callable[[View], View]:
    """A page of what came of a test."""
    return _hidden(rule, outcome_by_id)

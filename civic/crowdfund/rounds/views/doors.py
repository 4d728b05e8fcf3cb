"""The doors of applicants' pages: a visitor is asked to sign in, and nobody else learns that there is something."""

from collections.abc import Callable
from typing import Any

from civic.core.doors import allowed
from civic.crowdfund.rounds.access import acts_for, may_apply
from civic.crowdfund.rounds.queries.applications import application_by_id, expression_by_id


def for_applicants(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of an application for those who apply; the view receives it."""
    return allowed(may_apply)(allowed(acts_for, on=application_by_id, hide=True)(view))


def for_authors(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same of an expression of interest."""
    return allowed(may_apply)(allowed(acts_for, on=expression_by_id, hide=True)(view))

"""The doors of the desk: first a part in match funding, then the scheme itself."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from civic.core.doors import Rule, allowed
from civic.core.errors import NotFound
from civic.core.states import IllegalMove
from civic.crowdfund.matching import access
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries.schemes import scheme_by_id, scheme_by_slug
from civic.crowdfund.matching.refusals import NotADraft

Door = Callable[[Callable[..., Any]], Callable[..., Any]]


def for_scheme(rule: Rule = access.may_see) -> Door:
    """A page of one scheme by this rule; what was thrown away is not there."""
    return lambda view: allowed(access.may_see_schemes)(allowed(rule, on=scheme_here)(view))


def scheme_here(slug: str) -> MatchScheme | None:
    """The scheme at this address, unless it was thrown away."""
    found = scheme_by_slug(slug)
    return found if found is not None and found.status != "discarded" else None


def must_be_a_draft(scheme: MatchScheme) -> None:
    """Send whoever looks at a form of what is no draft to the scheme's page; raises NotADraft."""
    if scheme.status != "draft":
        raise NotADraft(location=url_for("match_desk.show_scheme", slug=scheme.slug))


def must_be(scheme: MatchScheme, *states: str) -> None:
    """Raise IllegalMove where a scheme has moved on, before anything that was typed is judged."""
    if scheme.status not in states:
        raise IllegalMove(location=url_for("match_desk.show_scheme", slug=scheme.slug))


def again(scheme: MatchScheme) -> MatchScheme:
    """The scheme as it stands after something was refused, with all that belongs to it."""
    found = scheme_by_id(scheme.id)
    if found is None:
        raise NotFound()
    return found

"""The doors of the desk: who runs calls, and who may know of an application."""

from collections.abc import Callable
from typing import Any

from civic.challenge.applying import access
from civic.challenge.applying.models import Call
from civic.challenge.applying.queries.calls import call_by_programme
from civic.challenge.applying.queries.interviews import interview_by_id
from civic.challenge.applying.views.doors import entry_by_id
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.grants.access import may_see_grants

View = Callable[..., Any]


def for_managers(view: View) -> View:
    """A page of a call for those who run calls; the view receives the call with its programme."""
    return allowed(access.may_run)(allowed(access.may_run, on=call_by_programme)(view))


def on_application(rule: Callable[..., bool]) -> Callable[[View], View]:
    """A page of one application for staff by this rule: others do not learn that there is one."""
    return lambda view: allowed(may_see_grants)(allowed(rule, on=entry_by_id, hide=True)(view))


def on_interview(rule: Callable[..., bool]) -> Callable[[View], View]:
    """The same of an interview; assessors who hear it come in too."""
    return lambda view: allowed(access.may_work)(allowed(rule, on=interview_by_id, hide=True)(view))


def challenge_in(call: Call, slug: str, found: list[Any]) -> Any:
    """The challenge of a call with this name in its address; raises NotFound."""
    challenge = next((each for each in found if each.slug == slug), None)
    if challenge is None:
        raise NotFound()
    return challenge

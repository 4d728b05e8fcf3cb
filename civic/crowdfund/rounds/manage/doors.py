"""The doors of the desk: who runs a round, who writes it, and who may know of an application."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from civic.core.doors import allowed
from civic.crowdfund.rounds import access
from civic.crowdfund.rounds.actions.rounds import NotADraft
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries.applications import application_by_id, expression_by_id
from civic.crowdfund.rounds.queries.rounds import round_by_slug
from civic.grants.access import may_see_grants

View = Callable[..., Any]


def for_those_who_run(view: View) -> View:
    """A page of a round for those who run it; the view receives the round with its parts."""
    return allowed(access.may_run_rounds)(allowed(access.may_run, on=round_by_slug)(view))


def on_application(rule: Callable[..., bool]) -> Callable[[View], View]:
    """A page of one application for staff by this rule: others do not learn that there is one."""
    return lambda view: allowed(may_see_grants)(allowed(rule, on=application_by_id, hide=True)(view))


def on_expression(rule: Callable[..., bool]) -> Callable[[View], View]:
    """The same of an expression of interest."""
    return lambda view: allowed(access.may_run_rounds)(allowed(rule, on=expression_by_id, hide=True)(view))


def must_be_a_draft(round_: Round) -> None:
    """Send whoever looks at a form of what is no draft to the round's desk; raises NotADraft."""
    if round_.status != "draft":
        raise NotADraft(location=url_for("round_desk.show_round", slug=round_.slug))

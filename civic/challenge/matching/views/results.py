"""The result and its reasons, for those whom it is about: a startup's people read their own, a partner's people theirs."""

from __future__ import annotations

from typing import Any

from flask import render_template

from civic.accounts.access import is_signed_in
from civic.challenge.matching import access
from civic.challenge.matching.queries import runs
from civic.challenge.matching.queries.runs import Outcome
from civic.challenge.matching.refusals import ConflictOfInterest
from civic.challenge.matching.rules.explaining import Why, choice_of, for_challenge, for_startup
from civic.challenge.matching.rules.stable import members
from civic.challenge.matching.views import bp
from civic.challenge.matching.views.doors import (
    PartnerSeat,
    StartupSeat,
    is_of_partner,
    is_of_startup,
    partner_seat,
    startup_seat,
)
from civic.core.doors import allowed
from civic.core.errors import NotFound

RESULT = "/challenges/programmes/<shortlist>/result"


@bp.get(f"{RESULT}/startups/<int:startup_id>")
@allowed(is_signed_in)
@allowed(is_of_startup, on=startup_seat, hide=True)
def show_startup_result(seat: StartupSeat) -> str:
    """What became of a startup's list, choice by choice; latest match first."""
    me = str(seat.startup.id)
    outcomes = [each for each in _public(seat.call.id) if me in each.final]
    if not outcomes:
        raise NotFound()
    return render_template(
        "challenge/matching/show_startup_result.html",
        seat=seat,
        results=[_of_startup(each, me) for each in outcomes],
        got=next((each.challenges[found] for each in outcomes if (found := each.final[me]) is not None), None),
    )


@bp.get(f"{RESULT}/challenges/<slug>")
@allowed(is_signed_in)
@allowed(is_of_partner, on=partner_seat, hide=True)
def show_partner_result(seat: PartnerSeat) -> str:
    """What became of a partner's list, startup by startup; latest match first. Not for whoever acts for one of them."""
    if access.has_conflict(seat.call):
        raise ConflictOfInterest()
    me = str(seat.challenge.id)
    outcomes = [each for each in _public(seat.call.id) if me in each.challenges]
    if not outcomes:
        raise NotFound()
    return render_template(
        "challenge/matching/show_partner_result.html", seat=seat, results=[_of_partner(each, me) for each in outcomes]
    )


def _public(call_id: int) -> list[Outcome]:
    return [runs.outcome_of(each) for each in runs.published_of([call_id])]


def _of_startup(outcome: Outcome, me: str) -> dict[str, Any]:
    final = outcome.final[me]
    return {
        "run": outcome.run,
        "rows": _named(
            for_startup(outcome.market, outcome.found, me, outcome.offered_to(me), final), outcome, "challenges"
        ),
        "choice": choice_of(outcome.market, me, final),
        "got": outcome.challenges[final] if final else None,
    }


def _of_partner(outcome: Outcome, me: str) -> dict[str, Any]:
    final = [startup for startup, challenge in outcome.final.items() if challenge == me]
    return {
        "run": outcome.run,
        "rows": _named(
            for_challenge(outcome.market, outcome.found, me, outcome.offered_by(me), final), outcome, "startups"
        ),
        "places": outcome.market.places[me],
        "left": max(0, outcome.market.places[me] - len(members(outcome.market, outcome.final)[me])),
    }


def _named(said: list[Why], outcome: Outcome, side: str) -> list[tuple[Any, Why]]:
    return [(getattr(outcome, side)[each.name], each) for each in said]

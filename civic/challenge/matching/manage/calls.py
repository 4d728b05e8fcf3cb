"""The desk of a call: who has sent a list, how many places there are, when lists close, and every match."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.matching import access
from civic.challenge.matching.actions import places as actions
from civic.challenge.matching.actions.ranking import takes_lists
from civic.challenge.matching.actions.runs import make_run
from civic.challenge.matching.forms.desk import ClosingForm, PlacesForm, RunForm, places_form
from civic.challenge.matching.manage import bp
from civic.challenge.matching.manage.doors import CallSeat, call_by_programme, may_look_at, may_run_it
from civic.challenge.matching.queries import lists, runs
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("")
@allowed(access.may_look)
def list_calls() -> str:
    """Every call with a shortlist."""
    return render_template("challenge/matching/manage/list_calls.html", calls=lists.calls(), now=clock.now())


@bp.get("/<shortlist>")
@allowed(access.may_look)
@allowed(may_look_at, on=call_by_programme)
def show_call(seat: CallSeat) -> str:
    """A call: what is still missing, and every match."""
    return _page(seat)


@bp.post("/<shortlist>/places")
@allowed(access.may_run)
@allowed(may_run_it, on=call_by_programme)
def change_places(seat: CallSeat) -> ResponseReturnValue:
    """Say how many startups each challenge takes."""
    challenges = lists.challenges_in(seat.call)
    form = places_form(challenges, lists.places_of([each.id for each in challenges]))()
    if form.validate() and form.is_in_order():
        with saving(form) as saved:
            actions.set_places(seat.call, form.wanted, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The places are kept."), "success")
            return see_other("manage_challenge_matching.show_call", shortlist=seat.programme.slug)
    return _page(seat, places=form), 422


@bp.post("/<shortlist>/closing")
@allowed(access.may_run)
@allowed(may_run_it, on=call_by_programme)
def change_closing(seat: CallSeat) -> ResponseReturnValue:
    """Say when lists close."""
    form = ClosingForm()
    if form.validate():
        with saving(form) as saved:
            actions.move_closing(
                seat.call, form.ranks_close_at.data, why=form.moved_why.data or "", by=me(), now=clock.now()
            )
        if saved.ok:
            flash(_("Everybody can send and change lists until then."), "success")
            return see_other("manage_challenge_matching.show_call", shortlist=seat.programme.slug)
    return _page(seat, closing=form), 422


@bp.post("/<shortlist>/runs")
@allowed(access.may_run)
@allowed(may_run_it, on=call_by_programme)
def create_run(seat: CallSeat) -> ResponseReturnValue:
    """Compute a match; nobody but staff sees it."""
    form = RunForm(lists.challenges_in(seat.call))
    if form.validate():
        with saving(form) as saved:
            run = make_run(seat.call, closed=form.closed.data or (), why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_challenge_matching.show_run", shortlist=seat.programme.slug, run_number=run.number)
    return _page(seat, running=form), 422


def _page(
    seat: CallSeat,
    *,
    places: PlacesForm | None = None,
    closing: ClosingForm | None = None,
    running: RunForm | None = None,
) -> str:
    call, now = seat.call, clock.now()
    challenges = lists.challenges_in(seat.call)
    made = runs.runs_of(call)
    refused: Any = places or closing or running
    known = lists.places_of([each.id for each in challenges])
    return render_template(
        "challenge/matching/manage/show_call.html",
        call=call,
        programme=seat.programme,
        challenges=challenges,
        startups=lists.startups_standing(call),
        partners=lists.partners_standing(call),
        runs=made,
        is_open=takes_lists(call, now),
        may_run=access.may_run(),
        may_move=call.status == "shortlisted" and all(each.status in ("draft", "discarded") for each in made),
        may_match=call.status in ("shortlisted", "matched") and call.ranks_close_at and not takes_lists(call, now),
        form=refused,
        places=places or places_form(challenges, known)(formdata=None),
        closing=closing or ClosingForm(formdata=None, data={"ranks_close_at": call.ranks_close_at}),
        running=running or RunForm(challenges, formdata=None),
    )

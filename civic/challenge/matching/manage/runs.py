"""One match on the desk: what it gives to whom, what would be different if, and handing it on until it is public."""

from __future__ import annotations

import json

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.matching import access
from civic.challenge.matching.actions import publishing
from civic.challenge.matching.actions import runs as actions
from civic.challenge.matching.forms.desk import OverrideForm, ReasonForm, what_if_form
from civic.challenge.matching.manage import bp
from civic.challenge.matching.manage.doors import RunSeat, may_look_at, run_by_number
from civic.challenge.matching.queries import runs as queries
from civic.challenge.matching.rules import stable
from civic.challenge.matching.rules.explaining import choice_of
from civic.challenge.matching.rules.whatif import compared
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import Forbidden, NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/<shortlist>/runs/<int:run_number>")
@allowed(access.may_look)
@allowed(may_look_at, on=run_by_number)
def show_run(seat: RunSeat) -> str:
    """A match from both sides, with what was overridden."""
    return page(seat)


@bp.get("/<shortlist>/runs/<int:run_number>/what-if")
@allowed(access.may_look)
@allowed(may_look_at, on=run_by_number)
def show_what_if(seat: RunSeat) -> str:
    """What would be different with other places, without a challenge or without a startup; nothing is kept."""
    outcome = queries.outcome_of(seat.run)
    form = what_if_form(outcome)(formdata=request.args if request.args else None)
    change = form.change
    found, moved = compared(outcome.market, change)
    return render_template(
        "challenge/matching/manage/show_what_if.html",
        seat=seat, outcome=outcome, question=form, is_asked=bool(change), moved=moved,
        matched=sum(1 for each in found.values() if each is not None),
        before=sum(1 for each in outcome.found.values() if each is not None),
    )  # fmt: skip


@bp.get("/<shortlist>/runs/<int:run_number>/file")
@allowed(access.may_look)
@allowed(may_look_at, on=run_by_number)
def show_file(seat: RunSeat) -> Response:
    """The match as a file, under made-up names."""
    text = json.dumps(actions.file_of(seat.run), indent=1, ensure_ascii=False, sort_keys=True)
    name = f"challenge-match-{seat.programme.slug}-{seat.run.number}.json"
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@bp.post("/<shortlist>/runs/<int:run_number>/state")
@allowed(access.may_look)
@allowed(may_look_at, on=run_by_number)
def move_run(seat: RunSeat) -> ResponseReturnValue:
    """Propose a match, hand it back, publish it or put it away."""
    act, form = request.form.get("act", ""), ReasonForm()
    if act not in ("propose", "return", "publish", "discard"):
        raise NotFound()
    if act in ("propose", "discard") and not access.may_run():
        raise Forbidden()
    if form.validate():
        with saving(form) as saved:
            _move(seat, act, form.why.data or "")
        if saved.ok:
            flash(SAID[act](), "success")
            return see_other("manage_challenge_matching.show_run", **seat.place)
    return page(seat, reason=form), 422


SAID = {
    "propose": lambda: _("A second person can publish it now."),
    "return": lambda: _("It is a draft again."),
    "publish": lambda: _("The match is public. Startups and partners are told, each with their reasons."),
    "discard": lambda: _("It is discarded, and stays on record."),
}


def _move(seat: RunSeat, act: str, why: str) -> None:
    if act == "propose":
        actions.propose(seat.run, why=why, by=me(), now=clock.now())
    elif act == "return":
        actions.return_(seat.run, why=why, by=me(), now=clock.now())
    elif act == "publish":
        publishing.publish(seat.run, by=me(), now=clock.now())
    else:
        actions.discard(seat.run, by=me(), now=clock.now())


def page(seat: RunSeat, *, override: OverrideForm | None = None, reason: ReasonForm | None = None) -> str:
    """The page of a match, with a form that was refused, if one was."""
    outcome = queries.outcome_of(seat.run)
    pair_of = {number: pair for pair, number in outcome.pairs.items()}
    people = (seat.run.made_by_id, seat.run.proposed_by_id, seat.run.published_by_id)
    deciders = [who for each in outcome.overrides for who in (each.proposed_by_id, each.decided_by_id)]
    refused = override if override is not None else reason
    return render_template(
        "challenge/matching/manage/show_run.html",
        seat=seat,
        run=seat.run,
        outcome=outcome,
        choice_of=choice_of,
        members=stable.members(outcome.market, outcome.final),
        below=stable.below_minimum(outcome.market, outcome.final),
        overfull=stable.overfull(outcome.market, outcome.final),
        blocking=stable.blocking(outcome.market, outcome.final),
        is_out_of_date=seat.run.status in ("draft", "proposed") and actions.is_out_of_date(seat.run),
        pair_of=pair_of,
        names=queries.names_of([*people, *deciders]),
        may_run=access.may_run(),
        me_id=me().id,
        form=refused,
        override=override or OverrideForm(outcome, formdata=None),
        reason=reason or ReasonForm(formdata=None),
    )

"""Overrides on the desk: wanted by one person with a reason, decided by another."""

from __future__ import annotations

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.matching import access
from civic.challenge.matching.actions import overrides as actions
from civic.challenge.matching.forms.desk import OverrideForm
from civic.challenge.matching.manage import bp
from civic.challenge.matching.manage.doors import RunSeat, may_look_at, may_run_it, run_by_number
from civic.challenge.matching.manage.runs import page
from civic.challenge.matching.queries import runs as queries
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove


@bp.post("/<shortlist>/runs/<int:run_number>/overrides")
@allowed(access.may_run)
@allowed(may_run_it, on=run_by_number)
def create_override(seat: RunSeat) -> ResponseReturnValue:
    """Want something decided otherwise than the match has it."""
    if seat.run.status != "draft":
        raise IllegalMove()
    form = OverrideForm(queries.outcome_of(seat.run))
    if form.validate():
        with saving(form) as saved:
            actions.propose_override(
                seat.run, int(form.application.data), form.kind.data, reason=str(form.reason.data), by=me(), now=clock.now()
            )  # fmt: skip
        if saved.ok:
            flash(_("A second person has to agree."), "success")
            return see_other("manage_challenge_matching.show_run", **seat.place)
    return page(seat, override=form), 422


@bp.post("/<shortlist>/runs/<int:run_number>/overrides/<int:override_id>")
@allowed(access.may_look)
@allowed(may_look_at, on=run_by_number)
def decide_override(seat: RunSeat, override_id: int) -> ResponseReturnValue:
    """Approve, refuse or withdraw an override."""
    override, act = queries.override_in(seat.run, override_id), request.form.get("act", "")
    if override is None or act not in ("approve", "refuse", "withdraw"):
        raise NotFound()
    with transaction():
        actions.decide_override(seat.run, override, act, by=me(), now=clock.now())
    return see_other("manage_challenge_matching.show_run", **seat.place)

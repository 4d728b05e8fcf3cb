"""Writing a round: what it says of itself and its dates; once it is open, later deadlines and loose facts only."""

from datetime import datetime

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import Conflict, NotFound, form_errors
from civic.core.pages import see_other
from civic.core.person import me
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.rounds.actions import rounds as actions
from civic.crowdfund.rounds.forms.rounds import AboutForm, DatesForm, RoundStep
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries.rounds import round_by_id

FORMS: dict[str, type[RoundStep]] = {"about": AboutForm, "dates": DatesForm}


@desk.get("/<slug>/edit/<step>")
@for_those_who_run
def edit_round(round_: Round, step: str) -> ResponseReturnValue:
    """One step as it stands, with what may still be changed."""
    form = _form_of(round_, step, filled=True)
    form.seen.data = edition(round_, form.columns)  # type: ignore[arg-type]
    return _page(round_, step, form)


@desk.post("/<slug>/edit/<step>")
@for_those_who_run
def save_round(round_: Round, step: str) -> ResponseReturnValue:
    """Keep a step; refuses to overwrite what somebody else changed meanwhile."""
    form, number = _form_of(round_, step), round_.id
    if not form.validate():
        return _page(round_, step, form), 422
    try:
        with transaction():
            actions.tell(round_, form.facts(), seen=form.seen.data or "", by=me(), now=clock.now())
    except Conflict as refused:
        form_errors(form, refused)
        fresh = round_by_id(number)
        assert fresh is not None
        form.seen.data = edition(fresh, form.columns)  # type: ignore[arg-type]
        return _page(fresh, step, form, is_stale=isinstance(refused, ChangedMeanwhile)), 409
    flash(_("Saved."), "success")
    return see_other("round_desk.show_round", slug=round_.slug)


def _form_of(round_: Round, step: str, *, filled: bool = False) -> RoundStep:
    if step not in FORMS:
        raise NotFound()
    if round_.status not in ("draft", "open"):
        raise actions.NotADraft(location=url_for("round_desk.show_round", slug=round_.slug))
    form = FORMS[step].of(round_) if filled else FORMS[step]()
    if round_.status == "open":
        form.only(actions.may_still_change(round_, clock.now()))
    return form


def _page(round_: Round, step: str, form: RoundStep, *, is_stale: bool = False) -> str:
    fixed = [name for name in FORMS[step].columns if name not in form.columns]
    shown = {name: getattr(round_, name) for name in fixed if getattr(round_, name)}
    times = {name: value for name, value in shown.items() if isinstance(value, datetime) or hasattr(value, "isoformat")}
    return render_template(
        "crowdfund/rounds/desk/edit_round.html",
        round=round_,
        step=step,
        form=form,
        fixed=times,
        is_stale=is_stale,
    )

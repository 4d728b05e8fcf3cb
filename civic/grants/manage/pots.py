"""Pots: what is set aside for a round or programme, and what became of it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, subjects
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import funds as actions
from civic.grants.forms.funds import AllotmentForm
from civic.grants.manage import desk
from civic.grants.manage.doors import for_pot
from civic.grants.models import Award, Pot
from civic.grants.queries import figures, listing
from civic.grants.queries import funds as queries


@desk.get("/pots/<int:pot_id>")
@for_pot()
def show_pot(pot: Pot) -> ResponseReturnValue:
    """One pot: its balances, what was set aside, its awards."""
    return _page(pot, AllotmentForm(formdata=None))


@desk.post("/pots/<int:pot_id>/allotments")
@for_pot(access.may_manage_pot)
def create_allotment(pot: Pot) -> ResponseReturnValue:
    """Set money aside for it, or take it back into the fund."""
    form = AllotmentForm()
    if form.validate():
        with saving(form) as saved:
            actions.allot(pot, form.change, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Saved. The balances have changed."), "success")
            return see_other("grant_desk.show_pot", pot_id=pot.id)
    again = queries.pot_by_id(pot.id)
    assert again is not None
    return _page(again, form), 422


def _page(pot: Pot, form: AllotmentForm) -> str:
    page = page_of(listing.awards_of_pot(pot), [Award.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template(
        "grants/manage/show_pot.html",
        pot=pot,
        form=form,
        figures=figures.of_pot(pot),
        unallotted=figures.of_fund(pot.fund).unallotted,
        public_url=subjects.public_url_of(pot.owner),
        allotments=listing.allotments(pot),
        page=page,
        hidden=listing.hidden(page.items, me()),
        places=[place for place in figures.PLACES if place != "unallotted"],
        may_manage=access.may_manage_pot(pot),
        may_decide=access.is_approver(),
        words=wording,
    )

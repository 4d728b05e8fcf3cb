"""Recommending that a standing award becomes larger, smaller, or ends; others decide."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.clock import in_london
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access
from civic.grants.actions import decisions as actions
from civic.grants.forms.decisions import ChangeForm
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award
from civic.grants.models import Award
from civic.grants.queries import awards, funds

CHANGEABLE = ("approved", "announced", "due", "agreed")


def may_change(award: Award) -> bool:
    """Those who run its fund, while it stands; what a formula works out changes by its formula alone."""
    return access.may_run(award) and award.status in CHANGEABLE and award.basis == "decision"


@desk.get("/awards/<public_id>/change")
@for_award(may_change)
def new_change(award: Award) -> ResponseReturnValue:
    """The form, filled with what stands now."""
    known = {"conditions": award.conditions, "capital": award.amounts.capital, "revenue": award.amounts.revenue}
    expires_on = in_london(award.expires_at).date() if award.expires_at else None
    form = ChangeForm(formdata=None, data=known | {"expires_on": expires_on})
    return _page(award, form)


@desk.post("/awards/<public_id>/change")
@for_award(may_change)
def create_change(award: Award) -> ResponseReturnValue:
    """Recommend it; consultees are told."""
    form = ChangeForm()
    if form.validate():
        with saving(form) as saved:
            decision = actions.recommend_change(award, form.terms(), by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your recommendation is kept. Consultees are told, then an approver decides."), "success")
            return see_other("grant_desk.show_decision", decision_id=decision.id)
    return _page(again(award), form), 422


def _page(award: Award, form: ChangeForm) -> str:
    return render_template(
        "grants/manage/new_change.html",
        award=award,
        form=form,
        moving=awards.in_motion(award.id),
        left=funds.left_in(award.pot_id),
    )

"""Who sits on a panel."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.queries.people import user_by_id
from civic.assessment import access
from civic.assessment.actions import panels as actions
from civic.assessment.forms.interests import WhyForm
from civic.assessment.forms.panels import PersonForm
from civic.assessment.manage import desk
from civic.assessment.manage.panels import panel_page
from civic.assessment.models import Assessor, Panel
from civic.assessment.queries import panels as queries
from civic.assessment.refusals import CannotAssess
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


def may_unseat(assessor: Assessor) -> bool:
    """Those who run panels say who sits on them, until they close."""
    return access.may_seat(assessor.panel)


@desk.post("/panels/<int:panel_id>/assessors")
@allowed(access.may_run)
@allowed(access.may_seat, on=queries.panel_by_id)
def seat_assessor(panel: Panel) -> ResponseReturnValue:
    """Give somebody a seat."""
    form = PersonForm()
    form.offer_seats(queries.could_sit_on(panel))
    if form.validate():
        with saving(form) as saved:
            person = user_by_id(form.person.data)
            if person is None:
                raise CannotAssess()
            actions.seat(panel, person, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Added to the panel."), "success")
            return see_other("assessment.show_panel", panel_id=panel.id)
    return panel_page(panel, person=form), 422


@desk.get("/assessors/<int:assessor_id>/removal")
@allowed(access.may_run)
@allowed(may_unseat, on=queries.assessor_by_id)
def confirm_removal(assessor: Assessor) -> ResponseReturnValue:
    """Ask why before somebody leaves the panel."""
    return _page(assessor, WhyForm())


@desk.post("/assessors/<int:assessor_id>/removal")
@allowed(access.may_run)
@allowed(may_unseat, on=queries.assessor_by_id)
def unseat_assessor(assessor: Assessor) -> ResponseReturnValue:
    """Take somebody off the panel."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            actions.unseat(assessor, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("No longer on the panel."), "success")
            return see_other("assessment.show_panel", panel_id=assessor.panel_id)
    return _page(assessor, form), 422


def _page(assessor: Assessor, form: WhyForm) -> str:
    assessor = queries.assessor_by_id(assessor.id) or assessor
    return render_template("assessment/confirm_removal.html", assessor=assessor, panel=assessor.panel, form=form)

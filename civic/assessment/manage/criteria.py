"""What a panel judges by, written while it is prepared."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment import access
from civic.assessment.actions import panels as actions
from civic.assessment.forms.interests import SureForm
from civic.assessment.forms.panels import CriterionForm, criterion_form
from civic.assessment.manage import desk
from civic.assessment.manage.panels import panel_page
from civic.assessment.models import Criterion, Panel
from civic.assessment.queries import panels as queries
from civic.assessment.refusals import ChangedMeanwhile
from civic.core import clock
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


@desk.get("/panels/<int:panel_id>/criteria/new")
@allowed(access.may_run)
@allowed(access.may_shape, on=queries.panel_by_id)
def new_criterion(panel: Panel) -> ResponseReturnValue:
    """An empty criterion, at the end of the list."""
    form: CriterionForm = criterion_form(panel)(place=len(queries.criteria_of(panel)) + 1)
    return _page(panel, None, form)


@desk.post("/panels/<int:panel_id>/criteria")
@allowed(access.may_run)
@allowed(access.may_shape, on=queries.panel_by_id)
def create_criterion(panel: Panel) -> ResponseReturnValue:
    """Add a criterion."""
    return _save(panel, None)


@desk.get("/criteria/<int:criterion_id>")
@allowed(access.may_run)
@allowed(access.may_shape_criterion, on=queries.criterion_by_id)
def edit_criterion(criterion: Criterion) -> ResponseReturnValue:
    """A criterion as it stands."""
    panel = _panel_of(criterion)
    form: CriterionForm = criterion_form(panel)()
    form.fill(criterion)
    form.place.data = 1 + [each.id for each in queries.criteria_of(panel)].index(criterion.id)
    form.seen.data = actions.edition_of(criterion)
    return _page(panel, criterion, form)


@desk.post("/criteria/<int:criterion_id>")
@allowed(access.may_run)
@allowed(access.may_shape_criterion, on=queries.criterion_by_id)
def save_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Change a criterion; refuses to overwrite what somebody else changed meanwhile."""
    return _save(_panel_of(criterion), criterion)


@desk.post("/criteria/<int:criterion_id>/removal")
@allowed(access.may_run)
@allowed(access.may_shape_criterion, on=queries.criterion_by_id)
def remove_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Take a criterion away."""
    form, panel, title = SureForm(), _panel_of(criterion), criterion.title
    with saving(form) as saved:
        actions.remove_criterion(criterion, by=me(), now=clock.now())
    if saved.ok:
        flash(_("“%(title)s” is removed.", title=title), "success")
        return see_other("assessment.show_panel", panel_id=panel.id)
    return panel_page(panel, problem=form), 409


def _save(panel: Panel, criterion: Criterion | None) -> ResponseReturnValue:
    form: CriterionForm = criterion_form(panel)()
    if not form.validate():
        return _page(panel, criterion, form), 422
    plan = form.plan(criterion.key if criterion else "")
    with saving(form) as saved:
        actions.put_criterion(
            panel, plan, seen=form.seen.data or "", place=form.place.data or 1, by=me(), now=clock.now()
        )
    if saved.ok:
        flash(_("The criterion is saved."), "success")
        return see_other("assessment.show_panel", panel_id=panel.id)
    form.seen.data = actions.edition_of(criterion)
    return _page(panel, criterion, form, is_stale=ChangedMeanwhile.sentence in form.form_errors), 409


def _panel_of(criterion: Criterion) -> Panel:
    return db.session.get_one(Panel, criterion.panel_id)


def _page(panel: Panel, criterion: Criterion | None, form: CriterionForm, *, is_stale: bool = False) -> str:
    return render_template(
        "assessment/edit_criterion.html", panel=panel, criterion=criterion, form=form, is_stale=is_stale
    )

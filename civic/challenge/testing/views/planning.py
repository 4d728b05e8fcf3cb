"""Planning together: milestones and budget, until the agreement is offered."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import planning as actions
from civic.challenge.testing.forms.plans import BudgetForm, MilestonesForm
from civic.challenge.testing.models import BudgetLine, Milestone, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.views import bp
from civic.challenge.testing.views.doors import for_test
from civic.core import clock
from civic.core.errors import saving
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants.actions.editions import ChangedMeanwhile, edition_of
from civic.grants.forms.parts import of_page


@bp.get("/<int:test_id>/milestones")
@for_test(access.may_plan)
def edit_milestones(test: TestGrant) -> ResponseReturnValue:
    """The milestones, to change; one row for all of it where there are none."""
    rows = queries.milestones_of(test.id)
    known = steps_known(rows) or {"amount_1": test.grant}
    known["seen"] = edition_of(rows, actions.STEPS)
    return _page(test, MilestonesForm.empty(max(1, len(rows)), known), "milestones")


@bp.post("/<int:test_id>/milestones")
@for_test(access.may_plan)
def save_milestones(test: TestGrant) -> ResponseReturnValue:
    """Set the milestones; a row more or less is only shown and not kept yet."""
    form, act = MilestonesForm.sent()
    if act != "save":
        return _page(test, form, "milestones")
    if form.validate():
        with saving(form) as saved:
            about = {"language": of_page(), "seen": form.seen.data or ""}
            actions.plan_milestones(test, form.steps(), **about, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The milestones are saved."), "success")
            return see_other("testing.show_test", test_id=test.id, _anchor="milestones")
    rows = queries.milestones_of(test.id)
    return _page(queries.fresh(test.id), form, "milestones", _stale(form, rows, actions.STEPS)), 422


@bp.get("/<int:test_id>/budget")
@for_test(access.may_plan)
def edit_budget(test: TestGrant) -> ResponseReturnValue:
    """The budget, to change."""
    rows = queries.lines_of(test.id)
    known = lines_known(rows) or {"amount_1": test.grant}
    known["seen"] = edition_of(rows, actions.LINES)
    return _page(test, BudgetForm.empty(max(1, len(rows)), known), "budget")


@bp.post("/<int:test_id>/budget")
@for_test(access.may_plan)
def save_budget(test: TestGrant) -> ResponseReturnValue:
    """Set the budget; a row more or less is only shown and not kept yet."""
    form, act = BudgetForm.sent()
    if act != "save":
        return _page(test, form, "budget")
    if form.validate():
        with saving(form) as saved:
            about = {"language": of_page(), "seen": form.seen.data or ""}
            actions.plan_budget(test, [line for _n, line in form.lines()], **about, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The budget is saved."), "success")
            return see_other("testing.show_test", test_id=test.id, _anchor="budget")
    rows = queries.lines_of(test.id)
    return _page(queries.fresh(test.id), form, "budget", _stale(form, rows, actions.LINES)), 422


def steps_known(rows: Sequence[Milestone]) -> dict[str, Any]:
    """Milestones as their form shows them."""
    return {
        f"{part}_{number}": value
        for number, each in enumerate(rows, 1)
        for part, value in {
            "title": each.title,
            "evidence": each.evidence,
            "due_on": each.due_on,
            "amount": each.amount,
        }.items()
    }


def lines_known(rows: Sequence[BudgetLine]) -> dict[str, Any]:
    """Budget lines as their form shows them."""
    return {
        f"{part}_{number}": value
        for number, each in enumerate(rows, 1)
        for part, value in {
            "number": str(each.id),
            "category": each.category,
            "title": each.title,
            "amount": each.amount,
        }.items()
    }


def _stale(form: Any, rows: Sequence[Any], fields: tuple[str, ...]) -> Sequence[Any]:
    """The rows as they stand now, where the other side changed them meanwhile."""
    if ChangedMeanwhile.sentence not in form.form_errors:
        return []
    form.seen.data, form.seen.raw_data = edition_of(rows, fields), None
    return rows


PAGES = {"milestones": "challenge/testing/edit_milestones.html", "budget": "challenge/testing/edit_budget.html"}


def _page(test: TestGrant, form: Any, kind: str, stands: Sequence[Any] = ()) -> str:
    return render_template(
        PAGES[kind],
        test=test,
        form=form,
        stands=stands,
        grant=test.grant,
        missing=test.grant - form.sum,
        nothing=Money(0),
        words=wording,
    )

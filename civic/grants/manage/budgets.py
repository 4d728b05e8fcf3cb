"""Budgets: what decisions of the authority gave to a fund, proposed by one person and booked by another."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import funds as actions
from civic.grants.forms.funds import BudgetForm
from civic.grants.forms.parts import NoteForm
from civic.grants.manage import desk
from civic.grants.manage.doors import for_fund
from civic.grants.models import BudgetChange, Fund
from civic.grants.queries import funds as queries
from civic.grants.queries import people


@desk.get("/funds/<slug>/budget/new")
@for_fund(access.may_manage)
def new_budget(fund: Fund) -> ResponseReturnValue:
    """The form for a decision about the budget."""
    return render_template("grants/manage/new_budget.html", form=BudgetForm(), fund=fund)


@desk.post("/funds/<slug>/budget/new")
@for_fund(access.may_manage)
def create_budget(fund: Fund) -> ResponseReturnValue:
    """Propose it; it counts once an approver or finance officer has booked it."""
    form = BudgetForm()
    if form.validate():
        with saving(form) as saved:
            change = actions.propose_budget(fund, form.given, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Proposed. It counts once an approver or a finance officer has booked it."), "success")
            return see_other("grant_desk.show_budget", change_id=change.id)
    return render_template("grants/manage/new_budget.html", form=form, fund=fund), 422


@desk.get("/budgets/<int:change_id>")
@allowed(access.may_see_grants, on=queries.budget_change_by_id)
def show_budget(change: BudgetChange) -> ResponseReturnValue:
    """One change of a budget, and what is to be done about it."""
    return _page(change, NoteForm(formdata=None))


@desk.post("/budgets/<int:change_id>/booking")
@allowed(access.may_see_grants)
@allowed(access.may_book, on=queries.budget_change_by_id)
def book_budget(change: BudgetChange) -> ResponseReturnValue:
    """Let it count."""
    form, slug = NoteForm(formdata=None), change.fund.slug
    with saving(form) as saved:
        actions.book_budget(change, by=me(), now=clock.now())
    if saved.ok:
        flash(_("Booked. The budget of the fund has changed."), "success")
        return see_other("grant_desk.show_fund", slug=slug)
    return _page(_again(change), form), 409


@desk.post("/budgets/<int:change_id>/refusal")
@allowed(access.may_see_grants)
@allowed(access.may_decline_budget, on=queries.budget_change_by_id)
def decline_budget(change: BudgetChange) -> ResponseReturnValue:
    """Say no to it, or take one's own proposal back."""
    form, slug = NoteForm(), change.fund.slug
    if not form.validate():
        return _page(change, form), 422
    with transaction():
        actions.decline_budget(change, by=me(), now=clock.now(), why=form.why.data or "")
    flash(_("It is not booked."), "success")
    return see_other("grant_desk.show_fund", slug=slug)


def _again(change: BudgetChange) -> BudgetChange:
    """The change as it stands after something was refused."""
    found = queries.budget_change_by_id(change.id)
    assert found is not None
    return found


def _page(change: BudgetChange, form: NoteForm) -> str:
    return render_template(
        "grants/manage/show_budget.html",
        change=change,
        form=form,
        names=people.names([change.proposed_by_id, change.booked_by_id]),
        may_book=access.may_book(change),
        may_decline=access.may_decline_budget(change),
        is_mine=change.proposed_by_id == me().id,
        words=wording,
    )

"""Charges as the desk sees them: found by any name, with all that happened, and the form that asks for a refund."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history
from civic.payments import wording
from civic.payments.access import may_ask_refund, may_keep_books
from civic.payments.actions import refunds as actions
from civic.payments.forms.desk import ChargeSearch, RefundForm
from civic.payments.manage import desk
from civic.payments.models import Charge
from civic.payments.queries import desk as queries


@desk.get("/charges")
@allowed(may_keep_books)
def list_charges() -> ResponseReturnValue:
    """Charges, newest first, by any name."""
    form = ChargeSearch(request.args)
    q = (form.q.data or "") if form.validate_search() else ""
    page = page_of(queries.charges(q), [Charge.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template("payments/desk/list_charges.html", search=form, q=q, page=page, words=wording)


@desk.get("/charges/<int:charge_id>")
@allowed(may_keep_books, on=queries.charge_by_id)
def show_charge(charge: Charge) -> ResponseReturnValue:
    """One charge, where its money went, and what came back."""
    return _page(charge, RefundForm(formdata=None))


@desk.post("/charges/<int:charge_id>/refunds")
@allowed(may_keep_books)
@allowed(may_ask_refund, on=queries.charge_by_id)
def create_refund(charge: Charge) -> ResponseReturnValue:
    """Ask that money goes back; another finance officer approves it."""
    form = RefundForm()
    if form.validate():
        assert form.amount.data is not None
        with saving(form) as saved:
            actions.request(charge, form.amount.data, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The refund is asked for. Another finance officer must approve it."), "success")
            return see_other("money_desk.list_refunds")
    return _page(charge, form), 422


def _page(charge: Charge, form: RefundForm) -> str:
    refunds = queries.refunds_of(charge)
    moves = history(charge)
    return render_template(
        "payments/desk/show_charge.html",
        charge=charge,
        form=form,
        refunds=refunds,
        disputes=queries.disputes_of(charge),
        moves=moves[::-1],
        names=queries.names_of([move.actor_id for move in moves]),
        may_ask=may_ask_refund(charge),
        words=wording,
    )

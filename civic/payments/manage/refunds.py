"""Refunds at the desk: those that wait for a second person first."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history
from civic.payments import wording
from civic.payments.access import may_decide_refund, may_decline_refund, may_keep_books
from civic.payments.actions import refunds as actions
from civic.payments.forms.desk import DeclineForm
from civic.payments.manage import desk
from civic.payments.manage.lists import listed
from civic.payments.models import Refund
from civic.payments.queries import desk as queries

CHOICES = {
    "waiting": (_l("Waiting for approval"), ("requested",)),
    "under_way": (_l("On their way"), ("approved", "submitted")),
    "failed": (_l("Failed"), ("failed",)),
    "all": (_l("All"), tuple(wording.REFUND_STATES)),
}


@desk.get("/refunds")
@allowed(may_keep_books)
def list_refunds() -> ResponseReturnValue:
    """Refunds by state, newest first."""
    found = listed(queries.refunds, CHOICES, [Refund.id.desc()], start="waiting")
    names = queries.names_of(each.requested_by_id for each in found.page.items)
    return render_template("payments/desk/list_refunds.html", found=found, names=names, words=wording, me=me())


@desk.get("/refunds/<int:refund_id>")
@allowed(may_keep_books, on=queries.refund_by_id)
def show_refund(refund: Refund) -> ResponseReturnValue:
    """One refund: how much, why, by whom, and the decision where one is due."""
    return _page(refund, DeclineForm(formdata=None))


@desk.post("/refunds/<int:refund_id>/approval")
@allowed(may_keep_books)
@allowed(may_decide_refund, on=queries.refund_by_id)
def approve_refund(refund: Refund) -> ResponseReturnValue:
    """Let it go."""
    with transaction():
        actions.approve(refund, by=me(), now=clock.now())
    flash(_("Approved. The money is on its way back to the card."), "success")
    return see_other("money_desk.show_refund", refund_id=refund.id)


@desk.post("/refunds/<int:refund_id>/refusal")
@allowed(may_keep_books)
@allowed(may_decline_refund, on=queries.refund_by_id)
def decline_refund(refund: Refund) -> ResponseReturnValue:
    """Say no, and why; or take one's own request back."""
    form = DeclineForm()
    if form.validate():
        with saving(form) as saved:
            actions.decline(refund, by=me(), now=clock.now(), why=form.why.data)
        if saved.ok:
            flash(_("Declined. Nothing goes back to the card."), "success")
            return see_other("money_desk.show_refund", refund_id=refund.id)
    return _page(refund, form), 422


def _page(refund: Refund, form: DeclineForm) -> str:
    moves = history(refund)
    people = [refund.requested_by_id, refund.approved_by_id, *(move.actor_id for move in moves)]
    return render_template(
        "payments/desk/show_refund.html",
        refund=refund,
        charge=refund.charge,
        form=form,
        moves=moves[::-1],
        names=queries.names_of(people),
        may_approve=refund.status == "requested" and may_decide_refund(refund),
        may_decline=may_decline_refund(refund),
        words=wording,
        me=me(),
    )

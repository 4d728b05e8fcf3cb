"""Payments to organisations at the desk: released by a second person, or declined."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import Form
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can, history
from civic.payments import wording
from civic.payments.access import may_keep_books, may_release_transfer
from civic.payments.actions import transfers as actions
from civic.payments.forms.desk import DeclineForm
from civic.payments.manage import desk
from civic.payments.manage.lists import listed
from civic.payments.models import Transfer
from civic.payments.queries import desk as queries

CHOICES = {
    "waiting": (_l("Waiting for you or a colleague"), ("requested", "failed")),
    "under_way": (_l("Being sent"), ("released",)),
    "sent": (_l("Sent"), ("sent",)),
    "all": (_l("All"), tuple(wording.TRANSFER_STATES)),
}


@desk.get("/transfers")
@allowed(may_keep_books)
def list_transfers() -> ResponseReturnValue:
    """Payments to organisations by state, newest first."""
    found = listed(queries.transfers, CHOICES, [Transfer.id.desc()], start="waiting")
    return render_template("payments/desk/list_transfers.html", found=found, words=wording, me=me())


@desk.get("/transfers/<int:transfer_id>")
@allowed(may_keep_books, on=queries.transfer_by_id)
def show_transfer(transfer: Transfer) -> ResponseReturnValue:
    """One payment: to whom, from which account, what may be sent now, and the decision where one is due."""
    return _page(transfer, DeclineForm(formdata=None))


@desk.post("/transfers/<int:transfer_id>/release")
@allowed(may_keep_books)
@allowed(may_release_transfer, on=queries.transfer_by_id)
def release_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Let it go; what stands against it is said on the page."""
    form = Form()
    with saving(form) as saved:
        actions.release(transfer, by=me(), now=clock.now())
    if not saved.ok:
        for sentence in [*form.form_errors, *(error for errors in form.errors.values() for error in errors)]:
            flash(str(sentence), "warning")
            break
    else:
        flash(_("Released. The money is being sent."), "success")
    return see_other("money_desk.show_transfer", transfer_id=transfer.id)


@desk.post("/transfers/<int:transfer_id>/refusal")
@allowed(may_keep_books, on=queries.transfer_by_id)
def decline_transfer(transfer: Transfer) -> ResponseReturnValue:
    """Say no, and why; the room that asked may ask anew."""
    form = DeclineForm()
    if form.validate():
        with saving(form) as saved:
            actions.decline(transfer, by=me(), now=clock.now(), why=form.why.data)
        if saved.ok:
            flash(_("Declined. Nothing is sent."), "success")
            return see_other("money_desk.show_transfer", transfer_id=transfer.id)
    return _page(transfer, form), 422


def _page(transfer: Transfer, form: DeclineForm) -> str:
    moves = history(transfer)
    people = [transfer.requested_by_id, transfer.released_by_id, *(move.actor_id for move in moves)]
    return render_template(
        "payments/desk/show_transfer.html",
        transfer=transfer,
        organisation=transfer.payee.organisation,
        payee=transfer.payee,
        payable=actions.payable(transfer.account, besides=transfer.id),
        reserved=actions.reserved(transfer.account),
        reversals=queries.reversals_of(transfer),
        form=form,
        moves=moves[::-1],
        names=queries.names_of(people),
        may_release=can(transfer, "release") and may_release_transfer(transfer),
        may_decline=can(transfer, "decline"),
        words=wording,
        me=me(),
    )

"""The nightly comparison at the desk: its runs, and the differences that a person must look at."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.jobs import enqueue
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.payments import differences, wording
from civic.payments.access import may_keep_books
from civic.payments.forms.desk import NoteForm
from civic.payments.manage import desk
from civic.payments.manage.lists import listed
from civic.payments.models import Discrepancy, ReconciliationRun
from civic.payments.queries import desk as queries
from civic.payments.reconciliation import reconcile

CHOICES = {"open": (_l("Open"), ("open",)), "resolved": (_l("Settled"), ("resolved",))}


@desk.get("/differences")
@allowed(may_keep_books)
def list_differences() -> ResponseReturnValue:
    """Differences between the books and the provider, and the latest comparisons."""
    found = listed(queries.differences, CHOICES, [Discrepancy.id.desc()], start="open")
    runs = page_of(queries.runs(), [ReconciliationRun.id.desc()], size=10, scalars=True).items
    return render_template(
        "payments/desk/list_differences.html", found=found, runs=runs, kinds=differences.KINDS, words=wording
    )


@desk.post("/comparisons")
@allowed(may_keep_books)
def create_comparison() -> ResponseReturnValue:
    """Compare now, and not only at night."""
    with transaction():
        enqueue(reconcile)
    flash(_("The comparison has begun. Look again in a few minutes."), "info")
    return see_other("money_desk.list_differences")


@desk.get("/differences/<int:difference_id>")
@allowed(may_keep_books, on=queries.difference_by_id)
def show_difference(difference: Discrepancy) -> ResponseReturnValue:
    """One difference, and what came of it."""
    return _page(difference, NoteForm(formdata=None))


@desk.post("/differences/<int:difference_id>/resolution")
@allowed(may_keep_books, on=queries.difference_by_id)
def resolve_difference(difference: Discrepancy) -> ResponseReturnValue:
    """Settle it with a note."""
    form = NoteForm()
    if form.validate():
        with saving(form) as saved:
            differences.resolve(difference, note=form.note.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Settled. If it is still there tonight, it comes back."), "success")
            return see_other("money_desk.list_differences")
    return _page(difference, form), 422


def _page(difference: Discrepancy, form: NoteForm) -> str:
    return render_template(
        "payments/desk/show_difference.html",
        difference=difference,
        form=form,
        kinds=differences.KINDS,
        names=queries.names_of([difference.resolved_by_id]),
        words=wording,
    )

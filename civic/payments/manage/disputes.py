"""Disputes at the desk: what to send to the bank, and by when."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.doors import allowed
from civic.core.states import history
from civic.payments import wording
from civic.payments.access import may_keep_books
from civic.payments.manage import desk
from civic.payments.manage.lists import listed
from civic.payments.models import Dispute
from civic.payments.queries import desk as queries

CHOICES = {
    "open": (_l("Open"), ("open",)),
    "decided": (_l("Decided"), ("won", "lost")),
    "all": (_l("All"), tuple(wording.DISPUTE_STATES)),
}


@desk.get("/disputes")
@allowed(may_keep_books)
def list_disputes() -> ResponseReturnValue:
    """Disputes by state, the newest first."""
    found = listed(queries.disputes, CHOICES, [Dispute.id.desc()], start="open")
    return render_template("payments/desk/list_disputes.html", found=found, words=wording, now=clock.now())


@desk.get("/disputes/<int:dispute_id>")
@allowed(may_keep_books, on=queries.dispute_by_id)
def show_dispute(dispute: Dispute) -> ResponseReturnValue:
    """One dispute, with the evidence that we keep."""
    return render_template(
        "payments/desk/show_dispute.html",
        dispute=dispute,
        charge=dispute.charge,
        card=dispute.charge.payment_method,
        consent=queries.consent_to(dispute.charge),
        moves=history(dispute)[::-1],
        words=wording,
        now=clock.now(),
    )

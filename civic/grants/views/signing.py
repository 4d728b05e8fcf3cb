"""The agreement for its recipient: read, taken away, signed by who may; every version that was offered stays readable."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.grants import access, printing, wording
from civic.grants.actions import agreements as actions
from civic.grants.actions.agreements import Signer
from civic.grants.forms.awards import SignForm
from civic.grants.models import Agreement, Award
from civic.grants.queries import agreements as queries
from civic.grants.views import bp
from civic.grants.views.doors import for_recipients, must_bind


@bp.get("/awards/<public_id>/agreements/<int:version>")
@for_recipients
def show_agreement(award: Award, version: int) -> ResponseReturnValue:
    """One version, with the place to sign."""
    return _page(_offered(award, version), SignForm(formdata=None))


@bp.get("/awards/<public_id>/agreements/<int:version>.pdf")
@for_recipients
def download_agreement(award: Award, version: int) -> ResponseReturnValue:
    """The same as a PDF."""
    agreement = _offered(award, version)
    name = f"agreement-{award.public_id[:6]}-{version}.pdf"
    return printing.send("grants/documents/agreement.html", name, agreement=agreement, award=award, words=wording)


@bp.post("/awards/<public_id>/agreements/<int:version>/signature")
@for_recipients
def sign_agreement(award: Award, version: int) -> ResponseReturnValue:
    """Sign it for the recipient."""
    must_bind(award)
    agreement, form = _offered(award, version), SignForm()
    if agreement.status != "offered" or agreement.recipient_signed_at is not None:
        raise IllegalMove()
    if form.validate():
        signer = Signer(me(), form.name.data or "", form.position.data or "")
        with saving(form) as saved:
            actions.sign_for_recipient(agreement, signer, now=clock.now())
        if saved.ok:
            flash(_("You have signed. We sign next, and tell you when the agreement is in force."), "success")
            return see_other("grants.show_desk", public_id=award.public_id)
    return _page(_offered(award, version), form), 422


def _offered(award: Award, version: int) -> Agreement:
    """A version that was offered; what is only being written is not there yet."""
    agreement = queries.version_of(award, version)
    if agreement is None or agreement.offered_at is None:
        raise NotFound()
    return agreement


def _page(agreement: Agreement, form: SignForm) -> str:
    award = agreement.award
    is_open = agreement.status == "offered" and agreement.recipient_signed_at is None
    return render_template(
        "grants/recipient/show_agreement.html",
        agreement=agreement,
        award=award,
        form=form if form.is_submitted() else None,
        sign=form,
        is_open=is_open,
        may_sign=is_open and access.may_sign_for_recipient(award),
        printable=printing.is_available(),
        words=wording,
    )

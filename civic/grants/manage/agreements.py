"""Agreements at the desk: written from what is known, offered, taken back, signed for the authority."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import Conflict, NotFound, form_errors, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.grants import access, printing, wording
from civic.grants.actions import agreements as actions
from civic.grants.actions.agreements import Signer
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.awards import DraftForm, SignForm
from civic.grants.forms.parts import NoteForm, of_page
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award, must_be_able
from civic.grants.models import Agreement, Award
from civic.grants.queries import agreements as queries
from civic.grants.queries import file
from civic.grants.wording.agreement import first_text


def may_draft(award: Award) -> bool:
    """Those who run its fund, while there is something to agree, or a version was begun that amends what is agreed."""
    if not access.may_run(award) or award.status not in ("due", "agreed"):
        return False
    return award.amounts != award.agreed or _draft(award) is not None


@desk.get("/awards/<public_id>/agreement")
@for_award(may_draft)
def edit_agreement(award: Award) -> ResponseReturnValue:
    """The version that is being written; a new one begins with a text made of what is known."""
    draft = _draft(award)
    text = draft.text if draft else first_text(file.file_of(award))
    language = draft.language if draft else of_page()
    known = {"text": text, "language": language, "seen": edition(draft, actions.WRITTEN)}
    return _page(award, DraftForm(formdata=None, data=known))


@desk.post("/awards/<public_id>/agreement")
@for_award(may_draft)
def save_agreement(award: Award) -> ResponseReturnValue:
    """Keep the draft; refuses to overwrite what a colleague changed meanwhile."""
    form = DraftForm()
    if not form.validate():
        return _page(award, form), 422
    said = {"text": form.text.data or "", "language": form.language.data, "seen": form.seen.data or ""}
    try:
        with transaction():
            agreement = actions.draft(award, **said, by=me(), now=clock.now())
    except Conflict as refused:
        form_errors(form, refused)
        now = _draft(again(award))
        form.seen.data, form.seen.raw_data = edition(now, actions.WRITTEN), None
        stands = now.text if now is not None and isinstance(refused, ChangedMeanwhile) else ""
        return _page(again(award), form, stands=stands), 409
    flash(_("Saved. Read it once more, then offer it to the recipient."), "success")
    return see_other("grant_desk.show_agreement", public_id=award.public_id, version=agreement.version)


@desk.get("/awards/<public_id>/agreements/<int:version>")
@for_award()
def show_agreement(award: Award, version: int) -> ResponseReturnValue:
    """One version, and what can be done with it."""
    return _show(_version(award, version))


@desk.get("/awards/<public_id>/agreements/<int:version>.pdf")
@for_award()
def download_agreement(award: Award, version: int) -> ResponseReturnValue:
    """The same as a PDF."""
    agreement = _version(award, version)
    name = f"agreement-{award.public_id[:6]}-{version}.pdf"
    return printing.send("grants/documents/agreement.html", name, agreement=agreement, award=award, words=wording)


@desk.post("/awards/<public_id>/agreements/<int:version>/offer")
@for_award(access.may_run)
def offer_agreement(award: Award, version: int) -> ResponseReturnValue:
    """Send it to the recipient; from now on its text is fixed."""
    agreement, form = _version(award, version), NoteForm(formdata=None)
    with saving(form) as saved:
        actions.offer(agreement, by=me(), now=clock.now())
    if saved.ok:
        flash(_("Offered. The recipient has been told that it is ready to be signed."), "success")
        return see_other("grant_desk.show_agreement", public_id=award.public_id, version=version)
    return _show(_version(again(award), version), back=form), 409


@desk.post("/awards/<public_id>/agreements/<int:version>/withdrawal")
@for_award(access.may_run)
def withdraw_agreement(award: Award, version: int) -> ResponseReturnValue:
    """Take it back; a signature that stood under it counts no more."""
    agreement, form = _version(award, version), NoteForm()
    must_be_able(agreement, "withdraw")
    if not form.validate():
        return _show(agreement, back=form), 422
    with transaction():
        actions.withdraw(agreement, by=me(), now=clock.now(), why=form.why.data or "")
    flash(_("This version is taken back."), "success")
    return see_other("grant_desk.show_award", public_id=award.public_id)


@desk.post("/awards/<public_id>/agreements/<int:version>/signature")
@for_award(access.is_approver)
def sign_agreement(award: Award, version: int) -> ResponseReturnValue:
    """Sign it for the authority."""
    agreement, form = _version(award, version), SignForm()
    if not access.may_sign_for_authority(agreement):
        raise IllegalMove()
    if form.validate():
        signer = Signer(me(), form.name.data or "", form.position.data or "")
        with saving(form) as saved:
            actions.sign_for_authority(agreement, signer, now=clock.now())
        if saved.ok:
            flash(_("You have signed for the authority."), "success")
            return see_other("grant_desk.show_agreement", public_id=award.public_id, version=version)
    return _show(_version(again(award), version), sign=form), 422


def _draft(award: Award) -> Agreement | None:
    found = queries.open_of(award.id)
    return found if found is not None and found.status == "draft" else None


def _version(award: Award, version: int) -> Agreement:
    agreement = queries.version_of(award, version)
    if agreement is None:
        raise NotFound()
    return agreement


def _page(award: Award, form: DraftForm, stands: str = "") -> str:
    """The form; `stands` is how the text stands now, where somebody else changed it meanwhile."""
    whole = file.file_of(award)
    page = {"award": award, "form": form, "file": whole, "stands": stands}
    return render_template("grants/manage/edit_agreement.html", **page)


def _show(agreement: Agreement, *, sign: SignForm | None = None, back: NoteForm | None = None) -> str:
    award = agreement.award
    runs, is_open = access.may_run(award), agreement.status in ("draft", "offered")
    return render_template(
        "grants/manage/show_agreement.html",
        agreement=agreement,
        award=award,
        form=sign or back,
        sign=sign or SignForm(formdata=None),
        back=back or NoteForm(formdata=None),
        is_up_to_date=agreement.amounts == award.amounts,
        may_offer=runs and agreement.status == "draft",
        may_withdraw=runs and is_open,
        may_sign=access.may_sign_for_authority(agreement),
        printable=printing.is_available(),
        words=wording,
    )

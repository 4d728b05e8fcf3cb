"""The recipient's desk: where the award stands, what to do next, and everything that belongs to it."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.files import send_private
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import awards as actions
from civic.grants.forms.recipients import DeclineForm
from civic.grants.models import Award
from civic.grants.queries import awards as queries
from civic.grants.queries import file
from civic.grants.rules.choices import UNSIGNED
from civic.grants.views import bp
from civic.grants.views.doors import for_recipients, must_bind


@bp.get("/awards")
@allowed(is_signed_in)
def list_awards() -> ResponseReturnValue:
    """Public money for me and for the organisations I act for."""
    mine = queries.awards_of_person(me().id)
    paid = queries.paid_of([each.id for each in mine])
    return render_template("grants/recipient/list_awards.html", awards=mine, paid=paid, words=wording)


@bp.get("/awards/<public_id>/desk")
@for_recipients
def show_desk(award: Award) -> ResponseReturnValue:
    """Where it stands, what to do next, and all that belongs to it."""
    return render_template("grants/recipient/show_desk.html", **shown(award))


@bp.get("/awards/<public_id>/papers/<int:paper_id>")
@for_recipients
def show_paper(award: Award, paper_id: int) -> ResponseReturnValue:
    """Evidence that was sent, as a download."""
    paper = queries.paper_of(award, paper_id)
    if paper is None:
        raise NotFound()
    return send_private(paper.file)


@bp.get("/awards/<public_id>/refusal")
@for_recipients
def confirm_refusal(award: Award) -> ResponseReturnValue:
    """Whether the money is really not needed."""
    _must_be_open(award)
    return render_template("grants/recipient/confirm_refusal.html", award=award, form=DeclineForm())


@bp.post("/awards/<public_id>/refusal")
@for_recipients
def decline_award(award: Award) -> ResponseReturnValue:
    """Say that the money is not needed; it goes back to its pot."""
    _must_be_open(award)
    form = DeclineForm()
    if not form.validate():
        return render_template("grants/recipient/confirm_refusal.html", award=award, form=form), 422
    with transaction():
        actions.decline(award, words=form.words.data or "", by=me(), now=clock.now())
    flash(_("Thank you for telling us. The money goes to others."), "success")
    return see_other("grants.show_desk", public_id=award.public_id)


def shown(award: Award) -> dict[str, Any]:
    """What the desk is drawn from."""
    whole, today = file.recipients_file_of(award), london_today(clock.now())
    return {
        "award": award,
        "file": whole,
        "next": whole.next_for_recipient(today),
        "today": today,
        "may_bind": access.may_sign_for_recipient(award),
        "may_decline": may_decline(award),
        "words": wording,
    }


def may_decline(award: Award) -> bool:
    """Who may sign for the recipient may also say that they do not need it, until both sides have signed."""
    return access.may_sign_for_recipient(award) and award.status in UNSIGNED


def _must_be_open(award: Award) -> None:
    must_bind(award)
    if award.status not in UNSIGNED:
        raise NotFound()

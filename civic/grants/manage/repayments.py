"""Money that goes back: asked for by an officer, approved by an approver, recorded by a finance officer."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history
from civic.grants import access, wording
from civic.grants.actions import repayments as actions
from civic.grants.forms.awards import RepaymentForm
from civic.grants.forms.parts import NoteForm, of_page
from civic.grants.forms.payments import ReceivedForm, WriteOffForm
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award, for_repayment, must_be_able, repayment_here
from civic.grants.models import Award, Repayment
from civic.grants.queries import awards as queries
from civic.grants.queries import listing, people

SHOWS = {
    "open": (_l("Open"), ("asked", "approved")),
    "asked": (_l("To approve"), ("asked",)),
    "approved": (_l("To come"), ("approved",)),
    "ended": (_l("Ended"), ("received", "written_off", "withdrawn")),
}


def may_ask(award: Award) -> bool:
    """Those who run its fund, once something was agreed."""
    return access.may_run(award) and award.status in ("agreed", "completed", "stopped")


def may_write_off(repayment: Repayment) -> bool:
    """An approver who did not ask for it, once it was asked of the recipient."""
    return access.may_approve_repayment(repayment) and repayment.status == "approved"


@desk.get("/repayments")
@allowed(access.may_see_grants)
def list_repayments() -> ResponseReturnValue:
    """Repayments by where they stand."""
    shown = request.args.get("show", "open")
    shown = shown if shown in SHOWS else "open"
    page = page_of(listing.repayments(SHOWS[shown][1]), [Repayment.id.desc()], at=request.args.get("at"), scalars=True)
    shows = {key: label for key, (label, _states) in SHOWS.items()}
    return render_template("grants/manage/list_repayments.html", page=page, shown=shown, shows=shows, words=wording)


@desk.get("/awards/<public_id>/repayments/new")
@for_award(may_ask)
def new_repayment(award: Award) -> ResponseReturnValue:
    """The form to ask for money back."""
    return _form(award, RepaymentForm(formdata=None))


@desk.post("/awards/<public_id>/repayments/new")
@for_award(may_ask)
def create_repayment(award: Award) -> ResponseReturnValue:
    """Ask for it; an approver decides before the recipient is asked."""
    form = RepaymentForm()
    if form.validate():
        said = {"kind": form.kind.data, "why": form.why.data or "", "language": of_page()}
        with saving(form) as saved:
            repayment = actions.ask(award, **said, amounts=form.amounts, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Kept. An approver other than you decides, then the recipient is asked."), "success")
            return see_other("grant_desk.show_repayment", repayment_id=repayment.id)
    return _form(again(award), form), 422


@desk.get("/repayments/<int:repayment_id>")
@for_repayment(access.may_see_grants)
def show_repayment(repayment: Repayment) -> ResponseReturnValue:
    """One repayment, and what can be done about it."""
    return _page(repayment)


@desk.post("/repayments/<int:repayment_id>/approval")
@for_repayment(access.may_approve_repayment)
def approve_repayment(repayment: Repayment) -> ResponseReturnValue:
    """Say yes to it; the recipient is asked now."""
    with transaction():
        actions.approve(repayment, by=me(), now=clock.now())
    flash(_("Approved. The recipient has been asked to pay it back."), "success")
    return see_other("grant_desk.show_repayment", repayment_id=repayment.id)


@desk.post("/repayments/<int:repayment_id>/withdrawal")
@for_repayment(access.may_withdraw_repayment)
def withdraw_repayment(repayment: Repayment) -> ResponseReturnValue:
    """Say no to it, or take it back."""
    form = NoteForm()
    if not form.validate():
        return _page(repayment, no=form), 422
    with transaction():
        actions.withdraw(repayment, by=me(), now=clock.now(), why=form.why.data or "")
    flash(_("It is not asked for."), "success")
    return see_other("grant_desk.show_repayment", repayment_id=repayment.id)


@desk.post("/repayments/<int:repayment_id>/receipt")
@for_repayment(access.may_receive_repayment)
def receive_repayment(repayment: Repayment) -> ResponseReturnValue:
    """Record that it came."""
    must_be_able(repayment, "receive")
    form = ReceivedForm(today=london_today(clock.now()))
    if form.validate():
        said = {"received_on": form.received_on.data, "bank_reference": form.bank_reference.data or ""}
        with saving(form) as saved:
            actions.receive(repayment, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recorded. The money is left in its pot again."), "success")
            return see_other("grant_desk.show_repayment", repayment_id=repayment.id)
    return _page(_again(repayment), received=form), 422


@desk.post("/repayments/<int:repayment_id>/write-off")
@for_repayment(may_write_off)
def write_off_repayment(repayment: Repayment) -> ResponseReturnValue:
    """Give up what cannot be had back."""
    form = WriteOffForm()
    if form.validate():
        with saving(form) as saved:
            actions.write_off(repayment, why=form.reason.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Given up. It stays among what was paid."), "success")
            return see_other("grant_desk.show_repayment", repayment_id=repayment.id)
    return _page(_again(repayment), off=form), 422


def _again(repayment: Repayment) -> Repayment:
    found = repayment_here(repayment.id)
    assert found is not None
    return found


def _form(award: Award, form: RepaymentForm) -> str:
    page = {"award": award, "form": form, "most": queries.may_come_back(award.id)}
    return render_template("grants/manage/new_repayment.html", **page)


def _page(
    repayment: Repayment,
    *,
    no: NoteForm | None = None,
    received: ReceivedForm | None = None,
    off: WriteOffForm | None = None,
) -> str:
    moves = history(repayment)
    ids = [repayment.asked_by_id, repayment.approved_by_id, repayment.received_by_id]
    return render_template(
        "grants/manage/show_repayment.html",
        repayment=repayment,
        award=repayment.award,
        names=people.names([*ids, *(move.actor_id for move in moves)]),
        moves=moves[::-1],
        form=no or received or off,
        no=no or NoteForm(formdata=None),
        received=received or ReceivedForm(formdata=None, today=london_today(clock.now())),
        off=off or WriteOffForm(formdata=None),
        may_approve=access.may_approve_repayment(repayment) and repayment.status == "asked",
        may_withdraw=access.may_withdraw_repayment(repayment),
        may_receive=access.may_receive_repayment(repayment) and repayment.status == "approved",
        may_write_off=may_write_off(repayment),
        is_mine=repayment.asked_by_id == me().id,
        words=wording,
    )

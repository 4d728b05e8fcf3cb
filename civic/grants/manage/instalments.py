"""One instalment for the officers who check its claim: the evidence, the instruction to pay, or what is missing."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history
from civic.grants import access, wording
from civic.grants.actions import instalments as actions
from civic.grants.actions.papers import name_of
from civic.grants.forms.awards import ReturnForm
from civic.grants.forms.parts import NoteForm, WhyForm
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award, must_be_able, part_of
from civic.grants.models import Award, Instalment
from civic.grants.queries import awards as queries
from civic.grants.queries import people


@desk.get("/awards/<public_id>/instalments/<int:instalment_id>")
@for_award()
def show_instalment(award: Award, instalment_id: int) -> ResponseReturnValue:
    """What was claimed, with its evidence."""
    return _page(part_of(award, Instalment, instalment_id))


@desk.post("/awards/<public_id>/instalments/<int:instalment_id>/instruction")
@for_award(access.may_run)
def instruct_payment(award: Award, instalment_id: int) -> ResponseReturnValue:
    """Tell the finance officers to pay."""
    instalment, form = part_of(award, Instalment, instalment_id), NoteForm(formdata=None)
    with saving(form) as saved:
        actions.instruct(instalment, by=me(), now=clock.now())
    if saved.ok:
        flash(_("The instruction to pay is given. A finance officer other than you pays next."), "success")
        return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="instalments")
    return _page(part_of(again(award), Instalment, instalment_id), shown=form), 409


@desk.post("/awards/<public_id>/instalments/<int:instalment_id>/return")
@for_award(access.may_run)
def return_claim(award: Award, instalment_id: int) -> ResponseReturnValue:
    """Send the claim back with what is missing."""
    instalment, form = part_of(award, Instalment, instalment_id), ReturnForm()
    must_be_able(instalment, "return")
    if form.validate():
        with saving(form) as saved:
            actions.send_back(instalment, why=form.missing.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Sent back. The recipient has your words by email."), "success")
            return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="instalments")
    return _page(part_of(again(award), Instalment, instalment_id), missing=form), 422


@desk.post("/awards/<public_id>/instalments/<int:instalment_id>/recall")
@for_award(access.may_run)
def recall_payment(award: Award, instalment_id: int) -> ResponseReturnValue:
    """Take an instruction back that was not carried out yet."""
    instalment, form = part_of(award, Instalment, instalment_id), WhyForm()
    must_be_able(instalment, "recall")
    if form.validate():
        with saving(form) as saved:
            actions.recall(instalment, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("The instruction is taken back. Nothing is paid."), "success")
            return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="instalments")
    return _page(part_of(again(award), Instalment, instalment_id), recall=form), 422


def may_be_paid(award: Award, instalment: Instalment) -> bool:
    """Only what both sides have signed for is paid."""
    return award.status == "agreed" and (queries.in_motion(award.id) + instalment.amounts).fits(award.agreed)


def _page(
    instalment: Instalment,
    *,
    missing: ReturnForm | None = None,
    recall: WhyForm | None = None,
    shown: NoteForm | None = None,
) -> str:
    award, moves = instalment.award, history(instalment)
    is_signed = may_be_paid(award, instalment)
    ids = [instalment.claimed_by_id, instalment.instructed_by_id, instalment.paid_by_id, instalment.confirmed_by_id]
    return render_template(
        "grants/manage/show_instalment.html",
        award=award,
        instalment=instalment,
        papers=queries.papers_of(award).get(name_of(instalment), []),
        names=people.names([*ids, *(move.actor_id for move in moves)]),
        moves=moves[::-1],
        form=missing or recall or shown,
        missing=missing or ReturnForm(formdata=None),
        recall=recall or WhyForm(formdata=None),
        is_signed=is_signed,
        may_instruct=access.may_instruct(instalment) and instalment.status in ("planned", "claimed") and is_signed,
        may_return=access.may_run(award) and instalment.status == "claimed",
        may_recall=access.may_run(award) and instalment.status == "instructed",
        may_pay=access.may_pay(instalment),
        words=wording,
    )

"""Instalments for their recipient: claimed with words and evidence, and confirmed once the money is there."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock, files
from civic.core.db import transaction
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.core.states import IllegalMove
from civic.grants import wording
from civic.grants.actions import instalments as actions
from civic.grants.actions import papers
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.parts import of_page
from civic.grants.forms.recipients import ClaimForm
from civic.grants.models import Award, Instalment
from civic.grants.queries import awards as queries
from civic.grants.views import bp
from civic.grants.views.doors import for_recipients, found

PAPER = files.MAX_PICTURE + files.AROUND


@bp.get("/awards/<public_id>/instalments/<int:instalment_id>")
@for_recipients
def show_instalment(award: Award, instalment_id: int) -> ResponseReturnValue:
    """One instalment: its condition, the evidence, the claim."""
    instalment = found(award, Instalment, instalment_id)
    return _page(instalment, _form(instalment))


@bp.post("/awards/<public_id>/instalments/<int:instalment_id>")
@for_recipients
@takes_uploads(PAPER)
@limit("120/hour", key=person)
def save_claim(award: Award, instalment_id: int) -> ResponseReturnValue:
    """Keep what is written, add or remove a paper, or send the claim; a paper that was chosen is kept with any of these."""
    instalment, form = found(award, Instalment, instalment_id), ClaimForm()
    if not (_may_claim(instalment) or instalment.status == "claimed"):
        raise IllegalMove()
    act, _dash, number = (form.act.data or "").partition("-")
    act = act if act in TOLD else "save"
    if form.validate():
        with saving(form) as saved:
            _keep(instalment, form)
            if act == "remove":
                _take_away(instalment, number)
            if act == "send":
                words = {"words": form.words.data or "", "language": of_page()}
                actions.claim(instalment, **words, by=me(), now=clock.now())
        if saved.ok:
            flash(TOLD[act](), "success")
            if act == "send":
                return see_other("grants.show_desk", public_id=award.public_id)
            return see_other("grants.show_instalment", public_id=award.public_id, instalment_id=instalment_id)
    again = found(_again(award), Instalment, instalment_id)
    stands = _stale(form, again)
    return _page(again, form, stands=stands), 409 if stands else 422


@bp.post("/awards/<public_id>/instalments/<int:instalment_id>/confirmation")
@for_recipients
def confirm_payment(award: Award, instalment_id: int) -> ResponseReturnValue:
    """Say that the money has arrived."""
    instalment = found(award, Instalment, instalment_id)
    with transaction():
        actions.confirm(instalment, by=me(), now=clock.now())
    flash(_("Thank you for telling us."), "success")
    return see_other("grants.show_desk", public_id=award.public_id)


TOLD = {
    "save": lambda: _("Saved. Nothing is sent yet."),
    "paper": lambda: _("The paper is added."),
    "remove": lambda: _("The paper is removed."),
    "send": lambda: _("Your claim is with us. We check it and write to you."),
}


def _keep(instalment: Instalment, form: ClaimForm) -> None:
    """Whatever is asked for, nothing that was typed or chosen is lost."""
    if form.paper.data:
        about = {"title": form.paper_title.data or "", "language": of_page()}
        papers.add(instalment.award, instalment, form.paper.data, **about, by=me(), now=clock.now())
    if instalment.status == "planned":
        words = {"words": form.words.data or "", "language": of_page()}
        actions.write(instalment, **words, seen=form.seen.data or "")


def _take_away(instalment: Instalment, number: str) -> None:
    paper = queries.paper_of(instalment.award, int(number) if number.isdecimal() and len(number) < 16 else 0)
    if paper is None:
        raise NotFound()
    papers.remove(instalment.award, instalment, paper, by=me(), now=clock.now())


def _form(instalment: Instalment) -> ClaimForm:
    known = {"words": instalment.claim, "seen": edition(instalment, actions.WRITTEN)}
    return ClaimForm(formdata=None, data=known)


def _may_claim(instalment: Instalment) -> bool:
    """Only what both sides have signed for is claimed."""
    award = instalment.award
    fits = (queries.in_motion(award.id) + instalment.amounts).fits(award.agreed)
    return instalment.status == "planned" and award.status == "agreed" and fits


def _stale(form: ClaimForm, instalment: Instalment) -> str:
    """How the words stand now, where a colleague changed them meanwhile."""
    if ChangedMeanwhile.sentence not in form.form_errors:
        return ""
    form.seen.data, form.seen.raw_data = edition(instalment, actions.WRITTEN), None
    return instalment.claim or "–"


def _again(award: Award) -> Award:
    again = queries.public_award(award.public_id)
    if again is None:
        raise NotFound()
    return again


def _page(instalment: Instalment, form: ClaimForm, stands: str = "") -> str:
    award = instalment.award
    return render_template(
        "grants/recipient/show_instalment.html",
        award=award,
        instalment=instalment,
        papers=queries.papers_of(award).get(papers.name_of(instalment), []),
        form=form if request.method == "POST" else None,
        claim=form,
        stands_now=stands,
        may_claim=_may_claim(instalment),
        may_add=instalment.status == "claimed",
        words=wording,
    )

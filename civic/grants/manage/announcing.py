"""Announcing awards: one, or several of a pot at one moment, after a summary."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import awards as actions
from civic.grants.forms.decisions import ChosenForm
from civic.grants.manage import desk
from civic.grants.manage.doors import for_award, for_pot
from civic.grants.models import Award, Pot
from civic.grants.queries import funds, listing
from civic.grants.rules.amounts import together


@desk.post("/awards/<public_id>/announcement")
@for_award(access.may_run)
def announce_award(award: Award) -> ResponseReturnValue:
    """Let everybody know of one award now."""
    with transaction():
        actions.announce(award, by=me(), now=clock.now())
    flash(_("Announced. The recipient has been told, and everybody can see it."), "success")
    return see_other("grant_desk.show_award", public_id=award.public_id)


@desk.get("/pots/<int:pot_id>/announcement")
@for_pot(access.may_manage_pot)
def choose_awards(pot: Pot) -> ResponseReturnValue:
    """Awards of a pot that are decided and not announced, to choose from."""
    return render_template("grants/manage/choose_awards.html", pot=pot, awards=_mine(pot), words=wording)


@desk.get("/pots/<int:pot_id>/announcement/summary")
@for_pot(access.may_manage_pot)
def check_awards(pot: Pot) -> ResponseReturnValue:
    """What is about to be announced, before anything happens."""
    numbers = [int(each) for each in request.args.getlist("chosen")[:200] if each.isdecimal() and len(each) < 16]
    return _summary(pot, ChosenForm(formdata=None, chosen=numbers))


@desk.post("/pots/<int:pot_id>/announcement")
@for_pot(access.may_manage_pot)
def announce_together(pot: Pot) -> ResponseReturnValue:
    """Announce all of them at one moment, or none."""
    form = ChosenForm()
    chosen = _chosen(pot, form)
    if not chosen:
        flash(_("Choose at least one that is still open to you."), "warning")
        return see_other("grant_desk.choose_awards", pot_id=pot.id)
    if form.validate() and form.has_all(chosen):
        with saving(form) as saved:
            actions.announce_together(chosen, by=me(), now=clock.now())
        if saved.ok:
            number = len(chosen)
            flash(ngettext("%(num)d award is announced.", "%(num)d awards are announced.", number), "success")
            return see_other("grant_desk.show_pot", pot_id=pot.id)
    found = funds.pot_by_id(pot.id)
    assert found is not None
    return _summary(found, form), 422


def _mine(pot: Pot) -> list[Award]:
    """Those that this officer may announce."""
    return [each for each in listing.approved_in(pot) if access.may_run(each)]


def _chosen(pot: Pot, form: ChosenForm) -> list[Award]:
    wanted = set(form.chosen.data or [])
    mine = _mine(pot)
    form.chosen.choices = [(each.id, each.title) for each in mine]
    return [each for each in mine if each.id in wanted]


def _summary(pot: Pot, form: ChosenForm) -> str:
    chosen = _chosen(pot, form)
    return render_template(
        "grants/manage/check_awards.html",
        pot=pot,
        form=form,
        chosen=chosen,
        sum=together(each.amounts for each in chosen),
        words=wording,
    )

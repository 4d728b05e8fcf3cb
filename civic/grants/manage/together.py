"""Deciding several recommendations of one pot under one number: chosen, seen as a sum, and then all of them or none."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import decisions as actions
from civic.grants.forms.decisions import TogetherForm
from civic.grants.manage import desk
from civic.grants.manage.doors import for_pot
from civic.grants.models import Decision, Pot
from civic.grants.queries import funds, listing
from civic.grants.queries import funds as queries
from civic.grants.rules.amounts import together


def may_decide_in(pot: Pot) -> bool:
    """An approver; of each recommendation it is asked again."""
    return access.is_approver()


@desk.get("/pots/<int:pot_id>/decisions")
@for_pot(may_decide_in)
def choose_decisions(pot: Pot) -> ResponseReturnValue:
    """The open recommendations of a pot, to choose from; where one cannot be decided it says why."""
    found = listing.recommended_in(pot)
    return render_template(
        "grants/manage/choose_decisions.html",
        pot=pot,
        rows=[(each, access.against_deciding(each) or access.against_limit(each)) for each in found],
        left=funds.left_in(pot.id),
        needed=pot.fund.consultees,
        words=wording,
    )


@desk.get("/pots/<int:pot_id>/decisions/summary")
@for_pot(may_decide_in)
def check_decisions(pot: Pot) -> ResponseReturnValue:
    """What was chosen as a sum, against what is left, before anything happens."""
    return _summary(pot, TogetherForm(formdata=None, chosen=_numbers()))


@desk.post("/pots/<int:pot_id>/decisions")
@for_pot(may_decide_in)
def decide_together(pot: Pot) -> ResponseReturnValue:
    """Decide all of them under one number, or none."""
    form = TogetherForm()
    chosen = _offer(pot, form)
    if not chosen:
        flash(_("Choose at least one that is still open to you."), "warning")
        return see_other("grant_desk.choose_decisions", pot_id=pot.id)
    if form.validate() and form.has_all(chosen):
        said = {"number": form.number.data or "", "reasons": form.reasons.data or ""}
        with saving(form) as saved:
            actions.decide_together(chosen, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(_("All of them are decided under %(number)s.", number=form.number.data), "success")
            return see_other("grant_desk.show_pot", pot_id=pot.id)
    again = queries.pot_by_id(pot.id)
    assert again is not None
    return _summary(again, form), 422


def _numbers() -> list[int]:
    return [int(each) for each in request.args.getlist("chosen")[:200] if each.isdecimal() and len(each) < 16]


def _offer(pot: Pot, form: TogetherForm) -> list[Decision]:
    """The open recommendations that may be chosen by this approver; those that were chosen."""
    may = {each.id: each for each in listing.recommended_in(pot) if access.may_decide(each)}
    form.chosen.choices = [(number, each.award.title) for number, each in may.items()]
    return [may[number] for number in form.chosen.data or [] if number in may]


def _summary(pot: Pot, form: TogetherForm) -> str:
    chosen = _offer(pot, form)
    more, left = together(each.amounts - each.award.amounts for each in chosen), funds.left_in(pot.id)
    return render_template(
        "grants/manage/check_decisions.html",
        pot=pot,
        form=form,
        chosen=chosen,
        more=more,
        left=left,
        after=left - more,
        needed=pot.fund.consultees,
        words=wording,
    )

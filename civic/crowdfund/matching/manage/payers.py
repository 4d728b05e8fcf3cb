"""Who pays for a draft: funders one by one, each with its fund and how much at most."""

from dataclasses import replace
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import acting_roles
from civic.core import clock
from civic.core.errors import NotFound, saving
from civic.core.forms import MoneyField
from civic.core.money import Money
from civic.core.pages import see_other
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import drafts as actions
from civic.crowdfund.matching.actions.drafts import Payer
from civic.crowdfund.matching.forms.schemes import PayerForm, funds_for
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import again, for_scheme, must_be_a_draft
from civic.crowdfund.matching.models import MatchFunder, MatchScheme
from civic.crowdfund.matching.queries.schemes import mark_of_funders
from civic.grants.models import Fund
from civic.grants.queries.funds import all_funds

MOST = 12
"""So many funders at most."""


@desk.get("/<slug>/payers")
@for_scheme(access.may_run)
def list_payers(scheme: MatchScheme) -> ResponseReturnValue:
    """Who pays, and what comes together."""
    must_be_a_draft(scheme)
    pot = sum((each.contribution for each in scheme.funders), Money(0))
    page = {
        "scheme": scheme,
        "pot": pot,
        "seen": mark_of_funders(scheme.funders),
        "may_add": len(scheme.funders) < MOST,
    }
    return render_template("crowdfund/matching/desk/list_payers.html", **page)


@desk.get("/<slug>/payers/new")
@for_scheme(access.may_run)
def new_payer(scheme: MatchScheme) -> ResponseReturnValue:
    """The form for one more."""
    must_be_a_draft(scheme)
    form = _form(scheme)
    asked = request.args.get("at_most", "")
    if _is_money(asked):
        form.at_most.process_formdata([asked])
    return _page(scheme, form, None)


@desk.post("/<slug>/payers/new")
@for_scheme(access.may_run)
def create_payer(scheme: MatchScheme) -> ResponseReturnValue:
    """Add a funder."""
    return _save(scheme, None)


@desk.get("/<slug>/payers/<int:place>")
@for_scheme(access.may_run)
def edit_payer(scheme: MatchScheme, place: int) -> ResponseReturnValue:
    """The form for one of them."""
    must_be_a_draft(scheme)
    return _page(scheme, _form(scheme, _at(scheme, place)), place)


@desk.post("/<slug>/payers/<int:place>")
@for_scheme(access.may_run)
def update_payer(scheme: MatchScheme, place: int) -> ResponseReturnValue:
    """Change one of them."""
    _at(scheme, place)
    return _save(scheme, place)


@desk.post("/<slug>/payers/<int:place>/removal")
@for_scheme(access.may_run)
def remove_payer(scheme: MatchScheme, place: int) -> ResponseReturnValue:
    """Take one of them off; refused where the list has changed meanwhile."""
    must_be_a_draft(scheme)
    gone = _at(scheme, place)
    form = PayerForm()
    with saving(form) as saved:
        others = [_payer(each) for each in scheme.funders if each is not gone]
        actions.set_funders(scheme, others, now=clock.now(), seen=request.form.get("seen", ""))
    flash(_("It is taken off.") if saved.ok else str(form.form_errors[0]), "success" if saved.ok else "warning")
    return see_other("match_desk.list_payers", slug=scheme.slug)


def _save(scheme: MatchScheme, place: int | None) -> ResponseReturnValue:
    must_be_a_draft(scheme)
    slug, form = scheme.slug, funds_for(PayerForm(), _funds(scheme))
    if not form.fund.choices:
        return see_other("match_desk.new_payer", slug=slug)
    if form.validate():
        with saving(form) as saved:
            actions.set_funders(scheme, _with(scheme, form, place), now=clock.now(), seen=form.seen.data or "")
        if saved.ok:
            flash(_("Saved."), "success")
            return see_other("match_desk.list_payers", slug=slug)
        fresh = again(scheme)
        form.seen.data, form.seen.raw_data = mark_of_funders(fresh.funders), None
        return _page(fresh, form, place, is_stale=True), 409
    return _page(scheme, form, place), 422


def _with(scheme: MatchScheme, form: PayerForm, place: int | None) -> list[Payer]:
    """The funders as they are, with this one added or changed."""
    fund = next(each for each in _funds(scheme) if each.id == form.fund.data)
    assert form.at_most.data is not None
    new = Payer(fund, form.name.data or "", form.at_most.data, form.spending.data, scheme.language)
    payers = [_payer(each) for each in scheme.funders]
    if place is None or place > len(payers):
        return [*payers[: MOST - 1], new]
    return [*payers[: place - 1], replace(new, language=payers[place - 1].language), *payers[place:]]


def _payer(funder: MatchFunder) -> Payer:
    return Payer(funder.pot.fund, funder.name, funder.contribution, funder.spending, funder.language)


def _at(scheme: MatchScheme, place: int) -> MatchFunder:
    if not 0 < place <= len(scheme.funders):
        raise NotFound()
    return scheme.funders[place - 1]


def _funds(scheme: MatchScheme) -> list[Fund]:
    """Open funds that this person runs, and those that the scheme has already."""
    there = {each.pot.fund_id for each in scheme.funders}
    return [
        each
        for each in all_funds()
        if each.id in there or (each.status == "open" and each.managed_by in acting_roles())
    ]


def _form(scheme: MatchScheme, funder: MatchFunder | None = None) -> PayerForm:
    known: dict[str, Any] = {"seen": mark_of_funders(scheme.funders)}
    if funder is not None:
        known |= {
            "fund": funder.pot.fund_id,
            "name": funder.name,
            "at_most": funder.contribution,
            "spending": funder.spending,
        }
    return funds_for(PayerForm(formdata=None, data=known), _funds(scheme))


def _is_money(text: str) -> bool:
    try:
        MoneyField.read(None, text)  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


def _page(scheme: MatchScheme, form: PayerForm, place: int | None, *, is_stale: bool = False) -> str:
    return render_template(
        "crowdfund/matching/desk/edit_payer.html", scheme=scheme, form=form, place=place, is_stale=is_stale
    )

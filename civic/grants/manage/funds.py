"""Funds at the desk: begun, changed, closed; and the dashboard, whose every figure leads to the entries it is the sum of."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import Conflict, form_errors, saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import funds as actions
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.funds import FundForm
from civic.grants.forms.parts import WhyForm
from civic.grants.manage import desk
from civic.grants.manage.doors import for_fund
from civic.grants.models import Award, Fund
from civic.grants.queries import awards, figures, listing
from civic.grants.queries import funds as queries
from civic.grants.rules.choices import AWARD_STATES, UNSIGNED

SHOWS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "all": (_l("All"), AWARD_STATES),
    "proposed": (_l("Recommended"), ("proposed",)),
    "approved": (_l("To announce"), ("approved",)),
    "promised": (_l("Promised"), UNSIGNED),
    "agreed": (_l("Agreed"), ("agreed",)),
    "ended": (_l("Ended"), ("completed", "stopped", "released", "turned_down", "withdrawn")),
}
"""Choices of awards by where they stand."""


@desk.get("/funds/new")
@allowed(access.may_start_fund)
def new_fund() -> ResponseReturnValue:
    """The form for a fund."""
    return render_template("grants/manage/edit_fund.html", form=FundForm(consultees=1), fund=None, words=wording)


@desk.post("/funds/new")
@allowed(access.may_start_fund)
def create_fund() -> ResponseReturnValue:
    """Begin a fund; it has no money yet."""
    form = FundForm()
    if form.validate():
        with saving(form) as saved:
            fund = actions.make(slug=queries.free_slug(form.slug), **form.facts(), by=me(), now=clock.now())
        if saved.ok:
            flash(_("The fund is there. It has no money yet: add the decision that gave it some."), "success")
            return see_other("grant_desk.show_fund", slug=fund.slug)
    return render_template("grants/manage/edit_fund.html", form=form, fund=None, words=wording), 422


@desk.get("/funds/<slug>")
@for_fund()
def show_fund(fund: Fund) -> ResponseReturnValue:
    """The dashboard: figures, where the budget came from, pots, awards."""
    shown = request.args.get("show", "all")
    shown = shown if shown in SHOWS else "all"
    pots = queries.pots_of(fund)
    told, by_pot = figures.of_all(fund, pots)
    page = page_of(awards.listed(fund, SHOWS[shown][1]), [Award.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template(
        "grants/manage/show_fund.html",
        fund=fund,
        figures=told,
        names=figures.FIGURES,
        places=figures.PLACES,
        pots=[(pot, by_pot[pot.id]) for pot in pots],
        changes=listing.budget_changes(fund),
        page=page,
        hidden=listing.hidden(page.items, me()),
        shown=shown,
        shows={key: label for key, (label, _states) in SHOWS.items()},
        may_manage=access.may_manage(fund),
        words=wording,
    )


@desk.get("/funds/<slug>/edit")
@for_fund(access.may_manage)
def edit_fund(fund: Fund) -> ResponseReturnValue:
    """The form to change a fund."""
    form = FundForm(obj=fund, seen=edition(fund, actions.CHANGEABLE))
    return render_template("grants/manage/edit_fund.html", form=form, fund=fund, words=wording)


@desk.post("/funds/<slug>/edit")
@for_fund(access.may_manage)
def save_fund(fund: Fund) -> ResponseReturnValue:
    """Change what a fund is called and how it is run; refuses to overwrite what a colleague changed meanwhile."""
    form = FundForm()
    if not form.validate():
        return render_template("grants/manage/edit_fund.html", form=form, fund=fund, words=wording), 422
    try:
        with transaction():
            actions.change(fund, form.facts(), seen=form.seen.data or "", by=me(), now=clock.now())
    except Conflict as refused:
        form_errors(form, refused)
        is_stale = isinstance(refused, ChangedMeanwhile)
        if is_stale:
            form.seen.data = edition(fund, actions.CHANGEABLE)
            form.seen.raw_data = None
        page = {"form": form, "fund": fund, "is_stale": is_stale, "words": wording}
        return render_template("grants/manage/edit_fund.html", **page), 409
    flash(_("Saved."), "success")
    return see_other("grant_desk.show_fund", slug=fund.slug)


@desk.get("/funds/<slug>/status")
@for_fund(access.may_manage)
def edit_fund_status(fund: Fund) -> ResponseReturnValue:
    """Whether a fund is really to be closed, or opened again."""
    return render_template("grants/manage/edit_fund_status.html", form=WhyForm(), fund=fund)


@desk.post("/funds/<slug>/status")
@for_fund(access.may_manage)
def save_fund_status(fund: Fund) -> ResponseReturnValue:
    """Close a fund, or open it again."""
    form = WhyForm()
    act = actions.close if request.form.get("act") == "close" else actions.reopen
    if form.validate():
        with saving(form) as saved:
            act(fund, by=me(), now=clock.now(), why=form.why.data)
        if saved.ok:
            flash(_("The fund is closed.") if fund.status == "closed" else _("The fund is open again."), "success")
            return see_other("grant_desk.show_fund", slug=fund.slug)
    return render_template("grants/manage/edit_fund_status.html", form=form, fund=fund), 422

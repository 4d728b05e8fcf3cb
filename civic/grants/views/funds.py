"""Funds for everybody: what they are for, where their money came from, what was promised and to whom."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.core import subjects
from civic.core.doors import allowed, anyone
from civic.core.pages import etag, page_of
from civic.core.subjects import named
from civic.grants import wording
from civic.grants.models import Award, Fund
from civic.grants.queries import public as queries
from civic.grants.translating import lay_funds
from civic.grants.views import bp
from civic.places import BOROUGHS


@bp.get("/funds")
@allowed(anyone)
def list_funds() -> ResponseReturnValue:
    """Every fund that gives public money here."""
    rows = queries.funds()
    said = lay_funds(fund for fund, _budget, _given in rows)
    known = [(fund.slug, fund.title, fund.summary, fund.status, budget, given) for fund, budget, given in rows]
    etag("funds", known, said)
    return render_template("grants/public/list_funds.html", rows=rows, words=wording)


@bp.get("/funds/<slug>")
@allowed(anyone, on=queries.fund_by_slug)
def show_fund(fund: Fund) -> ResponseReturnValue:
    """One fund: its money in words, the decisions that gave it, and every award that was announced."""
    shown = queries.shown(fund)
    place = request.args.get("borough", "")
    place = place if place in {each.gss for each in BOROUGHS} else ""
    newest = [Award.announced_at.desc(), Award.id.desc()]
    page = page_of(queries.awards(fund, place), newest, at=request.args.get("at"), scalars=True)
    pots = [(pot, subjects.public_url_of(pot.owner), shown.by_pot.get(pot.id, queries.Given())) for pot in shown.pots]
    told = (fund.title, fund.summary, fund.status, shown.budget, shown.given, [each.id for each in shown.changes])
    said = lay_funds([fund], about=named("fund", fund.id))
    etag("fund", fund.id, told, [(pot.title, url) for pot, url, _ in pots], queries.told_by(page.items), place, said)
    return render_template(
        "grants/public/show_fund.html",
        fund=fund,
        shown=shown,
        pots=[row for row in pots if row[1] or row[2].awards],
        page=page,
        place=place,
        boroughs_by_gss={each.gss: each.name for each in BOROUGHS},
        words=wording,
    )

"""Programmes and partners, as everybody reads them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.challenge import access
from civic.challenge.models import Partner, Programme
from civic.challenge.queries import programmes as queries
from civic.challenge.queries.briefs import challenges_of
from civic.challenge.rules.choices import FACT_KINDS
from civic.challenge.translating import lay_partner, lay_programme
from civic.challenge.views import bp
from civic.core.doors import allowed, anyone
from civic.core.money import Money
from civic.core.pages import etag


@bp.get("/challenges/programmes/<programme>")
@allowed(access.may_see_programme, on=queries.programme_by_slug, hide=True)
def show_programme(programme: Programme) -> ResponseReturnValue:
    """A programme: its dates, its money, its challenges, and what is not known about it."""
    facts, challenges = queries.facts_of(programme), challenges_of(programme_id=programme.id)
    said = lay_programme(programme, facts, challenges)
    known = [(each.id, each.title, each.value, each.source) for each in facts]
    etag("programme", programme.id, programme.version, known, [(each.id, each.version) for each in challenges], said)
    return render_template(
        "challenge/show_programme.html",
        programme=programme,
        budget=Money(programme.budget_minor) if programme.budget_minor else None,
        facts=[(kind, [each for each in facts if each.kind == kind]) for kind in FACT_KINDS],
        challenges=challenges,
    )


@bp.get("/challenges/partners")
@allowed(anyone)
def list_partners() -> ResponseReturnValue:
    """The organisations that own challenges."""
    return render_template("challenge/list_partners.html", partners=queries.partners())


@bp.get("/challenges/partners/<partner>")
@allowed(anyone, on=queries.partner_by_slug)
def show_partner(partner: Partner) -> ResponseReturnValue:
    """A partner: what it brings, and the challenges it owns."""
    challenges = challenges_of(partner_id=partner.id)
    lay_partner(partner, challenges)
    return render_template("challenge/show_partner.html", partner=partner, challenges=challenges)

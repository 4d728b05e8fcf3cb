"""Partners, as everybody reads them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.challenge.models import Partner
from civic.challenge.queries import programmes as queries
from civic.challenge.queries.briefs import challenges_of
from civic.challenge.translating import lay_partner
from civic.challenge.views import bp
from civic.core.doors import allowed, anyone


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

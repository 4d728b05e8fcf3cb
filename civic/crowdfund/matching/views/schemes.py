"""Schemes for everybody: which run and ran, and one with its rule, its funders and its campaigns."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.money import Money
from civic.core.pages import etag
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries import public as queries
from civic.crowdfund.matching.queries.schemes import public_scheme, terms_of
from civic.crowdfund.matching.queries.standings import figures_of, standings
from civic.crowdfund.matching.views import bp
from civic.crowdfund.wording.public import STAGE_TAGS


def scheme_here(scheme: str) -> MatchScheme | None:
    """The scheme at this address, if everybody may know of it."""
    return public_scheme(scheme)


@bp.get("/match")
@allowed(anyone)
def list_schemes() -> ResponseReturnValue:
    """Every scheme that runs or ran."""
    page = queries.published(at=request.args.get("at"))
    etag("schemes", [told(each) for each in page.items], page.next, page.previous)
    return render_template("crowdfund/matching/list_schemes.html", page=page, left=left)


@bp.get("/match/<scheme>")
@allowed(anyone, on=scheme_here)
def show_scheme(scheme: MatchScheme) -> ResponseReturnValue:
    """The rule, who pays, and what each campaign has from it."""
    page = queries.members(scheme, clock.now(), at=request.args.get("at"))
    found = standings(scheme.id)
    etag("scheme", told(scheme), page, found)
    return render_template(
        "crowdfund/matching/show_scheme.html",
        scheme=scheme,
        terms=terms_of(scheme),
        left=left(scheme),
        figures={each.id: figures_of(each.id, found) for each in scheme.funders},
        page=page,
        tags=STAGE_TAGS,
    )


def told(scheme: MatchScheme) -> tuple[object, ...]:
    """By what a scheme is known: all that its pages say of it."""
    funders = [(each.name, each.contribution_minor, each.charged_minor, each.missing_minor) for each in scheme.funders]
    return scheme.id, scheme.status, scheme.title, scheme.summary, scheme.kind, scheme.terms, scheme.ended_at, funders


def left(scheme: MatchScheme) -> Money:
    """What is left in the pot."""
    return sum((each.left for each in scheme.funders), Money(0))

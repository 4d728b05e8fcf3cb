"""The working of a campaign's match: line by line and to the penny, as a page and as a file, so that anybody can check it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from civic.core import sheets
from civic.core.clock import in_london
from civic.core.doors import allowed, anyone
from civic.core.money import Money
from civic.core.pages import etag
from civic.crowdfund.matching.models import MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import lines as queries
from civic.crowdfund.matching.queries.schemes import terms_of
from civic.crowdfund.matching.queries.standings import standings
from civic.crowdfund.matching.rules.formulas import REASONS
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum
from civic.crowdfund.matching.rules.words import reason_sentence
from civic.crowdfund.matching.views import bp
from civic.crowdfund.matching.views.schemes import left, told


def place_here(slug: str, scheme: str) -> MatchPlace | None:
    """The campaign's place in the scheme, if everybody may know of both."""
    return queries.place_at(slug, scheme)


@bp.get("/campaigns/<slug>/match/<scheme>")
@allowed(anyone, on=place_here)
def show_working(place: MatchPlace) -> ResponseReturnValue:
    """What a campaign has from a scheme, who pays it, how far that is, and every gift with what was added to it and why."""
    page, sums = queries.lines(place, at=request.args.get("at"))
    found = standings(place.scheme_id, [place.campaign_id])
    etag("working", told(place.scheme), place.campaign.title, place.status, found, sums, page)
    return render_template(
        "crowdfund/matching/show_working.html",
        place=place,
        campaign=place.campaign,
        scheme=place.scheme,
        terms=terms_of(place.scheme),
        is_sum=isinstance(place.scheme.formula, (Fixed, LumpSum)),
        left=left(place.scheme),
        standings={each.funder: each for each in found},
        total=sum((each.amount for each in found), Money(0)),
        names={each.id: each for each in place.scheme.funders},
        page=page,
        sums=sums,
    )


@bp.get("/campaigns/<slug>/match/<scheme>.csv")
@allowed(anyone, on=place_here)
def download_working(place: MatchPlace) -> ResponseReturnValue:
    """The same lines as a file for a spreadsheet."""
    name = f"{place.campaign.slug}-{place.scheme.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    rows = sheets.lines(_rows(place.scheme, queries.all_lines(place), _reasons(place.scheme)))
    return Response(rows, content_type="text/csv; charset=utf-8", headers=headers)


HEAD = ("gift", "part", "counts_from_london", "amount_gbp", "rule_gives_gbp", "added_gbp", "reason", "reason_in_words")
SO_FAR = ("added_so_far_gbp", "counted_so_far_gbp", "backers_so_far")


def _reasons(scheme: MatchScheme) -> dict[tuple[str, bool], str]:
    """Every reason in the reader's words, before the answer begins to be sent: later nobody knows their language any more."""
    amounts = {False: Money(0), True: Money(1)}
    return {
        (cap, some): str(reason_sentence(cap, scheme.formula, amount=amount) or "")
        for cap in REASONS
        for some, amount in amounts.items()
    }


def _rows(
    scheme: MatchScheme, lines: Iterator[queries.Line], reasons: dict[tuple[str, bool], str]
) -> Iterator[list[Any]]:
    yield [*HEAD, *(f"paid_by: {each.name}" for each in scheme.funders), *SO_FAR]
    for line in lines:
        yield [
            line.number,
            line.part,
            f"{in_london(line.since):%Y-%m-%d %H:%M}",
            pounds(line.amount),
            "" if line.full is None else pounds(line.full),
            pounds(line.given),
            line.reason,
            reasons[line.reason, bool(line.given)],
            *(pounds(line.shares.get(each.id, Money(0))) for each in scheme.funders),
            pounds(line.given_so_far),
            pounds(line.counted_so_far),
            line.backers_so_far,
        ]


def pounds(amount: Money) -> str:
    """Pounds and pence as a spreadsheet counts them."""
    return f"{Decimal(amount.minor) / 100:.2f}"

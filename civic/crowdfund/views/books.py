"""The public ledger of a campaign, and the page about fees and what protects backers."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed, anyone
from civic.core.money import Money
from civic.core.pages import etag
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import books as queries
from civic.crowdfund.queries import figures
from civic.crowdfund.queries.campaigns import public_campaign
from civic.crowdfund.rules import fees
from civic.crowdfund.views import bp
from civic.crowdfund.wording.public import OTHER_POSTING, POSTING_NAMES

EXAMPLES = (Money(500), Money(1000), Money(2000), Money(5000), Money(10_000))
"""Pledges whose way to the organisation is worked out on the fees page."""


@bp.get("/campaigns/<slug>/ledger")
@allowed(anyone, on=public_campaign)
def show_ledger(campaign: Campaign) -> ResponseReturnValue:
    """Every movement of a campaign's money in plain words, and sums that equal those on its page."""
    page, summed = queries.postings(campaign, at=request.args.get("at")), queries.books(campaign)
    figured = figures.figures(campaign)
    etag("ledger", campaign.id, campaign.version, figured, summed, page)
    return render_template(
        "crowdfund/show_ledger.html",
        campaign=campaign,
        page=page,
        books=summed,
        figures=figured,
        names=POSTING_NAMES,
        other=OTHER_POSTING,
    )


@bp.get("/campaigns/<slug>/ledger.csv")
@allowed(anyone, on=public_campaign)
def download_ledger(campaign: Campaign) -> ResponseReturnValue:
    """The same movements as a file, oldest first."""

    def lines() -> Iterator[str]:
        yield _line("date", "kind", "amount_gbp")
        for each in queries.all_postings(campaign):
            yield _line(each.on.isoformat(), each.kind, str(each.amount).removesuffix(" GBP"))

    headers = {"Content-Disposition": f'attachment; filename="{campaign.slug}-ledger.csv"'}
    return Response("".join(lines()), content_type="text/csv; charset=utf-8", headers=headers)


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


@bp.get("/fees")
@allowed(anyone)
def show_fees() -> ResponseReturnValue:
    """What a pledge costs on its way, what is given back when, and what protects backers."""
    config = current_app.config
    rates = {"percent": config["PAYMENT_FEE_PERCENT"], "pence": int(config["PAYMENT_FEE_PENCE"])}
    ours_bps = int(Decimal(config["PLATFORM_FEE_PERCENT"]) * 100)
    etag("fees", rates, ours_bps)
    examples = [
        (
            each,
            fees.card_cost(each, **rates),
            fees.platform_fee(each, ours_bps),
            fees.arrives(each, **rates, bps=ours_bps),
        )
        for each in EXAMPLES
    ]
    return render_template(
        "crowdfund/show_fees.html",
        examples=examples,
        percent=config["PAYMENT_FEE_PERCENT"],
        pence=rates["pence"],
        ours=config["PLATFORM_FEE_PERCENT"],
        ours_bps=ours_bps,
        grace_days=config.get("CAMPAIGN_GRACE_DAYS", 7),
        minimum_percent=config.get("CAMPAIGN_MINIMUM_PERCENT", 95),
    )

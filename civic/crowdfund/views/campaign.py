"""A campaign's page: the act, the promise, the story, the money, and what people say."""

from typing import Any

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.doors import allowed
from civic.core.money import Money
from civic.core.pages import etag
from civic.core.person import maybe_me
from civic.crowdfund import access
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import campaigns as queries
from civic.crowdfund.queries import figures, talk
from civic.crowdfund.queries.listing import place_words
from civic.crowdfund.rules import fees, settlement
from civic.crowdfund.rules.stages import stage
from civic.crowdfund.views import bp
from civic.crowdfund.wording.public import STAGE_TAGS

EXAMPLE = Money(1000)
"""The sum whose way is shown before the button: how much of £10 arrives."""
NEWS_SHOWN, BACKERS_SHOWN, THREADS_SHOWN = 3, 8, 5


@bp.get("/campaigns/<slug>")
@allowed(access.may_see_campaign, on=queries.campaign_by_slug, hide=True)
def show_campaign(campaign: Campaign) -> ResponseReturnValue:
    """What a campaign wants, how far it is, what happens with the money, and what people say."""
    now, person = clock.now(), maybe_me()
    parts = queries.parts(campaign)
    figured = figures.figures(campaign, parts.total)
    if campaign.is_public():
        etag("campaign", campaign.id, campaign.version, figured, now.strftime("%Y-%m-%d %H:%M"))
    mine = queries.mine(campaign, person)
    return render_template(
        "crowdfund/show_campaign.html",
        campaign=campaign,
        now=now,
        stage=stage(campaign.status, campaign.closes_at, now),
        tags=STAGE_TAGS,
        parts=parts,
        figures=figured,
        progress=figured.progress,
        place=place_words(campaign.place, campaign.place_kind, campaign.borough),
        mine=mine,
        is_organiser=mine.role is not None,
        may_see_desk=campaign.is_public() and (mine.role is not None or access.is_staff_of_crowdfund()),
        updates=talk.updates(campaign, size=NEWS_SHOWN).items if figured.updates else [],
        backers=talk.backers(campaign, size=BACKERS_SHOWN).items if figured.backers else [],
        shown=talk.comments(campaign, size=THREADS_SHOWN) if figured.comments else talk.Threads([], None),
        may_comment=access.may_comment(),
        may_moderate=access.may_moderate_comments(),
        policy=policy_of(campaign),
        social=True,
        same_language=campaign.language == g.language.code,
    )


def policy_of(campaign: Campaign) -> dict[str, Any]:
    """The published rules of a campaign in words, and what of an example pledge arrives."""
    config = current_app.config
    rates = {"percent": config["PAYMENT_FEE_PERCENT"], "pence": int(config["PAYMENT_FEE_PENCE"])}
    return {
        "grace": settlement.grace_sentence(campaign),
        "shortfall": settlement.shortfall_rule_sentence(campaign),
        "example": EXAMPLE,
        "card": fees.card_cost(EXAMPLE, **rates),
        "ours": fees.platform_fee(EXAMPLE, campaign.platform_fee_bps),
        "arrives": fees.arrives(EXAMPLE, **rates, bps=campaign.platform_fee_bps),
    }

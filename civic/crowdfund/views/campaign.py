"""A campaign's page: the act, the promise, the story, the money, and what people say."""

from typing import Any

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from civic.core import clock
from civic.core.doors import allowed
from civic.core.money import Money
from civic.core.pages import etag
from civic.core.person import maybe_me
from civic.core.translatable import laid_tag
from civic.crowdfund import access
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import campaigns as queries
from civic.crowdfund.queries import figures, talk
from civic.crowdfund.queries.listing import place_words
from civic.crowdfund.rules import fees, settlement
from civic.crowdfund.rules.stages import stage
from civic.crowdfund.translating import lay_campaign
from civic.crowdfund.views import bp
from civic.crowdfund.views.drawing import drawn
from civic.crowdfund.wording.public import STAGE_TAGS

EXAMPLE = Money(1000)
"""The sum whose way is shown before the button: how much of £10 arrives."""


@bp.get("/campaigns/<slug>")
@allowed(access.may_see_campaign, on=queries.campaign_by_slug, hide=True)
def show_campaign(campaign: Campaign) -> ResponseReturnValue:
    """What a campaign wants, how far it is, what happens with the money, and what people say."""
    now, person = clock.now(), maybe_me()
    parts = queries.parts(campaign)
    figured = figures.figures(campaign, parts.total)
    where = stage(campaign.status, campaign.closes_at, now)
    said = lay_campaign(campaign)
    if campaign.is_public():
        etag("campaign", campaign.id, campaign.version, figured, parts.matches, said, now.strftime("%Y-%m-%d %H:%M"))
    mine = queries.mine(campaign, person)
    common = {
        "campaign": campaign,
        "stage": where,
        "parts": parts,
        "figures": figured,
        "progress": figured.progress,
        "place": place_words(campaign.place, campaign.place_kind, campaign.borough),
        "policy": policy_of(campaign),
        "same_language": campaign.language == g.language.code,
    }
    known = (
        campaign.id,
        campaign.version,
        campaign.status,
        campaign.grace_until,
        where,
        campaign.organisation.status,
        campaign.organisation.name,
        figured,
        parts.told,
        said,
    )
    return render_template(
        "crowdfund/show_campaign.html",
        **common,
        now=now,
        tags=STAGE_TAGS,
        story=drawn("crowdfund/public/_whole_story.html", *known, **common),
        talk=_talk(campaign, where, figured, is_reader=person is None),
        mine=mine,
        is_organiser=mine.role is not None,
        may_see_desk=campaign.is_public() and (mine.role is not None or access.is_staff_of_crowdfund()),
    )


def _talk(campaign: Campaign, where: str, figured: figures.Figures, *, is_reader: bool) -> Markup | str:
    """News, backers and comments; drawn once for all who are not signed in, as they may all do the same: read."""
    if not campaign.is_public():
        return ""
    latest = talk.latest(campaign)
    shown = {"campaign": campaign, "stage": where, "figures": figured, "latest": latest}
    if is_reader:
        return drawn(
            "crowdfund/public/_around.html",
            campaign.id,
            campaign.version,
            where,
            figured,
            repr(latest),
            laid_tag(),
            **shown,
        )
    shown["may_comment"] = access.may_comment()
    return Markup(render_template("crowdfund/public/_around.html", **shown))  # noqa: S704 - our own template drew it


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

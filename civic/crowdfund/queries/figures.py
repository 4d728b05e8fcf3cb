"""The figures of a campaign: one function for the page, the mails, the desk and the account, so that they never differ."""

from dataclasses import dataclass

from sqlalchemy import select

from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.models import Campaign, CampaignTotal
from civic.crowdfund.rules.progress import Progress


@dataclass(frozen=True)
class Figures:
    """How far a campaign is, by whom, and what has come of the promises."""

    progress: Progress
    backers: int  # by card and by hand
    collected: Money  # taken from cards for the campaign, less refunds
    collected_backers: int
    past_due: Money
    past_due_backers: int
    dropped: Money
    dropped_backers: int
    comments: int
    updates: int
    follows: int


def progress(campaign: Campaign, total: CampaignTotal | None = None) -> Progress:
    """How far a campaign is; once it has closed, how far it was at that instant. `total` where the caller has it already."""
    return progress_of(campaign, total or kept(campaign.id))


def figures(campaign: Campaign, total: CampaignTotal | None = None) -> Figures:
    """Every figure of a campaign, of one statement (none where the caller has its `total`)."""
    total = total or kept(campaign.id)
    return Figures(
        progress=progress_of(campaign, total),
        backers=total.backers + total.offline_backers,
        collected=Money(total.collected_minor),
        collected_backers=total.collected,
        past_due=Money(total.past_due_minor),
        past_due_backers=total.past_due,
        dropped=Money(total.dropped_minor),
        dropped_backers=total.dropped,
        comments=total.comments,
        updates=total.updates,
        follows=total.follows,
    )


def progress_of(campaign: Campaign, total: CampaignTotal) -> Progress:
    """The same of rows that a list has read already: the sums at the close where there was one, else those of now.

    `funds_at_close_minor` holds money raised before; gifts in kind are fixed at the launch and stay in the total.
    """

    def at(close: int | None, now: int) -> Money:
        return Money(now if close is None else close)

    return Progress(
        target=campaign.target,
        pledged=at(campaign.pledged_at_close_minor, total.pledged_minor),
        offline=at(campaign.offline_at_close_minor, total.offline_minor),
        funds=at(campaign.funds_at_close_minor, total.funds_minor),
        in_kind=Money(total.in_kind_minor),
        match=at(campaign.match_at_close_minor, total.match_minor),
    )


def kept(campaign_id: int) -> CampaignTotal:
    """The kept sums of a campaign, read afresh; zeros for one that has none yet (it is not live)."""
    mine = select(CampaignTotal).where(CampaignTotal.campaign_id == campaign_id)
    found = db.session.scalars(mine.execution_options(populate_existing=True)).one_or_none()
    return found or nothing(campaign_id)


def nothing(campaign_id: int) -> CampaignTotal:
    """The sums of a campaign that has none yet."""
    zeros = dict.fromkeys((column.key for column in CampaignTotal.__table__.columns), 0)
    return CampaignTotal(**(zeros | {"campaign_id": campaign_id}))

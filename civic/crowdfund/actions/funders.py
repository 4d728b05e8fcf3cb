"""Money of funders that counts towards a campaign's target: promised, changed and released by whoever decided or worked it out."""

from datetime import datetime

from sqlalchemy import select

from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.actions import totals
from civic.crowdfund.models import Campaign, CampaignMatch
from civic.crowdfund.queries.campaigns import shared_lock


def promise(
    campaign_id: int,
    *,
    kind: str,
    source: str,
    key: str,
    funder: str,
    amount: Money,
    now: datetime,
    language: str = "en",
) -> Campaign:
    """Let a funder's money count from now on, or count with another amount; the campaign, held so that it cannot close meanwhile."""
    campaign = shared_lock(campaign_id)
    found = _of(campaign_id, source)
    if found is None:
        found = CampaignMatch(
            campaign_id=campaign_id, kind=kind, source=source, amount_minor=0, is_standing=True, since=now
        )
        db.session.add(found)
    before = found.amount_minor if found.is_standing else 0
    found.key, found.funder, found.language = key, funder, language
    found.amount_minor, found.is_standing, found.ended_at = amount.minor, True, None
    _follow(campaign, amount.minor - before)
    return campaign


def release(campaign_id: int, source: str, *, now: datetime) -> Money:
    """Let a funder's money count no more; tells what it was, nothing where it counted no more already."""
    campaign, found = shared_lock(campaign_id), _of(campaign_id, source)
    if found is None or not found.is_standing:
        return Money(0)
    found.is_standing, found.ended_at = False, now
    _follow(campaign, -found.amount_minor)
    return found.amount


def follow_rule(campaign_id: int, source: str, amount: Money) -> Money:
    """Let what a rule works out count with another amount, and tell what it was; the row is there since the campaign joined.

    Takes no lock on the campaign: whoever works out a rule holds the rule, and a campaign that closes waits for it (events.py).
    """
    found = _of(campaign_id, source)
    assert found is not None, f"{source} was never promised to campaign {campaign_id}"
    assert found.is_standing, f"{source} was released"
    before, found.amount_minor = found.amount, amount.minor
    if amount != before:
        db.session.flush()
        totals.add(campaign_id, match_minor=(amount - before).minor)
    return before


def _of(campaign_id: int, source: str) -> CampaignMatch | None:
    mine = select(CampaignMatch).where(CampaignMatch.campaign_id == campaign_id, CampaignMatch.source == source)
    return db.session.scalars(
        mine.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one_or_none()


def _follow(campaign: Campaign, by: int) -> None:
    """The sums of a campaign of the past came with its file, funders' money included: they stay as they are."""
    db.session.flush()
    if not campaign.imported_from:
        totals.add(campaign.id, match_minor=by)

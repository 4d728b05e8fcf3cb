"""Finding campaigns."""

import re

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.core.db import db
from civic.crowdfund.models import Campaign

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def campaign_by_slug(slug: str) -> Campaign | None:
    """The campaign at this address with its organisation, in whatever state; what could be no address is not looked for."""
    if not SLUG.fullmatch(slug):
        return None
    return db.session.scalar(
        select(Campaign).where(Campaign.slug == slug).options(joinedload(Campaign.organisation, innerjoin=True))
    )


def public_campaign(slug: str) -> Campaign | None:
    """The campaign at this address if everybody may know of it."""
    campaign = campaign_by_slug(slug)
    return campaign if campaign is not None and campaign.is_public() else None


def shared_lock(campaign_id: int) -> Campaign:
    """The campaign, held so that it cannot close while something is added to it: lock it before pledge and total."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.id == campaign_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one()


def closing_lock(campaign_id: int) -> Campaign:
    """The campaign, held alone: nobody else adds to it or closes it meanwhile."""
    return db.session.scalars(
        select(Campaign).where(Campaign.id == campaign_id).with_for_update().execution_options(populate_existing=True)
    ).one()

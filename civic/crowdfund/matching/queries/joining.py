"""Campaigns that could join a scheme."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from civic.accounts.models import Organisation, OrganisationMember
from civic.core.db import db
from civic.crowdfund.matching.models import MatchPlace
from civic.crowdfund.models import Campaign

MOST = 20


def could_join(scheme_id: int, words: str, now: datetime, *, person_id: int) -> list[Row[Any]]:
    """Campaigns that take pledges and never were in the scheme, by words in their title, the next to close first.

    (slug, title, language, organisation, closes_at, is_theirs: whether this person stands behind it); one more than MOST if
    there are more.
    """
    there = select(MatchPlace.id).where(MatchPlace.scheme_id == scheme_id, MatchPlace.campaign_id == Campaign.id)
    theirs = select(OrganisationMember.id).where(
        OrganisationMember.organisation_id == Campaign.organisation_id, OrganisationMember.user_id == person_id
    )
    mine = (
        select(
            Campaign.slug,
            Campaign.title,
            Campaign.language,
            Organisation.name.label("organisation"),
            Campaign.closes_at,
            theirs.exists().label("is_theirs"),
        )
        .join(Organisation, Organisation.id == Campaign.organisation_id)
        .where(Campaign.status == "live", Campaign.closes_at > now, ~there.exists())
    )
    for word in words.split()[:8]:
        mine = mine.where(Campaign.title.icontains(word, autoescape=True))
    return list(db.session.execute(mine.order_by(Campaign.closes_at, Campaign.id).limit(MOST + 1)))

"""What a funder's match for one campaign is to the packages below, which know it by name alone ("match:12")."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import select

from civic.accounts.models import OrganisationMember
from civic.core.db import db
from civic.core.manifest import Subject
from civic.crowdfund.models import Campaign, CampaignMatch
from civic.crowdfund.queries.campaigns import shared_lock


def working_url(number: int) -> str:
    """The working of a campaign's match, for everybody."""
    row = db.session.get_one(CampaignMatch, number)
    slug = db.session.scalar(select(Campaign.slug).where(Campaign.id == row.campaign_id))
    return url_for("matching.show_working", slug=slug, scheme=row.key)


def parties(number: int) -> frozenset[int]:
    """The members of the organisation whose campaign it is."""
    members = (
        select(OrganisationMember.user_id)
        .join(Campaign, Campaign.organisation_id == OrganisationMember.organisation_id)
        .join(CampaignMatch, CampaignMatch.campaign_id == Campaign.id)
    )
    return frozenset(db.session.scalars(members.where(CampaignMatch.id == number)))


def hold(number: int) -> None:
    """The campaign first, as everybody does."""
    campaign_id = db.session.scalar(select(CampaignMatch.campaign_id).where(CampaignMatch.id == number))
    if campaign_id is not None:
        shared_lock(campaign_id)


SUBJECTS = [
    Subject(
        kind="match",
        label=_l("Match funding"),
        url=working_url,
        draw=lambda number: Markup(""),
        public_url=working_url,
        parties=parties,
        hold=hold,
    )
]

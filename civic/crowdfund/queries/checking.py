"""What staff look at before a campaign goes live."""

from sqlalchemy import Select, func, select

from civic.accounts.models import Organisation
from civic.core.db import db
from civic.core.states import StateChange
from civic.crowdfund.models import Campaign, CampaignCheck


def round_of(campaign: Campaign) -> int:
    """Which round of checking this is: the number of times it was sent in."""
    sent = select(func.count()).where(
        StateChange.thing == Campaign.__tablename__,
        StateChange.thing_id == str(campaign.id),
        StateChange.verb == "submit",
    )
    return max(db.session.scalar(sent) or 0, 1)


def checks_of(campaign: Campaign, number: int) -> dict[str, CampaignCheck]:
    """What was found in one round, by point of the check list."""
    mine = select(CampaignCheck).where(CampaignCheck.campaign_id == campaign.id, CampaignCheck.round == number)
    return {check.item: check for check in db.session.scalars(mine)}


def campaigns(status: str = "", words: str = "") -> Select:
    """Columns of campaigns for the staff list, perhaps of one state, perhaps with these words in title or organisation."""
    found = select(
        Campaign.id,
        Campaign.slug,
        Campaign.title,
        Campaign.language,
        Campaign.status,
        Campaign.target_minor,
        Campaign.submitted_at,
        Campaign.closes_at,
        Campaign.created_at,
        Organisation.name.label("organisation"),
    ).join(Organisation, Organisation.id == Campaign.organisation_id)
    if status:
        found = found.where(Campaign.status == status)
    if words:
        found = found.where(
            Campaign.title.icontains(words, autoescape=True) | Organisation.name.icontains(words, autoescape=True)
        )
    return found


def waiting_to_be_checked() -> int:
    """How many campaigns wait for staff."""
    return db.session.scalar(select(func.count()).where(Campaign.status == "in_review")) or 0

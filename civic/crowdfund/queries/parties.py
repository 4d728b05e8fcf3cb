"""Who stands on a campaign's side: nobody judges what they run, or what they brought here themselves."""

from sqlalchemy import select

from civic.accounts.models import User
from civic.accounts.queries.organisations import role_in
from civic.core.db import db
from civic.core.states import StateChange
from civic.crowdfund.models import Campaign, CampaignEvidence


def acts_for(campaign: Campaign, person: User) -> bool:
    """Whether somebody is a member of its organisation, or once sent it in, took it back or gave it papers.

    Whoever leaves the organisation to decide about its campaign is no stranger to it.
    """
    if role_in(campaign.organisation_id, person) is not None:
        return True
    moved = select(StateChange.id).where(
        StateChange.thing == Campaign.__tablename__,
        StateChange.thing_id == str(campaign.id),
        StateChange.verb.in_(("submit", "recall")),
        StateChange.actor_id == person.id,
    )
    gave = select(CampaignEvidence.id).where(
        CampaignEvidence.campaign_id == campaign.id, CampaignEvidence.added_by_id == person.id
    )
    return bool(db.session.scalar(select(moved.exists() | gave.exists())))

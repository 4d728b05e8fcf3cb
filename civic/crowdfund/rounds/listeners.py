"""What campaigns and grants tell, as it changes applications and what counts towards a campaign's target."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from civic.assessment.actions import items
from civic.core.db import db, locked
from civic.core.states import advance, can
from civic.core.subjects import number_of
from civic.crowdfund import events as campaigns
from civic.crowdfund.actions import funders
from civic.crowdfund.actions.pledges import CampaignClosed
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import shared_lock
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.grants import events as grants
from civic.grants.actions import awards
from civic.grants.models import Award


def announced(event: grants.AwardAnnounced) -> None:
    """The pledge is public: it shows on the campaign and counts towards the target. Raises CampaignClosed where it came too late."""
    application = _application(event.subject)
    if application is None:
        return
    advance(application, "award", by=None, now=event.now)
    round_ = db.session.get_one(Round, application.round_id)
    round_.announced_at = round_.announced_at or event.now
    _show(application, round_, event.award_id, event.now)


def changed(event: grants.AwardChanged) -> None:
    """A new decision made it larger or smaller."""
    application = _application(event.subject)
    if application is not None:
        _show(application, db.session.get_one(Round, application.round_id), event.award_id, event.now)


def released(event: grants.AwardReleased) -> None:
    """The pledge is void: it counts no more."""
    application = _application(event.subject)
    if application is None:
        return
    if application.campaign_id is not None:
        funders.release(application.campaign_id, source_of(event.award_id), now=event.now)
    if can(application, "lose"):
        advance(application, "lose", by=None, now=event.now, why=event.why)


def secured(event: campaigns.CampaignSecured) -> None:
    """The campaign goes ahead: what was pledged on condition of that can be agreed."""
    for application in queries.of_campaign(event.campaign_id):
        awards.reach(application.name, now=event.now)


def ended(event: campaigns.CampaignEnded) -> None:
    """The campaign failed or was withdrawn: pledges are released, and applications for it are over."""
    for application in queries.of_campaign(event.campaign_id):
        awards.release(application.name, "ended", now=event.now)
        held: Application = locked(Application, application.id)
        if can(held, "withdraw"):
            advance(held, "withdraw", by=None, now=event.now, why="the campaign has ended")
            items.withdraw(held.name, why="the campaign has ended", by=None, now=event.now)


def source_of(award_id: int) -> str:
    """What an award is called among the money that counts towards a campaign."""
    return f"award:{award_id}"


def hold(number: int) -> None:
    """Before anything is decided about an application its campaign is held, as everybody does: campaign first, then award."""
    campaign_id = db.session.get_one(Application, number).campaign_id
    if campaign_id is not None:
        shared_lock(campaign_id)


def _show(application: Application, round_: Round, award_id: int, now: datetime) -> None:
    if application.campaign_id is None:
        return
    award = db.session.get_one(Award, award_id)
    campaign: Campaign = shared_lock(application.campaign_id)
    if award.needs_target and award.status == "announced" and not campaign.is_open(now) and not campaign.imported_from:
        raise CampaignClosed()
    funders.promise(
        application.campaign_id,
        kind="award",
        source=source_of(award_id),
        key=award.public_id,
        funder=round_.funder,
        language=round_.language,
        amount=award.amounts.total,
        now=now,
    )


def _application(subject: str) -> Application | None:
    number = number_of(subject, "application")
    return locked(Application, number) if number is not None else None


LISTENERS: dict[type, list[Callable[[Any], None]]] = {
    grants.AwardAnnounced: [announced],
    grants.AwardChanged: [changed],
    grants.AwardReleased: [released],
    campaigns.CampaignSecured: [secured],
    campaigns.CampaignEnded: [ended],
}
"""For the manifest."""

"""What campaigns tell, as it changes their match."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from civic.accounts.models import Organisation
from civic.core import clock
from civic.core.db import db
from civic.core.jobs import enqueue
from civic.core.states import advance, can
from civic.crowdfund import events
from civic.crowdfund.matching import jobs
from civic.crowdfund.matching.actions import gifts, schemes
from civic.crowdfund.matching.models import MatchFunder, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.queries.workings import source_of
from civic.crowdfund.models import Campaign, CampaignMatch
from civic.grants.actions import awards
from civic.grants.actions.awards import Ruled
from civic.grants.events import PotChanged
from civic.grants.proposing import Proposed
from civic.grants.queries.funds import pot_by_id


def gift_changed(event: events.GiftChanged) -> None:
    """A gift stands, or differently, or no more."""
    gifts.gift_changed(event.campaign_id, event.pledge_id, now=clock.now())


def closing(event: events.CampaignClosing) -> None:
    """Before anything is counted: the campaign's schemes are held, and from now on nothing of its match rises."""
    for scheme in queries.held_of_campaign(event.campaign_id):
        place = queries.place_of(scheme.id, event.campaign_id)
        if place is not None and can(place, "close"):
            advance(place, "close", by=None, now=event.now)
            place.ended_at = event.now
    db.session.flush()


def ended(event: events.CampaignEnded) -> None:
    """The campaign failed or was withdrawn: its match goes back to the pots."""
    for scheme in queries.held_of_campaign(event.campaign_id):
        place = queries.place_of(scheme.id, event.campaign_id)
        if place is not None:
            schemes.leave(scheme, place, by=None, now=event.now, why=event.why)


def secured(event: events.CampaignSecured) -> None:
    """The campaign goes ahead: what its match has come to can be agreed and paid like any other award."""
    campaign = db.session.get_one(Campaign, event.campaign_id)
    for scheme in queries.held_of_campaign(event.campaign_id):
        for funder in scheme.funders:
            row = _shown(funder, event.campaign_id)
            pot = pot_by_id(funder.pot_id)
            assert pot is not None
            if row is None or gifts.award_of(row) is not None:
                continue
            proposed = Proposed(
                pot=pot,
                subject=gifts.subject_of(row),
                title=campaign.title,
                summary=campaign.summary,
                language=campaign.language,
                place=campaign.borough,
                recipient=db.session.get_one(Organisation, campaign.organisation_id).name,
                organisation_id=campaign.organisation_id,
            )
            awards.work_out(proposed, gifts.reservation_of(funder, event.campaign_id), _ruled(scheme), now=event.now)


def pot_changed(event: PotChanged) -> None:
    """The pot of a scheme that runs has more or less to give: a job follows, for whoever moves money of a pot cannot hold its scheme."""
    mine = select(MatchScheme.id).join(MatchFunder, MatchFunder.scheme_id == MatchScheme.id)
    running = mine.where(MatchFunder.pot_id == event.pot_id, MatchScheme.status == "running")
    for scheme_id in db.session.scalars(running).all():
        enqueue(jobs.follow_pots, key=f"match pots {scheme_id}", scheme_id=scheme_id)


def _shown(funder: MatchFunder, campaign_id: int) -> CampaignMatch | None:
    mine = select(CampaignMatch).where(
        CampaignMatch.campaign_id == campaign_id, CampaignMatch.source == source_of(funder)
    )
    return db.session.scalars(mine).one_or_none()


def _ruled(scheme: MatchScheme) -> Ruled:
    assert scheme.proposed_at is not None
    assert scheme.approved_at is not None
    return Ruled(
        number=scheme.decision_number,
        why=scheme.why or scheme.title,
        proposed_by_id=scheme.proposed_by_id,
        proposed_at=scheme.proposed_at,
        approved_by_id=scheme.approved_by_id,
        approved_at=scheme.approved_at,
    )


LISTENERS: dict[type, list[Callable[[Any], None]]] = {
    events.GiftChanged: [gift_changed],
    events.CampaignClosing: [closing],
    events.CampaignEnded: [ended],
    events.CampaignSecured: [secured],
    PotChanged: [pot_changed],
}
"""For the manifest."""

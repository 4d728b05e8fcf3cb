"""Schemes that are approved with a number, joined and left by campaigns, ended. How they are written stands in drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import OrganisationMember
from civic.accounts.queries.organisations import role_in
from civic.core import audit
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.money import Money
from civic.core.states import IllegalMove, advance
from civic.crowdfund.actions import funders as campaign_funders
from civic.crowdfund.matching.actions import gifts
from civic.crowdfund.matching.actions.drafts import told
from civic.crowdfund.matching.models import MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.queries.workings import source_of
from civic.crowdfund.matching.refusals import JoinedAlready, NotOpen, ProposedIt, StandsBehind
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import shared_lock
from civic.grants.actions import funds
from civic.grants.queries import authority
from civic.grants.refusals import BeyondLimit, NoDelegation
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.authority import lowest_for, reaches


def approve(scheme: MatchScheme, *, number: str, by: Any, now: datetime) -> None:
    """Let it run: the money is set aside, and gifts to its campaigns are matched from now on.

    Campaigns that have closed since they were put down are left out. Raises ProposedIt for who proposed it, StandsBehind for a member
    of an organisation in it, NoDelegation, BeyondLimit, NotEnough.
    """
    _hold_campaigns(scheme.id)
    held = queries.held(scheme.id)
    if held.status != "proposed":
        raise IllegalMove()
    must_be_apart(held, by)
    must_reach(held, by)
    whole = queries.scheme_by_slug(held.slug)
    assert whole is not None
    for funder in sorted(whole.funders, key=lambda each: (each.pot.fund_id, each.pot_id)):
        given = Amounts.only(funder.spending, funder.contribution)
        funds.allot(funder.pot, given, why=number, by=by, now=now)
    held.approved_by_id, held.approved_at, held.decision_number = by.id, now, number
    advance(held, "approve", by=by, now=now, why=number)
    for place in sorted(queries.places_of(held.id), key=lambda each: each.campaign_id):
        if place.campaign.is_open(now):
            _begin(held, place, now)
        else:
            advance(place, "leave", by=None, now=now, why="closed")
            place.ended_at = now
    audit.record("match_scheme.approved", on=held, by=by, now=now, after=told(held) | {"number": number})


def enrol(scheme: MatchScheme, campaign: Campaign, *, by: Any, now: datetime) -> MatchPlace:
    """Let a campaign join; raises NotOpen, JoinedAlready, StandsBehind for a member of its organisation."""
    campaign = shared_lock(campaign.id)
    held = queries.held(scheme.id)
    if (refused := against_joining(held, campaign, by=by, now=now)) is not None:
        raise refused
    place = MatchPlace(scheme_id=held.id, campaign_id=campaign.id, added_by_id=by.id, added_at=now)
    db.session.add(place)
    db.session.flush()
    if held.status == "running":
        _begin(held, place, now)
    audit.record("match_scheme.enrolled", on=held, by=by, now=now, after={"campaign": campaign.id})
    return place


def against_joining(scheme: MatchScheme, campaign: Campaign, *, by: Any, now: datetime) -> CivicError | None:
    """Why a campaign cannot join, or not by this person's hand; None where nothing stands against it."""
    if scheme.status not in ("draft", "running"):
        return IllegalMove()
    if role_in(campaign.organisation_id, by) is not None:
        return StandsBehind()
    if not campaign.is_open(now):
        return NotOpen()
    return JoinedAlready() if queries.place_of(scheme.id, campaign.id) is not None else None


def take_out(scheme: MatchScheme, campaign: Campaign, *, why: str, by: Any, now: datetime) -> None:
    """Take a campaign out of a draft; of a running scheme only before anything of it was matched. Raises IllegalMove."""
    shared_lock(campaign.id)
    held = queries.held(scheme.id)
    place = queries.place_of(held.id, campaign.id)
    if place is None or place.status != "open" or (held.status != "draft" and place.matched_minor):
        raise IllegalMove()
    leave(held, place, by=by, now=now, why=why)
    if held.status == "draft":
        db.session.delete(place)
    audit.record("match_scheme.taken_out", on=held, by=by, now=now, why=why, after={"campaign": campaign.id})


def leave(scheme: MatchScheme, place: MatchPlace, *, by: Any | None, now: datetime, why: str) -> None:
    """A campaign is no longer in a held scheme: its match goes back to the pots, and others may have it."""
    if scheme.is_public:
        gifts.empty(scheme, place, now=now)
    advance(place, "leave", by=by, now=now, why=why)
    place.ended_at = now
    if scheme.is_public:
        gifts.rework(scheme, now=now)


def end(scheme: MatchScheme, *, why: str, by: Any, now: datetime) -> None:
    """Match no more gifts; what was matched stays as it was promised."""
    held = queries.held(scheme.id)
    advance(held, "end", by=by, now=now, why=why)
    held.ended_at = now
    audit.record("match_scheme.ended", on=held, by=by, now=now, why=why)


def _begin(scheme: MatchScheme, place: MatchPlace, now: datetime) -> None:
    """Show every funder on the campaign, with nothing yet, and match what stood before where the scheme says so."""
    for funder in scheme.funders:
        campaign_funders.promise(
            place.campaign_id,
            kind="formula",
            source=source_of(funder),
            key=scheme.slug,
            funder=funder.name,
            language=funder.language,
            amount=Money(0),
            now=now,
        )
    if scheme.counts_past:
        gifts.take_in(scheme, place, now=now)


def _hold_campaigns(scheme_id: int) -> None:
    """Campaigns first, then the scheme: the order in which everybody locks."""
    mine = select(MatchPlace.campaign_id).where(MatchPlace.scheme_id == scheme_id).order_by(MatchPlace.campaign_id)
    for campaign_id in db.session.scalars(mine).all():
        shared_lock(campaign_id)


def must_be_apart(scheme: MatchScheme, by: Any) -> None:
    """Raise ProposedIt for who proposed it, StandsBehind for a member of an organisation whose campaign is in it."""
    if scheme.proposed_by_id == by.id:
        raise ProposedIt()
    bodies = select(Campaign.organisation_id).join(MatchPlace, MatchPlace.campaign_id == Campaign.id)
    theirs = select(OrganisationMember.id).where(
        OrganisationMember.user_id == by.id,
        OrganisationMember.organisation_id.in_(bodies.where(MatchPlace.scheme_id == scheme.id)),
    )
    if db.session.scalar(select(theirs.exists())):
        raise StandsBehind()


def must_reach(scheme: MatchScheme, by: Any) -> None:
    """Raise NoDelegation or BeyondLimit; the whole pot is what is decided about, as if it were one award."""
    grade, total = authority.held_by(by.id), queries.terms_of(scheme).pot
    if grade is None:
        raise NoDelegation()
    if not reaches(grade, total):
        needed = lowest_for(authority.grades(), total)
        raise BeyondLimit(grade.limit or Money(0), needed.title if needed else None)

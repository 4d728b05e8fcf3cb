"""Gifts that a person decides not to match: with a reason, on record, and only while nothing of the campaign is decided yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from civic.core import audit
from civic.core.db import db
from civic.core.states import IllegalMove
from civic.crowdfund.matching.actions import gifts
from civic.crowdfund.matching.models import MatchPart, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.queries import workings
from civic.crowdfund.matching.refusals import GiftGone, HasClosed, StandsBehind
from civic.crowdfund.queries.campaigns import shared_lock
from civic.crowdfund.queries.parties import acts_for


def exclude(scheme: MatchScheme, pledge_id: int, *, why: str, by: Any, now: datetime) -> None:
    """Match a gift no more, with all by which it was or will be raised; others may have what it leaves.

    Raises GiftGone, HasClosed, StandsBehind for who stands behind the campaign, IllegalMove where it was decided already.
    """
    _decide(scheme, pledge_id, True, why, by, now)


def include_again(scheme: MatchScheme, pledge_id: int, *, why: str, by: Any, now: datetime) -> None:
    """Match a gift again, at the place it has kept; raises the same."""
    _decide(scheme, pledge_id, False, why, by, now)


def _decide(scheme: MatchScheme, pledge_id: int, excluded: bool, why: str, by: Any, now: datetime) -> None:
    mine = (MatchPart.scheme_id == scheme.id) & (MatchPart.pledge_id == pledge_id)
    campaign_id = db.session.scalar(select(MatchPart.campaign_id).where(mine).limit(1))
    if campaign_id is None:
        raise GiftGone()
    campaign = shared_lock(campaign_id)
    if acts_for(campaign, by):
        raise StandsBehind()
    held = queries.held(scheme.id)
    place, parts = queries.place_of(held.id, campaign_id), workings.parts_of(held.id, pledge_id)
    if place is None or not parts:
        raise GiftGone()
    if place.status != "open":
        raise HasClosed()
    if all(part.is_excluded == excluded for part in parts):
        raise IllegalMove()
    db.session.execute(update(MatchPart).where(mine).values(is_excluded=excluded, why_excluded=why if excluded else ""))
    gifts.rework(held, now=now)
    verb = "match_gift.excluded" if excluded else "match_gift.included"
    audit.record(verb, on=held, by=by, now=now, why=why, after={"pledge": pledge_id, "campaign": campaign_id})

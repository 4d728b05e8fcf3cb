"""Campaigns and their gifts as the simulator wants them: two statements, however many there are of either."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, cast, func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.money import Money
from civic.crowdfund.matching.choices import STANDING
from civic.crowdfund.matching.models import MatchPlace
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.simulation import Prospect
from civic.crowdfund.matching.rules.traces import plain_address
from civic.crowdfund.models import Campaign, CampaignTotal, Pledge

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
MOST_CAMPAIGNS = 100
"""So many are looked at, those that close next; more say no more."""


class Candidate(NamedTuple):
    """A campaign that takes pledges now."""

    id: int
    slug: str
    title: Words
    target: Money
    counted: Money  # without what the scheme that is asked about has added
    opened_at: datetime
    closes_at: datetime
    is_in: bool  # in the scheme that is asked about


def candidates(now: datetime, scheme_id: int | None = None) -> list[Candidate]:
    """Campaigns that take pledges now, the next to close first; one more than MOST_CAMPAIGNS where there are more."""
    own = (MatchPlace.campaign_id == Campaign.id) & (MatchPlace.scheme_id == scheme_id) & (MatchPlace.status == "open")
    rows = db.session.execute(
        select(
            Campaign.id,
            Campaign.slug,
            Campaign.title,
            Campaign.language,
            Campaign.target_minor,
            Campaign.opened_at,
            Campaign.closes_at,
            CampaignTotal,
            MatchPlace.id.label("place"),
            func.coalesce(MatchPlace.matched_minor, 0).label("matched"),
        )
        .join(CampaignTotal, CampaignTotal.campaign_id == Campaign.id)
        .outerjoin(MatchPlace, own)
        .where(Campaign.status == "live", Campaign.closes_at > now)
        .order_by(Campaign.closes_at, Campaign.id)
        .limit(MOST_CAMPAIGNS + 1)
    )
    return [
        Candidate(
            id=row.id,
            slug=row.slug,
            title=Words(row.title, row.language),
            target=Money(row.target_minor),
            counted=row.CampaignTotal.counted - Money(row.matched),
            opened_at=row.opened_at,
            closes_at=row.closes_at,
            is_in=row.place is not None,
        )
        for row in rows
    ]


def prospects(chosen: Iterable[Candidate], *, days: int, all_of_them: bool, now: datetime) -> list[Prospect]:
    """These campaigns with their gifts: those of the last days, or all; one statement."""
    found = list(chosen)
    gifts: dict[int, list[Gift]] = {each.id: [] for each in found}
    since = None if all_of_them else now - timedelta(days=days)
    for gift in _gifts([each.id for each in found], since):
        gifts[gift.campaign].append(gift)
    return [
        Prospect(each.id, each.target, each.counted, each.opened_at, each.closes_at, gifts[each.id]) for each in found
    ]


def _gifts(campaign_ids: list[int], since: datetime | None) -> Iterable[Gift]:
    """Pledges that stand, each as one gift; its person is the address as match funding knows people, and is kept nowhere.

    There may be hundreds of thousands: so columns and no objects, moments as whole numbers, and each person and amount made once.
    """
    pledge, user = Pledge.__table__.c, User.__table__.c
    mine: Any = (
        select(
            pledge.id,
            pledge.campaign_id,
            func.coalesce(user.email, pledge.email),
            pledge.amount_minor,
            cast(func.extract("epoch", pledge.authorised_at) * 1_000_000, BigInteger),
        )
        .select_from(Pledge.__table__.outerjoin(User.__table__, user.id == pledge.user_id))
        .where(pledge.campaign_id.in_(campaign_ids), pledge.status.in_(STANDING))
    )
    if since is not None:
        mine = mine.where(pledge.authorised_at > since)
    people: dict[str, str] = {}
    amounts: dict[int, Money] = {}
    for number, campaign, address, minor, moment in db.session.execute(mine):
        person = people.get(address) or people.setdefault(address, plain_address(address))
        amount = amounts.get(minor) or amounts.setdefault(minor, Money(minor))
        yield Gift(number, campaign, person, amount, EPOCH + moment * MICROSECOND)

"""What everybody may know of schemes: which run and ran, their campaigns, and what they add to a gift that is about to be given."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from civic.core.db import db
from civic.core.i18n import Words
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.crowdfund.matching.models import MatchFunder, MatchPlace, MatchScheme
from civic.crowdfund.matching.queries.schemes import whole
from civic.crowdfund.matching.rules.offers import left_for, offer_sentence
from civic.crowdfund.matching.rules.terms import read
from civic.crowdfund.models import Campaign
from civic.crowdfund.rules.promise import Sentence
from civic.crowdfund.rules.stages import stage

SIZE = 50


def published(*, at: str | None = None) -> Page:
    """Schemes that run or ran, those that run first, with their funders; two statements."""
    mine = whole().where(MatchScheme.status.in_(("running", "ended")))
    return page_of(mine, [MatchScheme.status.desc(), MatchScheme.id.desc()], at=at, scalars=True)


class Member(NamedTuple):
    """A campaign in a scheme."""

    slug: str
    title: Words
    stage: str  # of the campaign: crowdfund.rules.stages
    place: str  # open, closed or left
    since: datetime
    matched: Money
    backers: int


def members(scheme: MatchScheme, now: datetime, *, at: str | None = None) -> Page:
    """The campaigns of a scheme, those with the most match first; one statement."""
    columns = (
        MatchPlace.id,
        Campaign.slug,
        Campaign.title,
        Campaign.language,
        Campaign.status.label("campaign_status"),
        Campaign.closes_at,
        MatchPlace.status,
        MatchPlace.added_at,
        MatchPlace.matched_minor,
        MatchPlace.backers,
    )
    mine: Any = select(*columns).join(Campaign, Campaign.id == MatchPlace.campaign_id)
    mine = mine.where(MatchPlace.scheme_id == scheme.id, Campaign.opened_at.is_not(None))
    page = page_of(mine, [MatchPlace.matched_minor.desc(), MatchPlace.id], at=at, size=SIZE)
    return Page([_member(row, now) for row in page.items], page.next, page.previous)


def _member(row: Any, now: datetime) -> Member:
    return Member(
        slug=row.slug,
        title=Words(row.title, row.language),
        stage=stage(row.campaign_status, row.closes_at, now),
        place=row.status,
        since=row.added_at,
        matched=Money(row.matched_minor),
        backers=row.backers,
    )


class Offer(NamedTuple):
    """What a scheme may add to the next gift."""

    scheme: str
    title: Words
    sentence: Sentence


def offers(campaign: Campaign) -> list[Offer]:
    """What running schemes may add to a gift to this campaign, those with nothing left for it left out; one statement."""
    left = func.sum(MatchFunder.contribution_minor - MatchFunder.charged_minor - MatchFunder.missing_minor)
    columns = (MatchScheme.id, MatchScheme.slug, MatchScheme.title, MatchScheme.language, MatchScheme.kind)
    rows = db.session.execute(
        select(*columns, MatchScheme.terms, MatchPlace.matched_minor, MatchPlace.has_sum, left.label("left"))
        .join(MatchPlace, MatchPlace.scheme_id == MatchScheme.id)
        .join(MatchFunder, MatchFunder.scheme_id == MatchScheme.id)
        .where(MatchPlace.campaign_id == campaign.id, MatchPlace.status == "open", MatchScheme.status == "running")
        .group_by(MatchScheme.id, MatchPlace.id)
        .order_by(MatchScheme.id)
    )
    found = []
    for row in rows:
        formula = read(row.kind, row.terms)
        there = left_for(formula, left=Money(int(row.left)), matched=Money(row.matched_minor), has_sum=row.has_sum)
        if there:
            found.append(Offer(row.slug, Words(row.title, row.language), offer_sentence(formula, there)))
    return found

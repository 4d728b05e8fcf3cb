"""What the organiser's desk shows: pledges over time, who backs the campaign as far as they agreed, what is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, cast, func, select

from civic.core.db import db
from civic.core.i18n import Words
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.crowdfund.models import Campaign, CampaignUpdate, DeliveryReport, Milestone, Pledge
from civic.crowdfund.queries.talk import STANDS_BY

WEEKS_SHOWN = 14


class Week(NamedTuple):
    """The pledges of seven days that begin on a Monday."""

    begins_on: date
    pledges: int
    amount: Money


def weeks(campaign: Campaign, now: datetime) -> list[Week]:
    """Standing pledges by the week in which they were made, oldest first, empty weeks too; the last ones only."""
    week = cast(func.date_trunc("week", func.timezone("Europe/London", Pledge.authorised_at)), Date)
    counted = select(week, func.count(), func.sum(Pledge.amount_minor)).where(
        Pledge.campaign_id == campaign.id, Pledge.status.in_(STANDS_BY), Pledge.authorised_at.is_not(None)
    )
    found = {monday: (n, int(minor)) for monday, n, minor in db.session.execute(counted.group_by(week))}
    if not found:
        return []
    last = min(now, campaign.closes_at or now).date()
    mondays, monday = [], min(found)
    while monday <= max(last, *found):
        mondays.append(monday)
        monday += timedelta(days=7)
    rows = [(each, *found.get(each, (0, 0))) for each in mondays]
    return [Week(each, n, Money(minor)) for each, n, minor in rows[-WEEKS_SHOWN:]]


class Supporter(NamedTuple):
    """One pledge as the organiser sees it: never an address, and no name where the backer wants none."""

    name: str
    amount: Money
    at: datetime
    status: str
    message: Words | None


def supporters(campaign: Campaign, *, at: str | None = None, size: int = 25) -> Page:
    """The standing pledges, the latest first, as Supporter."""
    rows = select(
        Pledge.is_anonymous, Pledge.shown_name, Pledge.amount_minor, Pledge.authorised_at, Pledge.status, Pledge.message,
        Pledge.message_hidden_at,
        Pledge.language,
    ).where(Pledge.campaign_id == campaign.id, Pledge.status.in_(STANDS_BY), Pledge.authorised_at.is_not(None))  # fmt: skip
    page = page_of(rows, [Pledge.id.desc()], at=at, size=size)
    return Page([_supporter(row) for row in page.items], page.next, page.previous)


def _supporter(row: Any) -> Supporter:
    name = "" if row.is_anonymous else row.shown_name
    message = Words(row.message, row.language) if row.message and name and row.message_hidden_at is None else None
    return Supporter(name, Money(row.amount_minor), row.authorised_at, row.status, message)


def milestones(campaign: Campaign) -> list[Milestone]:
    """The milestones in their order."""
    mine = select(Milestone).where(Milestone.campaign_id == campaign.id).order_by(Milestone.position)
    return list(db.session.scalars(mine))


class Told(NamedTuple):
    """When the organiser last told anything."""

    news_at: datetime | None
    report_at: datetime | None
    is_final: bool


def told(campaign: Campaign) -> Told:
    """The last news, the last published report, and whether the final one is out; in one statement."""
    news = select(func.max(CampaignUpdate.at)).where(CampaignUpdate.campaign_id == campaign.id)
    published = (DeliveryReport.campaign_id == campaign.id, DeliveryReport.status == "published")
    report = select(func.max(DeliveryReport.published_at)).where(*published)
    final = select(DeliveryReport.id).where(*published, DeliveryReport.kind == "final").exists()
    row = db.session.execute(select(news.scalar_subquery(), report.scalar_subquery(), final)).one()
    return Told(*row)


def own_update(campaign: Campaign, update_id: int) -> CampaignUpdate | None:
    """A piece of this campaign's news, to be changed."""
    if not 0 < update_id < 2**62:
        return None
    mine = select(CampaignUpdate).where(CampaignUpdate.campaign_id == campaign.id, CampaignUpdate.id == update_id)
    return db.session.scalar(mine)

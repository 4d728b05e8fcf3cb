"""Reports of what was done with the money."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.models import Campaign, CampaignCost, CampaignPicture, DeliveryReport, ReportLine
from civic.crowdfund.queries import settlement
from civic.crowdfund.queries.writing import pictures_of
from civic.crowdfund.rules.delivery import Account, Line


def reports_of(campaign: Campaign, *, drafts: bool = False) -> list[DeliveryReport]:
    """The published reports, newest first; with `drafts` also those that are being written."""
    mine = select(DeliveryReport).where(DeliveryReport.campaign_id == campaign.id)
    if not drafts:
        mine = mine.where(DeliveryReport.status == "published")
    newest = mine.order_by(DeliveryReport.published_at.desc().nulls_first(), DeliveryReport.id.desc())
    return list(db.session.scalars(newest.options(selectinload(DeliveryReport.lines))))


def report_of(campaign: Campaign, report_id: int) -> DeliveryReport | None:
    """One report of this campaign with its lines and their costs."""
    if not 0 < report_id < 2**62:
        return None
    mine = select(DeliveryReport).where(DeliveryReport.id == report_id, DeliveryReport.campaign_id == campaign.id)
    lines = selectinload(DeliveryReport.lines).joinedload(ReportLine.cost, innerjoin=True)
    return db.session.scalar(mine.options(lines).execution_options(populate_existing=True))


def last_published(campaign: Campaign) -> DeliveryReport | None:
    """The latest published report: the next one begins with its figures."""
    mine = select(DeliveryReport).where(DeliveryReport.campaign_id == campaign.id, DeliveryReport.status == "published")
    return db.session.scalar(
        mine.order_by(DeliveryReport.published_at.desc()).limit(1).options(selectinload(DeliveryReport.lines))
    )


def account_of(campaign: Campaign, lines: Iterable[tuple[CampaignCost, Money, str]]) -> Account:
    """A project's money, with what was spent on each cost by one report; what was raised comes from the kept sums and the ledger."""
    books = settlement.books(campaign.id)
    return Account(
        lines=tuple(Line(cost.id, cost.amount, spent, note) for cost, spent, note in lines),
        raised=settlement.secured(campaign).total,
        fees=books.card_fees + books.platform_fee,
    )


def account_in(campaign: Campaign, report: DeliveryReport) -> Account:
    """The same of a report as it stands (`report.lines` with their costs)."""
    return account_of(campaign, ((line.cost, Money(line.spent_minor), line.note) for line in report.lines))


def pictures_in(campaign: Campaign, report: DeliveryReport) -> list[CampaignPicture]:
    """The pictures of a report."""
    return pictures_of(campaign, f"report:{report.id}")


def picture_of(campaign: Campaign, report: DeliveryReport, picture_id: int) -> CampaignPicture | None:
    """One picture of a report."""
    mine = select(CampaignPicture).where(
        CampaignPicture.id == picture_id,
        CampaignPicture.campaign_id == campaign.id,
        CampaignPicture.place == f"report:{report.id}",
    )
    return db.session.scalar(mine.options(joinedload(CampaignPicture.file))) if 0 < picture_id < 2**62 else None

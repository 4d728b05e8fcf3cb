"""Telling what was done with the money: reports to the pound, and milestones that are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from civic.accounts.models import User
from civic.core.db import db
from civic.core.errors import CivicError, Conflict
from civic.core.jobs import enqueue
from civic.core.money import Money
from civic.core.states import advance
from civic.crowdfund.actions import media, news
from civic.crowdfund.actions.campaigns import hold
from civic.crowdfund.models import Campaign, DeliveryReport, Milestone, ReportLine
from civic.crowdfund.queries import delivery as queries
from civic.crowdfund.queries import writing
from civic.crowdfund.rules.delivery import Fault, faults


class NothingToReport(Conflict):
    """Reports are written once the money was paid, until the final one is out."""

    sentence = _l("Reports are written once the money has been paid, and end with the final report.")


class AlreadyPublished(Conflict):
    """What was published stays."""

    sentence = _l("This report is published and stays as it is. Write another one to say more.")


class NotExplained(CivicError):
    """Something must be said before the report is published; `faults` says what."""

    sentence, status = _l("Some figures still need an explanation."), 422

    def __init__(self, found: list[Fault]):
        super().__init__()
        self.faults = found


@dataclass(frozen=True)
class Told:
    """What a report says; `spent` holds what was spent so far and why it differs, by cost."""

    text: str
    learned: str
    volunteers: int | None
    unspent: str
    spent: Mapping[int, tuple[Money, str]]


def begin_report(campaign: Campaign, *, kind: str, language: str, by: User, now: datetime) -> DeliveryReport:
    """A draft of a report, with the figures of the last published one; raises NothingToReport."""
    held = _reporting(campaign)
    last = queries.last_published(held)
    known = {line.cost_id: line for line in last.lines} if last else {}
    report = DeliveryReport(
        campaign_id=held.id, kind=kind, text="", language=language, by_id=by.id, created_at=now, lines=[]
    )
    db.session.add(report)
    db.session.flush()
    for cost in writing.costs_of(held):
        before = known.get(cost.id)
        spent, note = (before.spent_minor, before.note) if before else (0, "")
        db.session.add(ReportLine(report_id=report.id, cost_id=cost.id, spent_minor=spent, note=note))
    db.session.flush()
    return report


def tell(report: DeliveryReport, campaign: Campaign, told: Told) -> None:
    """Save a draft; raises AlreadyPublished."""
    _draft(report, campaign)
    report.text, report.learned = told.text, told.learned
    report.volunteers, report.unspent = told.volunteers, told.unspent
    for line in report.lines:
        if line.cost_id in told.spent:
            spent, line.note = told.spent[line.cost_id]
            line.spent_minor = spent.minor
    db.session.flush()


def publish(report: DeliveryReport, campaign: Campaign, *, by: User, now: datetime) -> None:
    """Let everybody read it, and tell backers and followers; the final one ends the campaign. Raises NotExplained."""
    held = _draft(report, campaign)
    account = queries.account_in(held, report)
    if found := faults(report.kind, account, text=report.text, unspent=report.unspent):
        raise NotExplained(found)
    report.published_at = now
    advance(report, "publish", by=by, now=now)
    if report.kind == "final":
        advance(held, "deliver", by=by, now=now)
    enqueue(news.tell_of_report, report_id=report.id)


def remove(report: DeliveryReport, campaign: Campaign) -> None:
    """Throw a draft away, with its pictures."""
    held = _draft(report, campaign)
    for picture in queries.pictures_in(held, report):
        media.remove_picture(picture, held)
    db.session.execute(delete(DeliveryReport).where(DeliveryReport.id == report.id))


def mark_done(milestone: Milestone, done_on: date | None) -> None:
    """Say on which day a milestone was done, or that it is not done after all."""
    milestone.done_on = done_on
    db.session.flush()


def _reporting(campaign: Campaign) -> Campaign:
    held = hold(campaign)
    if held.status != "funded":
        raise NothingToReport()
    return held


def _draft(report: DeliveryReport, campaign: Campaign) -> Campaign:
    held = _reporting(campaign)
    db.session.refresh(report, ["status"])
    if report.status != "draft":
        raise AlreadyPublished()
    return held

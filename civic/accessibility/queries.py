"""What can be asked of barrier reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_

from civic.accessibility.models import OPEN, STATUSES, BarrierReport
from civic.core.db import db, locked
from civic.core.pages import Page, page_of
from civic.core.states import StateChange

DAY = timedelta(days=1)


def report_by_id(report_id: int) -> BarrierReport | None:
    """The report with this number."""
    return db.session.get(BarrierReport, report_id) if report_id < 2**62 else None


def _words() -> ColumnElement[str]:
    """What the register says of a report: the summary, once it is published."""
    return case((BarrierReport.summary_published_at.is_not(None), BarrierReport.summary), else_="")


def register(status: str = "", at: str | None = None) -> Page:
    """What everybody may know of every report, newest first: number, state, dates and a published summary."""
    columns = (BarrierReport.id, BarrierReport.status, BarrierReport.created_at, BarrierReport.answered_at)
    found = select(*columns, _words().label("summary"), BarrierReport.summary_language)
    if status:
        found = found.where(BarrierReport.status.in_(SHOWS[status]))
    return page_of(found, [BarrierReport.id.desc()], at=at)


SHOWS: dict[str, tuple[str, ...]] = {"open": OPEN, **{each: (each,) for each in STATUSES if each not in OPEN}}
"""Choices of the register by where reports stand."""


@dataclass(frozen=True)
class Figures:
    """How many reports stand where, and in how many days half of those that were answered had their answer."""

    counts: dict[str, int]
    median_days: int | None

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    def shown(self, name: str) -> int:
        """How many a choice of the register holds."""
        return sum(self.counts.get(each, 0) for each in SHOWS[name])


def figures() -> Figures:
    """The register in numbers, in one question."""
    took = func.extract("epoch", BarrierReport.answered_at - BarrierReport.created_at)
    half = func.percentile_cont(0.5).within_group(took).filter(BarrierReport.answered_at.is_not(None))
    rows = db.session.execute(
        select(BarrierReport.status, func.count(), half).group_by(func.grouping_sets(BarrierReport.status, tuple_()))
    )
    counts, median = {}, None
    for status, count, seconds in rows:
        if status is None:
            median = None if seconds is None else max(1, round(seconds / DAY.total_seconds()))
        else:
            counts[status] = count
    return Figures(counts, median)


def latest(size: int = 30) -> Sequence[Any]:
    """The reports to which something happened last, for the feed."""
    changed = func.coalesce(BarrierReport.answered_at, BarrierReport.created_at)
    columns = (BarrierReport.id, BarrierReport.status, changed.label("at"), _words().label("summary"))
    found = select(*columns, BarrierReport.summary_language)
    return db.session.execute(found.order_by(changed.desc(), BarrierReport.id.desc()).limit(size)).all()


def moves_of(report: BarrierReport) -> Sequence[tuple[str, datetime]]:
    """When it came into which state; why and by whom stays inside."""
    mine = (StateChange.thing == BarrierReport.__tablename__, StateChange.thing_id == str(report.id))
    found = db.session.execute(select(StateChange.after, StateChange.at).where(*mine).order_by(StateChange.id)).tuples()
    return [("received", report.created_at), *found]


@dataclass(frozen=True)
class Known:
    """A barrier that people met and that is not removed yet, as the accessibility statement tells of it."""

    number: int
    summary: str
    language: str
    meanwhile: str
    criterion: str
    fix_by: date | None


def known_problems() -> list[Known]:
    """Barriers that we cannot remove yet, the oldest first; those whose summary is published."""
    columns = (BarrierReport.id, BarrierReport.summary, BarrierReport.summary_language)
    more = (BarrierReport.meanwhile, BarrierReport.criterion, BarrierReport.fix_by)
    published = BarrierReport.summary_published_at.is_not(None)
    found = select(*columns, *more).where(BarrierReport.status == "known_problem", published)
    return [Known(*row) for row in db.session.execute(found.order_by(BarrierReport.id).limit(200))]


def for_staff(status: str = "") -> Select:
    """Reports for those who answer them."""
    columns = (
        BarrierReport.id,
        BarrierReport.status,
        BarrierReport.created_at,
        BarrierReport.page,
        BarrierReport.happened,
    )
    found = select(*columns, BarrierReport.contact_by)
    return found.where(BarrierReport.status == status) if status else found


def open_reports() -> int:
    """How many reports wait for an answer."""
    return db.session.scalar(select(func.count()).where(BarrierReport.status.in_(OPEN))) or 0


def locked_report(report_id: int) -> BarrierReport:
    """The report as it is now, held until the transaction ends, so that two members of staff answer one after the other."""
    return locked(BarrierReport, report_id)

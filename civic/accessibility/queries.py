"""What can be asked of barrier reports."""

from sqlalchemy import Select, case, func, select

from civic.accessibility.models import OPEN, BarrierReport
from civic.core.db import db, locked
from civic.core.pages import Page, page_of


def report_by_id(report_id: int) -> BarrierReport | None:
    """The report with this number."""
    return db.session.get(BarrierReport, report_id) if report_id < 2**62 else None


def register(at: str | None = None) -> Page:
    """What everybody may know of every report, newest first: number, state, dates and a published summary."""
    published = case((BarrierReport.summary_published_at.is_not(None), BarrierReport.summary), else_="")
    columns = (BarrierReport.id, BarrierReport.status, BarrierReport.created_at, BarrierReport.answered_at)
    return page_of(select(*columns, published.label("summary")), [BarrierReport.id.desc()], at=at)


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


def by_state() -> dict[str, int]:
    """How many reports stand in each state."""
    rows = db.session.execute(select(BarrierReport.status, func.count()).group_by(BarrierReport.status))
    return dict(rows.tuples().all())


def locked_report(report_id: int) -> BarrierReport:
    """The report as it is now, held until the transaction ends, so that two members of staff answer one after the other."""
    return locked(BarrierReport, report_id)

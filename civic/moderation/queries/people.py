"""Questions about people: may they publish, were they warned, what became of what they reported."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from civic.core.db import db
from civic.moderation.models import Report, Suspension


def suspension_of(person_id: int, now: datetime) -> Suspension | None:
    """The suspension that keeps a person from publishing now; the one that ends last, where there are several."""
    mine = select(Suspension).where(
        Suspension.person_id == person_id, Suspension.ends_at > now, Suspension.lifted_at.is_(None)
    )
    return db.session.scalars(
        mine.where(Suspension.starts_at <= now).order_by(Suspension.ends_at.desc()).limit(1)
    ).one_or_none()


class ReporterRecord(NamedTuple):
    """What became of a person's earlier reports."""

    upheld: int
    dismissed: int


def reporter_record(person_id: int) -> ReporterRecord:
    """How many of a person's reports were upheld and dismissed."""
    counts = select(
        func.count().filter(Report.status == "upheld"), func.count().filter(Report.status == "dismissed")
    ).where(Report.reporter_id == person_id)
    return ReporterRecord(*db.session.execute(counts).one())

"""Questions about the times before elections."""

from datetime import datetime

from sqlalchemy import bindparam, select

from civic.core.db import db
from civic.moderation.models import ElectionPeriod

# Built once: every text that is published asks.
_AT = (
    select(ElectionPeriod)
    .where(ElectionPeriod.ends_at > bindparam("now"), ElectionPeriod.starts_at <= bindparam("now"))
    .order_by(ElectionPeriod.holds_back, ElectionPeriod.id)
    .limit(1)
)


def period_at(now: datetime) -> ElectionPeriod | None:
    """The period that holds at a moment; where two overlap, the one that holds back more."""
    return db.session.scalars(_AT, {"now": now}).one_or_none()


def period_by_id(period_id: int) -> ElectionPeriod | None:
    """The period with this number."""
    return db.session.get(ElectionPeriod, period_id) if 0 < period_id < 2**62 else None


def periods() -> list[ElectionPeriod]:
    """Every period, the latest first."""
    return list(db.session.scalars(select(ElectionPeriod).order_by(ElectionPeriod.starts_at.desc()).limit(50)))

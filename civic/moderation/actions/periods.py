"""The times before elections, set and ended by staff."""

from datetime import datetime

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db
from civic.moderation.models import ElectionPeriod


def set_period(
    *, starts_at: datetime, ends_at: datetime, holds_back: str, why: str, language: str, by: User, now: datetime
) -> ElectionPeriod:
    """Let new posts wait for a moderator for a time, for a reason that everybody reads."""
    period = ElectionPeriod(
        starts_at=starts_at, ends_at=ends_at, holds_back=holds_back, why=why, language=language, by_id=by.id, at=now
    )
    db.session.add(period)
    db.session.flush()
    after = {"from": starts_at.isoformat(), "to": ends_at.isoformat(), "holds_back": holds_back}
    audit.record("moderation.set_period", on=period, by=by, now=now, why=why, after=after)
    return period


def end_period(period: ElectionPeriod, *, by: User, now: datetime) -> None:
    """End a period now, or call off one that has not begun; one that is over stays as it was."""
    if period.ends_at <= now:
        return
    before = {"from": period.starts_at.isoformat(), "to": period.ends_at.isoformat()}
    audit.record("moderation.end_period", on=period, by=by, now=now, before=before)
    if period.starts_at >= now:
        db.session.delete(period)
    else:
        period.ends_at = now
    db.session.flush()

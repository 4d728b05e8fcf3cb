"""The demo's news: what was told in its past left long ago, so that no flood of letters greets whoever opens it."""

from datetime import datetime, timedelta

from sqlalchemy import update

from civic.core.db import db
from civic.notifications.models import Notification

LATELY = timedelta(days=3)


def settle(now: datetime) -> None:
    """Let everything that was due count as sent, and everything but the last days' news as read."""
    gone = update(Notification).where(Notification.due_at <= now)
    db.session.execute(gone.values(sent_at=Notification.due_at, due_at=None))
    old = update(Notification).where(Notification.at < now - LATELY, Notification.read_at.is_(None))
    db.session.execute(old.values(read_at=Notification.at))

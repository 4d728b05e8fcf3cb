"""What must be true of formats at any time."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from civic.core import clock
from civic.core.db import db
from civic.formats.models import FormatFile
from civic.formats.rules import LOST_HOURS

DAYS_LATE = 2


def nothing_is_lost() -> Iterable[str]:
    """Whatever was asked for is made or has failed, at the latest by the second night."""
    before = clock.now() - timedelta(hours=LOST_HOURS, days=DAYS_LATE)
    query = select(func.count()).where(FormatFile.status == "asked", FormatFile.asked_at < before)
    number = db.session.scalar(query) or 0
    if number:
        yield f"{number} files in other formats were asked for and never made"

"""What happens by itself: what was typed and never counted is deleted when it no longer can be."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.surveys.assisted.actions.typing import set_aside
from civic.surveys.assisted.models import AssistedForm
from civic.surveys.models.survey import Survey

KEPT_DAYS = 60
WHY = "The survey closed before the form was finished."


@job("surveys.forget_typed")
def forget_typed() -> None:
    """Sixty days after a survey's close, or when it is archived, forms that were not finished are set aside and emptied."""
    with transaction():
        forget(clock.now())


def forget(now: datetime) -> int:
    """Set aside what can no longer be counted; gives how many."""
    over = or_(Survey.status == "archived", Survey.closes_at < now - timedelta(days=KEPT_DAYS))
    unfinished = select(AssistedForm.id).join(Survey, Survey.id == AssistedForm.survey_id)
    ids = db.session.scalars(unfinished.where(AssistedForm.status.in_(("once", "differs")), over)).all()
    for form_id in ids:
        set_aside(form_id, why=WHY, by=None, now=now)
    return len(ids)

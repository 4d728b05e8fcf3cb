"""What happens by itself: old drafts are forgotten, and the order of those who took part is mixed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, text

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.surveys.models.response import Draft
from civic.surveys.models.survey import Survey

DRAFT_DAYS, CLOSED_DAYS = 60, 30
"""A draft is kept this long after its last change, and this long after its survey has closed."""


@job("surveys.forget_drafts")
def forget_drafts() -> None:
    """Delete the drafts that nobody came back to."""
    with transaction():
        forget(clock.now())


def forget(now: datetime) -> int:
    """Delete drafts untouched for 60 days, or whose survey closed 30 days ago or was put away; gives how many."""
    closed = select(Survey.id).where(
        or_(Survey.status == "archived", Survey.closes_at < now - timedelta(days=CLOSED_DAYS))
    )
    old = or_(Draft.updated_at < now - timedelta(days=DRAFT_DAYS), Draft.survey_id.in_(closed))
    return len(db.session.scalars(delete(Draft).where(old).returning(Draft.id)).all())


_MIX = text("""
with taken as (
  delete from participation where survey_id = :survey_id and anonymity = 'anonymous' returning survey_id, person_id, anonymity
)
insert into participation (survey_id, person_id, anonymity) select survey_id, person_id, anonymity from taken order by random()
""")


@job("surveys.mix_participation")
def mix_participation() -> None:
    """Write those who took part in an anonymous survey anew, in random order and all at once.

    PostgreSQL notes with each row which transaction wrote it, and lays rows down in the order of writing: both would tie
    a participation to the response that was sent with it. Afterwards neither does.
    """
    with transaction():
        surveys = db.session.scalars(
            select(Survey.id).where(Survey.anonymity == "anonymous", Survey.status != "archived")
        )
        for survey_id in surveys.all():
            db.session.execute(_MIX, {"survey_id": survey_id})

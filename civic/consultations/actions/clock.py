"""What happens by the clock: opening, closing, and the reminders of an answer that is owed."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from civic.consultations.actions import life
from civic.consultations.actions.counting import recount
from civic.consultations.actions.writing import tell_followers
from civic.consultations.models import Consultation, Said
from civic.consultations.rules import dates
from civic.core.clock import london_today
from civic.core.db import db
from civic.notifications.actions import tell


def tick(consultation: Consultation, now: datetime) -> None:
    """Note what the clock has done to one consultation, and say what is to be said once; the caller holds the row."""
    life.step(consultation, now)
    stage, opens, closes = consultation.stage(now), consultation.opens_at, consultation.closes_at
    assert opens is not None, "what was announced has dates"
    assert closes is not None, "what was announced has dates"
    if stage in ("open", "considering"):
        recount(consultation)
    is_soon = stage == "open" and dates.closes_soon(opens, closes, now)
    # An extension makes it close soon once more.
    if is_soon and _say(consultation, f"soon:{london_today(closes).isoformat()}", now):
        tell_followers(consultation, "consultation_closing", by=None, now=now)
    if stage == "considering":
        _remind(consultation, closes, now)


def _remind(consultation: Consultation, closes: datetime, now: datetime) -> None:
    """The officer hears after 8, 11 and 12 weeks; followers once, when the promised day has passed."""
    weeks = dates.reminder(closes, now)
    if weeks is not None and _say(consultation, f"weeks:{weeks}", now) and consultation.officer_id is not None:
        about = f"consultation:{consultation.id}"
        tell("consultation_due", [consultation.officer_id], about=about, now=now, consultation=consultation.id, weeks=weeks)  # fmt: skip
    if consultation.is_overdue(now) and _say(consultation, "overdue", now):
        consultation.touched_at = now
        tell_followers(consultation, "consultation_overdue", by=None, now=now)


def _say(consultation: Consultation, what: str, now: datetime) -> bool:
    """Whether this has not been said before; from now on it has."""
    row = insert(Said).values(consultation_id=consultation.id, what=what, at=now)
    return db.session.scalar(row.on_conflict_do_nothing().returning(Said.what)) is not None

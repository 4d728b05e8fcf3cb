"""Following a consultation: asking to hear what happens, and leaving it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from civic.consultations import refusals
from civic.consultations.models import Consultation, Follow
from civic.core.db import db


def follow(consultation: Consultation, *, by: Any, now: datetime) -> None:
    """Let somebody hear of it; asking twice is asking once."""
    if consultation.is_over:
        raise refusals.Over()
    row = insert(Follow).values(consultation_id=consultation.id, person_id=by.id, at=now)
    db.session.execute(row.on_conflict_do_nothing())


def unfollow(consultation: Consultation, *, by: Any) -> None:
    """Let them hear no more of it."""
    gone = delete(Follow).where(Follow.consultation_id == consultation.id, Follow.person_id == by.id)
    db.session.execute(gone)

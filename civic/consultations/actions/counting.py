"""Kept counters of a consultation: what people gave, and how much of it has a recorded fate."""

from sqlalchemy import select

from civic.consultations.models import Consultation, Held
from civic.consultations.queries import outcome, registry
from civic.core.db import db


def recount(consultation: Consultation) -> None:
    """Count anew what its activities hold and what has a fate; the caller holds the row."""
    db.session.flush()
    total = 0
    for activity in db.session.scalars(select(Held).where(Held.consultation_id == consultation.id)).all():
        number = registry.count(activity.name)
        if activity.given != number:
            activity.given = number
        total += number
    recount_fates(consultation)
    if consultation.given != total:
        consultation.given = total
    db.session.flush()


def recount_fates(consultation: Consultation) -> None:
    """Count anew how many contributions have a recorded fate."""
    db.session.flush()
    number = outcome.count_with_fate(consultation.id)
    if consultation.with_fate != number:
        consultation.with_fate = number
    db.session.flush()

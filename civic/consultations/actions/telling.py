"""Telling everybody who took part what came of it: in stretches, once, whichever worker does it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.consultations.models import Consultation, Informed
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import registry
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.notifications.actions import tell

STRETCH = 500  # people told in one transaction


@job("consultations.tell_outcome", retries=8, on="mail")
def tell_outcome(consultation_id: int) -> None:
    """Tell everybody who took part what came of it, a stretch a transaction; begun again, it goes on where it stopped."""
    consultation = queries.by_id(consultation_id)
    if consultation is None or consultation.status != "answered":
        return
    people, now = to_inform(consultation), clock.now()
    db.session.rollback()
    for start in range(0, len(people), STRETCH):
        with transaction():
            inform(consultation_id, people[start : start + STRETCH], now)


def audience(consultation: Consultation) -> list[int]:
    """Everybody who took part, as far as they are known, and everybody who follows it."""
    took_part = (registry.givers(name) for name in queries.held(consultation.id))
    return sorted(frozenset(queries.followers(consultation.id)).union(*took_part))


def to_inform(consultation: Consultation) -> list[int]:
    """Those of the audience who have not been told what came of it; erased accounts are left out when they are told."""
    told = set(db.session.scalars(select(Informed.person_id).where(Informed.consultation_id == consultation.id)))
    return [person for person in audience(consultation) if person not in told]


def inform(consultation_id: int, people: Sequence[int], now: datetime) -> int:
    """Tell a stretch of people what came of it. Whoever another worker has told in the meantime is left out: the row that says
    so is written in the same transaction, and exists once."""
    known = _known(people)
    if not known:
        return 0
    rows = insert(Informed).values([{"consultation_id": consultation_id, "person_id": each} for each in known])
    fresh = db.session.scalars(rows.on_conflict_do_nothing().returning(Informed.person_id)).all()
    tell("consultation_outcome", fresh, about=f"consultation:{consultation_id}", now=now, consultation=consultation_id)
    return len(fresh)


def _known(people: Sequence[int]) -> Sequence[int]:
    """Those whose account still stands."""
    return db.session.scalars(select(User.id).where(User.id.in_(people)).order_by(User.id)).all()

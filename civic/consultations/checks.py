"""What must always be true of consultations; `flask civic check` proves it over the live data."""

from collections.abc import Iterator

from sqlalchemy import func, select

from civic.consultations.models import Consultation, Decision, Held, Tie, Writer
from civic.consultations.queries import outcome
from civic.core.db import db


def wrong_counts() -> Iterator[str]:
    """A sentence for each consultation whose counters are not what a recount finds.

    What people gave is counted every few minutes while it may change, and stands still once it was answered.
    """
    sums = select(Held.consultation_id, func.sum(Held.given)).group_by(Held.consultation_id)
    given = {number: int(total) for number, total in db.session.execute(sums)}
    columns = select(Consultation.id, Consultation.given, Consultation.with_fate).order_by(Consultation.id)
    for row in db.session.execute(columns).all():
        if row.with_fate != outcome.count_with_fate(row.id):
            yield f"consultation {row.id} does not have {row.with_fate} contributions with a fate"
        if row.given != given.get(row.id, 0):
            yield f"consultation {row.id} does not hold {row.given} contributions"


def unsound_answers() -> Iterator[str]:
    """A sentence for each answer that its own writer signed, and for each decision in an answer that answers no theme."""
    wrote = select(Writer.person_id).where(
        Writer.consultation_id == Consultation.id, Writer.person_id == Consultation.signed_by_id
    )
    for number in db.session.scalars(select(Consultation.id).where(wrote.exists())):
        yield f"consultation {number} was signed by one of those who wrote its outcome"
    tied = select(Tie.decision_id).where(Tie.decision_id == Decision.id)
    loose = select(Decision.id).join(Consultation, Consultation.id == Decision.consultation_id)
    for number in db.session.scalars(loose.where(Consultation.status == "answered", ~tied.exists())):
        yield f"decision {number} of an answered consultation answers no theme"

"""What the report card is made of: one row for each consultation that has closed."""

from datetime import datetime

from sqlalchemy import case, select

from civic.consultations.models import Consultation
from civic.consultations.queries.consultations import in_stage
from civic.consultations.rules.report_card import Line
from civic.core.db import db


def lines(now: datetime) -> list[Line]:
    """Every consultation that has closed and was not withdrawn, the last to close first.

    A fate counts from the day on which the outcome was signed and published: until then nobody was told it.
    """
    query = select(
        Consultation.slug,
        Consultation.question,
        Consultation.language,
        Consultation.closes_at,
        Consultation.answered_at,
        Consultation.given,
        case((Consultation.status == "answered", Consultation.with_fate), else_=0),
        Consultation.overdue_reason,
    ).where(in_stage("considering", now) | in_stage("answered", now))
    rows = db.session.execute(query.order_by(Consultation.closes_at.desc(), Consultation.id.desc()))
    return [Line(*row) for row in rows]

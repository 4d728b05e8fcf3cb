"""What happens by itself: the steps of the clock."""

from civic.consultations.actions.clock import tick
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.core.jobs import job


@job("consultations.step")
def step_consultations() -> None:
    """Every few minutes: what opened, what closed, who is to be reminded; each consultation in a transaction of its own."""
    now = clock.now()
    ids = queries.to_step(now)
    db.session.rollback()
    for consultation_id in ids:
        with transaction():
            consultation: Consultation | None = locked(Consultation, consultation_id)
            if consultation is not None and consultation.status in ("coming_up", "open", "considering"):
                tick(consultation, now)

"""What happens by itself: addresses left with a report are forgotten."""

from datetime import timedelta

from sqlalchemy import update

from civic.accessibility.models import OPEN, BarrierReport
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job

CONTACT_DAYS = 90


@job("accessibility.forget_contacts")
def forget_contacts() -> None:
    """Ninety days after a report was answered, the address, the number and the account it came from go."""
    with transaction():
        old = BarrierReport.answered_at < clock.now() - timedelta(days=CONTACT_DAYS)
        done = BarrierReport.status.not_in(OPEN)
        db.session.execute(
            update(BarrierReport)
            .where(old, done, BarrierReport.contact_by != "nothing")
            .values(email="", phone="", contact_by="nothing", reporter_id=None)
        )
        db.session.execute(
            update(BarrierReport).where(old, done, BarrierReport.reporter_id.is_not(None)).values(reporter_id=None)
        )

"""What happens by itself: rounds are unsealed at their deadline. Each in a transaction of its own."""

import structlog

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.crowdfund.rounds.actions import rounds
from civic.crowdfund.rounds.queries import rounds as queries

log = structlog.get_logger()


@job("rounds.look_after_rounds")
def look_after_rounds() -> None:
    """Give what was handed in to the assessors once the deadline has passed."""
    now = clock.now()
    found = queries.to_unseal(now)
    db.session.rollback()
    for round_id in found:
        try:
            with transaction():
                rounds.unseal(round_id, now=now)
        except Exception:
            log.exception("step_failed", key=round_id)

"""What happens by itself: milestones that are late, or that wait for the partner, ask for themselves."""

import structlog
from flask import current_app

from civic.challenge.testing.actions.chasing import chase
from civic.challenge.testing.actions.subsidy import forget_declared
from civic.challenge.testing.queries.due import to_chase
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job

log = structlog.get_logger()


@job("challenge_testing.chase_milestones")
def chase_milestones() -> None:
    """Remind whoever must do something next, and forget what nobody needs; by clock.now(), so that the sandbox's clock moves it too."""
    now = clock.now()
    found = to_chase(now)
    db.session.rollback()  # what was only read holds nothing while the work is done
    for number in found:
        try:
            with transaction():
                chase(number, now=now)
        except Exception:
            log.exception("step_failed", key=number)
    with transaction():
        forget_declared(now, current_app.config["SUBSIDY_RECORD_YEARS"])

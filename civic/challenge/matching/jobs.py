"""What happens by itself: who may rank is told once when lists open and once before they close."""

from __future__ import annotations

import structlog

from civic.challenge.matching.actions.asking import ask
from civic.challenge.matching.queries.asking import calls_that_take_lists
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job

log = structlog.get_logger()


@job("challenge_matching.ask_for_lists")
def ask_for_lists() -> None:
    """Tell everybody who has a list to send; each call in a transaction of its own."""
    now = clock.now()
    numbers = calls_that_take_lists(now)
    db.session.rollback()  # what was only read holds nothing while the work is done
    for number in numbers:
        try:
            with transaction():
                ask(number, now=now)
        except Exception:
            log.exception("asking_failed", call=number)

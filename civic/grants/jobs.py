"""What happens by itself: offers expire, recipients are reminded of reports. Each in a transaction of its own."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog

from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.grants.actions import awards, reports
from civic.grants.queries import awards as queries

log = structlog.get_logger()


@job("grants.look_after_awards")
def look_after_awards() -> None:
    """Release what has expired, and remind of reports; by clock.now(), so that the sandbox's clock moves it too."""
    now = clock.now()
    _each(queries.expired(now), lambda number: awards.expire(number, now=now))
    _each(queries.reports_to_remind(london_today(now)), lambda number: reports.remind(number, now=now))


def _each(numbers: Iterable[int], step: Callable[[int], Any]) -> None:
    found = list(numbers)
    db.session.rollback()  # what was only read holds nothing while the work is done
    for number in found:
        try:
            with transaction():
                step(number)
        except Exception:
            log.exception("step_failed", key=number)

"""What happens by itself: rounds are unsealed at their deadline, and writers of drafts reminded of it. Each in a transaction of its own."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.crowdfund.rounds.actions import reminding, rounds
from civic.crowdfund.rounds.queries import reminders
from civic.crowdfund.rounds.queries import rounds as queries

log = structlog.get_logger()


@job("rounds.look_after_rounds")
def look_after_rounds() -> None:
    """Give what was handed in to the assessors once the deadline has passed."""
    now = clock.now()
    found = queries.to_unseal(now)
    db.session.rollback()
    _each(found, lambda round_id: rounds.unseal(round_id, now=now))


@job("rounds.remind_writers")
def remind_writers() -> None:
    """Tell those with a draft that the deadline comes near."""
    now = clock.now()
    found = reminders.drafts_to_remind(now)
    db.session.rollback()
    _each(found, lambda draft: reminding.remind(draft.model, draft.number, draft.deadline, now=now))


def _each(found: Iterable[Any], act: Callable[[Any], Any]) -> None:
    for key in found:
        try:
            with transaction():
                act(key)
        except Exception:
            log.exception("step_failed", key=str(key))

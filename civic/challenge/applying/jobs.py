"""What happens by itself: calls are unsealed at their deadline, and writers of drafts reminded of it. Each in a transaction of its own."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog

from civic.challenge.applying.actions import calls, reminding
from civic.challenge.applying.queries.applications import drafts_near_deadline
from civic.challenge.applying.queries.calls import to_unseal
from civic.challenge.applying.rules.reminding import is_due
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job

log = structlog.get_logger()


@job("applying.unseal_calls")
def unseal_calls() -> None:
    """Give what was sent to the assessors once the deadline has passed."""
    now = clock.now()
    found = to_unseal(now)
    db.session.rollback()
    _each(found, lambda call_id: calls.unseal(call_id, now=now))


@job("applying.remind_writers")
def remind_writers() -> None:
    """Tell those with a draft that the deadline comes near."""
    now = clock.now()
    drafts = drafts_near_deadline(now)
    db.session.rollback()
    due = [(number, until) for number, until, begun, told in drafts if is_due(until, begun, told, now)]
    _each(due, lambda draft: reminding.remind(draft[0], draft[1], now=now))


def _each(found: Iterable[Any], act: Callable[[Any], Any]) -> None:
    for key in found:
        try:
            with transaction():
                act(key)
        except Exception:
            log.exception("step_failed", key=str(key))

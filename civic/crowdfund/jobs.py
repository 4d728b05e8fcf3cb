"""What happens by itself, every minute: campaigns close at their deadline, settle, give back; backers are reminded.

Each campaign has a transaction of its own: one that cannot be moved keeps no other waiting. A second worker passes by what
the first has in hand. All by clock.now(), so that the sandbox's clock moves it too.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.crowdfund.actions import fixing, settlement
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.rules.settlement import REMINDER

log = structlog.get_logger()


@job("crowdfund.take_steps")
def take_steps() -> None:
    """Everything that the clock may have brought."""
    now = clock.now()
    close_campaigns(now)
    settle_campaigns(now)
    remind_backers(now)


def close_campaigns(now: datetime) -> None:
    """Close every campaign whose deadline has passed."""
    for campaign_id in _found(lambda: queries.due_to_close(now)):
        _try(campaign_id, lambda key: settlement.close(key, now) if _is_free(key) else None)


def settle_campaigns(now: datetime) -> None:
    """Bring every closed campaign as far as it can go: end its grace window, decide, pay, finish giving back."""
    for campaign_id in _found(queries.being_settled):
        _try(campaign_id, lambda key: settlement.move_on(key, now) if _is_free(key) else None)


def remind_backers(now: datetime) -> None:
    """Tell backers whose card needs them, every 48 hours while they can do something about it."""
    for pledge_id in _found(lambda: queries.to_remind(now, now - REMINDER)):
        _try(pledge_id, lambda key: fixing.remind(key, now))


def _found(ask: Callable[[], Iterable[int]]) -> list[int]:
    found = list(ask())
    db.session.rollback()  # what was only read holds nothing while the work is done
    return found


def _try(key: int, step: Callable[[int], Any]) -> None:
    """One step in a transaction of its own; its failure is logged, and the next minute tries again."""
    try:
        with transaction():
            step(key)
    except Exception:
        log.exception("step_failed", key=key)


def _is_free(campaign_id: int) -> bool:
    """Whether nobody else has the campaign in hand; it is ours until the transaction ends."""
    mine = select(Campaign.id).where(Campaign.id == campaign_id).with_for_update(skip_locked=True)
    return db.session.scalar(mine) is not None

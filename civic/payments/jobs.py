"""What happens by itself: charges are taken, cards let go, visits and announcements looked after.

The engine is imported where it is used: it queues these jobs itself.
"""

from datetime import timedelta
from threading import Lock

import structlog
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import enqueue, job
from civic.payments.models import CardSetup
from civic.payments.provider import ProviderError

log = structlog.get_logger()

SLICE = timedelta(seconds=45)
"""One stretch of the run; then other jobs have their turn."""

_one_run_a_process = Lock()


@job("payments.run_charges")
def run_charges() -> None:
    """Take the charges that are due, for a while; goes on in a job of its own while more are."""
    from civic.payments.engine import run

    if not _one_run_a_process.acquire(blocking=False):
        return  # the one that runs takes what is new as well
    try:
        more = run.work(until=clock.now() + SLICE)
    finally:
        _one_run_a_process.release()
    if more:
        with transaction():
            enqueue(run_charges)


@job("payments.give_charges_up", retries=10)
def give_charges_up(ids: list[int]) -> None:
    """Give charges up at the provider and here; those that nothing can be said of yet are tried again."""
    from civic.payments.engine import recovery

    left = [charge_id for charge_id in ids if not recovery.give_up(charge_id)]
    if left:
        with transaction():
            enqueue(give_charges_up, at=clock.now() + timedelta(minutes=2), ids=left)


@job("payments.look_at_charge")
def look_at_charge(charge_id: int) -> None:
    """Read what became of a charge that a person went to mend."""
    from civic.payments.engine import recovery

    recovery.sync(charge_id)


@job("payments.let_cards_go", retries=10)
def let_cards_go(ids: list[int]) -> None:
    """Let saved cards go at the provider."""
    from civic.payments.engine import cards

    left = [method_id for method_id in ids if not cards.let_go(method_id)]
    if left:
        raise ProviderError(f"{len(left)} cards are still to be let go")


@job("payments.look_after_setups")
def look_after_setups() -> None:
    """Read what came of visits whose return and announcement never arrived."""
    from civic.payments.engine import visits

    earlier = clock.now() - timedelta(minutes=15)
    waiting = select(CardSetup.key).where(CardSetup.status == "open", CardSetup.created_at < earlier)
    for key in db.session.scalars(waiting.order_by(CardSetup.expires_at).limit(500)).all():
        try:
            visits.sync(key)
        except Exception:  # one visit that cannot be read keeps no other waiting
            db.session.rollback()
            log.exception("setup_not_read", setup=key)

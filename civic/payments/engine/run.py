"""The run: the table of charges is its own queue, and any number of threads and processes may take from it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import cast

import structlog
from flask import Flask, current_app

from civic.core import clock
from civic.core.db import db, transaction
from civic.payments import providers
from civic.payments.engine import leases, pace, steps
from civic.payments.provider import ConfigurationError, ProviderError

log = structlog.get_logger()


def work(*, until: datetime | None = None, threads: int | None = None) -> bool:
    """Take charges until none is due, `until` has come or the provider is to be left alone; True where more are due.

    With one thread everything happens here, one charge after the other; with more, each has its own session.
    """
    threads = threads or current_app.config["CHARGE_THREADS"]
    if threads == 1:
        _take_turns(until)
    else:
        app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
        with ThreadPoolExecutor(threads, thread_name_prefix="charges") as pool:
            # Asking each for its result brings a death in a thread out here.
            for worker in [pool.submit(_in_context, app, until) for _ in range(threads)]:
                worker.result()
    if pace.current().breaker.is_open():
        return False  # the next minute's job looks again
    with transaction():
        return leases.is_work_left(providers.current(), clock.now())


def _in_context(app: Flask, until: datetime | None) -> None:
    with app.app_context():
        _take_turns(until)


def _take_turns(until: datetime | None) -> None:
    ours, provider = pace.current(), providers.current()
    while not ours.breaker.is_open() and not (until and clock.now() >= until):
        order = steps.next_order(provider)
        if order is None:
            return
        _one(order, ours)


def _one(order: steps.Order, ours: pace.Pace) -> None:
    """One charge; whatever goes wrong with it stops no other. Only wrong keys stop the run (the breaker is open then)."""
    try:
        steps.carry(order, ours)
    except ConfigurationError as error:
        log.error("charges_stopped", charge=order.id, error=str(error))
    except ProviderError as error:
        log.warning("charge_put_off", charge=order.id, kind=type(error).__name__, error=str(error))
    except Exception:
        db.session.rollback()
        log.exception("charge_broke", charge=order.id)
        steps.put_down(order.id, soon=steps.A_PERSON_LOOKS)

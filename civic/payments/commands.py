"""The `flask civic` commands of payments."""

import time

import click
from flask.cli import with_appcontext

from civic.payments.engine import run

IDLE = 2.0
"""Seconds until an idle run looks again."""


@click.command("payments-work")
@click.option("--once", is_flag=True, help="Stop as soon as no charge is due.")
@click.option("--threads", type=click.IntRange(1, 64), help="How many charges are under way at once (CHARGE_THREADS).")
@with_appcontext
def payments_work(once: bool, threads: int | None) -> None:
    """Take the charges that are due, in a process of its own beside the worker's; until stopped.

    Any number of these may run. Each keeps to CHARGE_RATE by itself: divide the rate among them.
    """
    while True:
        more = run.work(threads=threads)
        if once and not more:
            return
        if not more:
            time.sleep(IDLE)

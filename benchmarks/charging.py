"""`python -m benchmarks.charging [charges]`: how fast a closed campaign's charges are taken, and that each was taken once.

The real Stripe provider talks over HTTP to the strict fake of the tests, which runs in a process of its own; nine of a hundred
writing calls go wrong. The bucket is opened, so what is measured is our own work: in life Stripe's 25 a second end it first.
"""

import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import sqlalchemy as sa
from flask import Flask

from benchmarks.data import _tables, database
from civic.app import create_app
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.money import Money
from civic.ledger.queries import balance
from civic.payments.actions import charges
from civic.payments.actions.charges import ChargeRequest
from civic.payments.engine import run
from civic.payments.models import Charge, PaymentMethod
from civic.payments.queries.charges import progress

GOAL, FAULTS, THREADS = 25.0, 0.09, 8
MISHAPS = ("429", "drop_before", "drop_after", "500_after")
GROUP, AMOUNT = "campaign:1", Money(25_00)
KINDS = ("success",) * 17 + ("asks_always", "fails_at_charge", "stolen_later")
CARDS = 200


def main() -> int:
    """Queue, take, finish the next day, compare; the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with outside() as (line, address), database() as where:
        app = create_app(
            {
                "DATABASE_URL": where, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL", "CHARGE_RATE": "10000",
                "CHARGE_THREADS": str(THREADS), "STRIPE_SECRET_KEY": "sk_test_fake", "STRIPE_API_BASE": address,
            },
            RATELIMIT_ENABLED=False,
        )  # fmt: skip
        with app.app_context():
            _tables(app)
            figures = measure(app, line, number)
            db.engine.dispose()
    print(json.dumps(figures, indent=1))
    return 0 if figures["charges a second"] >= GOAL and figures["taken twice"] == 0 else 1


def measure(app: Flask, line: Connection, number: int) -> dict[str, Any]:
    """The figures of one run over so many charges."""
    cards = save_cards(ask(line, "cards"))
    now = clock.now()
    start = time.perf_counter()
    with transaction():
        charges.queue(
            (
                ChargeRequest(f"pledge:{i}", cards[i % len(cards)], AMOUNT, {GROUP: AMOUNT.minor}, "Garden", "GARDEN")
                for i in range(number)
            ),
            group=GROUP,
            now=now,
        )
    queued = time.perf_counter() - start
    ask(line, "faults")
    start, busy = time.perf_counter(), time.process_time()
    run.work()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    first = progress(GROUP)
    for hours in (1, 2, 3, 24, 48, 72, 120, 144):  # what had no answer is found out, what was refused is asked again
        clock.shift_by(lambda hours=hours: timedelta(hours=hours))
        run.work()
    clock.shift_by(None)
    last, at_stripe = progress(GROUP), ask(line, "taken")
    db.session.expire_all()
    mine = {f"charge:{each}" for each in db.session.scalars(sa.select(Charge.id).where(Charge.status == "succeeded"))}
    asked = number - first.count("queued", "unknown")
    return {
        "charges": number,
        "queued in seconds": round(queued, 2),
        "first pass in seconds": round(seconds, 1),
        "charges a second": round(asked / seconds, 1),
        "processor ms a charge": round(busy * 1000 / asked, 1),
        "load of the machine": round(os.getloadavg()[0], 1),
        "after the first pass": first.counts,
        "at the end": last.counts,
        "taken twice": sum(times > 1 for times in at_stripe.values()),
        "taken and not known, or known and not taken": len(mine ^ set(at_stripe)),
        "the books say the same": balance(GROUP) == -AMOUNT * len(mine),
    }


def save_cards(saved: list[tuple[str, str]]) -> list[int]:
    """Rows for cards that stand at the fake."""
    with transaction():
        rows = [
            PaymentMethod(
                provider="stripe", mode="test", customer_id=customer, provider_id=method, brand="visa", last4="4242",
                exp_month=12, exp_year=2034, country="GB", fingerprint="", authenticated=True, created_at=clock.now(),
            )
            for customer, method in saved
        ]  # fmt: skip
        db.session.add_all(rows)
        db.session.flush()
    return [row.id for row in rows]


# --- Stripe, in a process of its own ------------------------------------------------------------------------------------


@contextmanager
def outside():  # type: ignore[no-untyped-def]
    """A line to the fake Stripe's process, and its address on this machine."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=play, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours, ours.recv()
    finally:
        process.terminate()
        process.join()


def play(line: Connection) -> None:
    """Be Stripe until the other side hangs up."""
    from tests.payments.worlds_stripe import StripeWorld

    world, chance = StripeWorld(datetime.now(UTC)), random.Random(1)
    line.send(world.fake.address)
    customer = world.customer()
    while True:
        match line.recv():
            case "cards":
                line.send([world.saved_card(KINDS[i % len(KINDS)], customer) for i in range(CARDS)])
            case "faults":
                world.fake.fail_when(lambda call: chance.choice(MISHAPS) if chance.random() < FAULTS else "")
                line.send(None)
            case "taken":
                paid = (each for each in world.fake.things("charge") if each["paid"])
                line.send(Counter(each["metadata"]["reference"] for each in paid))


def ask(line: Connection, what: str) -> Any:
    """Ask the fake's process for something."""
    line.send(what)
    return line.recv()


if __name__ == "__main__":
    sys.exit(main())

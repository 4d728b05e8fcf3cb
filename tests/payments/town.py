"""Where charges are run in tests: a provider in memory, a clock that stands still until moved, and no waiting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import sqlalchemy as sa
from flask import Flask

from civic.core import announcements, clock
from civic.core.db import db, transaction
from civic.core.money import Money
from civic.ledger.queries import balance
from civic.payments import checkpoints, events
from civic.payments.actions import charges
from civic.payments.actions.charges import ChargeRequest
from civic.payments.engine import run
from civic.payments.engine.pace import Pace
from civic.payments.models import Charge, PaymentMethod
from tests.payments.fake_provider import FakeProvider

CAMPAIGN, USUAL = "campaign:1", Money(25_00)
TOLD = (
    events.ChargeSucceeded,
    events.ChargeNeedsPerson,
    events.ChargeCancelled,
    events.CardSaved,
    events.CardSetupEnded,
)


class Town:
    """A provider, a time, and what was announced."""

    def __init__(self, app: Flask, now: datetime, provider: Any = None):
        self.app, self.now, self.told, self.slept = app, now, [], []
        self.provider = provider or FakeProvider(lambda: self.now)
        self.ticks = 0.0

    def time(self) -> datetime:
        """What the clocks say."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Nobody waits; the clocks go on."""
        self.slept.append(seconds)
        self.ticks += seconds

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)
        self.ticks += timedelta(**by).total_seconds()

    def card(self, behaviour: Any = "works", **facts: Any) -> PaymentMethod:
        """A saved card that behaves so when it is charged."""
        number = db.session.scalar(sa.select(sa.func.count()).select_from(PaymentMethod)) or 0
        card = PaymentMethod(
            provider=self.provider.name, mode=self.provider.mode, customer_id="cus", provider_id=f"pm_of_{number}",
            brand="visa", last4="4242", exp_month=12, exp_year=2034, country="GB", fingerprint="", authenticated=True,
            created_at=self.now, **facts,
        )  # fmt: skip
        self.provider.cards[card.provider_id] = behaviour
        with transaction():
            db.session.add(card)
        return card

    def queue(self, *cards: PaymentMethod, amount: Money = USUAL, group: str = CAMPAIGN) -> list[Charge]:
        """One charge a card."""
        wanted = [
            ChargeRequest(f"pledge:{card.id}", card.id, amount, {group: amount.minor - 200, "income:tips": 200}, "Garden", "GARDEN")
            for card in cards
        ]  # fmt: skip
        with transaction():
            charges.queue(wanted, group=group, now=self.now)
        return self.charges()

    def charges(self) -> list[Charge]:
        """Every charge, as it stands."""
        db.session.expire_all()
        return list(db.session.scalars(sa.select(Charge).order_by(Charge.id)))

    def states(self) -> list[str]:
        """Every charge's state."""
        return [charge.status for charge in self.charges()]

    def run(self, *, threads: int = 1) -> bool:
        """Let the run take what is due."""
        return run.work(threads=threads)

    def crash(self, at: str) -> bool:
        """Let the run die at a named place; False where it never came by."""
        return self.dies(at, self.run)

    def dies(self, at: str, act: Callable[[], Any]) -> bool:
        """Let an act die at a named place; False where it never came by."""
        checkpoints.crash_at = at
        try:
            act()
        except checkpoints.Crash:
            if at.endswith("before_commit"):
                self.told.pop()  # told in the transaction that died, so told to nobody
            return True
        finally:
            checkpoints.crash_at = ""
            db.session.rollback()
        return False

    def books_balance_for(self, account: str, pence: int) -> None:
        """What stands on an account."""
        assert balance(account) == Money(pence)

    def books_balance(self) -> None:
        """What is in the books is what was really taken, and every account adds up."""
        clearing = balance(f"clearing:{self.provider.name}")
        taken = sum(charge.amount_minor for charge in self.charges() if charge.status == "succeeded")
        assert clearing.minor == taken
        assert balance(CAMPAIGN) + balance("income:tips") == -clearing
        total = db.session.scalar(sa.text("SELECT coalesce(sum(minor), 0) FROM ledger_entry"))
        assert total == 0


@contextmanager
def town(app: Flask, now: datetime, provider: Any = None, made: Town | None = None) -> Iterator[Town]:
    """A town of a test's own, torn down afterwards."""
    made = made or Town(app, now, provider)
    pace = Pace(1000.0, clock=lambda: made.ticks, sleep=made.sleep)
    kept = {name: app.extensions.pop(name, None) for name in ("payments", "payments_pace")}
    app.extensions.update(payments=made.provider, payments_pace=pace)
    deaf = {kind: [*announcements._listeners[kind]] for kind in TOLD}
    for kind in TOLD:  # rooms above have nothing to do with these pledges
        announcements._listeners[kind][:] = [made.told.append]
    with mock.patch.object(clock, "now", made.time):
        yield made
    for kind, listeners in deaf.items():
        announcements._listeners[kind][:] = listeners
    for name, thing in kept.items():
        app.extensions.pop(name)
        if thing is not None:
            app.extensions[name] = thing

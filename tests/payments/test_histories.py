"""Random histories: whatever happens in whatever order, the books balance and hold in the end what the provider holds."""

import os
import random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.money import Money
from civic.ledger import names
from civic.payments import inbox
from civic.payments.actions import refunds, transfers
from civic.payments.models import Charge, Discrepancy, Dispute, Refund, Transfer
from tests.payments.trade import Trade, refund_by_hand, send_back
from tests.payments.worlds_sandbox import SandboxWorld
from tests.payments.worlds_stripe import StripeWorld

EXAMPLES = int(os.environ.get("HISTORIES", "4"))
"""How many histories of each provider; HISTORIES=200 for a long night."""

ACCOUNTS = ("project:1", "project:2")
OPERATIONS = ("refund", "transfer", "reverse_transfer")
MISHAPS = ("rate_limit", "no_answer_before", "no_answer_after", "error_after")
VERBS = (
    *("charge", "charge", "charge_that_comes_back", "refund", "refund_by_hand", "send_back", "dispute", "win", "lose"),
    *("pay_out", "empty", "wait", "hear", "hear_again", "mishap", "carry_out", "copy", "reconcile"),
)
steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 10**6)), min_size=5, max_size=25)


class History:
    """One run through the verbs; `number` decides what each is done to."""

    def __init__(self, trade):
        self.trade, self.world, self.told = trade, trade.world, []

    def run(self, verbs):
        for verb, number in verbs:
            self.number = number
            try:
                getattr(self, verb)()
            except CivicError:
                db.session.rollback()
            assert not self.trade.problems(), verb

    def end(self):
        """Everything that waits happens, everything announced is heard again in another order; then all must agree."""
        for _ in range(4):
            self.trade.carry_out()
            self.trade.settle(days=4)
        self.hear()
        random.Random(1).shuffle(self.told)
        for row in self.told:
            inbox.handle(row, now=self.trade.now())
        self.trade.carry_out()
        run = self.trade.reconcile()
        assert not run.error
        self.trade.agrees()
        with transaction():
            assert not list(db.session.scalars(sa.select(Discrepancy.kind).where(Discrepancy.status == "open")))
        self._nobody_has_more_than_was_taken()

    def _nobody_has_more_than_was_taken(self):
        """P13, counted from the rows and not from the books."""
        for account in ACCOUNTS:
            share = Charge.shares[account].astext.cast(sa.BigInteger)
            taken = self._sum(sa.select(sa.func.sum(share)).where(Charge.status == "succeeded"))
            out = sa.select(sa.func.sum(Transfer.amount_minor - Transfer.reversed_minor))
            sent = self._sum(out.where(Transfer.account == account, Transfer.status == "sent"))
            owes = self.trade.on(names.owed_by(self.trade.organisation.id)).minor
            back = taken + self.trade.on(account).minor
            assert sent <= taken, account
            assert -self.trade.on(account).minor >= 0, account
            assert back >= 0
            assert owes >= 0

    @staticmethod
    def _sum(query):
        return int(db.session.scalar(query) or 0)

    def one_of(self, query):
        with transaction():
            rows = list(db.session.scalars(query))
        return rows[self.number % len(rows)] if rows else None

    def charge(self):
        amount = Money(100 + self.number % 5000)
        self.trade.paid(amount, account=ACCOUNTS[self.number % 2], tip=Money(self.number % 50))

    def charge_that_comes_back(self):
        self.trade.paid(Money(100 + self.number % 5000), account=ACCOUNTS[self.number % 2], card="refund_fails")

    def refund(self):
        charge = self.one_of(sa.select(Charge).where(Charge.status == "succeeded").order_by(Charge.id))
        if charge:
            refund = self.trade.ask(charge, Money(1 + self.number % charge.amount_minor))
            with transaction():
                refunds.approve(refund, by=self.trade.approves, now=self.trade.now())
            if self.number % 3:
                self.trade.carry_out()

    def refund_by_hand(self):
        charge = self.one_of(sa.select(Charge).where(Charge.status == "succeeded").order_by(Charge.id))
        if charge:
            try:
                refund_by_hand(self.world, charge, Money(1 + self.number % charge.amount_minor))
            except Exception:
                return  # the provider itself said no

    def send_back(self):
        refund = self.one_of(sa.select(Refund).where(Refund.status == "succeeded").order_by(Refund.id))
        if refund:
            send_back(self.world, refund.provider_refund_id)

    def dispute(self):
        charge = self.one_of(sa.select(Charge).where(Charge.refunded_minor == 0).order_by(Charge.id))
        known = charge and self.one_of(sa.select(Dispute).where(Dispute.charge_id == charge.id))
        if charge and not known:
            self.world.dispute(self.trade.provider.fetch_payment(charge.provider_payment_id))
            self.hear()

    def win(self, won=True):
        dispute = self.one_of(sa.select(Dispute).where(Dispute.status == "open").order_by(Dispute.id))
        if dispute:
            self.world.close_dispute(dispute.provider_dispute_id, won=won)

    def lose(self):
        self.win(won=False)

    def pay_out(self):
        if not hasattr(self, "payee"):
            self.payee = self.trade.payee()
        account = ACCOUNTS[self.number % 2]
        with transaction():
            most = transfers.payable(account)
        if most.minor > 1:
            amount = Money(1 + self.number % most.minor)
            self.trade.pay_out(amount, reference=f"settlement:{self.trade.make.number()}", account=account)

    def empty(self):
        if hasattr(self, "payee"):
            self.world.pay_out(self.payee.account_id)

    def wait(self):
        self.world.advance(hours=13)

    def hear(self):
        self.told += self.trade.hear()

    def hear_again(self):
        for row in self.told[:: 1 + self.number % 3]:
            inbox.handle(row, now=self.trade.now())

    def mishap(self):
        self.world.fail(MISHAPS[self.number % 4], OPERATIONS[self.number % 3])

    def carry_out(self):
        self.trade.carry_out()

    def copy(self):
        self.trade.settle(days=8)

    def reconcile(self):
        self.trade.reconcile()


@pytest.mark.parametrize("kind", ["sandbox", "stripe"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(verbs=steps)
def test_whatever_happens_the_books_balance_and_hold_what_the_provider_holds(isolated, make, now, kind, verbs):
    db.session.close()
    before = db.sessionmaker.kw["bind"].begin_nested()
    world = StripeWorld(now) if kind == "stripe" else SandboxWorld(isolated, now)
    try:
        history = History(Trade(isolated, world, make))
        history.run(verbs)
        history.end()
    finally:
        if isinstance(world, StripeWorld):
            world.fake.stop()
        db.session.close()
        before.rollback()

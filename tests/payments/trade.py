"""Money in and out with a world outside: charges that were paid, refunds, disputes and transfers carried out, and proof of the books."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.ledger import names, queries
from civic.payments import inbox, reconciliation
from civic.payments.actions import payees, refunds, transfers
from civic.payments.checks import all_of_money
from civic.payments.engine import applying, copying, paying
from civic.payments.models import Charge, Payee, Refund, Transfer
from civic.payments.provider import Succeeded
from civic.payments.sandbox import giving_back
from tests.make import Make
from tests.payments.worlds import Card, World

CAMPAIGN = "project:1"  # no room above knows it, so that none listens
USUAL, NOTHING = GBP(25), GBP(0)


class Trade:
    """What the house does with money, one line each, at the time of the world outside."""

    def __init__(self, app: Flask, world: World, make: Make):
        self.app, self.world, self.make = app, world, make
        self.provider = world.provider
        app.extensions["payments"] = world.provider
        self.asks, self.approves = make.staff("finance_officer"), make.staff("finance_officer")
        self.organisation = make.organisation()
        self.facts = {"provider": self.provider.name, "mode": self.provider.mode}
        self._saved: dict[str, tuple[str, str]] = {}
        db.session.commit()

    def now(self) -> datetime:
        """The time outside, which is ours too."""
        return self.world.now

    def paid(
        self, amount: Money = USUAL, *, account: str = CAMPAIGN, tip: Money = NOTHING, card: Card = "success"
    ) -> Charge:
        """A charge that was taken, and is in the books."""
        if card not in self._saved:
            self._saved[card] = self.world.saved_card(card)
        customer, method = self._saved[card]
        shares = {account: (amount - tip).minor} | ({"income:tips": tip.minor} if tip else {})
        with transaction():
            saved = self.make.payment_method(
                customer_id=customer, provider_id=f"{method}-{self.make.number()}", **self.facts
            )
            charge = self.make.charge(
                reference=f"promise:{self.make.number()}",
                amount=amount,
                status="created",
                group=account,
                shares=shares,
                payment_method=saved,
            )
            charge.created_at = self.now()
        payment = self.world.prepared(customer, amount, reference=f"charge:{charge.id}", group=account)
        with transaction():
            charge.provider_payment_id = payment
        result = self.provider.confirm_payment(payment, method, key=self.world.key())
        assert isinstance(result, Succeeded), result
        with transaction():
            applying.apply(charge.id, result, now=self.now())
        return charge

    def ask(self, charge: Charge, amount: Money) -> Refund:
        """A refund that waits for the second person."""
        with transaction():
            return refunds.request(charge, amount, why="They asked", by=self.asks, now=self.now())

    def give_back(self, charge: Charge, amount: Money | None = None) -> Refund:
        """A refund, asked for, approved and carried out."""
        refund = self.ask(charge, amount or charge.amount)
        with transaction():
            refunds.approve(refund, by=self.approves, now=self.now())
        self.carry_out()
        return self.again(refund)

    def payee(self) -> Payee:
        """The organisation, ready to be paid."""
        account = self.world.organisation(f"organisation:{self.organisation.id}")
        status = self.provider.payee_status(account)
        with transaction():
            return payees.take_in(self.organisation.id, status, now=self.now(), **self.facts)

    def request_transfer(self, amount: Money, *, reference: str = "settlement:1", account: str = CAMPAIGN) -> Transfer:
        """A transfer that waits for its release."""
        with transaction():
            return transfers.request(
                reference=reference,
                group=account,
                organisation_id=self.organisation.id,
                account=account,
                amount=amount,
                by=None,
                now=self.now(),
            )

    def pay_out(self, amount: Money, *, reference: str = "settlement:1", account: str = CAMPAIGN) -> Transfer:
        """A transfer, asked for by code, released and carried out."""
        transfer = self.request_transfer(amount, reference=reference, account=account)
        with transaction():
            transfers.release(transfer, by=self.approves, now=self.now())
        self.carry_out()
        return self.again(transfer)

    def carry_out(self) -> None:
        """Everything that is due at the provider."""
        paying.pay_back_due(self.now)
        paying.pay_out_due(self.now)
        paying.call_back_due(self.now)

    def settle(self, **by: int) -> None:
        """Let time pass until the money may be used, and copy the provider's account."""
        self.world.advance(**(by or {"days": 8}))
        copying.copy(self.now())

    def hear(self, times: int = 1) -> list[int]:
        """Receive and handle what was announced since the last time; the rows."""
        rows: list[int] = []
        for raw, headers, connect in self.world.deliveries():
            event = self.provider.verify_event(raw, headers, connect=connect)
            for _ in range(times):
                with transaction():
                    inbox.receive(self.provider, event, now=self.now())
            rows.append(self.row_of(event.event_id))
        for row in rows:
            inbox.handle(row, now=self.now())
        return rows

    def row_of(self, event_id: str) -> int:
        """The row of an announcement."""
        return int(
            db.session.scalar(sa.text("SELECT id FROM webhook_event WHERE event_id = :id"), {"id": event_id}) or 0
        )

    def reconcile(self) -> Any:
        """The nightly comparison."""
        return reconciliation.run(self.now())

    def again(self, row: Any) -> Any:
        """The row as it stands in the database now."""
        with transaction():
            return db.session.get_one(type(row), row.id, populate_existing=True)

    def held(self) -> Money:
        """What lies at the provider, by our books."""
        with transaction():
            return queries.balance(names.held(self.provider.name))

    def on(self, account: str) -> Money:
        """What stands on an account."""
        with transaction():
            return queries.balance(account)

    def problems(self) -> list[str]:
        """What is not true of money."""
        with transaction():
            return list(all_of_money())

    def agrees(self) -> None:
        """The books balance, and hold what the provider holds, once everything was copied."""
        self.world.advance(days=1)
        copying.copy(self.now())
        assert not self.problems()
        assert self.held() == Money(int(self.world.balance()))


def refund_by_hand(world: World, charge: Charge, amount: Money) -> str:
    """Somebody refunds on the provider's own pages, unknown to us; the refund's id."""
    if world.name == "stripe":
        return world.fake.refund_by_hand(charge.provider_charge_id, amount.minor)
    made = world.provider.play(
        lambda s, now: giving_back.refund(s, charge.provider_charge_id, amount, reference="", now=now)
    )
    return made.refund_id


def send_back(world: World, refund_id: str) -> None:
    """A bank sends a refund back."""
    if world.name == "stripe":
        world.fake.fail_refund(refund_id)
    else:
        world.provider.play(lambda s, now: giving_back.refund_fails(s, refund_id, now=now))

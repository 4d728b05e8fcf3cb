"""Our own sandbox as a world."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from civic.payments.provider import Succeeded
from civic.payments.sandbox import charging, faults, giving_back, organisations, setups, signing
from civic.payments.sandbox.cards import CARDS
from civic.payments.sandbox.models import SandboxEntry, SandboxEvent, SandboxPayment
from civic.payments.sandbox.provider import SandboxProvider
from tests.payments.worlds import Card, Delivery, Mishap, World


class SandboxWorld(World):
    """The sandbox, at a time of the test's own."""

    name = "sandbox"
    provider: SandboxProvider
    KINDS = {
        **{"success": "works", "asks_once": "challenge", "asks_always": "always_asks", "declined": "declined"},
        **{"insufficient_funds": "insufficient", "fails_at_charge": "fails", "stolen_later": "stolen"},
        **{"expired": "expired", "processing": "slow", "disputed": "dispute", "refund_fails": "refund_fails"},
        **{"refund_waits": "refund_pending"},
    }
    MISHAPS = {
        **{"rate_limit": "rate_limit", "no_answer_before": "drop_before", "no_answer_after": "drop_after"},
        **{"error_after": "error_after", "slow": "slow"},
    }

    def __init__(self, app: Flask, now: datetime):
        super().__init__()
        self._now, self._told, self.slept = now, 0, []
        self._app = app
        self.provider = SandboxProvider(app, now=lambda: self._now, pause=self.slept.append, wake=None)

    @property
    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: int = 0, **more: int) -> None:
        self._now += timedelta(seconds=seconds, **more)
        self.provider.let_time_pass()

    def complete_setup(self, setup_id: str, card: Card = "success", *, passes: bool = True) -> None:
        kind = CARDS[self.KINDS[card]]
        self.provider.play(lambda s, now: setups.type_card(s, setup_id, kind, 12, 2034, now=now))
        if kind.at_setup == "challenge":
            self.provider.play(lambda s, now: setups.answer_bank(s, setup_id, passes, now=now))

    def answer_bank(self, payment_id: str, *, passes: bool = True) -> None:
        self.provider.play(lambda s, now: charging.answer_bank(s, payment_id, passes, now=now))

    def bank_decides(self, payment_id: str) -> None:
        self.provider.play(lambda s, now: charging.decide(s, payment_id, now=now))

    def dispute(self, charge: Succeeded) -> str:
        return str(self.provider.play(lambda s, now: giving_back.open_dispute(s, charge.payment_id, now=now)))

    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        self.provider.play(lambda s, now: giving_back.close_dispute(s, dispute_id, won, now=now))

    def finish_onboarding(self, account_id: str) -> None:
        answered = list(organisations.QUESTIONS)
        self.provider.play(lambda s, now: organisations.answer(s, account_id, answered, now=now))

    def restrict(self, account_id: str) -> None:
        self.provider.play(lambda s, now: organisations.restrict(s, account_id, now=now))

    def pay_out(self, account_id: str) -> None:
        self.provider.play(lambda s, now: organisations.empty_account(s, account_id))

    def fail(self, mishap: Mishap, operation: str, *, times: int = 1) -> None:
        kind = self.MISHAPS[mishap]
        self.provider.play(lambda s, now: faults.order(s, kind, operation=operation, times=times, seconds=2))

    def deliveries(self) -> list[Delivery]:
        wanted = sa.select(SandboxEvent).where(SandboxEvent.id > self._told).order_by(SandboxEvent.id)
        found = self.provider.look(lambda s: list(s.scalars(wanted)))
        self._told = max([self._told, *(each.id for each in found)])
        return [self._signed(each) for each in found]

    def _signed(self, event: SandboxEvent) -> Delivery:
        raw = signing.body(event.name, event.kind, event.object_id, event.created_at, event.facts)
        header = signing.signature(raw, self.provider.secret(connect=event.connect), self._now)
        return raw, {signing.HEADER: header, "Content-Type": "application/json"}, event.connect

    def late_delivery(self) -> Delivery:
        told = self._told
        self._told = 0
        late = self.deliveries()[-1]
        self._told = told
        self._now += timedelta(seconds=301)
        return late

    def taken(self) -> dict[str, int]:
        wanted = sa.select(SandboxPayment).where(SandboxPayment.charge_id.is_not(None))
        sums: dict[str, int] = {}
        for payment in self.provider.look(lambda s: list(s.scalars(wanted))):
            sums[payment.reference] = sums.get(payment.reference, 0) + payment.amount_minor
        return sums

    def balance(self) -> int:
        return self.provider.look(lambda s: s.scalar(sa.select(sa.func.sum(SandboxEntry.net_minor))) or 0)

"""Announcements: each is a row once and an effect once, however often, in whatever order and from however many threads they come."""

import random

import pytest
import sqlalchemy as sa

from civic.core.db import Model, db, transaction
from civic.core.money import GBP
from civic.payments import inbox
from civic.payments.actions import refunds
from civic.payments.models import Charge, Refund, WebhookEvent
from civic.payments.provider import Declined, ProviderError, ProviderEvent, RefundResult, Waiting
from tests.accounts.helpers import at_once, count
from tests.payments.trade import CAMPAIGN, Trade, refund_by_hand, send_back

MONEY = (
    *("charge", "refund", "dispute", "transfer", "transfer_reversal", "payee", "balance_record"),
    *("ledger_account", "ledger_transaction", "ledger_entry"),
)
# When, and in which order, something was heard may differ; what is true may not.
PASSING = {
    "id",
    "created_at",
    "last_synced_at",
    "checked_at",
    "requested_at",
    "finished_at",
    "opened_at",
    "closed_at",
    "at",
}


@pytest.fixture
def trade(isolated, world, make):
    return Trade(isolated, world, make)


def dump():
    """What stands in every table of money, without numbers and times."""
    found = {}
    for name in MONEY:
        table = Model.metadata.tables[name]
        columns = [each for each in table.columns if each.name not in PASSING and not each.name.endswith("_id")]
        rows = db.session.execute(sa.select(*columns)).all()
        found[name] = sorted(repr(tuple(row)) for row in rows)
    db.session.rollback()
    return found


def events_of(trade):
    """Everything announced so far, verified."""
    return [
        trade.provider.verify_event(raw, headers, connect=connect) for raw, headers, connect in trade.world.deliveries()
    ]


def an_eventful_week(trade):
    """Charges, refunds here and there, one that came back, disputes won and lost, a payout: nothing heard of it yet."""
    charges = [trade.paid(GBP(20), tip=GBP(2)) for _ in range(5)]
    trade.settle()
    trade.payee()
    trade.pay_out(GBP(60))
    trade.give_back(charges[0], GBP(7))
    refund_by_hand(trade.world, charges[0], GBP(3))
    send_back(trade.world, refund_by_hand(trade.world, charges[1], GBP(9)))
    for charge, won in ((charges[2], True), (charges[3], False)):
        name = trade.world.dispute(trade.provider.fetch_payment(charge.provider_payment_id))
        trade.world.close_dispute(name, won=won)
    trade.world.dispute(trade.provider.fetch_payment(charges[4].provider_payment_id))


def deliver(trade, events):
    """Receive and handle these, in this order."""
    for event in events:
        with transaction():
            inbox.receive(trade.provider, event, now=trade.now())
        inbox.handle(trade.row_of(event.event_id), now=trade.now())


def test_ten_times_and_shuffled_is_the_same_as_once_and_in_order(trade):
    an_eventful_week(trade)
    events = events_of(trade)
    db.session.close()
    before = db.sessionmaker.kw["bind"].begin_nested()
    deliver(trade, events)
    once = dump()
    db.session.close()
    before.rollback()
    shuffled = events * 10
    random.Random(7).shuffle(shuffled)
    deliver(trade, shuffled)
    assert dump() == once
    assert count(WebhookEvent, WebhookEvent.status.in_(("processed", "ignored"))) == len(events) == count(WebhookEvent)


def test_four_threads_at_once_ten_times_and_shuffled_end_where_one_ends(shared, stripe_world, make):
    trade = Trade(shared, stripe_world, make)
    an_eventful_week(trade)
    events = events_of(trade)

    def deliver_all(i):
        with shared.app_context():
            mine = events * 3
            random.Random(i).shuffle(mine)
            deliver(trade, mine)

    at_once(4, deliver_all)
    db.session.rollback()
    assert count(WebhookEvent, WebhookEvent.status == "failed") == 0
    trade.carry_out()
    concurrent = dump()
    assert count(Refund) == 3
    deliver(trade, events)
    assert dump() == concurrent
    trade.agrees()
    assert trade.on("disputes") == GBP(20)


def test_every_announcement_is_kept_once(trade):
    event = ProviderEvent("evt_1", "payment_intent.succeeded", "pi_none", trade.now())
    for expected in (True, False, False):
        with transaction():
            assert inbox.receive(trade.provider, event, now=trade.now()) is expected
    assert count(WebhookEvent) == 1


def test_twenty_who_hear_it_at_once_keep_it_once_and_one_job_handles_it(shared, stripe_world, make):
    trade = Trade(shared, stripe_world, make)
    event = ProviderEvent("evt_1", "payment_intent.succeeded", "pi_none", trade.now())

    def hear(i):
        with shared.app_context(), transaction():
            return inbox.receive(trade.provider, event, now=trade.now())

    assert at_once(20, hear).count(True) == 1
    db.session.rollback()
    assert db.session.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs")) == 1


def test_what_concerns_nothing_of_ours_is_put_aside(trade):
    for number, kind in enumerate(
        ("payment_intent.succeeded", "invoice.paid", "payment_intent.created", "refund.created")
    ):
        deliver(trade, [ProviderEvent(f"evt_{number}", kind, "pi_none", trade.now())])
    assert set(db.session.scalars(sa.select(WebhookEvent.status))) == {"ignored"}


def test_an_announcement_that_cannot_be_handled_is_seen_and_tried_again(trade, monkeypatch):
    charge = trade.paid()
    refund_by_hand(trade.world, charge, GBP(5))
    events = [event for event in events_of(trade) if event.kind == "refund.created"]
    real = trade.provider.fetch_refund

    def fails(refund_id):
        raise ProviderError("no answer")

    monkeypatch.setattr(trade.provider, "fetch_refund", fails)
    deliver(trade, events)
    row = db.session.scalars(sa.select(WebhookEvent)).one()
    assert (row.status, row.error, row.attempts) == ("failed", "ProviderError: no answer", 1)
    assert row.next_attempt_at > trade.now()
    monkeypatch.setattr(trade.provider, "fetch_refund", real)
    inbox.handle(row.id, now=trade.now())
    assert db.session.scalars(sa.select(WebhookEvent.status)).one() == "processed"
    assert trade.on(CAMPAIGN) == -GBP(20)


def test_an_effect_that_fails_leaves_nothing_of_itself(trade, monkeypatch):
    charge = trade.paid()
    refund_by_hand(trade.world, charge, GBP(5))
    monkeypatch.setattr(refunds.transfers, "call_back", lambda *a, **k: 1 / 0)
    trade.hear()
    assert count(Refund) == 0
    assert trade.on(CAMPAIGN) == -GBP(25)
    assert count(WebhookEvent, WebhookEvent.status == "failed") > 0
    monkeypatch.undo()
    for row in db.session.scalars(sa.select(WebhookEvent)).all():
        inbox.handle(row.id, now=trade.now())
    assert trade.on(CAMPAIGN) == -GBP(20)
    trade.agrees()


def test_a_worker_that_dies_between_effect_and_commit_has_done_nothing_and_the_next_does_it(trade, monkeypatch):
    charge = trade.paid()
    refund_by_hand(trade.world, charge, GBP(5))

    class Killed(BaseException):
        pass

    def die(*things, **named):
        raise Killed

    monkeypatch.setattr(refunds.transfers, "call_back", die)
    with pytest.raises(Killed):
        trade.hear()
    monkeypatch.undo()
    assert count(Refund) == 0
    assert count(WebhookEvent, WebhookEvent.status == "received") > 0
    for row in db.session.scalars(sa.select(WebhookEvent)).all():
        inbox.handle(row.id, now=trade.now())
    assert trade.on(CAMPAIGN) == -GBP(20)
    trade.agrees()


def test_announcements_that_never_arrived_are_fetched(trade):
    charge = trade.paid()
    refund_by_hand(trade.world, charge, GBP(5))
    found = inbox.poll(trade.now())
    assert found > 0
    assert inbox.poll(trade.now()) == 0
    for row in db.session.scalars(sa.select(WebhookEvent)).all():
        inbox.handle(row.id, now=trade.now())
    assert trade.on(CAMPAIGN) == -GBP(20)


def test_stale_news_of_a_payment_take_nothing_back(trade):
    charge = trade.paid()
    for stale in (Waiting(charge.provider_payment_id), Declined(charge.provider_payment_id, "card_declined")):
        monkey = trade.provider.fetch_payment
        trade.provider.fetch_payment = lambda _, stale=stale: stale
        try:
            event = ProviderEvent(
                f"evt_{type(stale).__name__}", "payment_intent.payment_failed", charge.provider_payment_id, trade.now()
            )
            deliver(trade, [event])
        finally:
            trade.provider.fetch_payment = monkey
    assert db.session.scalars(sa.select(Charge.status)).one() == "succeeded"
    assert count(WebhookEvent, WebhookEvent.status == "processed") == 2


def test_stale_news_of_a_refund_take_nothing_back(trade):
    charge = trade.paid()
    refund = trade.give_back(charge, GBP(5))
    send_back(trade.world, refund.provider_refund_id)
    trade.hear()
    for status in ("pending", "succeeded"):
        with transaction():
            seen = RefundResult(refund.provider_refund_id, status, GBP(5), charge.provider_charge_id)
            refunds.take_in(seen, provider=trade.provider.name, now=trade.now())
    assert trade.again(refund).status == "failed"
    assert trade.on(CAMPAIGN) == -GBP(25)
    trade.agrees()

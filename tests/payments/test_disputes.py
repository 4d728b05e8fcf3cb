"""A bank that disputes a charge: that much is not paid out, and is given back or ours again as the bank decides."""

import pytest
import sqlalchemy as sa

from civic.core import announcements
from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.ledger import names
from civic.payments.actions import disputes, transfers
from civic.payments.actions.refusals import NotOwed
from civic.payments.events import DisputeChanged
from civic.payments.models import Dispute, TransferReversal
from civic.payments.provider import DisputeFacts
from tests.accounts.helpers import count
from tests.payments.trade import CAMPAIGN, NOTHING, Trade


@pytest.fixture
def trade(isolated, world, make):
    return Trade(isolated, world, make)


@pytest.fixture
def told(monkeypatch):
    """The states of disputes that were announced."""
    heard = []
    monkeypatch.setitem(announcements._listeners, DisputeChanged, [lambda event: heard.append(event.status)])
    return heard


def disputed(trade, tip=NOTHING):
    """A charge that its bank disputes: (charge, the provider's dispute)."""
    charge = trade.paid(tip=tip)
    name = trade.world.dispute(trade.provider.fetch_payment(charge.provider_payment_id))
    trade.hear()
    return charge, name


def test_an_open_dispute_stands_on_its_own_account_and_is_not_payable(trade, told):
    trade.paid(GBP(10))
    disputed(trade)
    assert trade.on(names.DISPUTES) == GBP(25)
    assert trade.on(CAMPAIGN) == -GBP(35)
    assert transfers.payable(CAMPAIGN) == GBP(10)
    assert told == ["open"]
    dispute = db.session.scalars(sa.select(Dispute)).one()
    assert dispute.due_at is not None
    trade.agrees()


def test_a_dispute_that_was_won_is_as_if_it_had_never_been_but_for_its_fee(trade, told):
    _, name = disputed(trade)
    trade.world.close_dispute(name, won=True)
    trade.hear(times=2)
    assert trade.on(names.DISPUTES) == GBP(0)
    assert transfers.payable(CAMPAIGN) == GBP(25)
    assert told == ["open", "won"]
    trade.agrees()


def test_a_dispute_that_was_lost_is_borne_by_those_who_had_the_money(trade, told):
    _, name = disputed(trade, tip=GBP(5))
    trade.world.close_dispute(name, won=False)
    trade.hear(times=2)
    assert trade.on(names.DISPUTES) == GBP(0)
    assert (trade.on(CAMPAIGN), trade.on("income:tips")) == (GBP(0), GBP(0))
    assert told == ["open", "lost"]
    trade.agrees()


def test_a_dispute_heard_of_only_after_it_was_lost_is_booked_whole(trade, told):
    charge = trade.paid(GBP(25))
    name = trade.world.dispute(trade.provider.fetch_payment(charge.provider_payment_id))
    trade.world.close_dispute(name, won=False)
    trade.hear()
    assert (trade.on(CAMPAIGN), trade.on(names.DISPUTES)) == (GBP(0), GBP(0))
    assert told == ["open", "lost"]
    trade.agrees()


def test_what_is_told_late_opens_no_dispute_again(trade):
    _, name = disputed(trade)
    stale = trade.provider.fetch_dispute(name)
    trade.world.close_dispute(name, won=False)
    trade.hear()
    with transaction():
        disputes.take_in(stale, provider=trade.provider.name, now=trade.now())
    assert db.session.scalars(sa.select(Dispute.status)).one() == "lost"
    trade.agrees()


def test_a_bank_that_only_asks_has_taken_nothing(trade):
    charge = trade.paid(GBP(25))
    facts = {"dispute_id": "dp_1", "charge_id": charge.provider_charge_id, "amount": GBP(25), "reason": "general"}
    for status in ("open", "won"):
        with transaction():
            seen = DisputeFacts(**facts, status=status, withdrawn=False)
            disputes.take_in(seen, provider=trade.provider.name, now=trade.now())
        assert trade.on(names.DISPUTES) == GBP(0)
        assert transfers.payable(CAMPAIGN) == (GBP(0) if status == "open" else GBP(25))
    trade.agrees()


def test_a_dispute_lost_after_the_payout_is_called_back_from_the_organisation(trade):
    charge = trade.paid(GBP(25))
    trade.paid(GBP(10))
    trade.settle()
    trade.payee()
    transfer = trade.pay_out(GBP(30))
    name = trade.world.dispute(trade.provider.fetch_payment(charge.provider_payment_id))
    trade.hear()
    assert count(TransferReversal) == 0
    trade.world.close_dispute(name, won=False)
    trade.hear()
    trade.carry_out()
    # 35 taken, 30 paid out, 25 lost: 20 come back, and nothing is owed either way.
    assert trade.again(transfer).reversed_minor == 2000
    assert trade.on(CAMPAIGN) == GBP(0)
    trade.agrees()


def test_a_transfer_waits_for_nobody_while_what_it_would_send_is_disputed(trade):
    charge = trade.paid(GBP(25))
    trade.settle()
    trade.payee()
    transfer = trade.request_transfer(GBP(25))
    trade.world.dispute(trade.provider.fetch_payment(charge.provider_payment_id))
    trade.hear()
    with pytest.raises(NotOwed), transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())
    trade.agrees()

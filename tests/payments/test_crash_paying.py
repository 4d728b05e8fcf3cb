"""A process may die at any named place: money goes back once, goes out once, and is called back once."""

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.payments import checkpoints
from civic.payments.actions import refunds, transfers
from civic.payments.models import Refund, Transfer, TransferReversal
from tests.payments.trade import CAMPAIGN, Trade


@pytest.fixture
def trade(isolated, world, make):
    return Trade(isolated, world, make)


def survive(trade):
    """Carry out what is due, and die where that was asked for: whether it died."""
    try:
        trade.carry_out()
    except checkpoints.Crash:
        db.session.rollback()
        return True
    finally:
        checkpoints.crash_at = ""
    return False


# Soon the provider still knows the key; after a day it has forgotten it, and only its lists tell.
CASES = [(place, {"hours": 25}) for place in checkpoints.CARRIED_OUT]
CASES += [(place, {"minutes": 12}) for place in checkpoints.CARRIED_OUT if "after_api" in place]


@pytest.mark.parametrize("place, pause", CASES)
def test_whoever_dies_there_money_moves_once(trade, place, pause):
    charge = trade.paid(GBP(100))
    trade.paid(GBP(60), account="project:2")
    trade.settle()
    trade.payee()
    transfer = trade.request_transfer(GBP(100))
    with transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())
    checkpoints.crash_at = place if place.startswith("transfer") else ""
    died = survive(trade)
    for _ in range(2):
        trade.world.advance(**pause)
        trade.carry_out()
    refund = trade.ask(charge, GBP(30))
    with transaction():
        refunds.approve(refund, by=trade.approves, now=trade.now())
    checkpoints.crash_at = "" if place.startswith("transfer") else place
    died |= survive(trade)
    for _ in range(3):
        trade.world.advance(**pause)
        trade.carry_out()
    assert died
    assert trade.again(refund).status == "succeeded"
    assert (trade.again(transfer).status, trade.again(transfer).reversed_minor) == ("sent", 3000)
    for model in (Refund, Transfer, TransferReversal):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 1
    trade.hear(times=2)
    assert trade.on(CAMPAIGN) == Money(0)
    run = trade.reconcile()
    assert (run.error, run.counts.get("differences", 0)) == ("", 0)
    trade.agrees()

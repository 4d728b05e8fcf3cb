"""Every night the provider's lists are walked: what we missed is applied, what has no record is found, and the sums agree."""

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.ledger import names
from civic.ledger.actions import post
from civic.payments import checks, differences
from civic.payments.models import BalanceRecord, Charge, Discrepancy, Dispute, ReconciliationRun, Refund, Transfer
from civic.payments.provider import ProviderError
from tests.accounts.helpers import count
from tests.payments.trade import CAMPAIGN, Trade, refund_by_hand, send_back


@pytest.fixture
def trade(isolated, world, make):
    return Trade(isolated, world, make)


def found():
    """The kinds of differences that are open."""
    return sorted(db.session.scalars(sa.select(Discrepancy.kind).where(Discrepancy.status == "open")))


def unconfirmed(trade, **facts):
    """A charge and its payment that waits at the provider: (charge, payment id)."""
    customer, method = trade.world.saved_card()
    with transaction():
        saved = trade.make.payment_method(customer_id=customer, provider_id=method, **trade.facts)
        charge = trade.make.charge(
            reference=f"promise:{trade.make.number()}", payment_method=saved, group=CAMPAIGN, **facts
        )
        charge.created_at = trade.now()
    return charge, trade.world.prepared(customer, GBP(25), reference=f"charge:{charge.id}")


def test_a_quiet_night_finds_nothing_and_both_sums_are_the_same(trade):
    trade.paid(GBP(25), tip=GBP(5))
    trade.give_back(trade.paid(), GBP(5))
    trade.settle()
    run = trade.reconcile()
    assert (run.error, found()) == ("", [])
    assert run.provider_net_minor == run.ledger_minor == int(trade.world.balance())
    assert run.counts["payments"] == 2
    assert run.finished_at is not None


def test_fees_and_the_day_of_the_money_are_learnt_from_the_account(trade):
    charge = trade.paid(GBP(25))
    assert trade.on(names.clearing(trade.provider.name)) == GBP(25)
    trade.settle(days=1)
    charge = trade.again(charge)
    assert charge.fee_minor > 0
    assert charge.available_at > trade.now()
    assert trade.on(names.clearing(trade.provider.name)) == GBP(0)
    assert trade.on(names.fees(trade.provider.name)) == Money(charge.fee_minor)
    assert trade.held() == GBP(25) - Money(charge.fee_minor)
    lines = count(BalanceRecord)
    trade.settle(days=1)
    assert count(BalanceRecord) == lines


def test_a_charge_that_we_lost_is_found_and_told_once(trade):
    charge = trade.paid(GBP(25))
    with transaction():
        db.session.execute(sa.delete(Charge).where(Charge.id == charge.id))
    for _ in range(2):
        trade.world.advance(days=1)
        trade.reconcile()
        assert found().count("payment_without_record") == 1
    row = db.session.scalars(sa.select(Discrepancy).where(Discrepancy.kind == "payment_without_record")).one()
    assert (row.reference, row.amount_minor) == (charge.provider_payment_id, 2500)
    assert "invariant" in found()  # the books know a charge that no row tells of


def test_what_we_missed_is_applied(trade):
    charge, payment = unconfirmed(trade, status="created")
    with transaction():
        charge.provider_payment_id = payment
    method = db.session.scalars(sa.text("SELECT provider_id FROM payment_method")).one()
    trade.provider.confirm_payment(payment, method, key=trade.world.key())
    other = trade.paid()
    refund_by_hand(trade.world, other, GBP(5))
    send_back(trade.world, refund_by_hand(trade.world, other, GBP(6)))
    disputed = trade.paid()
    trade.world.dispute(trade.provider.fetch_payment(disputed.provider_payment_id))
    trade.world.advance(days=1)
    run = trade.reconcile()
    assert trade.again(charge).status == "succeeded"
    assert sorted(db.session.scalars(sa.select(Refund.status))) == ["failed", "succeeded"]
    assert db.session.scalars(sa.select(Dispute.status)).one() == "open"
    assert (run.error, found()) == ("", [])
    trade.agrees()


def test_a_refund_that_came_back_long_after_is_asked_about(trade):
    charge = trade.paid(GBP(25), card="refund_waits")
    refund = trade.give_back(charge, GBP(5))
    trade.reconcile()
    trade.world.advance(days=40)
    trade.reconcile()
    assert trade.again(refund).status == "succeeded"


def test_an_orphan_that_nobody_will_ever_confirm_is_cancelled(trade):
    charge, payment = unconfirmed(trade)
    with transaction():
        db.session.execute(sa.delete(Charge).where(Charge.id == charge.id))
    trade.reconcile()
    assert type(trade.provider.fetch_payment(payment)).__name__ == "Waiting"
    trade.world.advance(hours=2)
    run = trade.reconcile()
    assert type(trade.provider.fetch_payment(payment)).__name__ == "Cancelled"
    assert (run.counts["cancelled"], found()) == (1, [])


def test_the_payment_of_a_charge_that_still_waits_is_left_until_its_key_is_forgotten(trade):
    _, payment = unconfirmed(trade)
    trade.world.advance(hours=20)
    trade.reconcile()
    assert type(trade.provider.fetch_payment(payment)).__name__ == "Waiting"
    trade.world.advance(hours=20)
    trade.reconcile()
    assert type(trade.provider.fetch_payment(payment)).__name__ == "Cancelled"


def test_a_payment_that_belongs_to_a_charge_is_never_cancelled(trade):
    charge, payment = unconfirmed(trade, status="created")
    with transaction():
        charge.provider_payment_id = payment
    trade.world.advance(days=3)
    trade.reconcile()
    assert type(trade.provider.fetch_payment(payment)).__name__ == "Waiting"


def test_a_charge_in_our_books_that_the_provider_never_heard_of_is_told(trade):
    charge = trade.paid()
    with transaction():
        charge.provider_payment_id = "pi_invented"
    trade.world.advance(hours=1)
    trade.reconcile()
    assert {"charge_not_at_provider", "payment_without_record"} <= set(found())


def test_a_transfer_whose_record_was_lost_is_found(trade):
    trade.paid(GBP(100))
    trade.paid(GBP(10), account="project:2")
    trade.settle()
    trade.payee()
    transfer = trade.pay_out(GBP(60))
    with transaction():
        db.session.execute(sa.delete(Transfer).where(Transfer.id == transfer.id))
    trade.world.advance(days=1)
    trade.reconcile()
    assert "transfer_without_record" in found()


def test_money_that_the_books_do_not_know_makes_a_difference_that_goes_away_when_they_do(trade):
    charge = trade.paid(GBP(25))
    trade.settle()
    post("refund", "re_invented", {CAMPAIGN: GBP(5), names.held(trade.provider.name): -GBP(5)}, at=trade.now())
    db.session.commit()
    trade.reconcile()
    row = db.session.scalars(sa.select(Discrepancy).where(Discrepancy.kind == "balance")).one()
    assert row.amount_minor == 500
    post("correction", "1", {CAMPAIGN: -GBP(5), names.held(trade.provider.name): GBP(5)}, at=trade.now())
    db.session.commit()
    trade.reconcile()
    assert trade.again(row).status == "resolved"
    assert charge.status == "succeeded"


def test_one_list_that_cannot_be_read_keeps_no_other_waiting(trade, monkeypatch):
    other = trade.paid()
    refund_by_hand(trade.world, other, GBP(5))
    trade.world.advance(hours=1)

    def fails(moment):
        raise ProviderError("no answer")

    monkeypatch.setattr(trade.provider, "disputes_since", fails)
    run = trade.reconcile()
    assert "disputes: ProviderError no answer" in run.error
    assert db.session.scalars(sa.select(Refund.status)).one() == "succeeded"
    monkeypatch.undo()
    trade.world.advance(days=9)
    again = trade.reconcile()
    assert (again.error, again.looked_from) == ("", run.looked_from)


def test_a_difference_is_resolved_by_a_person_who_says_why(trade):
    with transaction():
        run = ReconciliationRun(looked_from=trade.now(), started_at=trade.now(), **trade.facts)
        db.session.add(run)
        db.session.flush()
        differences.note("balance", "sandbox", run_id=run.id, now=trade.now(), amount=GBP(1))
    row = db.session.scalars(sa.select(Discrepancy)).one()
    with transaction():
        differences.resolve(row, note="A bank holiday", by=trade.approves, now=trade.now())
    row = trade.again(row)
    assert (row.status, row.note, row.resolved_by_id) == ("resolved", "A bank holiday", trade.approves.id)


SPOILT = {
    "UPDATE charge SET amount_minor = amount_minor + 1": "sum to",
    "UPDATE charge SET refunded_minor = refunded_minor + 1": "its refunds sum to",
    "UPDATE refund SET provider_refund_id = 're_other'": "the books know a refund",
    "DELETE FROM refund": "the books know a refund",
    "UPDATE transfer SET amount_minor = amount_minor + 1": "the books sent",
    "UPDATE transfer SET reversed_minor = reversed_minor + 1": "its reversals sum to",
    "UPDATE dispute SET status = 'won'": "on the account of disputes",
    "UPDATE balance_record SET net_minor = net_minor + 1": "line",
    "DELETE FROM balance_record": "",
    "UPDATE charge SET provider_charge_id = 'ch_other' WHERE refunded_minor > 0": "the books know a charge",
    "INSERT INTO ledger_transaction (kind, ref, at, memo) VALUES ('charge', 'ch_empty', now(), '')": "has no entries",
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_whatever_is_spoilt_behind_our_back_is_found(sandbox_world, isolated, make, spoil):
    trade = Trade(isolated, sandbox_world, make)
    charges = [trade.paid(GBP(50)) for _ in range(3)]
    trade.settle()
    trade.payee()
    trade.pay_out(GBP(140))
    trade.give_back(charges[0], GBP(20))
    trade.world.dispute(trade.provider.fetch_payment(charges[1].provider_payment_id))
    trade.hear()
    trade.agrees()
    db.session.execute(sa.text(spoil))
    problems = list(checks.all_of_money())
    assert [each for each in problems if SPOILT[spoil] in each] or not SPOILT[spoil], problems
    db.session.rollback()


def test_more_paid_out_than_owed_is_found(sandbox_world, isolated, make):
    trade = Trade(isolated, sandbox_world, make)
    trade.paid(GBP(50))
    trade.paid(GBP(50), account="project:2")
    trade.settle()
    trade.payee()
    trade.pay_out(GBP(50))
    post("mistake", "1", {CAMPAIGN: GBP(5), "project:2": -GBP(5)}, at=trade.now())
    db.session.commit()
    assert [each for each in trade.problems() if "500 pence more were paid out of project:1" in each]

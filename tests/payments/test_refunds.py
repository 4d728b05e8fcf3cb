"""Money back to a card: two people, never more than was taken, and true whatever the provider answers."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from civic.core import announcements
from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.payments.actions import refunds
from civic.payments.actions.refusals import AskedAlready, NeedsSomebodyElse, NothingTaken, TooMuchToRefund, UnderDispute
from civic.payments.engine import paying
from civic.payments.events import ChargeRefunded, RefundFailed
from civic.payments.models import Refund
from tests.accounts.helpers import at_once, count
from tests.payments.trade import CAMPAIGN, Trade, refund_by_hand, send_back


@pytest.fixture
def trade(isolated, world, make):
    return Trade(isolated, world, make)


@pytest.fixture
def told(monkeypatch):
    """Everything that was announced."""
    heard = []
    for event in (ChargeRefunded, RefundFailed):
        monkeypatch.setitem(announcements._listeners, event, [heard.append])
    return heard


def test_a_refund_asked_for_by_one_and_approved_by_another_goes_back(trade, told):
    charge = trade.paid(GBP(25))
    refund = trade.give_back(charge, GBP(10))
    assert refund.status == "succeeded"
    assert refund.finished_at is not None
    assert trade.on(CAMPAIGN) == -GBP(15)
    assert trade.again(charge).refunded_minor == 1000
    assert told == [ChargeRefunded(charge.id, charge.reference, CAMPAIGN, GBP(10), GBP(15))]
    trade.agrees()


def test_nobody_approves_what_they_asked_for(trade):
    refund = trade.ask(trade.paid(), GBP(10))
    with pytest.raises(NeedsSomebodyElse), transaction():
        refunds.approve(refund, by=trade.asks, now=trade.now())
    assert trade.again(refund).status == "requested"


def test_the_database_itself_wants_four_eyes(trade):
    refund = trade.ask(trade.paid(), GBP(10))
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.update(Refund).where(Refund.id == refund.id).values(approved_by_id=trade.asks.id))


def test_nothing_is_sent_before_the_second_person(trade):
    refund = trade.ask(trade.paid(), GBP(10))
    trade.carry_out()
    assert trade.again(refund).provider_refund_id is None


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(25_01), GBP(10**9)])
def test_an_amount_that_is_not_left_is_refused(trade, amount):
    charge = trade.paid(GBP(25))
    with pytest.raises(TooMuchToRefund):
        trade.ask(charge, amount)
    assert count(Refund) == 0


def test_what_waits_is_no_longer_left_and_is_again_once_declined(trade):
    charge = trade.paid(GBP(25))
    waiting = trade.ask(charge, GBP(20))
    with pytest.raises(TooMuchToRefund):
        trade.ask(charge, GBP(6))
    with transaction():
        refunds.decline(waiting, by=trade.approves, now=trade.now(), why="Talked it over")
    assert trade.ask(charge, GBP(25)).status == "requested"
    assert not trade.problems()


def test_the_same_request_twice_in_a_row_is_a_button_pressed_twice(trade):
    charge = trade.paid(GBP(25))
    trade.ask(charge, GBP(10))
    with pytest.raises(AskedAlready):
        trade.ask(charge, GBP(10))


def test_the_same_amount_may_go_back_twice_and_each_refund_is_booked_by_its_own_name(trade):
    charge = trade.paid(GBP(25))
    first, second = trade.give_back(charge, GBP(10)), trade.give_back(charge, GBP(10))
    assert first.provider_refund_id != second.provider_refund_id
    assert trade.on(CAMPAIGN) == -GBP(5)
    trade.hear(times=3)
    assert trade.on(CAMPAIGN) == -GBP(5)
    assert count(Refund) == 2
    trade.agrees()


def test_only_money_that_was_taken_goes_back(trade, make):
    charge = make.charge(status="declined")
    db.session.commit()
    with pytest.raises(NothingTaken):
        trade.ask(charge, GBP(10))


def test_the_campaign_gives_before_the_tip(trade):
    charge = trade.paid(GBP(25), tip=GBP(3))
    trade.give_back(charge, GBP(20))
    assert (trade.on(CAMPAIGN), trade.on("income:tips")) == (-GBP(2), -GBP(3))
    trade.give_back(charge, GBP(4))
    assert (trade.on(CAMPAIGN), trade.on("income:tips")) == (GBP(0), -GBP(1))
    trade.give_back(charge, GBP(1))
    assert trade.on("income:tips") == GBP(0)
    trade.agrees()


def test_a_refund_that_comes_back_weeks_later_is_owed_again(trade, told):
    charge = trade.paid(GBP(25), card="refund_fails", tip=GBP(5))
    refund = trade.give_back(charge, GBP(22))
    trade.world.advance(days=20)
    trade.hear()
    assert trade.again(refund).status == "failed"
    assert (trade.on(CAMPAIGN), trade.on("income:tips")) == (-GBP(20), -GBP(5))
    assert trade.again(charge).refunded_minor == 0
    assert told[-1] == RefundFailed(charge.id, charge.reference, CAMPAIGN, GBP(22), GBP(25))
    trade.agrees()
    assert trade.ask(charge, GBP(25)).status == "requested"


def test_a_refund_under_way_is_booked_once_and_arrives(trade):
    charge = trade.paid(GBP(25), card="refund_waits")
    refund = trade.give_back(charge, GBP(10))
    assert refund.status == "submitted"
    assert trade.on(CAMPAIGN) == -GBP(15)
    trade.world.advance(days=20)
    trade.hear()
    assert trade.again(refund).status == "succeeded"
    assert trade.on(CAMPAIGN) == -GBP(15)
    trade.agrees()


def test_a_refund_made_at_the_provider_is_taken_in(trade, told):
    charge = trade.paid(GBP(25))
    name = refund_by_hand(trade.world, charge, GBP(7))
    trade.hear()
    trade.hear()
    refund = db.session.scalars(sa.select(Refund)).one()
    assert (refund.origin, refund.provider_refund_id, refund.status) == ("provider", name, "succeeded")
    assert trade.on(CAMPAIGN) == -GBP(18)
    assert told == [ChargeRefunded(charge.id, charge.reference, CAMPAIGN, GBP(7), GBP(18))]
    send_back(trade.world, name)
    trade.hear()
    assert trade.on(CAMPAIGN) == -GBP(25)
    trade.agrees()


def test_a_request_that_no_longer_fits_beside_a_refund_made_at_the_provider_is_turned_down(trade):
    charge = trade.paid(GBP(25))
    waiting, small = trade.ask(charge, GBP(20)), trade.ask(charge, GBP(5))
    refund_by_hand(trade.world, charge, GBP(20))
    trade.hear()
    assert [trade.again(each).status for each in (waiting, small)] == ["declined", "declined"]
    assert trade.again(charge).refunded_minor == 2000
    trade.agrees()


def test_already_refunded_means_look_and_not_failure(trade):
    charge = trade.paid(GBP(25))
    refund = trade.ask(charge, GBP(25))
    refund_by_hand(trade.world, charge, GBP(25))
    with transaction():
        refunds.approve(refund, by=trade.approves, now=trade.now())
    trade.carry_out()
    assert trade.again(refund).status == "failed"
    assert [each.status for each in db.session.scalars(sa.select(Refund).where(Refund.origin == "provider"))] == [
        "succeeded"
    ]
    assert trade.on(CAMPAIGN) == GBP(0)
    trade.agrees()


@pytest.mark.parametrize("mishap", ["rate_limit", "no_answer_before", "no_answer_after", "error_after"])
@pytest.mark.parametrize("pause, times", [({"minutes": 12}, 1), ({"minutes": 12}, 2), ({"hours": 25}, 1)])
def test_whatever_goes_wrong_at_the_provider_money_goes_back_once(trade, mishap, pause, times):
    charge = trade.paid(GBP(25))
    refund = trade.ask(charge, GBP(10))
    with transaction():
        refunds.approve(refund, by=trade.approves, now=trade.now())
    trade.world.fail(mishap, "refund", times=times)
    for _ in range(5):
        trade.carry_out()
        assert not trade.problems()
        trade.world.advance(**pause)
    assert trade.again(refund).status == "succeeded"
    assert trade.on(CAMPAIGN) == -GBP(15)
    trade.hear(times=2)
    assert count(Refund) == 1
    trade.agrees()


def test_a_disputed_charge_is_not_refunded_as_well(trade):
    charge = trade.paid(GBP(25))
    trade.world.dispute(trade.provider.fetch_payment(charge.provider_payment_id))
    trade.hear()
    with pytest.raises(UnderDispute):
        trade.ask(charge, GBP(10))


def test_a_whole_group_goes_back_once_however_often_it_is_decided(trade):
    charges = [trade.paid(GBP(5)) for _ in range(4)]
    trade.give_back(charges[0], GBP(5))
    trade.give_back(charges[1], GBP(2))
    other = trade.paid(GBP(5), account="project:2")
    for expected in (3, 0):
        with transaction():
            made = refunds.refund_group(
                CAMPAIGN, why="It was called off", proposed_by=trade.asks, by=trade.approves, now=trade.now()
            )
        assert made == expected
        trade.carry_out()
    assert trade.on(CAMPAIGN) == GBP(0)
    assert [trade.again(each).refunded_minor for each in charges] == [500] * 4
    assert trade.again(other).refunded_minor == 0
    assert {each.origin for each in db.session.scalars(sa.select(Refund).where(Refund.status != "succeeded"))} == set()
    trade.agrees()


def test_a_group_is_never_refunded_by_one_person_alone(trade):
    trade.paid(GBP(5))
    with pytest.raises(NeedsSomebodyElse), transaction():
        refunds.refund_group(CAMPAIGN, why="", proposed_by=trade.asks, by=trade.asks, now=trade.now())


def test_of_twenty_at_once_who_each_want_sixty_percent_back_one_gets_it(shared, stripe_world, make):
    trade = Trade(shared, stripe_world, make)
    charge = trade.paid(GBP(25))

    def one(i):
        with shared.app_context():
            try:
                with transaction():
                    return refunds.request(charge, GBP(15), why="", by=make_staff[i], now=trade.now()).id
            except TooMuchToRefund:
                return None

    make_staff = [make.staff("finance_officer") for _ in range(20)]
    db.session.commit()
    made = [each for each in at_once(20, one) if each]
    assert len(made) == 1
    refund = db.session.get(Refund, made[0])

    def carry_out(i):
        with shared.app_context():
            return paying.pay_back_due(trade.now)

    with transaction():
        refunds.approve(refund, by=trade.approves, now=trade.now())
    assert sum(len(done) for done in at_once(4, carry_out)) == 1
    assert trade.on(CAMPAIGN) == -GBP(10)
    assert stripe_world.fake.count("POST refunds") == 1
    trade.agrees()


def test_a_job_gives_a_whole_campaign_back_and_goes_on_where_it_was_slowed_down(trade):
    charges = [trade.paid(GBP(5)) for _ in range(3)]
    trade.world.fail("rate_limit", "refund")
    with transaction():
        refunds.refund_group(CAMPAIGN, why="Called off", proposed_by=trade.asks, by=trade.approves, now=trade.now())
        db.session.execute(sa.update(Refund).values(next_attempt_at=datetime(2020, 1, 1, tzinfo=UTC)))
    with transaction():
        db.session.execute(sa.text("DELETE FROM procrastinate_jobs"))
    paying.pay_back()
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'payments.pay_back'"
    assert db.session.scalar(sa.text(waiting)) == 1
    with transaction():
        db.session.execute(sa.update(Refund).values(next_attempt_at=datetime(2020, 1, 1, tzinfo=UTC)))
    paying.pay_back()
    assert [trade.again(charge).refunded_minor for charge in charges] == [500] * 3
    assert trade.on(CAMPAIGN) == GBP(0)

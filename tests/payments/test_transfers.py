"""Money out to organisations: released by a second person, never more than is owed, sent once, and called back where need be."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core import announcements
from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.ledger import names
from civic.ledger.actions import post
from civic.payments.actions import refunds, transfers
from civic.payments.actions.refusals import NeedsSomebodyElse, NoPayee, NotOwed
from civic.payments.engine import onboarding, paying
from civic.payments.events import PayeeChanged, TransferFailed, TransferSent
from civic.payments.models import Payee, Transfer, TransferReversal
from civic.payments.queries import payees
from tests.accounts.helpers import at_once, count
from tests.payments.trade import CAMPAIGN, Trade


@pytest.fixture
def trade(isolated, world, make):
    return Trade(isolated, world, make)


@pytest.fixture
def told(monkeypatch):
    """Everything that was announced about transfers and payees."""
    heard = []
    for event in (TransferSent, TransferFailed, PayeeChanged):
        monkeypatch.setitem(announcements._listeners, event, [heard.append])
    return heard


def funded(trade):
    """Money that may be used, and an organisation that may be paid."""
    charge = trade.paid(GBP(100))
    trade.paid(GBP(20), account="project:2")  # the provider's fees come out of the same balance
    trade.settle()
    trade.payee()
    return charge


def test_what_one_asks_for_and_another_releases_is_sent_once(trade, told):
    funded(trade)
    transfer = trade.pay_out(GBP(60))
    trade.carry_out()
    assert transfer.status == "sent"
    assert trade.on(CAMPAIGN) == -GBP(40)
    assert TransferSent(transfer.id, "settlement:1", CAMPAIGN, GBP(60)) in told
    trade.agrees()


def test_nobody_releases_what_they_asked_for_and_the_database_holds_it(trade):
    funded(trade)
    with transaction():
        transfer = transfers.request(
            reference="settlement:1",
            group=CAMPAIGN,
            organisation_id=trade.organisation.id,
            account=CAMPAIGN,
            amount=GBP(5),
            by=trade.asks,
            now=trade.now(),
        )
    with pytest.raises(NeedsSomebodyElse), transaction():
        transfers.release(transfer, by=trade.asks, now=trade.now())
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.update(Transfer).values(released_by_id=trade.asks.id))


def test_nothing_is_sent_before_it_is_released(trade):
    funded(trade)
    transfer = trade.request_transfer(GBP(5))
    trade.carry_out()
    assert trade.again(transfer).status == "requested"


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(100_01)])
def test_more_than_is_owed_is_not_even_asked_for(trade, amount):
    funded(trade)
    with pytest.raises(NotOwed):
        trade.request_transfer(amount)


def test_transfers_on_their_way_are_no_longer_owed(trade):
    funded(trade)
    trade.request_transfer(GBP(60))
    with pytest.raises(NotOwed):
        trade.request_transfer(GBP(41), reference="settlement:2")
    trade.request_transfer(GBP(40), reference="settlement:2")


def test_the_same_reference_is_the_same_transfer_until_it_is_declined(trade):
    funded(trade)
    first = trade.request_transfer(GBP(60))
    assert trade.request_transfer(GBP(60)).id == first.id
    with transaction():
        transfers.decline(first, by=trade.approves, now=trade.now(), why="Wrong amount")
    second = trade.request_transfer(GBP(50))
    assert second.reference == "settlement:1/2"
    assert trade.request_transfer(GBP(50)).id == second.id


def test_an_organisation_without_an_account_is_not_paid(trade):
    trade.paid(GBP(100))
    with pytest.raises(NoPayee):
        trade.request_transfer(GBP(60))


def test_an_organisation_of_which_the_provider_wants_more_is_not_paid(trade, told):
    funded(trade)
    transfer = trade.request_transfer(GBP(60))
    with transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())
    trade.world.restrict(db.session.scalars(sa.select(Payee.account_id)).one())
    trade.carry_out()
    transfer = trade.again(transfer)
    assert (transfer.status, transfer.reason) == ("failed", "payee_not_active")
    assert told[-2:] == [
        PayeeChanged(trade.organisation.id, "restricted"),
        TransferFailed(transfer.id, "settlement:1", CAMPAIGN, "payee_not_active"),
    ]
    with pytest.raises(NoPayee), transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())
    trade.agrees()


def test_money_that_may_not_be_used_yet_is_waited_for(trade):
    trade.paid(GBP(100))
    trade.paid(GBP(20), account="project:2")
    trade.payee()
    transfer = trade.pay_out(GBP(60))
    assert (transfer.status, transfer.reason) == ("released", "balance_insufficient")
    trade.settle()
    trade.carry_out()
    assert trade.again(transfer).status == "sent"
    trade.agrees()


@pytest.mark.parametrize("mishap", ["rate_limit", "no_answer_before", "no_answer_after", "error_after"])
@pytest.mark.parametrize("pause, times", [({"minutes": 12}, 1), ({"minutes": 12}, 2), ({"hours": 25}, 1)])
@pytest.mark.parametrize("operation", ["transfer", "reverse_transfer"])
def test_whatever_goes_wrong_money_goes_out_once_and_comes_back_once(trade, mishap, pause, operation, times):
    charge = funded(trade)
    trade.world.fail(mishap, operation, times=times)
    transfer = trade.pay_out(GBP(100))
    for _ in range(5):
        trade.carry_out()
        trade.world.advance(**pause)
    assert trade.again(transfer).status == "sent"
    trade.give_back(charge, GBP(30))
    for _ in range(5):
        trade.carry_out()
        assert not trade.problems()
        trade.world.advance(**pause)
    assert [each.status for each in db.session.scalars(sa.select(TransferReversal))] == ["succeeded"]
    assert trade.on(CAMPAIGN) == GBP(0)
    trade.agrees()


def test_a_refund_after_the_payout_comes_out_of_what_the_organisation_was_paid(trade):
    charge = funded(trade)
    post("fee_recharge", CAMPAIGN, {CAMPAIGN: GBP(2), names.fees(trade.provider.name): -GBP(2)}, at=trade.now())
    db.session.commit()
    transfer = trade.pay_out(GBP(98))
    trade.give_back(charge, GBP(30))
    assert trade.again(transfer).reversed_minor == 3000
    assert trade.on(CAMPAIGN) == GBP(0)
    # All of it: two pounds of the hundred were fees and never reached the organisation.
    trade.give_back(charge, GBP(70))
    assert trade.again(transfer).reversed_minor == 9800
    assert trade.on(names.owed_by(trade.organisation.id)) == GBP(2)
    assert trade.on(CAMPAIGN) == GBP(0)
    trade.agrees()


def test_what_an_organisation_has_spent_it_owes(trade):
    charge = funded(trade)
    transfer = trade.pay_out(GBP(100))
    trade.world.pay_out(db.session.scalars(sa.select(Payee.account_id)).one())
    trade.give_back(charge, GBP(30))
    assert [each.status for each in db.session.scalars(sa.select(TransferReversal))] == ["failed"]
    assert trade.again(transfer).reversed_minor == 0
    assert trade.on(names.owed_by(trade.organisation.id)) == GBP(30)
    assert trade.on(CAMPAIGN) == GBP(0)
    trade.agrees()


def test_a_refund_approved_between_release_and_sending_stops_the_transfer(trade, told):
    charge = funded(trade)
    transfer = trade.request_transfer(GBP(100))
    with transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())
    trade.ask(charge, GBP(30))
    trade.carry_out()
    assert (trade.again(transfer).status, trade.again(transfer).reason) == ("failed", "not_owed")
    with transaction():
        transfers.decline(transfer, by=trade.approves, now=trade.now(), why="A refund came first")
    assert trade.pay_out(GBP(70)).status == "sent"
    trade.agrees()


def test_a_refund_that_overtakes_a_transfer_on_its_way_is_called_back_at_once(trade, monkeypatch):
    charge = funded(trade)
    send = trade.provider.transfer

    def slow(wish, *, key):
        result = send(wish, key=key)
        trade.give_back(charge, GBP(30))
        return result

    monkeypatch.setattr(trade.provider, "transfer", slow)
    transfer = trade.pay_out(GBP(100))
    assert transfer.status == "sent"
    trade.carry_out()
    assert trade.again(transfer).reversed_minor == 3000
    assert trade.on(CAMPAIGN) == GBP(0)
    trade.agrees()


def test_refunds_racing_a_transfer_leave_nobody_with_more_than_was_taken(shared, stripe_world, make):
    trade = Trade(shared, stripe_world, make)
    charges = [trade.paid(GBP(10)) for _ in range(6)]
    trade.paid(GBP(20), account="project:2")
    trade.settle()
    trade.payee()
    transfer = trade.request_transfer(GBP(60))
    with transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())

    def act(i):
        with shared.app_context():
            if i == 0:
                return paying.pay_out_due(trade.now)
            with transaction():
                refund = refunds.request(charges[i], GBP(10), why="", by=trade.asks, now=trade.now())
            with transaction():
                refunds.approve(refund, by=trade.approves, now=trade.now())
            return paying.pay_back_due(trade.now)

    at_once(6, act)
    trade.carry_out()
    sent = trade.again(transfer).status == "sent"
    # Ten pounds of sixty stay: with the organisation, or still owed to it.
    assert trade.on(CAMPAIGN) == (GBP(0) if sent else -GBP(10))
    assert trade.again(transfer).reversed_minor == (5000 if sent else 0)
    trade.agrees()


def test_four_workers_send_a_transfer_once(shared, stripe_world, make):
    trade = Trade(shared, stripe_world, make)
    funded(trade)
    transfer = trade.request_transfer(GBP(60))
    with transaction():
        transfers.release(transfer, by=trade.approves, now=trade.now())

    def work(i):
        with shared.app_context():
            return paying.pay_out_due(trade.now)

    assert sum(len(done) for done in at_once(4, work)) == 1
    assert stripe_world.fake.count("POST transfers") == 1
    trade.agrees()


def test_an_organisation_registers_at_the_provider_and_is_known_as_active_once_it_is(trade, told):
    organisation = trade.organisation
    assert payees.state(organisation.id) == "none"
    url = onboarding.start(organisation, email="owner@example.org", return_path="/en/organisations/1")
    assert url.startswith("http")
    assert payees.states([organisation.id, 0]) == {organisation.id: "pending", 0: "none"}
    assert onboarding.start(organisation, email="owner@example.org", return_path="/en/organisations/1")
    assert count(Payee) == 1
    account = db.session.scalars(sa.select(Payee.account_id)).one()
    trade.world.finish_onboarding(account)
    trade.hear()
    assert payees.state(organisation.id) == "active"
    assert told == [PayeeChanged(organisation.id, "active")]
    trade.world.restrict(account)
    trade.hear(times=2)
    assert payees.state(organisation.id) == "restricted"
    assert told == [PayeeChanged(organisation.id, "active"), PayeeChanged(organisation.id, "restricted")]


def test_an_organisation_whose_announcement_never_arrived_is_asked_about(trade):
    organisation = trade.organisation
    onboarding.start(organisation, email="owner@example.org", return_path="/en/organisations/1")
    trade.world.finish_onboarding(db.session.scalars(sa.select(Payee.account_id)).one())
    with transaction():
        db.session.execute(sa.update(Payee).values(checked_at=trade.now() - timedelta(days=30)))
    onboarding.look_after_payees()
    assert payees.state(organisation.id) == "active"

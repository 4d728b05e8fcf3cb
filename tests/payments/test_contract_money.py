"""What every payment provider keeps about money that goes back, money that goes out, and the account of it all."""

from datetime import timedelta

import pytest

from civic.core.money import GBP, Money
from civic.payments.provider import PayeeStatus, Refused, ReversalResult, TransferResult, Unknown


def give_back(world, paid, amount, key="", reference="refund:1"):
    return world.provider.refund(paid.charge_id, amount, reference=reference, key=key or world.key())


def test_a_refund_without_an_answer_is_found_by_its_name(world):
    paid = world.paid()
    world.fail("no_answer_after", "refund")
    assert isinstance(give_back(world, paid, GBP(10), key="refund-1"), Unknown)
    (found,) = world.provider.refunds_since(world.now)
    assert (found.reference, found.charge_id, found.amount) == ("refund:1", paid.charge_id, GBP(10))
    assert give_back(world, paid, GBP(10), key="refund-1") == found


def test_a_refund_that_comes_back_is_told_and_is_ours_again(world):
    paid = world.paid("refund_fails")
    world.advance(hours=1)
    before = world.balance()
    refund = give_back(world, paid, GBP(10))
    assert world.balance() == before - 1000
    world.deliveries()
    world.advance(days=2)
    failed = world.provider.fetch_refund(refund.refund_id)
    assert failed.status == "failed" and failed.reason
    assert world.balance() == before
    kinds = [world.provider.verify_event(raw, headers).kind for raw, headers, _ in world.deliveries()]
    assert "refund.failed" in kinds


def test_a_refund_may_take_its_time(world):
    refund = give_back(world, world.paid("refund_waits"), GBP(10))
    assert refund.status == "pending"
    world.advance(days=2)
    assert world.provider.fetch_refund(refund.refund_id).status == "succeeded"


@pytest.mark.parametrize("won", [True, False])
def test_a_disputed_charge_takes_its_money_away_until_it_is_won(world, won):
    paid = world.paid()
    world.advance(hours=1)
    before = world.balance()
    dispute = world.dispute(paid)
    facts = world.provider.fetch_dispute(dispute)
    assert (facts.dispute_id, facts.charge_id, facts.amount) == (dispute, paid.charge_id, GBP(25))
    assert (facts.status, facts.withdrawn) == ("open", True)
    assert facts.reason and facts.due_at > world.now
    taken_away = before - world.balance()
    assert taken_away >= 2500
    assert isinstance(give_back(world, paid, GBP(1)), Refused)
    world.close_dispute(dispute, won=won)
    assert world.provider.fetch_dispute(dispute).status == ("won" if won else "lost")
    assert world.balance() == before - taken_away + (2500 if won else 0)
    assert [each.dispute_id for each in world.provider.disputes_since(world.now)] == [dispute]


def test_a_backer_may_dispute_later_by_themselves(world):
    paid = world.paid("disputed")
    world.advance(hours=1)
    (dispute,) = world.provider.disputes_since(world.now - timedelta(days=1))
    assert (dispute.charge_id, dispute.status) == (paid.charge_id, "open")


def test_the_fee_of_a_charge_is_known_a_little_later(world):
    paid = world.paid()
    assert list(world.provider.balance_since(world.now)) == []
    world.advance(hours=1)
    (line,) = world.provider.balance_since(world.now - timedelta(days=1))
    assert (line.kind, line.source_id, line.amount) == ("charge", paid.charge_id, GBP(25))
    # 1.5 % and 20 pence, half a penny up.
    assert (line.fee, line.net) == (Money(58), Money(2442))
    assert line.available_at == line.created_at + timedelta(days=7)


def test_every_penny_at_the_provider_is_a_line(world):
    paid, account = world.paid(amount=GBP(200)), world.organisation()
    give_back(world, world.paid("refund_fails", GBP(40)), GBP(10))
    world.advance(days=8)
    won = world.dispute(world.paid())
    world.close_dispute(won, won=True)
    sent = world.transfer(account, GBP(100))
    back = world.provider.reverse_transfer(sent.transfer_id, GBP(30), key="back")
    world.advance(days=1)
    lines = list(world.provider.balance_since(world.now - timedelta(days=30)))
    assert all(line.net == line.amount - line.fee for line in lines)
    assert sum(line.net.minor for line in lines) == world.balance()
    kinds = {line.kind for line in lines}
    assert kinds >= {
        "charge",
        "refund",
        "refund_failure",
        "dispute",
        "dispute_reversal",
        "transfer",
        "transfer_reversal",
    }
    sources = {line.kind: line.source_id for line in lines if line.kind != "charge"}
    assert (sources["transfer"], sources["transfer_reversal"]) == (sent.transfer_id, back.reversal_id)
    assert (sources["dispute"], sources["dispute_reversal"]) == (won, won)
    assert paid.charge_id in {line.source_id for line in lines}


def test_an_organisation_is_paid_once_it_has_told_who_it_is(world):
    world.paid(amount=GBP(100))
    world.advance(days=8)
    started = world.onboarding(key="organisation-1")
    assert started.url.startswith("http")
    status = world.provider.payee_status(started.account_id)
    assert status.state != "active" and status.requirements
    assert isinstance(world.transfer(started.account_id), Refused)
    world.finish_onboarding(started.account_id)
    assert world.provider.payee_status(started.account_id) == PayeeStatus(started.account_id, "active")
    assert isinstance(world.transfer(started.account_id, reference="transfer:2"), TransferResult)


def test_an_organisation_may_be_held_back_later(world):
    account = world.organisation()
    world.paid(amount=GBP(100))
    world.advance(days=8)
    world.restrict(account)
    status = world.provider.payee_status(account)
    assert status.state == "restricted" and status.requirements
    assert isinstance(world.transfer(account), Refused)


def test_no_more_is_paid_out_than_is_there(world):
    world.paid(amount=GBP(100))
    account = world.organisation()
    world.advance(hours=1)
    early = world.transfer(account, reference="transfer:1")
    assert isinstance(early, Refused) and early.code == "balance_insufficient"
    world.advance(days=8)
    assert isinstance(world.transfer(account, GBP(99), reference="transfer:2"), Refused)
    assert isinstance(world.transfer(account, GBP(98), reference="transfer:3"), TransferResult)


@pytest.fixture
def paid_out(world):
    """£40 sent to an organisation: (account, transfer)."""
    world.paid(amount=GBP(100))
    account = world.organisation()
    world.advance(days=8)
    return account, world.transfer(account, GBP(40), reference="transfer:7", key="transfer-7")


def test_a_transfer_is_made_once_and_found_by_its_name(world, paid_out):
    account, sent = paid_out
    assert world.transfer(account, GBP(40), reference="transfer:7", key="transfer-7") == sent
    assert world.provider.fetch_transfer("transfer:7", "campaign:1") == sent
    assert world.provider.fetch_transfer("transfer:8", "campaign:1") is None
    assert world.provider.fetch_transfer("transfer:7", "campaign:2") is None


def test_a_transfer_without_an_answer_is_found_by_its_name(world, paid_out):
    account, _ = paid_out
    world.fail("no_answer_after", "transfer")
    assert isinstance(world.transfer(account, reference="transfer:8", key="transfer-8"), Unknown)
    found = world.provider.fetch_transfer("transfer:8", "campaign:1")
    assert isinstance(found, TransferResult)
    assert world.transfer(account, reference="transfer:8", key="transfer-8") == found


def test_money_is_called_back_as_far_as_it_is_there(world, paid_out):
    account, sent = paid_out
    before = world.balance()
    part = world.provider.reverse_transfer(sent.transfer_id, GBP(10), key="back-1")
    assert isinstance(part, ReversalResult)
    assert world.provider.reverse_transfer(sent.transfer_id, GBP(10), key="back-1") == part
    assert world.balance() == before + 1000
    assert isinstance(world.provider.reverse_transfer(sent.transfer_id, GBP(31), key="back-2"), Refused)
    world.pay_out(account)
    empty = world.provider.reverse_transfer(sent.transfer_id, GBP(5), key="back-3")
    assert isinstance(empty, Refused) and empty.code == "balance_insufficient"
    assert world.balance() == before + 1000

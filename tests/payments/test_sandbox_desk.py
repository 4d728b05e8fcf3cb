"""Staff play the world outside: what goes wrong, what banks and organisations do; and nobody else does."""

from datetime import timedelta

import pytest

from civic.core import clock
from civic.core.money import GBP
from civic.payments.provider import RateLimited, TransferRequest
from tests.payments.sandbox_world import World


@pytest.fixture
def played(isolated) -> World:
    return World(isolated, clock.now())


@pytest.fixture
def staff(client, make):
    make.sign_in(client, make.staff("finance_officer"))
    return client


def test_what_is_ordered_goes_wrong_as_often_as_ordered(staff, played):
    staff.get("/en/staff/sandbox")
    staff.submit("Let it go wrong", kind="rate_limit", operation="ensure_customer", times="2")
    assert "This will go wrong" in staff.follow().text
    for _ in range(2):
        with pytest.raises(RateLimited):
            played.customer()
    assert played.customer()
    staff.get("/en/staff/sandbox")
    staff.submit("Let it go wrong", kind="drop_before", times="9")
    staff.follow()
    staff.submit("Let everything go well again")
    assert played.customer()


@pytest.mark.parametrize("sent", [{}, {"kind": "slow", "times": "0"}, {"kind": "slow", "times": "1", "seconds": "61"}])
def test_an_order_that_makes_no_sense_is_refused_in_words(staff, played, sent):
    staff.get("/en/staff/sandbox")
    assert staff.submit("Let it go wrong", sent).status == 422


def test_how_announcements_arrive_is_kept_until_changed(staff, played):
    staff.get("/en/staff/sandbox")
    staff.submit("Let them arrive like this", ways=["duplicate", "pause"])
    page = staff.follow()
    chosen = [form for form in page.forms if "Let them arrive like this" in form.buttons]
    assert chosen[0].values()["ways"] == ["duplicate", "pause"]
    staff.submit("Let them arrive like this", ways=[])
    page = staff.follow()
    chosen = [form for form in page.forms if "Let them arrive like this" in form.buttons]
    assert "ways" not in chosen[0].values()


def test_a_bank_disputes_a_payment_and_decides(staff, played):
    payment, _charge = played.paid()
    staff.get("/en/staff/sandbox/payments")
    staff.submit("Dispute it charge:1")
    assert "Disputed" in staff.follow().text
    staff.submit("Decide against us charge:1")
    staff.follow()
    (dispute,) = played.provider.disputes_since(played.now)
    assert dispute.status == "lost"
    staff.post(f"/en/staff/sandbox/payments/{payment}/disputes", {})
    assert "nothing to dispute" in staff.follow().text


def test_money_given_back_at_the_providers_own_desk_has_no_name_of_ours(staff, played):
    payment, charge = played.paid()
    played.provider.refund(charge, GBP(5), reference="refund:1", key="r")
    staff.get("/en/staff/sandbox/payments")
    staff.submit("Give it back there charge:1")
    assert "£20 is given back" in staff.follow().text
    told = {each.reference: each.amount for each in played.provider.refunds_since(played.now - timedelta(days=1))}
    assert told == {"refund:1": GBP(5), "": GBP(20)}
    staff.post(f"/en/staff/sandbox/payments/{payment}/refunds", {})
    assert "nothing to give back" in staff.follow().text


def test_everything_that_stands_there_can_be_seen(staff, played):
    _payment, charge = played.paid("refund_pending", GBP(30))
    played.provider.refund(charge, GBP(5), reference="refund:7", key="r")
    assert "refund:7" in staff.get("/en/staff/sandbox/refunds").text
    assert "£30" in staff.get("/en/staff/sandbox/payments").text
    assert "refund.created" in staff.get("/en/staff/sandbox/events").text
    assert "-£5" in staff.get("/en/staff/sandbox/balance").text.replace("\u2212", "-")


def test_an_organisation_takes_its_money_out_and_is_asked_again(staff, played):
    played.paid()
    account = played.account()
    played.later(days=8)
    sent = played.provider.transfer(TransferRequest("transfer:1", account, GBP(20), "g", ""), key="t")
    staff.get("/en/staff/sandbox/organisations")
    staff.submit("Take its money out Peckham Repair Café")
    staff.follow()
    assert played.provider.reverse_transfer(sent.transfer_id, GBP(1), key="x").code == "balance_insufficient"
    staff.submit("Ask its owner again Peckham Repair Café")
    assert "must give its bank account again" in staff.follow().text
    assert played.provider.payee_status(account).state == "restricted"


def test_what_may_be_used_can_be_paid_to_our_bank(staff, played):
    staff.get("/en/staff/sandbox/balance")
    staff.submit("Pay everything that may be used to our bank")
    assert "£0 went to our bank" in staff.follow().text


def test_members_and_visitors_do_not_play_the_world(client, make):
    assert "/sign-in" in (client.get("/en/staff/sandbox").location or "")
    make.sign_in(client, make.member())
    assert client.get("/en/staff/sandbox").status in (403, 404)


def test_in_production_only_those_in_charge_play_it_and_nobody_moves_the_clock(client, make, isolated, monkeypatch):
    monkeypatch.setitem(isolated.config, "PRODUCTION", True)
    make.sign_in(client, make.staff("researcher"))
    assert client.get("/en/staff/sandbox").status == 403
    make.sign_in(client, make.staff("administrator"))
    assert "This site keeps real time." in client.get("/en/staff/sandbox").text
    assert client.post("/en/staff/sandbox/steps", {"hours": "1"}).status == 403

"""The sandbox keeps the promises of a real provider: keys, states, failures, and money that can be counted."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.payments.provider import (
    ActionRequired,
    Bug,
    Cancelled,
    Declined,
    PaymentProvider,
    Processing,
    RateLimited,
    Refused,
    Succeeded,
    TransferRequest,
    TransferResult,
    Unknown,
    Waiting,
)
from civic.payments.sandbox import giving_back, organisations
from civic.payments.sandbox.cards import CARDS, matching
from civic.payments.sandbox.fees import fee
from civic.payments.sandbox.provider import NoAnswer
from tests.payments.sandbox_world import World


@pytest.fixture
def played(isolated, now) -> World:
    return World(isolated, now)


@pytest.fixture
def sandbox(played):
    return played.provider


def test_it_is_a_payment_provider(sandbox):
    as_promised: PaymentProvider = sandbox
    wanted = {name for name in vars(PaymentProvider) if not name.startswith("_")}
    assert {name for name in wanted if not hasattr(as_promised, name)} == set()


def test_a_saved_card_is_charged_in_two_steps(played, sandbox):
    customer, method = played.card()
    payment = played.prepared(customer)
    assert sandbox.fetch_payment(payment) == Waiting(payment)
    paid = sandbox.confirm_payment(payment, method, key="once")
    assert paid == Succeeded(payment, paid.charge_id, GBP(25), played.now)
    assert sandbox.fetch_payment(payment) == paid


def test_confirming_again_under_another_key_tells_the_truth_and_takes_nothing(played, sandbox):
    customer, method = played.card()
    payment = played.prepared(customer)
    paid = sandbox.confirm_payment(payment, method, key="one")
    assert sandbox.confirm_payment(payment, method, key="two") == paid
    played.later(minutes=1)
    assert len(list(sandbox.balance_since(played.now - timedelta(days=1)))) == 1


def test_the_same_key_prepares_one_payment_for_a_day_and_then_another(played, sandbox):
    customer, _ = played.card()
    first = played.prepared(customer, key="charge-1-create")
    played.later(hours=23)
    assert played.prepared(customer, key="charge-1-create") == first
    played.later(hours=2)
    assert played.prepared(customer, key="charge-1-create") != first


def test_the_same_key_with_another_request_is_a_mistake_of_ours(played):
    customer, _ = played.card()
    played.prepared(customer, GBP(25), key="k")
    with pytest.raises(Bug):
        played.prepared(customer, GBP(26), key="k")


def test_a_refusal_is_replayed_under_its_key_even_when_the_card_would_work_now(played, sandbox):
    customer, method = played.card("poor_once")
    payment = played.prepared(customer)
    no = Declined(payment, "card_declined", "insufficient_funds", "try_again_later")
    assert sandbox.confirm_payment(payment, method, key="try-1") == no
    assert sandbox.confirm_payment(payment, method, key="try-1") == no
    assert isinstance(sandbox.confirm_payment(payment, method, key="try-2"), Succeeded)


@pytest.mark.parametrize(
    "kind, expected",
    [
        ("fails", Declined("", "card_declined", "generic_decline", "")),
        ("insufficient", Declined("", "card_declined", "insufficient_funds", "try_again_later")),
        ("stolen", Declined("", "card_declined", "stolen_card", "do_not_try_again")),
        ("always_asks", ActionRequired("")),
        ("slow", Processing("")),
    ],
)
def test_each_card_does_what_the_list_says(played, sandbox, kind, expected):
    customer, method = played.card(kind)
    payment = played.prepared(customer)
    told = sandbox.confirm_payment(payment, method, key="k")
    assert told == type(expected)(**(vars(expected) | {"payment_id": payment}))
    assert sandbox.fetch_payment(payment) == told


def test_every_number_on_the_list_is_matched_and_no_other_is():
    assert all(matching(card.spaced) is card and len(card.number) == 16 for card in CARDS.values())
    assert matching("4929 1234 5678 9012") is None
    assert matching("") is None


def test_a_slow_bank_decides_ten_minutes_later(played, sandbox):
    for kind, expected in (("slow", Succeeded), ("slow_decline", Declined)):
        customer, method = played.card(kind)
        payment = played.prepared(customer)
        sandbox.confirm_payment(payment, method, key=played.key())
        played.later(minutes=9)
        assert sandbox.fetch_payment(payment) == Processing(payment)
        assert sandbox.cancel_payment(payment, key=played.key()) == Processing(payment)
        played.later(minutes=2)
        assert isinstance(sandbox.fetch_payment(payment), expected)


def test_a_person_mends_the_same_payment_at_the_banks_page(played, sandbox):
    customer, method = played.card("always_asks")
    payment = played.prepared(customer)
    sandbox.confirm_payment(payment, method, key="away")
    begun = sandbox.start_recovery(payment, method, return_url="http://localhost/cy/fix", key="here")
    assert begun.url == f"http://localhost/en/sandbox/payments/{payment}/bank"
    assert begun.result is None
    played.bank_says(payment, True)
    assert isinstance(sandbox.fetch_payment(payment), Succeeded)


def test_another_card_mends_a_payment_at_once(played, sandbox):
    customer, method = played.card("fails")
    payment = played.prepared(customer)
    sandbox.confirm_payment(payment, method, key="away")
    _, better = played.card("works", customer)
    mended = sandbox.start_recovery(payment, better, return_url="http://localhost/en/fix", key="here")
    assert isinstance(mended.result, Succeeded)


def test_who_fails_at_the_bank_is_refused_and_may_try_again(played, sandbox):
    customer, method = played.card("always_asks")
    payment = played.prepared(customer)
    sandbox.start_recovery(payment, method, return_url="http://localhost/en/fix", key="1")
    played.bank_says(payment, False)
    assert sandbox.fetch_payment(payment) == Declined(payment, "payment_intent_authentication_failure")
    assert sandbox.start_recovery(payment, method, return_url="http://localhost/en/fix", key="2").url


def test_a_cancelled_payment_is_never_taken_and_a_taken_one_never_cancelled(played, sandbox):
    customer, method = played.card()
    given_up = played.prepared(customer)
    assert sandbox.cancel_payment(given_up, key="c1") == Cancelled(given_up)
    assert sandbox.confirm_payment(given_up, method, key="c2") == Cancelled(given_up)
    payment, _charge = played.paid()
    assert isinstance(sandbox.cancel_payment(payment, key="c3"), Succeeded)


def test_a_card_that_was_let_go_or_is_anothers_is_a_mistake_of_ours(played, sandbox):
    customer, method = played.card()
    payment = played.prepared(customer)
    with pytest.raises(Bug):
        sandbox.confirm_payment(payment, played.card()[1], key="k1")
    sandbox.detach(method)
    sandbox.detach(method)
    with pytest.raises(Bug):
        sandbox.confirm_payment(payment, method, key="k2")


def test_a_card_that_ran_out_meanwhile_is_refused(played, sandbox):
    customer, method = played.card()
    payment = played.prepared(customer)
    played.later(days=366 * 9)
    assert sandbox.confirm_payment(payment, method, key="k").code == "expired_card"


@pytest.mark.parametrize("facts", [{"amount": Money(29)}, {"amount": Money(500, "EUR")}, {"statement": "x" * 23}])
def test_a_payment_that_no_provider_would_take_is_a_mistake_of_ours(played, facts):
    customer, _ = played.card()
    with pytest.raises(Bug):
        played.prepared(customer, **facts)


def test_a_visit_ends_with_its_time(played, sandbox):
    setup = played.visit()
    assert sandbox.fetch_setup(setup).status == "open"
    played.later(minutes=31)
    assert sandbox.fetch_setup(setup).status == "expired"
    assert "checkout.session.expired" in played.kinds()


def test_the_fee_is_known_a_little_later_and_the_money_usable_after_seven_days(played, sandbox):
    _payment, charge = played.paid()
    assert list(sandbox.balance_since(played.now)) == []
    at = played.later(seconds=5)
    (line,) = sandbox.balance_since(at - timedelta(minutes=1))
    assert (line.kind, line.source_id, line.amount, line.fee, line.net) == (
        "charge",
        charge,
        GBP(25),
        Money(58),
        Money(2442),
    )
    assert line.available_at == line.created_at + timedelta(days=7)
    assert "charge.updated" in played.kinds()


@pytest.mark.parametrize("country, pence", [("GB", 170), ("FR", 270), ("US", 345)])
def test_fees_are_the_published_uk_prices(country, pence):
    assert fee(GBP(100), country) == Money(pence)


def test_refunds_never_exceed_the_charge(played, sandbox):
    _payment, charge = played.paid()
    first = sandbox.refund(charge, GBP(15), reference="refund:1", key="r1")
    assert sandbox.fetch_refund(first.refund_id) == first
    assert sandbox.refund(charge, GBP(15), reference="refund:2", key="r2").code == "amount_too_large"
    sandbox.refund(charge, GBP(10), reference="refund:3", key="r3")
    assert sandbox.refund(charge, Money(1), reference="refund:4", key="r4").code == "charge_already_refunded"
    assert sandbox.refund(charge, GBP(15), reference="refund:1", key="r1") == first


def test_a_refund_may_come_back_later_and_the_money_is_ours_again(played, sandbox):
    _payment, charge = played.paid("refund_fails")
    refund = sandbox.refund(charge, GBP(25), reference="refund:1", key="r")
    assert refund.status == "succeeded"
    played.later(minutes=6)
    assert sandbox.fetch_refund(refund.refund_id).status == "failed"
    kinds = [line.kind for line in sandbox.balance_since(played.now - timedelta(hours=1))]
    assert sorted(kinds) == ["charge", "refund", "refund_failure"]


def test_a_disputed_charge_costs_the_money_and_a_fee_until_it_is_won(played, sandbox):
    payment, charge = played.paid("dispute")
    played.later(minutes=11)
    (dispute,) = sandbox.disputes_since(played.now - timedelta(hours=1))
    assert (dispute.charge_id, dispute.amount, dispute.status) == (charge, GBP(25), "open")
    assert sandbox.refund(charge, GBP(25), reference="r", key="r").code == "charge_disputed"
    assert played.dispute(payment) is None
    sandbox.play(lambda s, now: giving_back.close_dispute(s, dispute.dispute_id, True, now=now))
    assert sandbox.fetch_dispute(dispute.dispute_id).status == "won"
    assert sum(line.net.minor for line in sandbox.balance_since(played.now - timedelta(hours=1))) == 2442 - 2000


def test_an_organisation_is_paid_when_it_may_be_and_the_money_is_there(played, sandbox):
    played.paid()
    wish = TransferRequest("transfer:1", played.account(), GBP(20), "campaign:1", "A garden")
    assert sandbox.transfer(wish, key="t1").code == "balance_insufficient"
    played.later(days=7, seconds=10)
    sent = sandbox.transfer(wish, key="t2")
    assert isinstance(sent, TransferResult)
    assert sandbox.fetch_transfer("transfer:1", "campaign:1") == sent
    assert sandbox.fetch_transfer("transfer:2", "campaign:1") is None
    assert sandbox.transfer(wish, key="t3").code == "balance_insufficient"


def test_what_an_organisation_spent_cannot_be_called_back(played, sandbox):
    played.paid()
    account = played.account()
    played.later(days=8)
    sent = sandbox.transfer(TransferRequest("transfer:1", account, GBP(20), "campaign:1", ""), key="t")
    assert sandbox.reverse_transfer(sent.transfer_id, GBP(5), key="v1").reversal_id
    sandbox.play(lambda s, now: organisations.empty_account(s, account))
    assert isinstance(sandbox.reverse_transfer(sent.transfer_id, GBP(5), key="v2"), Refused)


def test_an_organisation_that_left_questions_open_receives_nothing(played, sandbox):
    account = played.account()
    assert sandbox.payee_status(account).state == "active"
    sandbox.play(lambda s, now: organisations.restrict(s, account, now=now))
    assert sandbox.payee_status(account).requirements == ("bank_account",)
    wish = TransferRequest("transfer:1", account, GBP(20), "campaign:1", "")
    assert sandbox.transfer(wish, key="t").code == "account_not_ready"


def test_too_many_requests_are_refused_and_nothing_is_remembered(played, sandbox):
    customer, method = played.card()
    payment = played.prepared(customer)
    played.fault("rate_limit", operation="confirm_payment", times=2)
    for _ in range(2):
        with pytest.raises(RateLimited):
            sandbox.confirm_payment(payment, method, key="k")
    assert isinstance(sandbox.confirm_payment(payment, method, key="k"), Succeeded)


@pytest.mark.parametrize("kind, happened", [("drop_before", False), ("drop_after", True), ("error_after", True)])
def test_no_answer_is_unknown_and_the_truth_can_be_asked_for(played, sandbox, kind, happened):
    customer, method = played.card()
    payment = played.prepared(customer)
    played.fault(kind, operation="confirm_payment")
    assert isinstance(sandbox.confirm_payment(payment, method, key="k"), Unknown)
    assert isinstance(sandbox.fetch_payment(payment), Succeeded if happened else Waiting)
    again = sandbox.confirm_payment(payment, method, key="k")
    assert isinstance(again, Unknown if kind == "error_after" else Succeeded)
    played.later(hours=25)
    assert isinstance(sandbox.confirm_payment(payment, method, key="k"), Succeeded)


def test_where_no_money_could_move_no_answer_is_an_error(played, sandbox):
    played.fault("drop_after", operation="ensure_customer")
    with pytest.raises(NoAnswer):
        sandbox.ensure_customer("person:1", email="a@example.com", key="k")
    assert sandbox.ensure_customer("person:1", email="a@example.com", key="k")


def test_a_slow_answer_is_an_answer(played, sandbox):
    played.fault("slow", seconds=3)
    assert played.customer()
    assert played.slept == [3]


def test_it_is_never_called_inside_a_transaction_of_ours(played, sandbox):
    with pytest.raises(AssertionError), transaction():
        sandbox.fetch_payment("pi_1")


def test_what_happened_there_is_not_undone_by_us(shared, now):
    played = World(shared, now)
    customer, method = played.card()
    payment = played.prepared(customer)
    with pytest.raises(ZeroDivisionError):
        played.provider.confirm_payment(payment, method, key="k")
        with transaction():
            db.session.execute(sa.text("SELECT 1"))
            raise ZeroDivisionError
    assert isinstance(played.provider.fetch_payment(payment), Succeeded)


def test_its_lists_can_be_walked_however_long_they_are(played, sandbox, monkeypatch):
    from civic.payments.sandbox import lists

    monkeypatch.setattr(lists, "SIZE", 2)
    customer, _ = played.card()
    made = [played.prepared(customer, reference=f"charge:{n}") for n in range(5)]
    seen = list(sandbox.payments_since(played.now))
    assert sorted(each.result.payment_id for each in seen) == sorted(made)
    assert list(sandbox.payments_since(played.now + timedelta(seconds=1))) == []


def test_the_handbook_lists_every_test_card():
    page = (Path(__file__).parent.parent.parent / "docs" / "sandbox.md").read_text()
    assert [card.key for card in CARDS.values() if f"| `{card.spaced}` | {card.words} |" not in page] == []

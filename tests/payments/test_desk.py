"""The finance desk: what waits is seen, two people decide, the books are found and taken away, and nobody else comes in."""

import csv
import io

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.ledger.actions import post
from civic.payments import differences
from civic.payments.models import CardSetup, Discrepancy, ReconciliationRun, Refund, Transfer
from tests.payments.trade import CAMPAIGN, Trade
from tests.support.client import PageClient

BASE = "/en/staff/money"


@pytest.fixture
def trade(isolated, sandbox_world, make):
    return Trade(isolated, sandbox_world, make)


@pytest.fixture
def officer(trade, make, client):
    """A finance officer at the desk who has asked for nothing."""
    person = make.staff("finance_officer", name="Ada Officer")
    make.sign_in(client, person)
    return person


@pytest.fixture
def busy(trade, make):
    """Something of everything: a refund and a transfer that wait, a dispute, a difference."""
    charge, disputed = trade.paid(GBP(100), tip=GBP(5)), trade.paid(GBP(25))
    with transaction():
        db.session.add(
            make.card_setup(
                reference=disputed.reference, status="succeeded", payment_method_id=disputed.payment_method_id
            )
        )
    trade.settle()
    trade.payee()
    trade.request_transfer(GBP(60))
    trade.ask(charge, GBP(20))
    trade.world.dispute(trade.provider.fetch_payment(disputed.provider_payment_id))
    trade.hear()
    run = trade.reconcile()
    with transaction():
        differences.note("unexplained_line", "txn_1", run_id=run.id, now=trade.now(), amount=GBP(3), source="x")
    return charge


def only(model):
    """The one row there is."""
    row = db.session.scalars(sa.select(model).execution_options(populate_existing=True)).one()
    db.session.commit()  # or what a page keeps next would stand inside of this look, and go with it
    return row


PAGES = [
    *("", "/transactions", "/charges", "/refunds", "/transfers", "/disputes", "/differences"),
    *(
        "/refunds?show=all",
        "/transfers?show=all",
        "/disputes?show=all",
        "/differences?show=resolved",
        "/refunds?show=nonsense",
    ),
]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_the_desk_is_in_order(busy, officer, client, language):
    base = f"/{language}/staff/money"
    for path in PAGES:
        assert client.get(base + path).status == 200, path
    for kind, model in (("refunds", Refund), ("transfers", Transfer), ("differences", Discrepancy)):
        assert client.get(f"{base}/{kind}/{only(model).id}").status == 200
    assert client.get(f"{base}/charges/{busy.id}").status == 200
    dispute = db.session.scalars(sa.text("SELECT id FROM dispute")).one()
    assert client.get(f"{base}/disputes/{dispute}").status == 200
    for number in db.session.scalars(sa.text("SELECT id FROM ledger_transaction")).all():
        assert client.get(f"{base}/transactions/{number}").status == 200


def test_a_desk_with_nothing_on_it_says_so(trade, officer, client):
    for path in PAGES:
        assert client.get(BASE + path).status == 200, path


def test_what_waits_is_counted_on_the_front_page_of_staff(busy, officer, client):
    page = client.get("/en/staff")
    assert "Money" in page.text
    overview = client.get(BASE)
    assert "Refunds to approve" in overview.text


def test_another_officer_approves_and_the_money_goes_back(busy, officer, client, trade):
    page = client.get(f"{BASE}/refunds/{only(Refund).id}")
    assert "Give £20 back" in page.text
    client.submit("Give £20 back")
    trade.carry_out()
    assert only(Refund).status == "succeeded"
    assert only(Refund).approved_by_id == officer.id
    assert "Given back" in client.get(f"{BASE}/refunds/{only(Refund).id}").text


def test_who_asked_cannot_approve_and_can_take_it_back(busy, trade, make, client):
    make.sign_in(client, trade.asks)
    refund = only(Refund)
    page = client.get(f"{BASE}/refunds/{refund.id}")
    assert "Give £20 back" not in page.text
    assert "another finance officer must approve it" in page.text
    assert client.post(f"{BASE}/refunds/{refund.id}/approval").status == 403
    client.get(f"{BASE}/refunds/{refund.id}")
    assert client.submit("Take it back").status == 422  # a reason is needed
    client.get(f"{BASE}/refunds/{refund.id}")
    assert client.submit("Take it back", why="My mistake").status == 303
    assert only(Refund).status == "declined"


def test_a_refund_is_asked_for_at_the_charge_and_never_for_more_than_is_left(busy, officer, client):
    path = f"{BASE}/charges/{busy.id}"
    client.get(path)
    page = client.submit("Ask for the refund", amount="80.01", why="They asked")
    assert page.status == 422
    assert "At most £80 of this charge" in page.text
    for bad in ("-1", "0", "NaN", "1e309", "0.001", "10000000000000"):
        client.get(path)
        assert client.submit("Ask for the refund", amount=bad, why="They asked").status == 422, bad
    client.get(path)
    assert client.submit("Ask for the refund", amount="£30.50", why="They asked").status == 303
    amounts = db.session.execute(sa.select(Refund.amount_minor, Refund.requested_by_id).order_by(Refund.id)).all()
    assert amounts[-1] == (3050, officer.id)


def test_a_payment_is_released_by_a_second_person_or_declined_with_a_reason(busy, officer, client, trade):
    transfer = only(Transfer)
    client.get(f"{BASE}/transfers/{transfer.id}")
    client.submit("Send £60")
    trade.carry_out()
    assert only(Transfer).status == "sent"
    assert only(Transfer).released_by_id == officer.id


def test_a_payment_that_the_books_no_longer_owe_is_not_released_and_the_page_says_why(busy, officer, client, trade):
    transfer = only(Transfer)
    post("mistake", "1", {CAMPAIGN: GBP(70), "fees:sandbox": -GBP(70)}, at=trade.now())
    db.session.commit()
    client.get(f"{BASE}/transfers/{transfer.id}")
    client.submit("Send £60")
    assert "At most" in client.follow().text
    assert only(Transfer).status == "requested"
    client.get(f"{BASE}/transfers/{transfer.id}")
    assert client.submit("Decline", why="Not owed any more").status == 303
    assert only(Transfer).status == "declined"


def test_a_dispute_shows_what_to_send_and_by_when(busy, officer, client):
    dispute = db.session.scalars(sa.text("SELECT id FROM dispute")).one()
    page = client.get(f"{BASE}/disputes/{dispute}")
    assert only(CardSetup).consent in page.text
    assert "Send what you have by" in page.text


def test_a_difference_is_settled_with_a_note(busy, officer, client):
    difference = only(Discrepancy)
    client.get(f"{BASE}/differences/{difference.id}")
    assert client.submit("Settle it", note="").status == 422
    client.get(f"{BASE}/differences/{difference.id}")
    assert client.submit("Settle it", note="A fee of last year").status == 303
    assert (only(Discrepancy).status, only(Discrepancy).resolved_by_id) == ("resolved", officer.id)
    assert "A fee of last year" in client.get(f"{BASE}/differences/{difference.id}").text


def test_a_comparison_can_be_begun_by_hand(busy, officer, client, run_jobs):
    client.get(f"{BASE}/differences")
    client.submit("Compare now")
    assert "payments.reconcile" in set(db.session.scalars(sa.text("SELECT task_name FROM procrastinate_jobs")))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReconciliationRun)) == 1


def test_the_books_are_searched_by_kind_name_account_amount_and_day(busy, officer, client):
    for query, expected in (
        ("kind=charge", 2),
        (f"account={CAMPAIGN}", 2),
        (f"account={CAMPAIGN}&amount=95", 1),
        (f"ref={busy.provider_charge_id}", 1),
        ("amount=100", 2),
        ("kind=nonsense", None),
        ("since-day=1&since-month=1&since-year=2020&until-day=2&until-month=1&until-year=2020", 0),
        ("amount=-5", None),
    ):
        page = client.get(f"{BASE}/transactions?{query}")
        assert page.status == (422 if expected is None else 200), query
        if expected is not None:
            assert page.html.count("/staff/money/transactions/") == expected, query


def test_the_books_leave_as_a_file_that_adds_up_and_holds_no_formula(busy, officer, client):
    post("correction", "1", {"a": GBP(1), "b": -GBP(1)}, at=busy.created_at, memo='=HYPERLINK("http://evil")')
    db.session.commit()
    answer = client.client.get(f"{BASE}/transactions.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    sums = {side: sum(round(float(row[side] or 0) * 100) for row in rows) for side in ("debit", "credit")}
    assert sums["debit"] == sums["credit"] > 0
    assert [row["memo"] for row in rows if "HYPERLINK" in row["memo"]] == ['\'=HYPERLINK("http://evil")'] * 2
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", [None, "researcher", "funds_officer", "administrator"])
def test_nobody_else_comes_in(busy, make, isolated, role):
    client = PageClient(isolated)
    make.sign_in(client, make.staff(role) if role else make.member())
    refund = only(Refund)
    for path in [*PAGES, f"/charges/{busy.id}", f"/refunds/{refund.id}", "/transactions.csv"]:
        assert client.get(BASE + path).status == 403, path
    for path in (f"/refunds/{refund.id}/approval", f"/charges/{busy.id}/refunds", "/comparisons"):
        assert client.post(BASE + path, {}).status == 403, path
    assert only(Refund).status == "requested"

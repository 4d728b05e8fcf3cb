"""The sandbox's pages: a test card is typed and dropped, the bank asks, an organisation answers, and all say that no money is real."""

import pytest
import sqlalchemy as sa

from civic.core import clock
from civic.core.db import Model, db
from civic.payments.provider import PayeeRequest, Succeeded
from civic.payments.sandbox.cards import CARDS
from tests.payments.sandbox_world import World

BANNER = "Sandbox: no real money."


@pytest.fixture
def played(isolated) -> World:
    return World(isolated, clock.now())


def typed(client, setup: str, kind: str = "works", **more: str):
    client.get(f"/en/sandbox/checkout/{setup}")
    wanted = {"number": CARDS[kind].spaced, "expiry": "12/34", "holder": "Ada Lovelace"} | more
    return client.submit("Save this card", wanted)


def test_a_test_card_is_saved_and_the_person_goes_back(client, played):
    setup = played.visit()
    page = typed(client, setup)
    assert (page.status, page.location) == (303, "/en/return")
    saved = played.provider.fetch_setup(setup)
    assert (saved.status, saved.card.last4, saved.authenticated) == ("succeeded", "4242", False)
    assert "The card is saved" in client.get(f"/en/sandbox/checkout/{setup}").text


def test_every_page_of_the_sandbox_says_that_no_money_is_real(client, make, played):
    setup = played.visit()
    assert BANNER in client.get(f"/en/sandbox/checkout/{setup}").text
    typed(client, setup, "challenge")
    assert BANNER in client.follow().text
    assert BANNER in client.get(f"/en/sandbox/organisations/{played.account()}").text
    make.sign_in(client, make.staff("administrator"))
    for section in ("", "/payments", "/refunds", "/balance", "/organisations", "/events"):
        assert BANNER in client.get(f"/en/staff/sandbox{section}").text


def test_the_page_lists_every_test_card_and_what_is_agreed_to(client, played):
    page = client.get(f"/en/sandbox/checkout/{played.visit()}")
    assert all(card.spaced in page.text for card in CARDS.values())
    assert "You will be charged £25 only if the target is reached." in page.text


def test_a_number_that_is_not_on_the_list_is_refused_and_kept_nowhere(client, played):
    setup = played.visit()
    client.get(f"/en/sandbox/checkout/{setup}")
    page = client.submit("Save this card", number="4929 1234 5678 9012", expiry="12/34", holder="Ada Lovelace")
    assert page.status == 422
    assert "Never type the number of a real card here" in page.text
    assert "4929" not in page.html
    assert played.provider.fetch_setup(setup).status == "open"


def test_no_number_and_no_name_stands_in_any_table_of_the_sandbox(client, played):
    typed(client, played.visit())
    tables = [table for table in Model.metadata.sorted_tables if table.name.startswith("sandbox_")]
    kept = repr([db.session.execute(sa.select(table)).all() for table in tables])
    assert "pledge:1" in kept
    assert [each for each in ("4242424242424242", "4242 4242", "Lovelace", "ada@example.com") if each in kept] == []


@pytest.mark.parametrize("expiry", ["", "13/34", "12/20", "soon", "1234567890"])
def test_a_card_needs_a_month_that_is_not_over(client, played, expiry):
    assert typed(client, played.visit(), expiry=expiry).status == 422


@pytest.mark.parametrize("expiry", ["12/34", "1/34", "01/2034", "12 34", "١٢/٣٤"])
def test_a_month_may_be_written_as_people_write_it(client, played, expiry):
    assert typed(client, played.visit(), expiry=expiry).status == 303


@pytest.mark.parametrize("kind, words", [("declined", "refused this card"), ("expired", "has expired")])
def test_a_card_refused_at_once_leaves_the_visit_open_for_another(client, played, kind, words):
    setup = played.visit()
    assert words in typed(client, setup, kind).text
    assert played.provider.fetch_setup(setup).status == "open"
    assert typed(client, setup).status == 303


def test_the_bank_asks_and_lets_pass(client, played):
    setup = played.visit()
    assert typed(client, setup, "challenge").location == f"/en/sandbox/checkout/{setup}/bank"
    client.follow()
    page = client.submit("Go on", verdict="pass")
    assert page.location == "/en/return"
    assert played.provider.fetch_setup(setup).authenticated


@pytest.mark.parametrize("verdict", ["fail", "back"])
def test_who_does_not_pass_the_bank_may_try_another_card(client, played, verdict):
    setup = played.visit()
    typed(client, setup, "challenge")
    client.follow()
    assert client.submit("Go on").status == 422
    assert client.submit("Go on", verdict=verdict).location == f"/en/sandbox/checkout/{setup}"
    page = client.follow()
    assert ("could not be sure" in page.text) == (verdict == "fail")
    assert typed(client, setup).status == 303


def test_a_visit_that_is_over_takes_no_card(client, played):
    setup = played.visit()
    played.provider.play(lambda s, now: s.execute(sa.text("UPDATE sandbox_setup SET expires_at = created_at")))
    assert "This visit is over" in client.get(f"/en/sandbox/checkout/{setup}").text
    wanted = {"number": CARDS["works"].number, "expiry": "12/34", "holder": "Ada"}
    client.post(f"/en/sandbox/checkout/{setup}", wanted)
    assert played.provider.fetch_setup(setup).card is None
    assert client.get(f"/en/sandbox/checkout/{setup}/bank").status == 404


@pytest.mark.parametrize("verdict, is_paid", [("pass", True), ("fail", False), ("back", False)])
def test_the_bank_asks_about_a_payment_of_somebody_who_is_here(client, played, verdict, is_paid):
    customer, method = played.card("always_asks")
    payment = played.prepared(customer)
    assert client.get(f"/en/sandbox/payments/{payment}/bank").status == 404
    begun = played.provider.start_recovery(payment, method, return_url="http://localhost/en/fix/1", key="k")
    client.get(begun.url)
    assert client.submit("Go on", verdict=verdict).location == "/en/fix/1"
    assert isinstance(played.provider.fetch_payment(payment), Succeeded) == is_paid


def test_an_organisation_answers_or_leaves_questions_open(client, played):
    payee = PayeeRequest("organisation:9", "Peckham Repair Café", "team@repair.example", "cic")
    url = "http://localhost/en/back"
    begun = played.provider.onboard(payee, account_id="", return_url=url, refresh_url=url, key="o")
    client.get(begun.url)
    assert client.submit("Save and go back", identity=True, bank_account="later").location == "/en/back"
    told = played.provider.payee_status(begun.account_id)
    assert (told.state, told.requirements) == ("restricted", ("bank_account",))
    client.get(begun.url)
    client.submit("Save and go back", bank_account="given")
    assert "can receive money" in client.get(begun.url).text
    assert played.provider.payee_status(begun.account_id).state == "active"


def test_there_is_no_sandbox_where_stripe_is_the_provider(client, played, isolated, monkeypatch):
    setup = played.visit()
    monkeypatch.setitem(isolated.config, "PAYMENTS_PROVIDER", "stripe")
    assert client.get(f"/en/sandbox/checkout/{setup}").status == 404


def test_pages_in_arabic_keep_numbers_in_their_direction(client, played):
    page = client.get(f"/ar/sandbox/checkout/{played.visit()}")
    assert page.status == 200
    assert 'dir="rtl"' in page.html
    assert '<bdi dir="ltr" translate="no"' in page.html

"""The sandbox in a real browser: a card saved on a phone without script, a bank that asks, an organisation, and the desk of staff."""

import os
from pathlib import Path

import pytest

from civic.core import clock
from civic.core.db import db
from civic.core.money import GBP
from civic.payments.provider import PayeeRequest
from civic.payments.sandbox.cards import CARDS
from tests.payments.sandbox_world import World
from tests.support import seen
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def played(shared) -> World:
    return World(shared, clock.now())


def picture(person, name: str) -> None:
    """Keep what the page looks like, where somebody wants to see it."""
    if folder := os.environ.get("PICTURES"):
        person.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def open_visit(played: World) -> str:
    url = "http://localhost/en/surveys"
    return played.visit(return_url=url, cancel_url=url)


def type_card(person, kind: str):
    person.fill("Card number", CARDS[kind].spaced).fill("Expiry date", "12/34").fill("Name on the card", "Ada Lovelace")


@pytest.mark.parametrize("script", [True, False])
def test_a_backer_on_a_phone_saves_a_card_that_the_bank_asks_about(browse, played, script):
    backer, setup = browse(phone=True, script=script), open_visit(played)
    backer.visit(f"/en/sandbox/checkout/{setup}")
    picture(backer, "checkout-390")
    backer.refused("Save this card")
    picture(backer, "checkout-errors-390")
    type_card(backer, "challenge")
    backer.click("Save this card").sees("Your bank asks")
    picture(backer, "bank-390")
    backer.choose("I am who I say I am: let it pass").click("Go on")
    assert backer.path == "/en/surveys"
    assert played.provider.fetch_setup(setup).status == "succeeded"
    backer.visit(f"/en/sandbox/checkout/{setup}").sees("The card is saved")


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_card_is_said_in_words_and_its_number_is_gone(browse, played, script):
    backer, setup = browse(script=script), open_visit(played)
    backer.visit(f"/en/sandbox/checkout/{setup}").look_closely()
    picture(backer, "checkout-1280")
    type_card(backer, "declined")
    backer.refused("Save this card").sees("The bank refused this card")
    assert backer.page.get_by_label("Card number").input_value() == ""


@pytest.mark.parametrize("language, scheme", [("ar", "light"), ("ar", "dark"), ("en", "dark"), ("pl", "light")])
def test_the_card_page_is_in_order_in_every_direction_and_light(browse, played, language, scheme):
    backer, setup = browse(phone=True, color_scheme=scheme), open_visit(played)
    backer.visit(f"/{language}/sandbox/checkout/{setup}")
    picture(backer, f"checkout-{language}-{scheme}")
    backer.look_closely(seen.reflow_faults)


def test_an_organisation_answers_on_a_narrow_screen(browse, played):
    owner = browse(phone=True, script=False)
    payee = PayeeRequest("organisation:1", "Peckham Repair Café", "team@repair.example", "cic")
    url = "http://localhost/en/surveys"
    begun = played.provider.onboard(payee, account_id="", return_url=url, refresh_url=url, key="o")
    owner.visit(f"/en/sandbox/organisations/{begun.account_id}")
    picture(owner, "onboarding-390")
    owner.refused("Save and go back").choose("The name above is right, and I may act for the organisation")
    owner.choose("To the sandbox’s bank account ending 6789").click("Save and go back")
    owner.visit(f"/en/sandbox/organisations/{begun.account_id}").sees("can receive money").look_closely()


def test_staff_play_the_world_with_nothing_in_the_way(browse, played, app, make):
    played.paid("refund_fails", GBP(30))
    _payment, charge = played.paid("works", GBP(1250))
    played.provider.refund(charge, GBP(250), reference="refund:1", key="r")
    played.dispute(played.paid()[0])
    customer, method = played.card("fails")
    played.provider.confirm_payment(played.prepared(customer), method, key="k")
    played.account()
    officer = browse()
    db.session.expire_all()
    sign_in_browser(officer, app, make, make.staff("finance_officer"))
    for width in ("wide", "phone"):
        if width == "phone":
            officer.page.set_viewport_size({"width": 390, "height": 844})
        for section in ("", "/payments", "/refunds", "/balance", "/organisations", "/events"):
            officer.visit(f"/en/staff/sandbox{section}")
            picture(officer, f"desk{section.replace('/', '-')}-{width}")
    officer.visit("/en/staff/sandbox").look_closely()
    officer.choose("Too many requests: it refuses, and nothing happens").click("Let it go wrong")
    officer.sees("This will go wrong")
    picture(officer, "desk-ordered")

"""After the close: a backer puts a card right on a phone without script, officers decide and pay, and everybody sees the same."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign, Pledge
from civic.payments.sandbox.cards import CARDS
from tests.crowdfund.street import Street, street
from tests.support import seen
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def here(shared, app, address, make, now, monkeypatch) -> Iterator[Street]:
    """The street, with people who come back from the provider to where this worker's application is served."""
    monkeypatch.setitem(app.config, "BASE_URL", address)
    with street(app, make, now) as made:
        yield made


def failed_at_the_close(here: Street) -> tuple[Campaign, Pledge]:
    """A campaign whose cards are being charged, and the pledge of a backer whose bank wants to see them."""
    campaign = here.campaign(slug="gillett-garden", title="A garden for Gillett Square")
    here.pledge(campaign, GBP(60))
    pledge = here.pledge(campaign, GBP(40), tip=GBP(2), card="asks_always")
    here.to_the_close(campaign)
    here.minutes()
    return campaign, pledge


def picture(person: Any, name: str) -> None:
    """Keep what the page looks like, where somebody wants to see it."""
    if folder := os.environ.get("PICTURES"):
        person.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True, caret="initial")


def mailed(outbox: Any, pledge: Pledge) -> str:
    """The way to put the card right, from the mail."""
    db.session.expire_all()
    letter = [each for each in outbox() if each.to_address == pledge.email and "/fix?t=" in each.text][-1]
    found = re.search(r"http://\S+(/en/pledges/\S+/fix\?t=\S+)", letter.text)
    assert found
    return found[1]


def test_a_backer_on_a_phone_confirms_with_the_bank(browse, here, outbox):
    _, pledge = failed_at_the_close(here)
    ada = browse(phone=True, script=False)
    ada.visit(mailed(outbox, pledge)).look_closely()
    picture(ada, "fix-390")
    ada.sees("Nothing has left your account").click("Confirm with your bank")
    ada.choose("I cannot prove who I am: let it fail").click("Go on")
    come_back(ada)
    ada.sees("It did not work this time").look_closely()
    picture(ada, "fix-again-390")
    ada.click("Confirm with your bank").choose("I am who I say I am: let it pass").click("Go on")
    come_back(ada)
    assert ada.h1 == "Your card is in order"
    ada.sees("It worked. Thank you.").sees("£40 and a tip of £2 was taken from your card").look_closely()
    picture(ada, "fixed-390")
    here.minutes()
    assert here.states(pledge) == ["collected"]
    here.is_in_order()


def test_a_backer_on_a_phone_uses_another_card(browse, here, outbox):
    _, pledge = failed_at_the_close(here)
    ada = browse(phone=True, script=False)
    ada.visit(mailed(outbox, pledge)).click("Agree, and use another card")
    ada.fill("Card number", CARDS["works"].spaced).fill("Expiry date", "12/34").fill("Name on the card", "Ada Lovelace")
    ada.click("Save this card")
    come_back(ada)
    assert ada.h1 == "We are asking your bank"
    ada.look_closely()
    picture(ada, "asking-390")
    here.minutes()
    ada.click("See whether it worked")
    assert ada.h1 == "Your card is in order"
    here.is_in_order()


def test_a_backer_who_comes_too_late_or_with_an_old_link_is_told_so(browse, here, outbox):
    _, pledge = failed_at_the_close(here)
    link = mailed(outbox, pledge)
    ada = browse(phone=True, script=False)
    ada.visit(link.split("?")[0], status=403).look_closely()
    picture(ada, "old-link-390")
    ada.click("Send me a new link").look_closely()
    here.later(days=8)
    ada.visit(link).sees("The time to put it right is over.").look_closely()
    picture(ada, "too-late-390")


def test_officers_see_it_decide_with_four_eyes_and_pay(browse, here, app, make, outbox):
    campaign, _ = failed_at_the_close(here)
    desk = f"/en/staff/campaigns/{campaign.slug}/settlement"
    first, second, finance = browse(), browse(script=False), browse()
    sign_in_browser(first, app, make, here.officer)
    first.visit("/en/staff/campaigns/settlements").look_closely().click("A garden for Gillett Square")
    first.sees("Every card has been asked.").look_closely()
    picture(first, "collecting-1280")
    here.to_the_end_of_grace(campaign)
    here.minutes()
    for person, officer in ((first, here.officer), (second, here.second)):
        sign_in_browser(person, app, make, officer)
    first.visit(desk).sees("Too many cards failed.").look_closely()
    picture(first, "shortfall-1280")
    first.choose("Give backers more time").refused("Propose").look_closely()
    picture(first, "shortfall-errors-1280")
    first.visit(desk).choose("Pay out what has come together").fill("Why?", "With fewer trees it can be built.").click(
        "Propose"
    )
    first.sees("You proposed this, so another officer must decide.").look_closely()
    second.visit(desk).look_closely()
    picture(second, "decide-1280")
    second.click("Pay out what has come together").sees("Your decision is kept.").look_closely()
    here.minutes()
    second.visit(desk).sees("What the payment waits for").look_closely()
    picture(second, "paying-1280")
    here.later(days=8)
    sign_in_browser(finance, app, make, here.third)
    finance.visit(desk).look_closely()
    picture(finance, "requested-1280")
    finance.click("Release payments on the finance desk").look_closely()
    picture(finance, "finance-1280")
    here.release(campaign)
    finance.visit(desk).sees("The organisation was paid on").look_closely()
    picture(finance, "funded-1280")
    here.is_in_order()


@pytest.mark.parametrize("language", ["ar", "pl", "xx"])
def test_the_pages_in_every_language_and_on_a_narrow_screen(browse, here, app, make, outbox, language):
    campaign, pledge = failed_at_the_close(here)
    ada = browse(phone=True, script=False)
    ada.page.set_viewport_size({"width": 320, "height": 800})
    ada.visit(mailed(outbox, pledge).replace("/en/", f"/{language}/")).look_closely(seen.reflow_faults)
    picture(ada, f"fix-{language}-320")
    officer = browse()
    sign_in_browser(officer, app, make, here.officer)
    officer.page.set_viewport_size({"width": 320, "height": 800})
    here.to_the_end_of_grace(campaign)
    here.minutes()
    for path in ("settlements", f"{campaign.slug}/settlement"):
        sign_in_browser(officer, app, make, here.officer)
        officer.visit(f"/{language}/staff/campaigns/{path}").look_closely(seen.reflow_faults)
        picture(officer, f"{path.replace('/', '-')}-{language}-320")


def come_back(person: Any) -> None:
    """From the provider to the page on which the card is put right, by one press."""
    person.click("Continue")
    assert "/fix?" in person.path

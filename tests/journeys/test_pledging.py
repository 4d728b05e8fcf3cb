"""A backer on a phone, without script: pledges as a guest with a card that the bank asks about, raises, and cancels."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.core.money import GBP
from civic.crowdfund.models import Campaign, GiftAidDeclaration, Pledge
from civic.crowdfund.queries import figures
from civic.payments.sandbox.cards import CARDS
from tests.support import seen
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def here(app, address, monkeypatch) -> str:
    """People come back from the provider's page to where this worker's application is served."""
    monkeypatch.setitem(app.config, "BASE_URL", address)
    return address


@pytest.fixture
def campaign(shared, here, make) -> Campaign:
    campaign = make.campaign("live", slug="gillett-garden", target=GBP(1000), gift_aid=True)
    db.session.commit()
    return campaign


def picture(person: Any, name: str) -> None:
    """Keep what the page looks like, where somebody wants to see it."""
    if folder := os.environ.get("PICTURES"):
        person.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True, caret="initial")


def save_a_card(backer: Any, kind: str) -> None:
    """The sandbox's page, the bank's page where it asks, and back."""
    backer.fill("Card number", CARDS[kind].spaced).fill("Expiry date", "12/34").fill("Name on the card", "Ada Lovelace")
    if CARDS[kind].at_setup == "challenge":
        backer.click("Save this card").choose("I am who I say I am: let it pass")
        come_back(backer, "Go on")
    else:
        come_back(backer, "Save this card")


def come_back(backer: Any, button: str) -> None:
    """From the provider to the pledge: by one press more, or by itself where scripts run."""
    if backer.script:
        backer.expected = 200
        backer.find(button).click()
    else:
        backer.click(button)
        picture(backer, "return")
        backer.click("Continue")
    backer.page.wait_for_url("**/pledges/**")
    backer.check()


def the_pledge() -> Pledge:
    db.session.expire_all()
    return db.session.scalars(select(Pledge)).one()


@pytest.mark.parametrize("script", [False, True])
def test_a_guest_on_a_phone_pledges_raises_and_cancels(browse, campaign, run_jobs, script):
    ada = browse(phone=True, script=script)
    ada.visit("/en/campaigns/gillett-garden/pledges/new").look_closely()
    picture(ada, "form-390")
    ada.refused("Continue")
    picture(ada, "form-errors-390")
    ada.choose("Another amount").fill("Amount in pounds", "0.50").choose("With a name").fill("Name to show", "Ada L")
    ada.fill("A message", "Good luck").fill("Your email address", "ada@example.org").refused("Continue")
    ada.sees("The smallest pledge is £1").fill("Amount in pounds", "20").fill("A tip", "2").click("Continue")
    assert ada.h1 == "Gift Aid"
    picture(ada, "gift-aid-390")
    ada.choose("Yes, I declare this").refused("Continue").look_closely()
    picture(ada, "gift-aid-errors-390")
    ada.fill("First name", "Ada").fill("Last name", "Lovelace").fill("House number or name", "12 Rye Lane")
    ada.fill("Postcode", "se154qn").click("Continue")
    assert ada.h1 == "Check what you promise"
    ada.sees("I promise £20 and a tip of £2").look_closely()
    picture(ada, "check-390")
    ada.click("Save my card")
    save_a_card(ada, "challenge")
    ada.sees("You have promised £20 and a tip of £2. Nothing has left your account.").look_closely()
    picture(ada, "promised-390")
    assert figures.progress(campaign).pledged == GBP(20)
    assert db.session.query(GiftAidDeclaration).count() == 1

    ada.click("Raise or lower my pledge").fill("Your pledge", "50").click("Continue")
    picture(ada, "raise-390")
    ada.sees("stands until your card is saved").click("Save my card")
    ada.visit(f"/en/pledges/{the_pledge().public_id}").sees("You asked to raise it to £50 and a tip of £2")
    picture(ada, "raising-390")
    ada.click("Save my card")
    save_a_card(ada, "challenge")
    ada.sees("You have promised £50 and a tip of £2.")
    ada.click("Change How we show you").choose("Without a name").click("Save").sees("Without a name")
    ada.click("Receipt: what was and was not charged").look_closely()
    picture(ada, "receipt-390")
    ada.click("Back").click("Cancel my pledge").look_closely()
    picture(ada, "cancel-390")
    ada.click("Cancel my pledge").sees("You cancelled your promise of £50 and a tip of £2.").look_closely()
    picture(ada, "cancelled-390")
    assert figures.progress(campaign).pledged == GBP(0)
    run_jobs()
    names = db.session.scalars(select(OutgoingMessage.name).order_by(OutgoingMessage.id)).all()
    assert names == [f"crowdfund/pledge_{what}" for what in ("promised", "changed", "cancelled")]


def test_a_refused_card_is_tried_again_and_the_mailed_link_opens_the_pledge_elsewhere(browse, campaign, run_jobs):
    ada = browse(script=False)
    ada.visit("/en/campaigns/gillett-garden/pledges/new").choose("£25").choose("Without a name")
    ada.fill("Your email address", "ada@example.org").click("Continue").choose("No, without Gift Aid").click("Continue")
    ada.click("Save my card").click("Go back without saving a card")
    ada.sees("You have promised nothing yet, because your card has not been saved.").look_closely()
    picture(ada, "awaiting-1280")
    ada.click("Save my card")
    save_a_card(ada, "works")
    ada.sees("You have promised £25.")
    picture(ada, "promised-1280")
    run_jobs()
    message = db.session.scalars(select(OutgoingMessage)).one()
    link = next(word for word in message.text.split() if "/pledges/open/" in word)
    phone = browse(phone=True, script=False)
    phone.visit(f"/en/pledges/{the_pledge().public_id}").look_closely()
    assert phone.h1 == "Find your pledge"
    picture(phone, "find-390")
    phone.visit(link).look_closely().click("Open my pledge").sees("You have promised £25.")


@pytest.mark.parametrize("language", ["ar", "pl", "xx"])
def test_the_pages_of_a_pledge_in_every_language_and_on_a_narrow_screen(browse, campaign, make, app, language):
    ada = make.member(language=language)
    pledge = make.pledge(campaign, by=ada, tip=GBP(2), is_anonymous=False, shown_name="Ada L", message="Good luck")
    make.pledge(make.campaign("funded"), by=ada, status="collected")
    make.declaration(pledge)
    db.session.commit()
    backer = browse()
    sign_in_browser(backer, app, make, ada)
    backer.page.set_viewport_size({"width": 320, "height": 800})
    mine = f"/{language}/pledges/{pledge.public_id}"
    pages = (mine, f"{mine}/receipt", f"{mine}/amount", f"{mine}/name", f"{mine}/cancellation", f"{mine}/gift-aid")
    for path in (*pages, f"/{language}/account/pledges", f"/{language}/pledges/find"):
        backer.visit(path).look_closely(seen.reflow_faults)
        picture(backer, f"{language}-320{path.replace(pledge.public_id, 'mine').replace('/', '-')}")
    guest = browse(phone=True)
    guest.visit(f"/{language}/campaigns/gillett-garden/pledges/new").look_closely(seen.reflow_faults)
    picture(guest, f"{language}-form")

"""People come in: signing up by a link in a message, coming back, the second step of staff, a role given."""

import re

import pyotp
import pytest

from civic.core.db import db
from tests.make_accounts import PASSWORD
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


def link_in(message) -> str:
    """The address that the latest message leads to, without the host."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.text).group(1)


def test_a_londoner_signs_up_confirms_and_tells_a_little(browse, outbox):
    ada = browse()
    ada.visit("/en/sign-up").look_closely()
    ada.refused("Create my account").sees("Enter your email address.").look_closely()
    ada.fill("Email address", "ada@example.org").fill("Choose a password", "short")
    ada.refused("Create my account")
    assert ada.page.get_by_label("Email address", exact=True).input_value() == "ada@example.org"
    ada.fill("Choose a password", PASSWORD).click("Create my account")
    assert ada.h1 == "Look into your inbox"
    ada.visit(link_in(outbox()[-1])).look_closely()
    ada.click("Yes, confirm my address")
    assert ada.h1 == "Your profile"
    ada.look_closely()
    ada.fill("Display name", "Ada L").select("Your borough", "Lewisham").click("Save my profile")
    ada.sees("Hello, Ada L.").sees("Your profile is saved.").look_closely()
    ada.click("Sign out", within="main")
    ada.visit("/en/account", status=200)
    assert ada.h1 == "Sign in"
    ada.fill("Email address", "ada@example.org").fill("Password", PASSWORD).click("Sign in", within="main")
    assert ada.path == "/en/account"


def test_a_link_signs_in_without_a_password_once(browse, shared, make, outbox):
    make.member(email="bola@example.org", name="Bola")
    db.session.commit()
    bola = browse(script=False, phone=True)
    bola.visit("/en/sign-in").click("Send me a sign-in link")
    bola.fill("Email address", "bola@example.org").click("Send me the link")
    path = link_in(outbox()[-1])
    bola.visit(path)
    bola.page.locator("main button").first.click()
    bola.page.wait_for_load_state()
    assert bola.path == "/en/account"
    bola.click("Sign out", within="main").visit(path, status=410)


def test_a_member_of_staff_sets_up_the_second_step_and_passes_it(browse, shared, make):
    make.staff("researcher", second_step=False, email="rosa@london.example", name="Rosa")
    db.session.commit()
    rosa = browse()
    rosa.visit("/en/sign-in").fill("Email address", "rosa@london.example").fill("Password", PASSWORD).click(
        "Sign in", within="main"
    )
    rosa.look_closely()
    rosa.page.locator("main form button").first.click()
    rosa.page.wait_for_load_state()
    rosa.check().look_closely()
    rosa.fill("Six-digit code", "000000").refused("Finish the set-up")
    key = rosa.page.locator("main code").inner_text().replace(" ", "")
    rosa.fill("Six-digit code", pyotp.TOTP(key).now()).click("Finish the set-up")
    rosa.look_closely()
    assert rosa.page.locator("main code, main li").count() >= 8


def test_an_administrator_gives_a_role(browse, app, shared, make):
    make.member(name="Chidi", email="chidi@example.org")
    sofia = browse()
    sign_in_browser(sofia, app, make, make.administrator(name="Sofia"))
    sofia.visit("/en/staff/people").look_closely()
    sofia.click("Chidi").look_closely()
    sofia.refused("Give the role").look_closely()
    sofia.choose("Researcher").fill("Reason", "Joins the survey team").click("Give the role")
    sofia.sees("The role is given.").sees("Joins the survey team").look_closely()

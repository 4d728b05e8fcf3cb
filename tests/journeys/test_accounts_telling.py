"""What people choose to tell: the equality questions one by one, and an organisation up to its verification."""

import pytest

from civic.core.db import db
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("script", "phone"), [(True, False), (False, True)])
def test_somebody_answers_the_equality_questions_changes_one_and_deletes_all(browse, app, shared, make, script, phone):
    noor = browse(script=script, phone=phone)
    sign_in_browser(noor, app, make, make.member(name="Noor"))
    noor.visit("/en/account").click("Equality questions").look_closely()
    noor.refused("Continue").sees("Choose whether you want to answer").look_closely()
    noor.choose("Yes, answer the equality questions (takes 2 minutes)").click("Continue").look_closely()
    noor.refused("Continue").sees("Choose an answer").look_closely()
    noor.choose("No").click("Continue")
    assert noor.h1 == "What is your ethnic group?"
    noor.choose("Asian or Asian British").click("Continue")
    noor.sees("Which of the following best describes your Asian or Asian British background?").look_closely()
    noor.choose("Prefer not to say").click("Continue")
    noor.visit("/en/account/equality").sees("Prefer not to say").look_closely()
    noor.click("Change What is your ethnic group?").choose("Prefer not to say").click("Continue")
    assert noor.h1 == "Your equality answers"
    assert "background" not in noor.text
    noor.click("Delete my equality answers").sees("Your equality answers are deleted.")


def test_an_organisation_is_described_sent_and_verified(browse, app, shared, make):
    anna, officer = browse(), browse()
    sign_in_browser(anna, app, make, make.member(name="Anna"))
    sign_in_browser(officer, app, make, make.staff("funds_officer", name="Shanelle"))
    anna.visit("/en/account/organisations").look_closely().click("Add an organisation").look_closely()
    anna.refused("Add the organisation").sees("Enter the name of the organisation.").look_closely()
    anna.fill("Name of the organisation", "Creekside Growers").choose("Registered charity").click(
        "Add the organisation"
    ).look_closely()
    anna.refused("Send it for verification").sees("Enter the number under which it is registered.").look_closely()
    anna.fill("Registration number", "1199204").fill("How is it run?", "Seven trustees, elected each spring.")
    anna.click("Save the changes").click("Send it for verification").sees("We are looking at it").look_closely()
    officer.visit("/en/staff/organisations").look_closely().click("Creekside Growers").look_closely()
    officer.choose("Verify: the evidence shows that it is what it says").fill(
        "Evidence or reason", "Charity register, today."
    )
    officer.click("Record my decision").sees("Decided, and told to the owners.").look_closely()
    anna.visit(anna.path).sees("It can run campaigns.")


@pytest.mark.parametrize(
    "page", ["account", "account/profile", "account/devices", "account/organisations/new", "account/equality"]
)
def test_ones_own_pages_read_from_right_to_left(browse, app, shared, make, page):
    layla = browse(phone=True)
    user = make.member(name="ليلى منصور", language="ar")
    db.session.commit()
    sign_in_browser(layla, app, make, user)
    layla.visit(f"/ar/{page}").look_closely()

"""Somebody who reads differently: sets the site up, meets a barrier, tells of it, and is told what came of it."""

import pytest

from civic.core.db import db
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_makes_the_site_easier_and_it_stays_so(browse, script):
    noor = browse(script=script, phone=not script)
    noor.visit("/en/privacy").click("Make this site easier to use")
    if script:
        noor.look_closely()
    noor.choose("Double (200%)", within="Size of the text").choose("High contrast, dark", within="Colours")
    noor.choose("One question on a page", within="Surveys").click("Show me the site like this")
    assert noor.path == "/en/privacy"
    noor.sees("Saved. From now on we show you the site like this.")
    root = noor.page.locator("html")
    assert (root.get_attribute("data-text"), root.get_attribute("data-theme")) == ("200", "contrast-dark")
    noor.visit("/ar/")
    assert noor.page.locator("html").get_attribute("data-text") == "200"


def test_a_barrier_is_reported_answered_and_published(browse, app, make, outbox):
    moderator = make.staff("moderator", "administrator", name="Mo")
    db.session.commit()
    noor = browse()
    noor.visit("/en/cookies").click("Report a barrier")
    assert noor.page.get_by_label("Which page was it? (optional)").input_value() == "/en/cookies"
    noor.refused("Send my report").look_closely().sees("Tell us what happened.")
    noor.fill("What happened?", "The table has no header.").choose("By email").look_closely()
    noor.fill("Email address", "noor@example.org").click("Send my report")
    noor.sees("Your report has arrived").look_closely()
    mo = browse()
    sign_in_browser(mo, app, make, moderator)
    mo.visit("/en/staff").look_closely().sees("1 waiting").click("Barrier reports", within="main").look_closely()
    mo.click("Report 1").look_closely()
    mo.refused("Record and tell the person").look_closely()
    mo.choose("Start looking into it").fill("What should the person know?", "We are trying it.").click(
        "Record and tell the person"
    )
    mo.choose("Say that it is fixed").fill("What should the person know?", "It has one now.").click(
        "Record and tell the person"
    )
    mo.fill("Summary for the public register", "A table without a header.").choose(
        "Show this summary in the public register"
    )
    mo.click("Save the summary").look_closely()
    assert "It has one now." in outbox()[-1].text
    noor.visit("/en/barrier-reports").sees("A table without a header.").sees("Fixed").look_closely()
    for path in ("/en/staff/health?check=yes", "/en/staff/audit", "/en/account/data"):
        mo.visit(path).look_closely()
    mo.visit("/ar/staff/audit").look_closely()

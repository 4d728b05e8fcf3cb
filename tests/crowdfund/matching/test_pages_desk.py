"""A scheme from nothing to its end, as staff write, approve and run it; errors keep what was typed, and nobody overwrites a colleague."""

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.matching.actions import drafts, schemes
from civic.crowdfund.matching.models import MatchPlace, MatchScheme
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio

DESK = "/en/staff/match"


def of(scheme, rest=""):
    return f"{DESK}/{scheme.slug}{rest}"


@pytest.fixture
def officer(avenue, as_):
    return as_(avenue.officer)


@pytest.fixture
def mayor(avenue, as_):
    return as_(avenue.mayor)


@pytest.fixture
def draft(avenue):
    made = avenue.draft()
    db.session.commit()
    return made


@pytest.fixture
def proposed(avenue):
    campaign = avenue.live()
    made = avenue.draft()
    schemes.enrol(made, campaign, by=avenue.officer, now=avenue.now)
    drafts.propose(made, why="It doubles what neighbours give.", by=avenue.officer, now=avenue.now)
    db.session.commit()
    return avenue.scheme(made)


def test_a_scheme_from_nothing_to_its_end(avenue, officer, mayor):
    campaign = avenue.live()
    officer.get(DESK)
    officer.click("Begin a scheme")
    officer.submit(
        "Begin the scheme",
        title="Patrons of Hackney",
        summary="Patrons double gifts.",
        kind="ratio",
        ratio_pence_per_pound="0.50",
        ratio_per_gift="20",
    )
    page = officer.follow()
    assert page.path == of(made := db.session.query(MatchScheme).one(), "/payers/new")
    assert made.slug == "patrons-of-hackney" and made.formula == Ratio(50, per_gift=GBP(20))
    officer.submit("Save the funder", fund=str(avenue.fund.id), name="Patrons of Hackney", at_most="1,000")
    page = officer.follow()
    assert "Together there will be £1,000 in the pot." in page.text
    officer.get(of(made, "/campaigns"))
    officer.submit(f"Add {campaign.title}")
    assert "It has joined" in officer.follow().text
    officer.get(of(made))
    page = officer.click("Check and propose")
    assert "Patrons of Hackney" in page.text and "For each £1 that is given by card, £0.50 is added." in page.text
    officer.submit("Propose it", why="Neighbours asked for it.")
    page = officer.follow()
    assert "Waits for approval" in page.text and page.path == of(made)

    page = mayor.get(DESK)
    page = mayor.click("Patrons of Hackney")
    assert "Neighbours asked for it." in page.text and "£1,000 is set aside" in page.text
    page = mayor.submit("Approve it", number="")
    assert page.status == 422 and "Enter the number of the decision." in page.text
    mayor.submit("Approve it", number="DD2605")
    page = mayor.follow()
    assert "Running" in page.text and "DD2605" in page.text and "£1,000 of £1,000 is left in the pot." in page.text
    gift = avenue.gift(campaign, GBP(30))
    db.session.commit()

    page = officer.get(of(made))
    assert "£985 of £1,000 is left in the pot." in page.text and "Gift 1" in page.text
    officer.click("End the scheme")
    page = officer.submit("End the scheme", why=" ")
    assert page.status == 422 and "£985 in the pots was promised to nobody" in page.text
    officer.submit("End the scheme", why="The year is over.")
    page = officer.follow()
    assert "Ended" in page.text and "The year is over." in page.text and gift.amount == GBP(30)
    assert avenue.problems() == []


def test_the_list_is_empty_at_first_and_tells_what_stands(avenue, officer, mayor):
    assert "No schemes yet" in officer.get(DESK).text
    assert "Schemes that wait for your approval stand here." in mayor.get(DESK).text
    avenue.running(avenue.live())
    db.session.commit()
    assert "£1,000 of £1,000 left" in officer.get(DESK).text

"""Who pays for a draft, and which campaigns are in it: what was typed stays, and nobody overwrites a colleague."""

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.matching.actions import drafts, schemes
from civic.crowdfund.matching.models import MatchPlace
from tests.crowdfund.matching.desk import DESK, buttons, of

# Who pays.


def test_funders_come_change_and_go(avenue, officer, draft):
    trust = avenue.fund_of("Trust of Bow")
    db.session.commit()
    officer.get(of(draft, "/payers"))
    officer.click("Add a funder")
    officer.submit("Save the funder", fund=str(trust.id), name="Trust of Bow", at_most="250.50", spending="capital")
    page = officer.follow()
    assert "Together there will be £1,250.50 in the pot." in page.text and "Capital" in page.text
    officer.get(of(draft, "/payers/1"))
    officer.submit("Save the funder", at_most="500")
    page = officer.follow()
    assert "£750.50" in page.text
    officer.submit("Take off Patron 0")
    page = officer.follow()
    assert [(each.name, each.contribution) for each in avenue.scheme(draft).funders] == [("Trust of Bow", GBP(250.50))]
    officer.submit("Take off Trust of Bow")
    assert "Nobody pays yet" in officer.follow().text
    page = officer.get(of(draft, "/proposal"))
    assert "Then it can be proposed." in page.text and "Propose it" not in buttons(page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"at_most": "0"}, "Enter an amount in pounds"),
        ({"at_most": "100000001"}, "Enter an amount in pounds"),
        ({"name": ""}, "Enter the name of the funder."),
        ({"fund": "999999"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_with_a_funder_is_said_and_the_rest_stays(avenue, officer, draft, typed, words):
    known = {"fund": str(avenue.fund.id), "name": "Kept name", "at_most": "250", "spending": "revenue"}
    page = officer.post(of(draft, "/payers/new"), known | typed)
    assert page.status == 422 and words in page.text
    assert "Kept name" in page.html or "name" in typed


def test_a_list_of_funders_that_changed_is_not_overwritten(avenue, officer, draft):
    officer.get(of(draft, "/payers/1"))
    other = avenue.scheme(draft).funders[0]
    drafts.set_funders(draft, [drafts.Payer(other.pot.fund, "Renamed", GBP(9))], now=avenue.now)
    db.session.commit()
    page = officer.submit("Save the funder", at_most="77")
    assert page.status == 409 and "Renamed" in page.text and 'value="77"' in page.html
    page = officer.submit("Save the funder", at_most="77")
    assert page.status == 303 and avenue.scheme(draft).funders[0].contribution == GBP(77)
    officer.post(of(draft, "/payers/1/removal"), {"seen": "of yesterday"})
    assert "changed" in officer.follow().text and len(avenue.scheme(draft).funders) == 1


def test_whoever_runs_no_open_fund_is_told_what_is_missing(avenue, as_):
    manager = as_(avenue.make.staff("challenge_manager"))
    manager.get(f"{DESK}/new")
    manager.submit("Begin the scheme", title="Empty", kind="fixed", fixed_each="5", fixed_backers="1")
    page = manager.follow()
    assert "You run no fund that is open." in page.text


def test_there_is_no_thirteenth_funder(avenue, officer, draft):
    fund = avenue.scheme(draft).funders[0].pot.fund
    drafts.set_funders(draft, [drafts.Payer(fund, f"Patron {n}", GBP(n)) for n in range(1, 13)], now=avenue.now)
    db.session.commit()
    page = officer.get(of(draft, "/payers"))
    assert "as many funders as a scheme can have" in page.text and "Add a funder" not in page.text


# Campaigns.


def test_campaigns_are_found_by_words_added_and_taken_out(avenue, officer, draft):
    first, second = avenue.live(), avenue.live()
    first.title, second.title = "A pump track for Bow", "A kitchen for 100%_of us"
    avenue.make.campaign("delivered", title="A pump track that was")
    db.session.commit()
    page = officer.get(of(draft, "/campaigns"))
    assert first.title in page.text and second.title in page.text and "that was" not in page.text
    page = officer.get(of(draft, "/campaigns?words=bow+pump"))
    assert first.title in page.text and second.title not in page.text
    assert "No campaign found" in officer.get(of(draft, "/campaigns?words=%25%25")).text
    officer.get(of(draft, "/campaigns?words=100%25_"))
    officer.submit(f"Add {second.title}")
    page = officer.follow()
    assert f"It has joined: {second.title}." in page.text
    officer.click(f"Take it out {second.title}")
    page = officer.submit("Take it out", why="")
    assert page.status == 422 and "Say why." in page.text
    officer.submit("Take it out", why="Not in our borough.")
    officer.follow()
    assert db.session.query(MatchPlace).count() == 0
    assert officer.post(of(draft, "/campaigns"), {"campaign": "nowhere"}).status == 404


def test_what_cannot_join_is_refused_in_words(avenue, officer, draft):
    campaign, over = avenue.live(), avenue.make.campaign("delivered")
    schemes.enrol(draft, campaign, by=avenue.officer, now=avenue.now)
    db.session.commit()
    for each, words in ((campaign, "in the scheme already"), (over, "Only campaigns that take pledges now can join.")):
        officer.post(of(draft, "/campaigns"), {"campaign": each.slug})
        assert words in officer.follow().text


def test_what_has_been_matched_stays_until_it_closes(avenue, officer):
    matched, still = avenue.live(), avenue.live()
    scheme = avenue.running(matched, still)
    avenue.gift(matched, GBP(5))
    db.session.commit()
    page = officer.get(of(scheme, f"/campaigns/{matched.slug}/removal"))
    assert "It stays in the scheme until it closes." in page.text and "Take it out" not in buttons(page)
    assert officer.post(of(scheme, f"/campaigns/{matched.slug}/removal"), {"why": "No."}).status == 409
    page = officer.get(of(scheme, f"/campaigns/{still.slug}/removal"))
    assert "cannot join it again" in page.text
    officer.submit("Take it out", why="Its organiser asked.")
    assert officer.follow().status == 200
    assert officer.get(of(scheme, f"/campaigns/{still.slug}/removal")).status == 404
    assert avenue.problems() == []

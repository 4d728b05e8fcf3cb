"""What was noticed about gifts, at the desk: looked at, decided on, thought over; and gifts that a person decides not to match."""

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund import events
from civic.crowdfund.matching import listeners
from civic.crowdfund.matching.actions import schemes
from civic.crowdfund.matching.models import MatchSignal
from civic.grants.models import Award
from tests.crowdfund.matching.desk import DESK, buttons, join, of
from tests.crowdfund.matching.test_core_signals import CAPPED, look, same_card
from tests.support.sql import statements

NAMES = ("ada@example.org", "ben@example.org", "f-4929")
ON_CARD = "2 names stand on gifts of £40 from one card."


@pytest.fixture
def noticed(avenue):
    """A scheme in which one card gave under two names; nobody has looked yet."""
    campaign = avenue.live()
    scheme = avenue.running(campaign, formula=CAPPED)
    given = same_card(avenue, campaign, *NAMES[:2])
    db.session.commit()
    return scheme, campaign, given


@pytest.fixture
def signal(avenue, noticed):
    look(avenue, noticed[0])
    db.session.commit()
    return db.session.query(MatchSignal).one()


def test_looked_over_now_what_is_noticed_stands_in_the_list_once(officer, noticed):
    scheme, _, _ = noticed
    page = officer.get(of(scheme, "/signals"))
    assert "Nothing to look at" in page.text
    officer.submit("Look over all gifts now")
    page = officer.follow()
    assert "1 thing to look at is new." in page.text and "One card, several names" in page.text and ON_CARD in page.text
    officer.submit("Look over all gifts now")
    assert "Nothing new was noticed." in officer.follow().text
    assert "1 thing to look at" in officer.get(DESK).text
    assert ON_CARD in officer.get(of(scheme)).text
    assert "None of these" in officer.get(of(scheme, "/signals?show=upheld")).text
    assert ON_CARD in officer.get(of(scheme, "/signals?show=anything")).text


def test_a_signal_is_decided_with_a_reason_and_thought_over(avenue, officer, noticed, signal):
    scheme, campaign, _ = noticed
    officer.get(of(scheme, "/signals"))
    page = officer.click("One card, several names")
    assert (
        "Families and couples share cards too." in page.text and "Gift 1" in page.text and campaign.title in page.text
    )
    page = officer.submit("Keep my decision", why="They live together.")
    assert page.status == 422 and "Choose what you make of it." in page.text and "They live together." in page.html
    officer.submit("Keep my decision", verdict="dismiss", why="They live together.")
    page = officer.follow()
    assert (
        "Harmless" in page.text and "They live together." in page.text and "No gift is matched differently" in page.text
    )
    assert avenue.match(campaign) == GBP(40), "a decision moves no penny"
    page = officer.submit("Look at it again", why="")
    assert page.status == 422 and "Say why." in page.text
    officer.submit("Look at it again", why="They do not.")
    assert "To look at" in officer.follow().text
    officer.submit("Keep my decision", verdict="uphold", why="One person.")
    assert "As it looks" in officer.follow().text
    assert ON_CARD in officer.get(of(scheme, "/signals?show=upheld")).text
    page = officer.post(of(scheme, f"/signals/{signal.id}/decision"), {"verdict": "dismiss", "why": "Twice."})
    assert page.status == 409


def test_a_gift_is_left_out_and_counts_again(avenue, officer, client, noticed, signal):
    scheme, campaign, given = noticed
    officer.get(of(scheme, f"/signals/{signal.id}"))
    page = officer.click(f"Gift 2 {campaign.title}")
    assert page.path == of(scheme, f"/gifts/{given[1].id}")
    page = officer.submit("Do not match this gift", why=" ")
    assert page.status == 422 and avenue.match(campaign) == GBP(40)
    officer.submit("Do not match this gift", why="The same person as gift 1.")
    page = officer.follow()
    assert "The same person as gift 1." in page.text and avenue.match(campaign) == GBP(20)
    public = client.get(f"/en/campaigns/{campaign.slug}/match/{scheme.slug}").text
    assert "Our staff decided that this gift does not count here." in public and "same person" not in public
    assert officer.post(of(scheme, f"/gifts/{given[1].id}/exclusion"), {"why": "Twice."}).status == 409
    officer.get(of(scheme, f"/gifts/{given[1].id}"))
    officer.submit("Match it again", why="It was her sister.")
    assert "The gift is matched again." in officer.follow().text and avenue.match(campaign) == GBP(40)
    page = officer.get(of(scheme))
    assert "A gift was left out" in page.text and "It was her sister." in page.text
    assert avenue.problems() == []


def test_what_is_not_there_is_not_found(avenue, officer, noticed, signal):
    given = noticed[2]
    other = avenue.running(avenue.live())
    db.session.commit()
    for rest in (f"/signals/{signal.id}", f"/gifts/{given[0].id}", "/gifts/0", "/signals/0", f"/gifts/{2**63}"):
        assert officer.get(of(other, rest)).status == 404, rest


def test_a_closed_campaign_says_how_its_award_is_changed(avenue, officer, noticed):
    scheme, campaign, given = noticed
    listeners.closing(events.CampaignClosing(campaign.id, avenue.now))
    for each in given:
        avenue.becomes(each, status="charging")
        avenue.becomes(each, status="collected", collected_minor=each.amount_minor)
    listeners.secured(events.CampaignSecured(campaign.id, avenue.now))
    db.session.commit()
    award = db.session.query(Award).one()
    page = officer.get(of(scheme, f"/gifts/{given[0].id}"))
    assert "its award can be changed by a decision" in page.text and award.public_id in page.text
    assert not {"Do not match this gift"} & buttons(page)
    assert officer.post(of(scheme, f"/gifts/{given[0].id}/exclusion"), {"why": "Late."}).status == 409


def test_nobody_decides_about_a_campaign_of_their_own(avenue, officer, noticed, signal):
    scheme, campaign, given = noticed
    join(campaign, avenue.officer)
    for rest in (f"/signals/{signal.id}", f"/gifts/{given[0].id}"):
        page = officer.get(of(scheme, rest))
        assert "You stand behind a campaign that this is about" in page.text
        assert not {"Keep my decision", "Do not match this gift"} & buttons(page)
    why = {"verdict": "dismiss", "why": "Mine."}
    assert officer.post(of(scheme, f"/signals/{signal.id}/decision"), why).status == 403
    assert officer.post(of(scheme, f"/gifts/{given[0].id}/exclusion"), why).status == 403
    assert avenue.match(campaign) == GBP(40)


def test_what_was_paid_and_is_due_no_more_leads_to_the_award(avenue, officer, monkeypatch):
    monkeypatch.setattr("civic.grants.actions.telling.send", lambda *a, **k: None)
    campaign = avenue.live()
    scheme = avenue.running(campaign, contributions=(GBP(50),))
    gift = avenue.gift(campaign, GBP(30))
    listeners.closing(events.CampaignClosing(campaign.id, avenue.now))
    avenue.becomes(gift, status="charging")
    avenue.becomes(gift, status="collected", collected_minor=gift.amount_minor)
    listeners.secured(events.CampaignSecured(campaign.id, avenue.now))
    award = db.session.query(Award).one()
    avenue.plan(award)
    avenue.agree(award)
    avenue.pay(award)
    db.session.commit()
    assert "Paid, but less is due now" not in officer.get(of(scheme)).text
    avenue.becomes(gift, status="partly_refunded", collected_minor=10_00)
    db.session.commit()
    page = officer.get(of(scheme))
    assert "Paid, but less is due now" in page.text and "£20 is no longer in its pot" in page.text
    assert page.link(f"Ask it back {campaign.title}").href.endswith(award.public_id)
    assert avenue.problems() == []


def test_nothing_of_a_backer_stands_on_any_page_of_the_desk(avenue, officer, mayor, noticed, signal):
    scheme, campaign, given = noticed
    person = avenue.make.member(name="Wilhelmina Backer", email="wilhelmina@example.org")
    avenue.gift(campaign, GBP(5), by=person, email="wilhelmina@example.org")
    db.session.commit()
    pages = ("", "/campaigns", "/signals", f"/signals/{signal.id}", f"/gifts/{given[0].id}", "/end")
    for browser in (officer, mayor):
        for rest in pages:
            html = browser.get(of(scheme, rest)).html
            for secret in (*NAMES, "wilhelmina", "Wilhelmina", "f-4929"):
                assert secret not in html, (rest, secret)


def test_pages_cost_the_same_whatever_the_number_of_gifts(avenue, officer, noticed, signal):
    scheme, _, given = noticed
    others = [avenue.live() for _ in range(4)]
    for each in others:
        schemes.enrol(scheme, each, by=avenue.officer, now=avenue.now)
        avenue.gift(each, GBP(5))
    db.session.commit()
    ceilings = {"": 10, "/campaigns": 6, "/signals": 5, "/end": 5, "/signals/new": 10, "/gifts/first": 9}
    known = {"/signals/new": f"/signals/{signal.id}", "/gifts/first": f"/gifts/{given[0].id}"}
    addresses = {of(scheme, known.get(rest, rest)): most for rest, most in ceilings.items()} | {DESK: 5}
    for address, most in addresses.items():
        with statements() as asked:
            assert officer.get(address).status == 200
        asked.at_most(most)


def test_what_can_no_longer_be_decided_is_refused_before_the_words_are_judged(avenue, officer, noticed, signal):
    scheme, campaign, given = noticed
    assert officer.post(of(scheme, f"/signals/{signal.id}/reopening"), {}).status == 409
    assert officer.post(of(scheme, f"/gifts/{given[0].id}/inclusion"), {}).status == 409
    assert officer.post(of(scheme, f"/campaigns/{campaign.slug}/removal"), {}).status == 409
    officer.post(of(scheme, f"/signals/{signal.id}/decision"), {"verdict": "dismiss", "why": "A family."})
    assert officer.post(of(scheme, f"/signals/{signal.id}/decision"), {}).status == 409
    listeners.closing(events.CampaignClosing(campaign.id, avenue.now))
    db.session.commit()
    assert officer.post(of(scheme, f"/gifts/{given[0].id}/exclusion"), {}).status == 409

"""One person proposes a scheme, another approves it or sends it back; who cannot reads why."""

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.matching.actions import drafts
from civic.crowdfund.matching.queries.schemes import places_of
from tests.crowdfund.matching.desk import buttons, join, of


def test_money_that_is_missing_is_seen_before_and_refused_at_the_approval(avenue, officer, mayor, draft):
    fund = avenue.fund
    drafts.set_funders(draft, [drafts.Payer(fund, "Patrons", GBP(900_000))], now=avenue.now)
    db.session.commit()
    page = officer.get(of(draft, "/proposal"))
    assert "Not enough" in page.text and "It can be approved once the funds have the money." in page.text
    page = officer.submit("Propose it", why="")
    assert page.status == 422 and "Say why it should run." in page.text
    officer.submit("Propose it", why="Soon.")
    page = mayor.get(of(draft))
    assert "Not enough" in page.text
    page = mayor.submit("Approve it", number="DD7")
    assert page.status == 422 and "DD7" in page.html and avenue.scheme(draft).status == "proposed"
    assert "There is a problem" in page.text


def test_a_proposal_goes_back_with_words_and_comes_again(avenue, officer, mayor, proposed):
    mayor.get(of(proposed))
    page = mayor.submit("Send it back", reason="")
    assert page.status == 422 and "Say what should be changed." in page.text
    mayor.submit("Send it back", reason="At most £10 a gift, please.")
    assert mayor.follow().status == 200
    page = officer.get(of(proposed))
    assert "It came back:" in page.text and "At most £10 a gift, please." in page.text
    officer.get(of(proposed, "/proposal"))
    officer.submit("Propose it", why="Again.")
    officer.get(of(proposed))
    officer.submit("Take it back", reason="A typing error.")
    assert "Draft" in officer.follow().text


def test_an_approver_reads_why_they_cannot(avenue, as_, proposed):
    gradeless = as_(avenue.make.staff("approver")).get(of(proposed))
    assert "Approve it" not in buttons(gradeless) and "Send it back" in buttons(gradeless)
    assert gradeless.text.count("delegat") or gradeless.text.count("grade")
    join(places_of(proposed.id)[0].campaign, avenue.mayor)
    page = as_(avenue.mayor).get(of(proposed))
    assert "You stand behind a campaign" in page.text and not {"Approve it", "Send it back"} & buttons(page)


def test_nobody_approves_what_they_proposed(avenue, as_):
    both = avenue.make.staff("funds_officer", "approver")
    scheme = avenue.draft()
    drafts.propose(scheme, why="Mine.", by=both, now=avenue.now)
    db.session.commit()
    browser = as_(both)
    page = browser.get(of(scheme))
    assert "somebody else must approve it" in page.text and "Take it back" in buttons(page)
    assert browser.post(of(scheme, "/approval"), {"number": "DD1"}).status == 403


def test_what_is_proposed_is_written_no_more_and_what_runs_is_not_proposed(avenue, officer, mayor, proposed):
    for step in ("/edit/about", "/edit/rule", "/payers", "/payers/new", "/proposal"):
        page = officer.get(of(proposed, step))
        assert page.status == 303 and page.location.endswith(of(proposed)), step
    page = officer.post(of(proposed, "/edit/about"), {"title": "New", "language": "en", "seen": "x"})
    assert page.status == 409
    assert officer.post(of(proposed, "/proposal"), {"why": "Twice."}).status == 409
    assert officer.get(of(proposed, "/campaigns")).status == 303
    mayor.post(of(proposed, "/approval"), {"number": "DD2605"})
    assert avenue.scheme(proposed).status == "running"
    assert mayor.post(of(proposed, "/approval"), {"number": "DD2605"}).status == 403
    assert officer.get(of(proposed, "/discard")).status == 403


def test_a_scheme_that_nobody_pays_for_is_not_proposed(avenue, officer, draft):
    drafts.set_funders(draft, [], now=avenue.now)
    db.session.commit()
    page = officer.post(of(draft, "/proposal"), {"why": "It is good."})
    assert page.status == 409 and "Say who pays, and how much at most." in page.text

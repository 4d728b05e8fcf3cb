"""Comments on campaigns from the report to the appeal, on the pages where it happens."""

import pytest
import sqlalchemy as sa

from civic.accounts.models import User
from civic.core.db import db, transaction
from civic.crowdfund.actions import talk, totals
from civic.crowdfund.models import CampaignComment, CampaignTotal
from civic.moderation.models import Case

DESK = "/en/staff/moderation"
RUDE = "Whoever wrote this plan must be the biggest idiot in Walworth."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch, now):
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def said(make, now):
    """A rude comment by Joe."""
    author, campaign = make.resident(name="Joe"), make.campaign("live")
    with transaction():
        return talk.comment(campaign, text=RUDE, language="en", by=author, is_organiser=False, now=now)


def address(said):
    slug = db.session.scalar(sa.text("select slug from campaign where id = :id"), {"id": said.campaign_id})
    return f"/en/campaigns/{slug}/comments"


def counted(said):
    db.session.expire_all()
    assert list(totals.wrong_totals()) == []
    return db.session.get_one(CampaignTotal, said.campaign_id).comments


def case_of(said):
    return db.session.scalars(sa.select(Case).where(Case.thing == f"campaign_comment:{said.id}")).one()


def reported_and_removed(client, make, said):
    make.sign_in(client, make.resident())
    page = client.get(address(said))
    client.get(page.link("Report comment 1").href)
    client.submit("Send my report", {"rule": "abuse", "words": "It insults the organiser."})
    assert RUDE in client.follow().text
    make.sign_in(client, make.staff("moderator", name="Ann"))
    client.get(f"{DESK}/cases/{case_of(said).id}")
    client.submit("Decide", {"verb": "remove", "rule": "abuse", "words": "It insults."})


def test_report_removal_appeal_and_return(client, make, said):
    author = db.session.get_one(CampaignComment, said.id).author_id
    reported_and_removed(client, make, said)
    page = client.get(address(said))
    assert RUDE not in page.text and "A moderator removed this." in page.text and counted(said) == 0
    make.sign_in(client, db.session.get_one(User, author))
    page = client.get(address(said))
    assert page.link("Why, and what you can do")
    client.get(f"/en/account/moderation/{case_of(said).id}")
    client.submit("Send my appeal", {"words": "I meant the plan, not a person."})
    make.sign_in(client, make.staff("moderator", name="Bea"))
    client.get(f"{DESK}/cases/{case_of(said).id}")
    client.submit("Answer the appeal", {"verb": "restore", "words": "It can be read so."})
    assert RUDE in client.get(address(said)).text and counted(said) == 1


def test_a_removed_comment_is_changed_and_sent_again(client, make, said):
    reported_and_removed(client, make, said)
    author = db.session.get_one(User, said.author_id)
    make.sign_in(client, make.resident())
    edit = f"{address(said)}/1/edit"
    assert client.get(edit).status == 404 and client.post(edit, {"text": "x"}).status == 404
    make.sign_in(client, author)
    client.get(f"/en/account/moderation/{case_of(said).id}")
    client.click("Change it")
    assert client.submit("Send it again", {"text": RUDE}).status == 422
    assert client.submit("Send it again", {"text": "I do not understand this plan."}).status == 303
    case = case_of(said)
    assert case.status == "open" and case.is_resubmitted and counted(said) == 0
    make.sign_in(client, make.resident())
    assert "I do not understand this plan." not in client.get(address(said)).text
    make.sign_in(client, make.staff("moderator", name="Bea"))
    page = client.get(f"{DESK}/cases/{case.id}")
    assert "What it said before" in page.text and RUDE in page.text
    client.submit("Decide", {"verb": "keep", "words": "Better."})
    assert "I do not understand this plan." in client.get(address(said)).text and counted(said) == 1


def test_before_an_election_a_comment_waits_and_the_form_says_why(client, make, said):
    make.election_period(begins_in=-1)
    make.sign_in(client, make.resident(name="Zoe"))
    page = client.get(address(said))
    assert "Before the election, everything that is posted waits" in page.text and "London votes" in page.text
    client.submit("Post my comment", {"text": "Is there a step?"})
    page = client.follow()
    assert "Your comment waits for a moderator" in page.text
    assert "Only you can see this so far." in page.text and "Is there a step?" in page.text
    assert counted(said) == 1
    make.sign_in(client, make.resident())
    assert "Is there a step?" not in client.get(address(said)).text
    make.sign_in(client, make.staff("moderator"))
    client.get(f"{DESK}?show=waiting")
    case = db.session.scalars(sa.select(Case)).one()
    client.get(f"{DESK}/cases/{case.id}")
    client.submit("Decide", {"verb": "keep", "words": "Fine."})
    assert counted(said) == 2


def test_somebody_suspended_keeps_what_they_typed_and_is_told_why(client, make, said):
    person = make.resident(name="Zoe")
    make.suspension(person)
    make.sign_in(client, person)
    client.get(address(said))
    page = client.submit("Post my comment", {"text": "But I have something to say."})
    assert page.status == 422 and "You may not publish anything until" in page.error_of("text")
    assert "But I have something to say." in page.html


def test_nobody_is_offered_to_report_their_own_comment(client, make, said):
    make.sign_in(client, db.session.get_one(User, said.author_id))
    assert "Report comment" not in client.get(address(said)).text
    client.post(f"/en/reports/campaign_comment:{said.id}", {"rule": "abuse"})
    assert "These are your own words." in client.last.text

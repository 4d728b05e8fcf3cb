"""News, comments, following, and mail about them: who may, how often, who hears of it and how one stops."""

import re
from datetime import timedelta
from typing import Any

import pytest

from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.crowdfund.actions import talk as actions
from civic.crowdfund.actions import totals
from civic.crowdfund.models import CampaignTotal, Pledge
from civic.crowdfund.queries import talk
from civic.moderation.refusals import SaidBefore, TooFast
from tests.support.page import words_of


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def backed(campaign: Any, address: str, *, now: Any, name: str = "", user: Any = None, **facts: Any) -> Pledge:
    pledge = Pledge(
        public_id=f"p-{address}-{campaign.id}",
        campaign_id=campaign.id,
        user_id=user.id if user else None,
        email=address,
        language=facts.pop("language", "en"),
        amount_minor=2_000,
        is_anonymous=not name,
        shown_name=name,
        status=facts.pop("status", "authorised"),
        created_at=now,
        authorised_at=facts.pop("authorised_at", now),
        **facts,
    )
    db.session.add(pledge)
    db.session.flush()
    return pledge


def total(campaign: Any) -> CampaignTotal:
    db.session.expire_all()
    return db.session.get(CampaignTotal, campaign.id)


# Comments.


def test_a_member_asks_and_the_organiser_answers_in_the_thread(client, make):
    owner, fan = make.member(name="Amina"), make.member(name="Joe")
    campaign = make.campaign("live", owner=owner)
    make.sign_in(client, fan)
    client.get(f"/en/campaigns/{campaign.slug}/comments")
    client.submit("Post my comment", {"text": "Is there a step?"})
    page = client.follow()
    assert "Is there a step?" in page.text and "Joe" in page.text
    make.sign_in(client, owner)
    client.get(f"/en/campaigns/{campaign.slug}/comments/1/answers")
    client.submit("Post my answer", {"text": "No step at all."})
    page = client.follow()
    assert "answers number 1" in page.text and "Organiser" in page.text
    assert total(campaign).comments == 2
    assert "Is there a step?" in client.get(f"/en/campaigns/{campaign.slug}").text
    assert list(totals.wrong_totals()) == []


def test_an_answer_to_an_answer_stays_one_level_deep(make, now):
    fan, other, campaign = make.member(), make.member(), make.campaign("live")
    first = actions.comment(campaign, text="a", language="en", by=fan, is_organiser=False, now=now)
    second = actions.comment(campaign, text="b", language="en", by=other, is_organiser=False, now=now, answers=first)
    third = actions.comment(
        campaign, text="c", language="en", by=fan, is_organiser=False, now=now + timedelta(minutes=1), answers=second
    )
    assert (third.answers_id, third.position) == (first.id, 3)
    (thread,) = talk.comments(campaign).threads
    assert [each.position for each in thread.replies] == [2, 3]


def test_visitors_read_and_cannot_write(client, make):
    campaign = make.campaign("live")
    page = client.get(f"/en/campaigns/{campaign.slug}/comments")
    assert page.link("Sign in") and page.first("textarea") is None
    assert client.post(f"/en/campaigns/{campaign.slug}/comments", {"text": "hello"}, token=False).status in (
        303,
        400,
        403,
    )
    assert total(campaign).comments == 0


def test_a_member_without_a_name_is_told_what_is_missing(client, make):
    campaign = make.campaign("live")
    make.sign_in(client, make.member(name=None))
    assert client.get(f"/en/campaigns/{campaign.slug}/comments").link("Choose a display name")


@pytest.mark.parametrize("path", ["comments", "updates", "backers", "ledger", "updates/feed", "ledger.csv", "quiet"])
def test_nothing_of_a_campaign_that_was_never_launched_is_public(client, make, path):
    campaign = make.campaign("draft")
    assert client.get(f"/en/campaigns/{campaign.slug}/{path}").status == 404


def test_the_same_words_twice_and_words_within_seconds_are_refused(make, now):
    fan, campaign = make.member(), make.campaign("live")
    actions.comment(campaign, text="Lovely", language="en", by=fan, is_organiser=False, now=now)
    with pytest.raises(SaidBefore):
        actions.comment(
            campaign, text="  lovely ", language="en", by=fan, is_organiser=False, now=now + timedelta(days=1)
        )
    with pytest.raises(TooFast):
        actions.comment(
            campaign, text="More", language="en", by=fan, is_organiser=False, now=now + timedelta(seconds=9)
        )


def test_a_refused_comment_leaves_no_trace_in_the_count(client, make, now):
    fan, campaign = make.member(), make.campaign("live")
    with transaction():
        actions.comment(
            campaign, text="Lovely", language="en", by=fan, is_organiser=False, now=now - timedelta(hours=1)
        )
    make.sign_in(client, fan)
    client.get(f"/en/campaigns/{campaign.slug}/comments")
    page = client.submit("Post my comment", {"text": "Lovely"})
    assert page.status == 422 and "You have said this, or nearly this, before." in page.error_of("text")
    assert total(campaign).comments == 1


def test_a_comment_that_is_removed_leaves_its_place_and_the_count(client, make, now):
    fan, campaign = make.member(name="Joe"), make.campaign("live")
    with transaction():
        said = actions.comment(
            campaign, text="The neighbour at 12 is mad", language="en", by=fan, is_organiser=False, now=now
        )
        actions.show_comment(said.id, "removed", "personal_data")
    page = client.get(f"/en/campaigns/{campaign.slug}/comments")
    assert "neighbour at 12" not in page.text and "Joe" not in words_of(page.first("ol", class_="civic-comments"))
    assert "A moderator removed this." in page.text and "Somebody’s personal details" in page.text
    assert total(campaign).comments == 0 and list(totals.wrong_totals()) == []
    with transaction():
        actions.show_comment(said.id, "folded", "")
    page = client.get(f"/en/campaigns/{campaign.slug}/comments")
    assert "neighbour at 12" in words_of(page.first("details")) and total(campaign).comments == 1
    with transaction():
        actions.show_comment(said.id, "waiting", "")
    assert "neighbour at 12" not in client.get(f"/en/campaigns/{campaign.slug}/comments").text
    make.sign_in(client, fan)
    assert "neighbour at 12" in client.get(f"/en/campaigns/{campaign.slug}/comments").text
    assert total(campaign).comments == 0 and list(totals.wrong_totals()) == []


def test_what_is_out_of_sight_cannot_be_answered(client, make, now):
    fan, campaign = make.member(), make.campaign("live")
    with transaction():
        said = actions.comment(campaign, text="First", language="en", by=fan, is_organiser=False, now=now)
        actions.show_comment(said.id, "removed", "abuse")
    with pytest.raises(actions.CannotAnswer):
        actions.comment(
            campaign, text="Second", language="en", by=make.member(), is_organiser=False, now=now, answers=said
        )
    make.sign_in(client, make.member())
    assert client.get(f"/en/campaigns/{campaign.slug}/comments/1/answers").status == 404


def test_a_moderator_hides_a_backers_name_and_words_and_the_pledge_stands(client, make, outbox):
    campaign = make.campaign("live")
    pledge = make.pledge(
        campaign, status="authorised", is_anonymous=False, shown_name="Rude Word", message="Buy my pills"
    )
    address = f"/en/campaigns/{campaign.slug}"
    assert "Rude Word" in client.get(f"{address}/backers").text and "Buy my pills" in client.get(address).text
    assert client.get(f"{address}/backers/{pledge.id}/visibility").status in (302, 303)
    make.sign_in(client, make.staff("moderator"))
    client.get(f"{address}/backers/{pledge.id}/visibility")
    client.submit("Hide", {"why": "It advertises."})
    assert "Show again" in client.follow().text
    (letter,) = outbox()
    assert letter.to_address == pledge.email and "It advertises." in letter.text
    client.post("/en/sign-out", {})
    for page in (f"{address}/backers", address):
        assert "Rude Word" not in client.get(page).text and "pills" not in client.get(page).text
    db.session.refresh(pledge)
    assert pledge.status == "authorised" and total(campaign).backers == 1
    make.sign_in(client, make.staff("moderator"))
    client.get(f"{address}/backers/{pledge.id}/visibility")
    client.submit("Show again", {"why": "It was a joke among neighbours."})
    assert "Rude Word" in client.get(address).text


def test_long_threads_come_in_stretches(make, now):
    campaign, people = make.campaign("live"), [make.member() for _ in range(2)]
    for n in range(45):
        actions.comment(
            campaign, text=f"c{n}", language="en", by=people[n % 2], is_organiser=False, now=now + timedelta(minutes=n)
        )
    first = talk.comments(campaign, size=20)
    second = talk.comments(campaign, before=first.older, size=20)
    third = talk.comments(campaign, before=second.older, size=20)
    positions = [each.position for stretch in (first, second, third) for each in stretch.threads]
    assert positions == list(range(45, 0, -1)) and third.older is None


# Following and news.


def test_following_twice_is_following_once_and_can_be_stopped(client, make):
    fan, campaign = make.member(), make.campaign("live")
    make.sign_in(client, fan)
    client.get(f"/en/campaigns/{campaign.slug}")
    client.submit("Follow its news")
    client.follow()
    client.post(f"/en/campaigns/{campaign.slug}/follow")
    assert total(campaign).follows == 1
    client.get(f"/en/campaigns/{campaign.slug}")
    client.submit("Stop following")
    client.post(f"/en/campaigns/{campaign.slug}/follow", {"act": "stop"})
    assert total(campaign).follows == 0


def test_news_reaches_each_backer_and_follower_once_in_their_language(client, make, now, outbox, run_jobs):
    owner, both, fan = make.member(), make.member(), make.member(language="pl")
    campaign = make.campaign("live", owner=owner)
    backed(campaign, both.email, user=both, now=now)
    backed(campaign, "guest@example.org", now=now, language="pl")
    backed(campaign, "gone@example.org", now=now, status="cancelled")
    for person in (both, fan):
        actions.follow(campaign, by=person, now=now)
    make.sign_in(client, owner)
    client.get(f"/en/campaigns/{campaign.slug}/updates/new")
    client.submit("Publish and send", {"title": "Half way", "text": "We are **half way**."})
    assert "Half way" in client.follow().text
    run_jobs()
    letters = {each.to_address: each for each in outbox()}
    assert sorted(letters) == sorted([both.email, fan.email, "guest@example.org"])
    assert len(outbox()) == 3
    assert letters["guest@example.org"].language == letters[fan.email].language == "pl"
    assert "We are **half way**." in letters[both.email].text
    assert total(campaign).updates == 1


def test_the_link_in_a_mail_stops_news_and_nothing_else(client, make, now, outbox, run_jobs):
    owner = make.member()
    campaign = make.campaign("live", owner=owner)
    pledge = backed(campaign, "guest@example.org", now=now)
    with transaction():
        actions.post_update(campaign, title="One", text="First", language="en", by=owner, now=now)
    run_jobs()
    link = re.search(r"http://localhost(/en/campaigns/\S+/quiet\?t=\S+)", outbox()[0].text)
    assert link is not None
    assert client.get(link[1]).status == 200
    assert db.session.get(Pledge, pledge.id).quiet_at is None
    client.submit("Send me no more news")
    db.session.expire_all()
    assert db.session.get(Pledge, pledge.id).quiet_at is not None
    assert db.session.get(Pledge, pledge.id).status == "authorised"
    with transaction():
        actions.post_update(campaign, title="Two", text="Second", language="en", by=owner, now=now)
    run_jobs()
    assert len(outbox()) == 1


def test_a_forged_link_or_one_of_another_campaign_stops_nothing(client, make, now):
    from civic.core import tokens
    from civic.crowdfund.actions.news import QUIET

    campaign, other = make.campaign("live"), make.campaign("live")
    backed(campaign, "guest@example.org", now=now)
    with client.app.test_request_context():
        token = tokens.sign(QUIET, [other.id, "guest@example.org"])
    for bad in (token, "nonsense", ""):
        assert client.get(f"/en/campaigns/{campaign.slug}/quiet?t={bad}").status == 400
        assert client.post(f"/en/campaigns/{campaign.slug}/quiet", {"t": bad}).status == 400


def test_mending_news_says_so_and_writes_to_nobody(client, make, now, outbox, run_jobs):
    owner = make.member()
    campaign = make.campaign("live", owner=owner)
    with transaction():
        news = actions.post_update(campaign, title="Onne", text="First", language="en", by=owner, now=now)
    run_jobs()
    make.sign_in(client, owner)
    client.get(f"/en/campaigns/{campaign.slug}/updates/{news.id}/edit")
    client.submit("Save the changes", {"title": "One"})
    assert "changed since" in client.follow().text
    run_jobs()
    assert outbox() == []


def test_the_feed_of_news_is_inert_xml(client, make, now):
    campaign = make.campaign("live")
    actions.post_update(campaign, title="<b>A & B</b>", text="x", language="en", by=make.member(), now=now)
    answer = client.client.get(f"/en/campaigns/{campaign.slug}/updates/feed")
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in answer.text


@pytest.mark.parametrize("path", ["updates/new", "messages", "desk", "desk/backers"])
def test_strangers_find_no_desk(client, make, path):
    campaign = make.campaign("live")
    make.sign_in(client, make.member())
    assert client.get(f"/en/campaigns/{campaign.slug}/{path}").status == 404


# Messages to backers.


def test_a_message_reaches_backers_only_and_is_limited(client, make, now, outbox, run_jobs):
    owner, fan = make.member(), make.member()
    campaign = make.campaign("live", owner=owner)
    backed(campaign, "a@example.org", now=now)
    backed(campaign, "b@example.org", now=now, quiet_at=now)
    actions.follow(campaign, by=fan, now=now)
    totals.add(campaign.id, pledged_minor=4000, backers=2)
    make.sign_in(client, owner)
    page = client.get(f"/en/campaigns/{campaign.slug}/messages")
    assert "1 person gets your message." in page.text and "a@example.org" not in page.html
    client.submit("Send it to 1 person", {"subject": "Thank you", "text": "We begin in May."})
    assert "Thank you" in client.follow().text
    run_jobs()
    (letter,) = outbox()
    assert letter.to_address == "a@example.org" and "We begin in May." in letter.text and letter.subject == "Thank you"
    with transaction():
        actions.write_to_backers(campaign, subject="s", text="t", language="en", by=owner, now=now)
    with pytest.raises(actions.TooManyMessages):
        actions.write_to_backers(campaign, subject="s", text="t", language="en", by=owner, now=now)
    with transaction():
        actions.write_to_backers(campaign, subject="s", text="t", language="en", by=owner, now=now + timedelta(days=8))


def test_without_backers_there_is_nobody_to_write_to(make, now):
    with pytest.raises(CivicError):
        actions.write_to_backers(make.campaign("live"), subject="s", text="t", language="en", by=make.member(), now=now)


def test_many_backers_are_written_to_a_stretch_at_a_time_and_each_once(make, now, outbox, run_jobs, monkeypatch):
    monkeypatch.setattr("civic.crowdfund.actions.news.STRETCH", 4)
    campaign = make.campaign("live")
    for n in range(11):
        backed(campaign, f"b{n}@example.org", now=now)
    with transaction():
        actions.post_update(campaign, title="One", text="First", language="en", by=make.member(), now=now)
    run_jobs()
    assert sorted(each.to_address for each in outbox()) == sorted(f"b{n}@example.org" for n in range(11))


# Backers.


def test_only_those_who_agreed_are_named_and_nobodys_sum_is_shown(client, make, now):
    campaign = make.campaign("live")
    backed(campaign, "a@example.org", now=now, name="Maya P.", message="Go on!")
    backed(campaign, "b@example.org", now=now)
    backed(campaign, "c@example.org", now=now, name="Gone", status="cancelled")
    backed(campaign, "d@example.org", now=now, name="Loud", message="Buy pills", message_hidden_at=now)
    page = client.get(f"/en/campaigns/{campaign.slug}/backers")
    assert "Maya P." in page.text and "Go on!" in page.text
    for hidden in ("Gone", "@example.org", "£20", "Loud", "Buy pills"):
        assert hidden not in page.html

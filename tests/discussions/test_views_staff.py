"""The desk of discussions: topics, official threads and answers, order, what becomes of ideas; and who may do what."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core.db import db
from civic.core.manifest import ActivityFacts
from civic.discussions.actions.threads import answer_officially
from civic.discussions.models import Comment, Idea, Thread, Topic
from civic.discussions.queries.threads import thread_by_id
from tests.crowdfund.pictures import jpeg
from tests.discussions.talkers import the
from tests.support.client import PageClient
from tests.support.page import words_of

DESK = "/en/staff/discussions"
WHY = "It was decided on Monday."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def desk(app: Flask, make: Any) -> Any:
    """A member of staff at the desk, by roles."""

    def sit(*roles: str) -> PageClient:
        client = PageClient(app)
        make.sign_in(client, make.staff(*roles, name="Odette Mensah"))
        return client

    return sit


def fresh(row: Any) -> Any:
    db.session.expire_all()
    return db.session.get(type(row), row.id)


# Topics.


def test_a_researcher_adds_a_topic_with_an_address_made_of_its_name(desk):
    client = desk("researcher")
    client.get(DESK)
    client.click("Add a topic")
    page = client.submit("Save the topic", {"title": "Clean Air & Parks"})
    assert page.status == 422 and "Say what it is about." in page.error_of("summary") and "Clean Air" in page.html
    client.submit("Save the topic", {"summary": "What we breathe.", "waits": True, "pause_seconds": "120"})
    page = client.follow()
    assert "A moderator reads them first" in page.main and "2 minutes" in page.main and "Members and staff" in page.main
    topic = db.session.scalars(select(Topic)).one()
    assert (topic.slug, topic.waits, topic.pause_seconds, topic.members_open) == ("clean-air-parks", True, 120, True)


@pytest.mark.parametrize("slug", ["search", "feed", "Capital", "two--hyphens", "a b", "ü"])
def test_an_address_that_cannot_be_one_is_refused_at_its_field(desk, slug):
    client = desk("researcher")
    client.get(f"{DESK}/topics/new")
    page = client.submit("Save the topic", {"title": "Air", "summary": "Air.", "slug": slug})
    assert page.status == 422 and page.error_of("slug")


def test_two_topics_never_share_an_address(desk, make):
    make.topic(slug="air")
    client = desk("researcher")
    client.get(f"{DESK}/topics/new")
    page = client.submit("Save the topic", {"title": "Air", "summary": "Air.", "slug": "air"})
    assert page.status == 422 and page.error_of("slug")


def test_a_topic_is_changed_and_put_in_order(desk, make):
    first, second = make.topic(title="Air"), make.topic(title="Buses")
    client = desk("researcher")
    client.get(f"{DESK}/topics/{first.slug}/edit")
    client.submit("Save the topic", {"title": "Clean air", "members_open": False})
    assert "Staff only" in client.follow().main
    client.get(DESK)
    client.submit("Up Buses")
    page = client.follow()
    assert page.main.index("Buses") < page.main.index("Clean air")
    assert client.post(f"{DESK}/order", {"up": "nowhere"}).status == 303
    assert fresh(second).position < fresh(first).position


def test_a_topic_is_closed_and_opened_with_a_reason(desk, make):
    topic = make.topic()
    client = desk("researcher")
    client.get(f"{DESK}/topics/{topic.slug}")
    client.click("Close this topic")
    assert client.submit("Close this topic").error_of("why")
    client.submit("Close this topic", {"why": WHY})
    assert client.follow().link("Open this topic again") and fresh(topic).status == "closed"
    client.click("Open this topic again")
    client.submit("Open this topic again", {"why": WHY})
    assert client.follow().status == 200 and fresh(topic).status == "open"
    page = client.post(f"{DESK}/topics/{topic.slug}/closure", {"why": WHY, "act": "reopen"})
    assert page.status == 422 and page.errors


# Threads.


def test_a_researcher_asks_an_official_question(desk, make):
    topic = make.topic()
    client = desk("researcher")
    client.get(f"{DESK}/topics/{topic.slug}")
    client.click("Open a thread for City Hall")
    page = client.submit("Open the thread", {"title": "How do you keep cool?"})
    assert (
        page.status == 422
        and "Choose what it is." in page.errors
        and page.error_of("as_role")
        and "keep cool" in page.html
    )
    client.submit("See how it will look", {"kind": "question", "text": "A **plan**.", "as_role": "Head of Heat"})
    assert "It is not posted yet" in client.last.main
    client.submit("Open the thread")
    page = client.follow()
    assert "Odette Mensah, Head of Heat" in page.main and "Official question" in page.main
    public = client.click("See its page")
    assert public.h1 == "How do you keep cool?" and "Head of Heat" in public.main


def test_a_moderator_takes_no_more_comments_and_takes_them_again(desk, make):
    thread = make.thread()
    client = desk("moderator")
    client.get(f"{DESK}/threads/{thread.id}")
    client.click("Take no more comments")
    assert client.submit("Take no more comments").error_of("why")
    client.submit("Take no more comments", {"why": WHY})
    page = client.follow()
    assert WHY in page.main and fresh(thread).status == "locked"
    client.click("Take comments again")
    client.submit("Take comments again", {"why": "New facts."})
    assert client.follow().status == 200 and fresh(thread).status == "open"


def test_a_moderator_moves_a_thread(desk, make):
    thread, to = make.thread(), make.topic(title="Buses")
    client = desk("moderator")
    client.get(f"{DESK}/threads/{thread.id}")
    client.click("Move it")
    page = client.submit("Move the thread", {"why": WHY})
    assert page.status == 422 and "in this topic already" in page.error_of("topic") and WHY in page.html
    client.submit("Move the thread", {"topic": to.slug})
    assert "Buses" in client.follow().main and fresh(thread).topic_id == to.id
    assert client.post(f"{DESK}/threads/{thread.id}/move", {"topic": "nowhere", "why": WHY}).status == 422


def test_an_official_answer_is_given_once_and_can_be_taken_back(desk, make):
    thread = make.thread(title="What about the ferry?")
    client = desk("funds_officer")
    client.get(f"{DESK}/threads/{thread.id}")
    client.click("Write it")
    page = client.submit("Post the official answer", {"text": "It comes in May."})
    assert page.status == 422 and page.error_of("as_role") and "It comes in May." in page.html
    client.submit("Post the official answer", {"as_role": "Head of Rivers"})
    page = client.follow()
    assert page.main.index("It comes in May.") < page.main.index("Comments") and "Head of Rivers" in page.main
    assert client.get(f"{DESK}/threads/{thread.id}/answer").status == 303
    page = client.post(f"{DESK}/threads/{thread.id}/answer", {"text": "Again.", "as_role": "x", "language": "en"})
    assert page.status == 422 and page.errors and "Again." in page.html
    client.get(f"{DESK}/threads/{thread.id}")
    client.click("Take the answer back")
    client.submit("Take the answer back", {"why": WHY})
    assert "None yet" in client.follow().main and fresh(thread).answer_id is None


@pytest.mark.parametrize(("place", "post"), [("answer", "Post the official answer"), ("thread", "Open the thread")])
def test_what_the_city_says_has_pictures_with_words_for_them(desk, make, place, post):
    thread = make.thread()
    client = desk("researcher")
    path = f"threads/{thread.id}/answer" if place == "answer" else f"topics/{thread.topic.slug}/threads/new"
    assert "It is not posted yet" not in client.get(f"{DESK}/{path}").main
    picture = {"picture": [(BytesIO(jpeg((300, 200)).getvalue()), "bridge.jpg", "image/jpeg")]}
    page = client.submit(
        "Put the picture into my text", picture | {"text": "As it will be.", "as_role": "Head of Rivers"}
    )
    assert page.status == 422 and page.error_of("alt") and "As it will be." in page.html
    picture = {"picture": [(BytesIO(jpeg((300, 200)).getvalue()), "bridge.jpg", "image/jpeg")]}
    page = client.submit("Put the picture into my text", picture | {"alt": "The new bridge"})
    assert page.status == 200 and "It is not saved yet." in page.main and "Head of Rivers" in page.html
    client.submit(post, {"kind": "question", "title": "Which bridge?"} if place == "thread" else {})
    opened = the(Thread)
    page = client.get(f"/en/discussions/{thread.topic.slug}/{opened.id}")
    assert page.first("img", alt="The new bridge") is not None


def test_a_survey_stands_in_a_thread_as_its_own_package_tells_of_it(app, desk, make, monkeypatch):
    from types import SimpleNamespace

    facts = ActivityFacts(3, "How warm is your home?", "en", "/en/surveys/heat", None, None, True, 1204)
    survey = SimpleNamespace(load=lambda numbers: {3: facts}, choices=lambda: [(3, "How warm is your home?")])
    monkeypatch.setitem(app.extensions["civic"].activities, "survey", survey)
    thread = make.thread()
    client = desk("researcher")
    client.get(f"{DESK}/threads/{thread.id}/poll")
    client.submit("Save", {"poll": "survey:3"})
    assert client.follow().link("How warm is your home?").href == "/en/surveys/heat"
    page = PageClient(app).get(f"/en/discussions/{thread_by_id(thread.id).topic.slug}/{thread.id}")
    assert "A survey belongs to this thread" in page.main and "1,204 people answered" in page.main
    assert client.post(f"{DESK}/threads/{thread.id}/poll", {"poll": "survey:9"}).status == 422
    client.get(f"{DESK}/threads/{thread.id}/poll")
    client.submit("Save", {"poll": ""})
    assert client.follow().status == 200 and fresh(thread).poll == ""


# Ideas.


def test_what_becomes_of_an_idea_is_said_with_a_reason(desk, make):
    thread = make.thread(kind="ideas")
    idea = make.idea(thread, title="Six lime trees")
    client = desk("approver")
    client.get(f"{DESK}/threads/{thread.id}")
    client.click("Six lime trees")
    page = client.submit("Tell everybody", {"verb": "decline", "as_role": "Head of Parks"})
    assert page.status == 422 and "deserves a reason" in page.error_of("reason") and "Head of Parks" in page.html
    client.submit("Tell everybody", {"reason": "Pipes lie below."})
    page = client.follow()
    assert page.h1 == "Six lime trees" and "Not taken up" in page.main and "Pipes lie below." in page.main
    assert fresh(idea).status == "not_taken_up"


def test_only_what_may_follow_is_offered(desk, make):
    thread = make.thread(kind="ideas")
    idea = make.idea(thread)
    client = desk("researcher")
    page = client.get(f"{DESK}/threads/{thread.id}/ideas/1")
    assert "Open it again" not in page.main
    sent = {"verb": "reopen", "reason": "x", "as_role": "x", "language": "en"}
    assert client.post(f"{DESK}/threads/{thread.id}/ideas/1", sent).status == 422
    assert fresh(idea).status == "open"
    for position in ("2", "99999999999"):
        assert client.get(f"{DESK}/threads/{thread.id}/ideas/{position}").status == 404


# Who may.

ACTS = {
    "topics/new": {"researcher", "administrator"},
    "topics/{topic}/edit": {"researcher", "administrator"},
    "topics/{topic}/closure": {"researcher", "administrator"},
    "topics/{topic}/threads/new": {"researcher", "administrator"},
    "threads/{number}/poll": {"researcher", "administrator"},
    "threads/{number}/lock": {"moderator", "administrator"},
    "threads/{number}/move": {"moderator", "administrator"},
    "threads/{number}/answer": {"researcher", "funds_officer", "approver", "challenge_manager", "administrator"},
    "threads/{number}/ideas/1": {"researcher", "funds_officer", "approver", "challenge_manager", "administrator"},
}


@pytest.mark.parametrize(
    "role", ["researcher", "moderator", "funds_officer", "approver", "assessor", "finance_officer", "administrator"]
)
def test_each_role_does_its_own_and_sees_no_button_for_the_rest(desk, make, role):
    thread = make.thread(kind="ideas")
    make.idea(thread)
    client, places = desk(role), {"topic": thread.topic.slug, "number": thread.id}
    for path, roles in ACTS.items():
        assert client.get(f"{DESK}/{path.format(**places)}").status == (200 if role in roles else 403), path
    if role in ("assessor", "finance_officer"):
        assert client.get(DESK).status == 403
        return
    page = client.get(f"{DESK}/threads/{thread.id}")
    offered = {each.text for each in page.links}
    assert any(each.startswith("Write it") for each in offered) is (role in ACTS["threads/{number}/answer"])
    assert any(each.startswith("Take no more comments") for each in offered) is (role in ACTS["threads/{number}/lock"])


def test_the_desk_tells_of_a_survey_that_is_not_public_and_of_what_is_out_of_sight(desk, make, now):
    thread = make.thread(by=make.staff("researcher"), kind="question")
    make.comment(thread)
    answer_officially(thread, text="In May.", language="en", as_role="Head", by=make.staff(), now=now)
    db.session.get(Thread, thread.id).poll = "survey:77"
    page = desk("researcher").get(f"{DESK}/threads/{thread.id}")
    assert "Not public yet" in page.main and words_of(page.first("h1")) == thread.title
    assert db.session.scalars(select(Comment).where(Comment.is_official)).one().as_role == "Head"
    assert db.session.scalars(select(Idea)).first() is None

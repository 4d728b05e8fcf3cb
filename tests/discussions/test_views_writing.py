"""Writing in discussions: who may, and what is kept whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.discussions.actions import threads
from civic.discussions.models import (
    Comment,
    CommentDraft,
    Thread,
    ThreadFollow,
)
from civic.discussions.queries.threads import thread_by_id
from tests.discussions.talkers import WORDS, at, count, signed_in, the
from tests.make_accounts import PASSWORD
from tests.support.client import PageClient
from tests.support.page import words_of

NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "<a href='vbscript:x'>x</a>",
    '"><svg/onload=alert(1)>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](https://example.com \"onmouseover='alert(1)'\")",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "`<b onclick=x>`",
    "[a]: javascript:alert(1)\n[a]",
    "<details open ontoggle=alert(1)>",
    "‮gnp.exe",
)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


# Saying something.


def test_a_member_comments_and_follows(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member(name="Joe"))
    client.get(at(thread))
    client.submit("Post my comment", {"text": WORDS, "language": "en"})
    page = client.follow()
    assert WORDS in page.main and "1 comment" in page.main and "Joe" in page.main
    assert count(ThreadFollow) == 2 and page.link("Write a comment")


def test_following_is_a_choice(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    client.submit("Post my comment", {"text": WORDS, "follow": False})
    assert client.follow().status == 200 and count(ThreadFollow) == 1


def test_an_answer_says_whom_it_answers_and_may_quote(app, make):
    thread = make.thread()
    make.comment(thread, text="It shakes in the wind.", by=make.settled_member(name="Amina"))
    client = signed_in(app, make, make.settled_member(name="Joe"))
    client.get(at(thread))
    page = client.click("Quote Comment 1")
    assert page.h1 == "Answer comment 1" and "It shakes in the wind." in page.main
    client.submit("Post my answer", {"text": WORDS})
    page = client.follow()
    said = words_of(page.ids["comment-2"])
    assert "answers 1, Amina" in said and "It shakes in the wind." in said
    assert the(Comment).quotes == 1 and the(Comment).answers_id is not None


@pytest.mark.parametrize("answers", ["99", "0", "-1", "x", "1e3", "9" * 40])
def test_nobody_answers_what_is_not_there(app, make, answers):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    assert client.get(f"{at(thread)}/reply?answers={answers}").status == 404
    assert client.post(f"{at(thread)}/comments", {"text": WORDS, "language": "en", "answers": answers}).status == 404
    assert count(Comment) == 0


def test_an_idea_has_a_title(app, make):
    thread = make.thread(kind="ideas")
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    page = client.submit("Post my idea", {"text": WORDS})
    assert (
        page.status == 422 and page.error_of("title") == "Error: Say your idea in a few words." and WORDS in page.html
    )
    client.submit("Post my idea", {"title": "Longer green"})
    assert client.follow().h1 == "Longer green"


def test_a_member_opens_a_discussion(app, make):
    topic = make.topic()
    client = signed_in(app, make, make.settled_member())
    client.get(f"/en/discussions/{topic.slug}")
    client.click("Begin a discussion")
    page = client.submit("Begin this discussion", {"text": WORDS})
    assert page.status == 422 and "Write a title." in page.error_of("title") and WORDS in page.html
    client.submit("Begin this discussion", {"title": "Green light"})
    page = client.follow()
    assert page.h1 == "Green light" and WORDS in page.main and the(Thread).kind == "discussion"


def test_members_open_nothing_where_the_topic_does_not_let_them(app, make):
    topic = make.topic(members_open=False)
    client = signed_in(app, make, make.settled_member())
    page = client.get(f"/en/discussions/{topic.slug}")
    assert not [each for each in page.links if each.text == "Begin a discussion"]
    assert client.get(f"/en/discussions/{topic.slug}/new").status == 303
    page = client.post(f"/en/discussions/{topic.slug}", {"title": "Mine", "text": WORDS, "language": "en"})
    assert page.status == 409 and WORDS in page.html and count(Thread) == 0


def test_nobody_chooses_what_the_form_does_not_offer(app, make):
    topic = make.topic()
    client = signed_in(app, make, make.settled_member())
    sent = {
        "title": "A",
        "text": WORDS,
        "language": "en",
        "kind": "question",
        "as_role": "Mayor",
        "shown": "shown",
        "author_id": "1",
    }
    assert client.post(f"/en/discussions/{topic.slug}", sent).status == 303
    thread = thread_by_id(the(Thread).id)
    assert (thread.kind, thread.as_role) == ("discussion", "")
    sent = {
        "text": f"{WORDS} Twice.",
        "language": "en",
        "is_official": "y",
        "as_role": "Mayor",
        "position": "77",
        "supports": "9",
    }
    assert client.post(f"{at(thread)}/comments", sent, environ_base={"REMOTE_ADDR": "127.0.0.9"}).status in (303, 422)
    assert all(not each.is_official and each.supports == 0 for each in db.session.scalars(select(Comment)))


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "x" * 10_001])
def test_no_words_and_too_many_are_refused_with_everything_typed(app, make, text):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    page = client.submit("Post my comment", {"text": text, "language": "pl"})
    assert page.status == 422 and page.error_of("text") and count(Comment) == 0
    assert [each for each in page.all("option") if each.get("selected") is not None and each.get("value") == "pl"]


def test_what_moderation_refuses_stays_typed_and_kept(app, make):
    thread, member = make.thread(), make.settled_member()
    client = signed_in(app, make, member)
    client.get(f"{at(thread)}/reply")
    client.submit("Post my comment", {"text": WORDS})
    client.get(f"{at(thread)}/reply")
    page = client.submit("Post my comment", {"text": f"{WORDS} Once more, please."})
    assert page.status == 422 and page.error_of("text") and "Once more, please." in page.html
    assert count(Comment) == 1 and the(CommentDraft).text.endswith("Once more, please.")


def test_in_a_topic_that_waits_the_author_is_told(app, make):
    thread = make.thread(make.topic(waits=True), by=make.staff())
    client = signed_in(app, make, make.settled_member())
    page = client.get(f"{at(thread)}/reply")
    assert "a moderator reads everything before it is shown" in page.main
    client.submit("Post my comment", {"text": WORDS})
    page = client.follow()
    assert "A moderator reads it before others see it" in page.main and "Only you can see this so far" in page.main
    assert WORDS not in PageClient(app).get(at(thread)).html


def test_a_thread_that_is_locked_meanwhile_keeps_the_words_as_a_draft(app, make, now):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    threads.lock_thread(thread, why="Enough.", by=make.staff("moderator"), now=now)
    page = client.submit("Post my comment", {"text": WORDS})
    assert page.status in (409, 422) and WORDS in page.html and count(Comment) == 0


@pytest.mark.parametrize("words", NASTY)
def test_nothing_that_is_typed_runs(app, make, words):
    topic = make.topic()
    client = signed_in(app, make, make.settled_member())
    client.get(f"/en/discussions/{topic.slug}/new")
    client.submit("Begin this discussion", {"title": words, "text": words})
    assert_inert(client.follow())
    assert_inert(client.get(f"/en/discussions/{topic.slug}"))
    assert_inert(client.get(f"{at(thread_by_id(the(Thread).id))}/edit"))


def assert_inert(page: Any) -> None:
    """Checked by the page client for inline scripts and handlers; here for addresses that run."""
    assert page.status == 200
    for each in page.all("a", "img", "form", "iframe", "object", "svg", "details"):
        for name in ("href", "src", "action", "data", "onclick", "onload", "ontoggle"):
            assert not (each.get(name) or "").lower().startswith(("javascript:", "data:", "vbscript:")), each.attrib
    assert not [each for each in page.all("script") if not each.get("src")]


# Looking first, keeping for later, coming back.


def test_a_preview_shows_the_words_and_posts_nothing(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    page = client.submit("See how it will look", {"text": "So **bold** it is.\n\n# A heading", "language": "pl"})
    assert page.status == 200 and "It is not posted yet" in page.main and count(Comment) == 0
    preview = page.all("section", class_="civic-preview")[0]
    assert [words_of(each) for each in preview.iter("strong")] == ["bold"] and "So **bold** it is." in page.html
    assert [each for each in preview.iter() if each.get("lang") == "pl"]
    client.submit("Post my comment")
    assert client.follow().status == 200 and the(Comment).language == "pl"


def test_what_is_kept_for_later_waits_in_its_place(app, make):
    thread, member = make.thread(title="The bridge"), make.settled_member()
    first = make.comment(thread)
    client = signed_in(app, make, member)
    client.get(f"{at(thread)}/reply?answers={first.position}")
    client.submit("Keep it for later", {"text": WORDS, "language": "pl"})
    page = client.follow()
    assert page.h1 == "Your discussions" and WORDS in page.main and "An answer to comment 1" in page.main
    page = client.click("The bridge")
    assert WORDS in page.html and "Nobody has seen it yet" in page.main
    client.submit("Post my answer")
    assert client.follow().status == 200 and count(CommentDraft) == 0 and the(Comment).answers_id == first.id


def test_a_draft_below_the_thread_is_there_again(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(at(thread))
    client.submit("Keep it for later", {"text": WORDS})
    page = client.get(at(thread))
    assert WORDS in page.html and "Nobody has seen it yet" in page.main


def test_a_draft_can_be_thrown_away_by_whom_it_belongs_to_alone(app, make):
    thread, member = make.thread(), make.settled_member()
    client = signed_in(app, make, member)
    client.get(f"{at(thread)}/reply")
    client.submit("Keep it for later", {"text": WORDS})
    other = signed_in(app, make, make.settled_member())
    assert other.post(f"/en/account/discussions/drafts/{the(CommentDraft).id}/deletion").status == 404
    client.follow()
    client.submit(f"Throw it away {thread.title}")
    assert "The draft is gone." in client.follow().main and count(CommentDraft) == 0


def test_whoever_writes_before_signing_in_finds_the_words_again(app, make):
    thread, member = make.thread(), make.settled_member(name="Joe")
    client = PageClient(app)
    client.get(at(thread))
    page = client.click("Write a comment")
    assert "ask you to sign in" in page.main
    client.submit("Post my comment", {"text": WORDS, "language": "pl"})
    page = client.follow()
    assert page.h1 == "Sign in" and "Your words are kept" in page.main and count(Comment) == 0
    client.submit("Sign in", {"email": member.email, "password": PASSWORD})
    page = client.follow()
    assert WORDS in page.html and "Nobody has seen it yet" in page.main
    client.submit("Post my comment")
    assert WORDS in client.follow().main and the(Comment).author_id == member.id and the(Comment).language == "pl"
    assert count(CommentDraft) == 0


def test_words_written_before_signing_in_belong_to_one_browser_and_one_day(app, make, now, monkeypatch):
    thread, member = make.thread(), make.settled_member()
    mine, another = PageClient(app), PageClient(app)
    mine.get(f"{at(thread)}/reply")
    mine.submit("Post my comment", {"text": WORDS})
    for client, hours in ((another, 1), (mine, 25)):
        later = now + timedelta(hours=hours)
        monkeypatch.setattr("civic.core.clock.now", lambda later=later: later)
        client.get("/en/sign-in")
        client.submit("Sign in", {"email": member.email, "password": PASSWORD})
        assert WORDS not in client.get(f"{at(thread)}/reply").html


def test_a_page_that_was_open_for_too_long_gives_the_words_back(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    for path, sent in (
        (f"{at(thread)}/comments", {"text": WORDS, "language": "pl"}),
        (f"/en/discussions/{thread.topic.slug}", {"title": "Mine", "text": WORDS, "language": "pl"}),
    ):
        page = client.post(path, {**sent, "csrf_token": "stale"})
        assert page.status == 400 and WORDS in page.html and "open for too long" in page.main
        assert page.title.startswith("Error:")
    assert count(Comment) == 0 and count(Thread) == 1 and count(CommentDraft) == 0
    assert client.post(f"{at(thread)}/comments", {"text": WORDS, "answers": "7", "csrf_token": "stale"}).status == 400
    page = client.post(f"{at(thread)}/supports", {"comment": "1", "csrf_token": "stale"}, checked=False)
    assert page.status == 400


def test_a_change_that_was_open_for_too_long_comes_back_to_its_author_alone(app, make):
    author = make.settled_member()
    thread = make.thread(by=author)
    comment = make.comment(thread, by=author, now=thread.created_at + timedelta(hours=1))
    for path in (f"{at(thread)}/comments/{comment.position}/edit", f"{at(thread)}/edit"):
        sent = {"title": "Mine", "text": WORDS, "language": "pl", "csrf_token": "stale"}
        page = signed_in(app, make, author).post(path, sent)
        assert page.status == 400 and WORDS in page.html and "open for too long" in page.main
        page = signed_in(app, make, make.settled_member()).post(path, sent)
        assert page.status == 400 and WORDS not in page.html
    assert WORDS not in (the(Comment).text, the(Thread).text)


def test_somebody_without_a_name_keeps_the_words_and_is_told_what_is_missing(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.member(name=None))
    assert "choose a display name" in client.get(at(thread)).main
    client.get(f"{at(thread)}/reply")
    client.submit("Post my comment", {"text": WORDS})
    page = client.follow()
    assert "Your words are kept." in page.main and count(Comment) == 0 and the(CommentDraft).text == WORDS

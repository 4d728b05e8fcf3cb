"""Writing in discussions: who may, what is kept whatever happens, changing, withdrawing, pictures, small acts."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from civic.core.db import db
from civic.core.markdown import render_markdown
from civic.discussions.actions import threads
from civic.discussions.models import (
    Comment,
    CommentDraft,
    CommentSupport,
    DiscussionPicture,
    Thread,
    ThreadFollow,
    ThreadRead,
)
from civic.discussions.queries.threads import thread_by_id
from tests.crowdfund.pictures import jpeg
from tests.make_accounts import PASSWORD
from tests.support.client import PageClient
from tests.support.page import words_of

WORDS = "The crossing by the school needs a longer green light."
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


def at(thread: Any) -> str:
    return f"/en/discussions/{thread.topic.slug}/{thread.id}"


def signed_in(app: Flask, make: Any, person: Any) -> PageClient:
    client = PageClient(app)
    make.sign_in(client, person)
    return client


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def the(model: Any) -> Any:
    db.session.expire_all()
    return db.session.scalars(select(model).order_by(model.id.desc())).first()


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
    page = client.post(f"{at(thread)}/supports", {"comment": "1", "csrf_token": "stale"}, checked=False)
    assert page.status == 400


def test_somebody_without_a_name_keeps_the_words_and_is_told_what_is_missing(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.member(name=None))
    assert "choose a display name" in client.get(at(thread)).main
    client.get(f"{at(thread)}/reply")
    client.submit("Post my comment", {"text": WORDS})
    page = client.follow()
    assert "Your words are kept." in page.main and count(Comment) == 0 and the(CommentDraft).text == WORDS


# Changing and withdrawing.


def test_changed_words_can_be_read_as_they_were(app, make):
    author = make.settled_member()
    comment = make.comment(text="It costs four pounds.", by=author)
    thread = thread_by_id(comment.thread_id)
    client = signed_in(app, make, author)
    client.get(at(thread))
    client.click("Change Comment 1")
    client.submit("Save the change", {"text": "It costs five pounds."})
    page = client.follow()
    assert "five pounds" in page.main and "changed since" in page.main
    history = PageClient(app).get(f"{at(thread)}/comments/1/history")
    assert "five pounds" in history.main and "four pounds" in history.main and "Version 1" in history.main


def test_the_opening_of_a_thread_is_changed_the_same_way(app, make):
    author = make.settled_member()
    thread = make.thread(by=author, title="Bins", text="They are full.")
    client = signed_in(app, make, author)
    client.get(at(thread))
    client.click("Change what you wrote")
    page = client.submit("Save the change", {"title": ""})
    assert page.status == 422 and "They are full." in page.html
    client.submit("Save the change", {"title": "Bins again"})
    assert client.follow().h1 == "Bins again"
    assert "They are full." in client.get(f"{at(thread)}/history").main


def test_nobody_changes_or_withdraws_anothers_words(app, make):
    comment = make.comment()
    thread = thread_by_id(comment.thread_id)
    for person in (make.settled_member(), make.staff("moderator", "administrator", "researcher")):
        client = signed_in(app, make, person)
        for path in ("comments/1/edit", "comments/1/withdrawal", "edit"):
            assert client.get(f"{at(thread)}/{path}").status == 403
            assert client.post(f"{at(thread)}/{path}", {"text": WORDS, "title": "x", "language": "en"}).status == 403
    visitor = PageClient(app)
    assert visitor.get(f"{at(thread)}/comments/1/edit").status == 303
    db.session.expire_all()
    assert comment.text != WORDS


def test_words_are_withdrawn_after_being_asked(app, make):
    author = make.settled_member()
    comment = make.comment(text="I was wrong.", by=author)
    thread = thread_by_id(comment.thread_id)
    client = signed_in(app, make, author)
    client.get(at(thread))
    page = client.click("Withdraw Comment 1")
    assert "I was wrong." in page.main
    client.submit("Withdraw my words")
    page = client.follow()
    assert "Your words are gone." in page.main and "I was wrong." not in page.html and count(Comment) == 0
    assert client.get(f"{at(thread)}/comments/1/withdrawal").status == 404


def test_an_answered_comment_leaves_a_note(app, make):
    author = make.settled_member()
    comment = make.comment(text="I was wrong.", by=author)
    thread = thread_by_id(comment.thread_id)
    make.comment(thread, answers=comment)
    client = signed_in(app, make, author)
    client.get(f"{at(thread)}/comments/1/withdrawal")
    client.submit("Withdraw my words")
    client.follow()
    assert (
        "A note stands in their place" in client.last.main or "Withdrawn by its author." in client.get(at(thread)).main
    )


# Pictures.


def test_a_picture_is_put_into_the_text_step_by_step(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    picture = (BytesIO(jpeg((900, 600)).getvalue()), "square.jpg", "image/jpeg")
    page = client.submit("Put the picture into my text", {"text": WORDS, "picture": [picture]})
    assert page.status == 422 and page.error_of("alt") and WORDS in page.html and count(DiscussionPicture) == 0
    picture = (BytesIO(jpeg((900, 600)).getvalue()), "square.jpg", "image/jpeg")
    client.submit("Put the picture into my text", {"picture": [picture], "alt": "A [narrow] crossing"})
    page = client.follow()
    assert WORDS in page.html and "![A (narrow) crossing](picture:" in page.html
    client.submit("Post my comment")
    (image,) = client.follow().all("img")
    assert image.get("alt") == "A (narrow) crossing" and (image.get("width"), image.get("height")) == ("900", "600")
    assert image.get("src").startswith("/files/") and image.get("loading") == "lazy"
    assert client.get(image.get("src")).status == 200


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![](https://example.com/x.png)", "Pictures from other sites"),
        ("![A tree](https://example.com/x.png)", "Pictures from other sites"),
        ("![A tree](picture:aaaaaaaaaaaaaaaaaaaaaaaa)", "Pictures from other sites"),
    ],
)
def test_pictures_from_elsewhere_are_refused(app, make, text, told):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    page = client.submit("Post my comment", {"text": f"Look: {text}"})
    assert page.status == 422 and told in page.error_of("text") and count(Comment) == 0


def test_a_picture_that_was_begun_is_not_forgotten(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    client.get(f"{at(thread)}/reply")
    page = client.submit("Post my comment", {"text": WORDS, "alt": "A crossing"})
    assert page.status == 422 and "Put the picture into your text first" in page.error_of("alt")


def test_what_is_no_picture_is_refused(app, make):
    thread = make.thread()
    client = signed_in(app, make, make.settled_member())
    for content, name in ((b"<svg onload=alert(1)>", "a.svg"), (b"MZ", "a.jpg"), (b"", "a.png")):
        client.get(f"{at(thread)}/reply")
        page = client.submit(
            "Put the picture into my text", {"picture": [(BytesIO(content), name)], "alt": "x", "text": WORDS}
        )
        assert page.status == 422 and WORDS in page.html and page.error_of("picture")
    assert count(DiscussionPicture) == 0


def test_a_picture_is_added_while_changing(app, make):
    author = make.settled_member()
    comment = make.comment(text="Look at it.", by=author)
    thread = thread_by_id(comment.thread_id)
    client = signed_in(app, make, author)
    client.get(f"{at(thread)}/comments/1/edit")
    picture = (BytesIO(jpeg((300, 200)).getvalue()), "square.jpg", "image/jpeg")
    page = client.submit("Put the picture into my text", {"picture": [picture], "alt": "A crossing"})
    assert page.status == 200 and "![A crossing](picture:" in page.html
    client.submit("Save the change")
    assert client.follow().first("img").get("alt") == "A crossing"


def test_the_same_picture_twice_is_the_same_picture_twice(app, make):
    thread, member = make.thread(), make.settled_member()
    client = signed_in(app, make, member)
    client.get(f"{at(thread)}/reply")
    picture = (BytesIO(jpeg((300, 200)).getvalue()), "square.jpg", "image/jpeg")
    client.submit("Put the picture into my text", {"picture": [picture], "alt": "A crossing"})
    client.follow()
    text = the(CommentDraft).text
    client.submit("Post my comment", {"text": f"{text}\n\nand again\n\n{text}"})
    assert len(client.follow().all("img")) == 2
    assert render_markdown(the(Comment).text, pictures=True).count("<img") == 2


# Small acts.


def test_support_is_a_button_that_says_how_it_stands(app, make):
    comment = make.comment()
    thread = thread_by_id(comment.thread_id)
    client = signed_in(app, make, make.member())
    page = client.get(at(thread))
    button = page.first("button", class_="civic-support")
    assert button.get("aria-pressed") == "false"
    client.submit("Support 0 Comment 1")
    client.follow()
    page = client.get(at(thread))
    button = page.first("button", class_="civic-support")
    assert button.get("aria-pressed") == "true" and words_of(button) == "You support this 1 Comment 1"
    client.submit("You support this 1 Comment 1")
    client.follow()
    assert count(CommentSupport) == 0 and "0 supports" in client.get(at(thread)).main


def test_nobody_supports_themselves_or_what_is_not_there(app, make):
    author = make.settled_member()
    comment = make.comment(by=author)
    thread = thread_by_id(comment.thread_id)
    client = signed_in(app, make, author)
    assert client.get(at(thread)).first("button", class_="civic-support") is None
    assert client.post(f"{at(thread)}/supports", {"comment": "1"}).status == 409
    for number in ("2", "0", "-1", "x", "1e3", "9" * 30, ""):
        assert client.post(f"{at(thread)}/supports", {"comment": number}).status == 404
    assert PageClient(app).post(f"{at(thread)}/supports", {"comment": "1"}).status == 403
    assert count(CommentSupport) == 0


def test_a_thread_is_followed_and_left(app, make):
    thread = make.thread(title="The bridge")
    client = signed_in(app, make, make.member())
    client.get(at(thread))
    client.submit("Follow this thread")
    assert "You follow this thread" in client.follow().main
    page = client.get("/en/account/discussions/follows")
    assert page.link("The bridge")
    client.submit("Stop following The bridge")
    assert "You follow no thread yet" in client.follow().main


def test_how_far_one_has_read_is_kept_on_a_post_alone(app, make):
    thread = make.thread()
    make.comment(thread)
    client = signed_in(app, make, make.member())
    client.get(at(thread))
    assert count(ThreadRead) == 0
    client.submit("I have read up to here")
    page = client.follow()
    assert count(ThreadRead) == 1 and "I have read up to here" not in page.main
    make.comment(thread)
    page = client.get(at(thread))
    assert "1 comment since your last visit." in page.main
    assert client.post(f"{at(thread)}/reads?quietly", {"position": "2"}).status == 204
    for position in ("x", "-1", "9" * 30):
        assert client.post(f"{at(thread)}/reads", {"position": position}).status == 303


def test_ones_own_page_shows_what_became_of_everything(app, make, now):
    author = make.settled_member()
    thread = make.thread(by=author, title="My thread")
    make.comment(thread, by=author, text="Words of mine.", shown="removed", now=now + timedelta(hours=1))
    client = signed_in(app, make, author)
    page = client.get("/en/account/discussions")
    assert page.link("My thread") and "Removed" in page.main and "Words of mine" in page.main
    assert client.get("/en/account/discussions/threads").link("My thread")
    other = signed_in(app, make, make.member())
    assert "You have not said anything yet" in other.get("/en/account/discussions").main
    assert PageClient(app).get("/en/account/discussions").status == 303

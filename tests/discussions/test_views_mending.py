"""One's own words and small acts in discussions: changing, withdrawing, pictures, support, following, having read."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from civic.core.db import db
from civic.core.markdown import render_markdown
from civic.discussions.models import (
    Comment,
    CommentDraft,
    CommentSupport,
    DiscussionPicture,
    ThreadRead,
)
from civic.discussions.queries.threads import thread_by_id
from tests.crowdfund.pictures import jpeg
from tests.discussions.talkers import WORDS, at, count, signed_in, the
from tests.support.client import PageClient
from tests.support.page import words_of


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


# Changing and withdrawing.


def test_changed_words_can_be_read_as_they_were(app, make):
    author = make.settled_member()
    comment = make.comment(text="It costs four pounds.", by=author)
    thread = thread_by_id(comment.thread_id)
    client = signed_in(app, make, author)
    client.get(at(thread))
    assert "It is not posted yet" not in client.click("Change Comment 1").main
    assert "It is not posted yet" in client.submit("See how it will look", {"text": "It costs six pounds."}).main
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

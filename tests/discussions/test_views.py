"""What everybody sees of discussions: topics, search, feeds; and what it costs."""

import re
from datetime import timedelta
from typing import Any

import pytest

from civic.discussions.actions import supporting, threads, topics
from civic.discussions.actions.ideas import move_idea
from civic.discussions.actions.showing import show_comment
from tests.discussions.talkers import at
from tests.support.page import words_of
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


# Topics.


def test_topics_invite_even_where_there_are_none(client):
    page = client.get("/en/discussions")
    assert page.h1 == "Discussions" and "There are no topics yet" in page.main


def test_topics_say_how_much_is_in_them_and_what_was_said_last(client, make):
    topic = make.topic(title="Clean air")
    make.comment(make.thread(topic, title="Trees in Deptford"))
    page = client.get("/en/discussions")
    assert "1 thread" in page.main and f"/discussions/{topic.slug}/" in page.link("Trees in Deptford").href
    assert "What people are talking about" in page.main and "1 comment" in page.main
    client.click("Clean air")
    assert client.last.h1 == "Clean air" and client.last.link("Trees in Deptford")


def test_ways_into_the_search_find_what_they_say(client, make, now):
    thread = make.thread(kind="ideas", title="The square")
    idea = make.idea(thread, title="Six lime trees")
    make.idea(thread, title="A pond")
    move_idea(idea, "take_up", reason="Yes.", language="en", as_role="Head of Parks", by=make.staff(), now=now)
    client.get("/en/discussions")
    page = client.click("Ideas that were taken up")
    assert "Six lime trees" in page.main and "A pond" not in page.main
    client.get("/en/discussions")
    assert "Nothing found" in client.click("With an official answer").main


def test_an_empty_topic_invites_to_begin(client, make):
    topic = make.topic()
    page = client.get(f"/en/discussions/{topic.slug}")
    assert "Nobody has begun yet" in page.main
    assert page.link("Begin a discussion").href.endswith(f"/{topic.slug}/new")


def test_a_topic_that_is_closed_says_so_and_takes_nothing(client, make, now):
    topic = make.topic()
    thread = make.thread(topic)
    topics.close_topic(topic, why="done", by=make.staff(), now=now)
    page = client.get(f"/en/discussions/{topic.slug}")
    assert "nobody can write" in page.main and not [each for each in page.links if each.text == "Begin a discussion"]
    assert client.get(f"/en/discussions/{topic.slug}/new").status == 303
    assert client.get(f"{at(thread)}/reply").status == 303
    assert "nobody can write" in client.get(at(thread)).main


@pytest.mark.parametrize("sort", ["", "active", "newest", "supported", "quiet", "password"])
@pytest.mark.parametrize("kind", ["", "ideas", "secret"])
def test_a_topic_sorts_and_narrows_by_what_it_offers_only(client, make, sort, kind):
    topic = make.topic()
    make.thread(topic, title="A discussion"), make.thread(topic, kind="ideas", title="A list of ideas")
    page = client.get(f"/en/discussions/{topic.slug}?sort={sort}&kind={kind}")
    assert page.status == 200 and "A list of ideas" in page.main
    assert ("A discussion" in page.main) is (kind != "ideas")


def test_long_lists_have_a_next_page(client, make):
    topic = make.topic()
    for number in range(27):
        make.thread(topic, title=f"Thread number {number}")
    client.get(f"/en/discussions/{topic.slug}?sort=newest")
    page = client.click("Next page")
    assert "Thread number 0" in page.main and "Thread number 26" not in page.main
    assert "Thread number 26" in client.click("Previous page").main


@pytest.mark.parametrize(
    "path", ["/discussions/nowhere", "/discussions/nowhere/7", "/discussions/nowhere/feed", "/discussions/nowhere/new"]
)
def test_what_is_not_there_is_not_there(client, path):
    assert client.get(f"/en{path}").status == 404


def test_a_forged_mark_is_refused(client, make):
    thread = make.thread()
    assert client.get(f"/en/discussions/{thread.topic.slug}?at=forged").status == 400
    assert client.get(f"{at(thread)}?sort=newest&at=forged").status == 400


# Search and feeds.


def test_a_search_marks_what_was_looked_for_and_counts_by_facet(client, make):
    thread = make.thread(title="Rails for cyclists", text="Cycling along the canal is lovely. **Truly.**")
    make.comment(thread, text="I cycle there with my children, and the path is narrow.")
    make.comment(thread, text="Nothing of the kind.")
    page = client.get("/en/discussions/search?words=cycling")
    marked = {words_of(each).lower() for each in page.all("mark")}
    assert marked == {"cycling", "cycle"} and "2 texts found" in page.main and "**" not in page.main
    assert page.link("Discussion").href.endswith("kind=discussion")
    page = client.get("/en/discussions/search?words=cycling&kind=ideas")
    assert "Nothing found" in page.main


def test_a_search_for_nothing_explains_itself(client):
    assert "quotation marks" in client.get("/en/discussions/search?words=%20").main


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'; DROP TABLE comment;--",
        *("%", "\\", "-", "or or", "a" * 5000),
    ],
)
def test_a_search_is_only_ever_words(client, make, words):
    make.comment(text='He said <script>alert(1)</script> and "> went & left.')
    page = client.get(
        "/en/discussions/search", query_string={"words": words, "topic": words, "idea": words, "language": words}
    )
    assert (
        page.status == 200 and not [each for each in page.all("script") if not each.get("src")] and not page.all("img")
    )


def test_feeds_hold_what_was_opened_last(client, make):
    topic = make.topic(title="Rivers & canals")
    thread = make.thread(topic, title="Is <this> safe?")
    make.thread(topic, title="Later", kind="question")
    for path in ("/en/discussions/feed", f"/en/discussions/{topic.slug}/feed"):
        page = client.get(path, checked=False)
        assert page.response.mimetype == "application/atom+xml"
        assert "Is &lt;this&gt; safe?" in page.html and f"/{topic.slug}/{thread.id}</id>" in page.html


# What it costs, and what is kept.


def test_statements_do_not_grow_with_the_thread(client, make, now):
    thread = make.thread()
    first = make.comment(thread)
    for _ in range(9):
        make.comment(thread, answers=first, quotes=1)
    threads.answer_officially(thread, text="In May.", language="en", as_role="Head of Rivers", by=make.staff(), now=now)
    here = at(thread)
    for path in (here, f"{here}?sort=supported"):
        with statements() as sent:
            client.get(path)
        sent.at_most(6)
    make.sign_in(client, make.member())
    with statements() as sent:
        client.get(here)
    sent.at_most(8)


def test_lists_cost_four_statements_at_most(client, make):
    topic = make.topic()
    for _ in range(5):
        make.comment(make.thread(topic))
    for path, most in (("", 4), (f"/{topic.slug}", 4), ("/search?words=people", 5)):
        with statements() as sent:
            client.get(f"/en/discussions{path}")
        sent.at_most(most)


def test_a_thread_is_drawn_once_for_visitors_and_again_when_anything_changes(client, make, now):
    thread = make.thread()
    comment = make.comment(thread)
    here = at(thread)
    client.get(here)
    with statements() as sent:
        assert "1 comment" in client.get(here).main
    sent.at_most(1)
    make.comment(thread)
    assert "2 comments" in client.get(here).main
    show_comment(comment.id, "removed", "spam")
    assert "A moderator removed this" in client.get(here).main
    make.sign_in(client, make.member())
    assert client.get(here).first("form", id="support") is not None


def test_nothing_of_a_members_page_is_ever_kept_for_visitors(app, make):
    from tests.support.client import PageClient

    thread, member = make.thread(), PageClient(app)
    make.comment(thread)
    make.sign_in(member, make.member())
    member.get(at(thread))
    assert not PageClient(app).get(at(thread)).all("form") or "csrf_token" not in PageClient(app).get(at(thread)).html
    assert "Stop following" not in PageClient(app).get(at(thread)).html


def test_a_full_shelf_lets_the_oldest_go(app, make, client, monkeypatch):
    from civic.discussions.views import drawing

    monkeypatch.setitem(drawing.MOST, "parts", 2)
    monkeypatch.setitem(drawing.MOST, "pages", 2)
    thread = make.thread()
    for _ in range(4):
        make.comment(thread)
    for number in range(4):
        client.get(f"{at(thread)}?page={number}")
    kept = app.extensions["kept_of_threads"]
    assert {name: len(shelf) for name, shelf in kept.items()} == {"parts": 2, "pages": 2}


def test_a_comment_is_drawn_for_whom_it_looks_alike_and_no_one_else(app, make, now):
    from tests.support.client import PageClient

    author, fan, other = (make.settled_member(name=name) for name in ("Ada", "Ben", "Cleo"))
    thread = make.thread()
    comment = make.comment(thread, by=author)
    supporting.support(comment, by=fan, now=now)
    seen = {}
    for person in (other, author, fan, other, None):  # in one process, one after the other
        reader = PageClient(app)
        if person is not None:
            make.sign_in(reader, person)
        page = reader.get(at(thread))
        button = page.first("button", value="1")
        has_edit = f"{at(thread)}/comments/1/edit" in page.html
        look = (button.get("aria-pressed") if button is not None else None, has_edit)
        assert seen.setdefault(person and person.id, look) == look
    assert seen == {author.id: (None, True), fan.id: ("true", False), other.id: ("false", False), None: (None, False)}


def test_a_visitors_copy_is_true_until_something_changes(client, make, now):
    thread = make.thread()
    comment = make.comment(thread)
    tag = client.get(at(thread)).response.headers["ETag"]
    assert client.get(at(thread)).response.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in client.get(at(thread)).response.headers
    here = at(thread)
    with statements() as sent:
        assert client.get(here, headers={"If-None-Match": tag}).status == 304
    sent.at_most(1)
    supporting.support(comment, by=make.member(), now=now)
    fresh = client.get(at(thread), headers={"If-None-Match": tag})
    assert fresh.status == 200 and "1 support" in fresh.main
    show_comment(comment.id, "removed", "spam")
    assert client.get(at(thread), headers={"If-None-Match": fresh.response.headers["ETag"]}).status == 200


def test_a_members_page_is_never_kept(client, make):
    thread = make.thread()
    make.sign_in(client, make.member())
    assert client.get(at(thread)).response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["pl", "ar", "xx"])
def test_pages_speak_other_languages(client, make, now, language):
    thread = make.thread(title="Bridge", kind="ideas")
    make.idea(thread, title="A pond", by=make.settled_member(name="Joe"))
    for path in ("discussions", f"discussions/{thread.topic.slug}", f"discussions/{thread.topic.slug}/{thread.id}",
                 f"discussions/{thread.topic.slug}/{thread.id}/comments/1", "discussions/search?words=pond",
                 f"discussions/{thread.topic.slug}/{thread.id}/reply"):  # fmt: skip
        assert client.get(f"/{language}/{path}").status == 200
    assert re.search("comment-1", client.get(f"/{language}/discussions/{thread.topic.slug}/{thread.id}").html)
    assert timedelta(0) == now - now

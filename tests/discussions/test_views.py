"""What everybody sees of discussions: topics, threads, ideas, search, feeds; and what it costs."""

import re
from datetime import timedelta
from typing import Any

import pytest

from civic.core.db import db
from civic.discussions.actions import comments, supporting, threads, topics
from civic.discussions.actions.showing import show_comment, show_thread
from civic.discussions.queries.comments import comment_at
from tests.support.page import words_of
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def at(thread: Any) -> str:
    return f"/en/discussions/{thread.topic.slug}/{thread.id}"


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


# A thread.


def test_a_thread_shows_who_said_what_and_whom_it_answers(client, make):
    thread = make.thread(
        title="Is the bridge safe?", text="I cross it **daily**.", by=make.settled_member(name="Amina")
    )
    first = make.comment(thread, text="It shakes.", by=make.settled_member(name="Joe"))
    make.comment(thread, text="Only a little.", answers=first, by=make.settled_member(name="Zofia"))
    page = client.get(at(thread))
    assert page.h1 == "Is the bridge safe?" and "Discussion" in page.main and "Amina" in page.main
    assert "2 comments" in page.main and "2 people" in page.main and "0 supports" in page.main
    assert words_of(page.first("strong", class_=None) or page.ids["opening"]).find("daily") >= 0
    said = [words_of(each) for each in page.all("li", class_="civic-say")]
    assert said[0].startswith("1 Joe") and said[1].startswith("2 Zofia") and "answers 1, Joe" in said[1]
    assert page.ids["comment-2"] in page.all("li", class_="civic-say--answer")


def test_words_in_another_language_are_marked(client, make):
    thread = make.thread(title="Rowery", text="Gdzie mam jechać?", language="pl")
    make.comment(thread, text="هنا", language="ar")
    page = client.get(at(thread))
    (said,) = page.all("li", class_="civic-say")
    assert any(each.get("lang") == "ar" and each.get("dir") == "rtl" for each in said.iter())
    assert any(each.get("lang") == "pl" and "Gdzie" in words_of(each) for each in page.all("div"))
    assert client.get(at(thread).replace("/en/", "/ar/")).status == 200


def test_the_official_answer_stands_first_on_every_page_that_begins_the_thread(client, make, now):
    thread = make.thread(kind="question", title="What about the ferry?")
    make.comment(thread)
    threads.answer_officially(
        thread, text="It comes in May.", language="en", as_role="Head of Rivers", by=make.staff(name="Odette"), now=now
    )
    page = client.get(at(thread))
    assert page.main.index("It comes in May.") < page.main.index("Comments")
    assert "Odette" in page.main and "Head of Rivers" in page.main and "Official answer" in page.main
    newest = client.get(f"{at(thread)}?sort=newest")
    assert newest.main.index("It comes in May.") < newest.main.index("Comments")


def test_a_locked_thread_gives_the_reason_and_takes_no_comments(client, make, now):
    thread = make.thread()
    threads.lock_thread(thread, why="It was decided on Monday.", by=make.staff("moderator"), now=now)
    page = client.get(at(thread))
    assert "It was decided on Monday." in page.main and page.first("textarea") is None
    assert not [each for each in page.links if each.text == "Write a comment"]


def test_numbers_are_permanent_links_to_the_right_page(client, make):
    thread = make.thread()
    for number in range(53):
        make.comment(thread, text=f"This is what person {number} says about it.")
    page = client.get(f"{at(thread)}/comments/52")
    assert page.status == 303 and page.location.endswith(f"{at(thread)}?page=2#comment-52")
    page = client.get(f"{at(thread)}?page=2")
    assert "person 51 says" in page.main and "person 49 says" not in page.main
    assert page.link("Go to the beginning of this thread") and "opening" not in page.ids
    assert client.get(f"{at(thread)}/comments/54").status == 404
    assert "person 52 says" in client.get(f"{at(thread)}?page=99999999").main
    assert client.get(f"{at(thread)}?page=-1").status == client.get(f"{at(thread)}?page=1e9").status == 200


@pytest.mark.parametrize("sort", ["newest", "supported", "unread", "author_id"])
def test_other_orders_go_by_keys(client, make, now, sort):
    thread = make.thread()
    for number in range(52):
        make.comment(thread, text=f"This is what person {number} says about it.")
    supporting.support(comment_at(thread, 30), by=make.member(), now=now)
    page = client.get(f"{at(thread)}?sort={sort}")
    first = words_of(page.all("li", class_="civic-say")[0])
    assert first.startswith({"newest": "52", "supported": "30", "unread": "52", "author_id": "1"}[sort])
    if sort != "author_id":
        assert len(client.click("Next page").all("li", class_="civic-say")) == 2


def test_a_thread_that_moved_is_found_at_its_old_address(client, make, now):
    thread = make.thread()
    before, to = at(thread), make.topic()
    threads.move_thread(thread, to, why="It is about buses.", by=make.staff("moderator"), now=now)
    page = client.get(f"{before}?sort=newest")
    assert page.status == 302 and page.location.endswith(f"/{to.slug}/{thread.id}?sort=newest")
    page = client.get(f"{before}?_external=1&_scheme=javascript&topic=x&number=1&_anchor=a")
    assert page.status == 302 and page.location.startswith(f"/en/discussions/{to.slug}/{thread.id}?")


@pytest.mark.parametrize("shown", ["waiting", "removed"])
def test_a_thread_out_of_sight_is_there_for_its_author_and_staff_alone(app, make, shown):
    from tests.support.client import PageClient

    author = make.settled_member()
    thread = make.thread(by=author, title="Buy my shoes", text="Cheap shoes for all.")
    show_thread(thread.id, shown, "spam")
    for person, status in ((None, 404), (make.member(), 404), (author, 200), (make.staff("moderator"), 200)):
        client = PageClient(app)
        if person:
            make.sign_in(client, person)
        page = client.get(at(thread))
        assert page.status == status
        assert client.get(f"{at(thread)}/reply").status in ((404,) if status == 404 else (303,))
        if person is author:
            assert "Cheap shoes" in page.main
    everywhere = [f"/en/discussions/{thread.topic.slug}", "/en/discussions", "/en/discussions/feed"]
    everywhere += ["/en/discussions/search?words=shoes", f"/en/discussions/{thread.topic.slug}/feed"]
    assert not [path for path in everywhere if "Cheap shoes" in PageClient(app).get(path).html]
    assert not [path for path in everywhere if "Buy my" in PageClient(app).get(path).html]


@pytest.mark.parametrize(
    ("shown", "note"), [("waiting", "waits for a moderator"), ("removed", "A moderator removed this")]
)
def test_words_out_of_sight_are_read_by_their_author_alone(app, make, shown, note):
    from tests.support.client import PageClient

    author = make.settled_member()
    comment = make.comment(text="Sixpence for a vote.", by=author, shown=shown)
    thread = db.session.get(type(make.thread()), comment.thread_id)
    path = f"/en/discussions/{thread.topic.slug}/{thread.id}"
    page = PageClient(app).get(path)
    assert "Sixpence" not in page.html and note in page.main
    assert PageClient(app).get(f"{path}/comments/1/history").status == 404
    mine = PageClient(app)
    make.sign_in(mine, author)
    assert "Sixpence" in mine.get(path).main


def test_folded_words_are_a_click_away(client, make):
    comment = make.comment(text="Everybody here is wrong.", shown="folded")
    thread = threads_of(comment)
    page = client.get(at(thread))
    assert "Several people have reported this" in page.main
    (folded,) = [each for each in page.all("details") if "Everybody here is wrong." in words_of(each)]
    assert folded.get("open") is None


def test_withdrawn_words_leave_a_note_where_others_answered(client, make, now):
    author = make.settled_member()
    comment = make.comment(text="I was wrong about the bins.", by=author)
    thread = threads_of(comment)
    make.comment(thread, answers=comment)
    comments.withdraw(comment, by=author, now=now)
    page = client.get(at(thread))
    assert "Withdrawn by its author." in page.main and "about the bins" not in page.html


def threads_of(comment: Any) -> Any:
    from civic.discussions.queries.threads import thread_by_id

    return thread_by_id(comment.thread_id)


def test_the_author_of_an_erased_account_is_a_former_member(client, make):
    comment = make.comment(text="I lived here once.")
    comment.author_id = None
    db.session.flush()
    assert "A former member" in client.get(at(threads_of(comment))).main


def test_a_member_sees_what_is_new_since_the_last_visit(client, make, now):
    from civic.discussions.actions.following import mark_read

    thread, reader = make.thread(), make.member()
    for number in range(52):
        make.comment(thread, text=f"This is what person {number} says about it.")
    db.session.expire_all()
    mark_read(thread, 50, by=reader, now=now)
    make.sign_in(client, reader)
    page = client.get(at(thread))
    assert "2 comments since your last visit." in page.main and "new" not in page.ids
    page = client.click("Go to the first of them")
    assert "New since your last visit" in page.main and "person 50 says" in page.main


# Ideas.


def test_ideas_stand_by_support_with_what_became_of_them(client, make, now):
    thread = make.thread(kind="ideas", title="What should the square be like?")
    make.idea(thread, title="A pond")
    liked = make.idea(thread, title="Six lime trees")
    supporting.support(db.session.get(type(make.comment()), liked.comment_id), by=make.member(), now=now)
    page = client.get(at(thread))
    assert page.main.index("Six lime trees") < page.main.index("A pond") and "Not decided yet (2)" in page.main
    page = client.click("Six lime trees")
    assert page.h1 == "Six lime trees" and "Nobody at City Hall has decided" in page.main


def test_an_idea_has_its_history_and_its_answers(client, make, now):
    from civic.discussions.actions.ideas import move_idea

    thread = make.thread(kind="ideas")
    idea = make.idea(thread, title="Six lime trees")
    head = db.session.get(type(make.comment()), idea.comment_id)
    make.comment(thread, answers=head, text="Limes drip on benches.", by=make.settled_member(name="Zofia"))
    staff = make.staff(name="Odette")
    move_idea(idea, "shortlist", reason="Many want shade.", language="en", as_role="Head of Parks", by=staff, now=now)
    move_idea(idea, "decline", reason="Pipes lie below.", language="en", as_role="Head of Parks", by=staff, now=now)
    page = client.get(f"{at(thread)}/comments/{head.position}")
    assert "Not taken up" in page.main and "Pipes lie below." in page.main and "Many want shade." in page.main
    assert "Limes drip" in page.main and "Odette" in page.main and "Zofia" in page.main
    listed = client.get(at(thread))
    assert "Limes drip" not in listed.main and "1 answer" in listed.main and "Pipes lie below." in listed.main
    assert "Six lime trees" in client.get(f"{at(thread)}?status=not_taken_up").main
    assert "No idea stands here now" in client.get(f"{at(thread)}?status=taken_up").main
    answer = client.get(f"{at(thread)}/comments/{head.position + 1}")
    assert answer.status == 303 and answer.location.endswith(f"/comments/{head.position}#comment-{head.position + 1}")


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


def test_a_full_shelf_lets_the_oldest_page_go(app, make, client):
    from civic.discussions.views.drawing import MOST

    thread = make.thread()
    for number in range(MOST + 3):
        client.get(f"{at(thread)}?page={number}")
    assert len(app.extensions["drawn_threads"]) == MOST


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

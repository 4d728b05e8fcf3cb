"""A thread as people see it: who said what, what is out of sight, what is new, what became of ideas."""

from typing import Any

import pytest

from civic.core.db import db
from civic.discussions.actions import comments, supporting, threads
from civic.discussions.actions.showing import show_thread
from civic.discussions.queries.comments import comment_at
from tests.discussions.talkers import at, thread_of
from tests.support.page import words_of


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


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
    assert "person 49 says" in client.click("Previous page").main and "person 50 says" in client.click("Next page").main
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
    thread = thread_of(comment)
    page = client.get(at(thread))
    assert "Several people have reported this" in page.main
    (folded,) = [each for each in page.all("details") if "Everybody here is wrong." in words_of(each)]
    assert folded.get("open") is None


def test_withdrawn_words_leave_a_note_where_others_answered(client, make, now):
    author = make.settled_member()
    comment = make.comment(text="I was wrong about the bins.", by=author)
    thread = thread_of(comment)
    make.comment(thread, answers=comment)
    comments.withdraw(comment, by=author, now=now)
    page = client.get(at(thread))
    assert "Withdrawn by its author." in page.main and "about the bins" not in page.html


def test_the_author_of_an_erased_account_is_a_former_member(client, make):
    comment = make.comment(text="I lived here once.")
    comment.author_id = None
    db.session.flush()
    assert "A former member" in client.get(at(thread_of(comment))).main


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

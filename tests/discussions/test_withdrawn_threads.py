"""A thread goes while nobody else has said anything in it; afterwards it stays, and the page says why."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.discussions.actions import comments, counts, drafts, threads, topics, withdrawing
from civic.discussions.checks import CHECKS
from civic.discussions.models import (
    Comment,
    CommentDraft,
    Findable,
    TextVersion,
    Thread,
    ThreadFollow,
)
from civic.discussions.queries.threads import thread_by_id
from civic.discussions.refusals import OthersSpoke, ThreadLocked
from civic.moderation.models import Case
from tests.discussions.talkers import at, count, signed_in
from tests.support.client import PageClient

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def faults() -> list[str]:
    return [*counts.wrong_counts(), *(fault for check in CHECKS for fault in check())]


def test_an_author_takes_a_thread_back_with_all_they_said_in_it(app, make, now):
    author = make.settled_member()
    thread = make.thread(by=author, title="Bins", text="They are full.")
    threads.change_thread(thread, title="Bins", text="They were full.", language="en", by=author, now=now + HOUR)
    make.comment(thread, by=author, now=now + 2 * HOUR)
    topic = thread.topic
    client = signed_in(app, make, author)
    client.get(at(thread))
    page = client.click("Withdraw this thread")
    assert "Nobody else has written in it." in page.main
    assert client.submit("Withdraw my thread").status == 303
    page = client.follow()
    assert "Your thread is gone." in page.main and "Bins" not in page.main
    db.session.expire_all()
    assert [count(model) for model in (Comment, TextVersion, ThreadFollow, Findable)] == [0, 0, 0, 0]
    assert (topic.threads, faults()) == (0, [])
    address = f"/en/discussions/{topic.slug}/{thread.id}"
    for reader in (client, PageClient(app), signed_in(app, make, make.staff("moderator", "administrator"))):
        assert reader.get(address).status == 404
    assert "Bins" not in client.get("/en/account/discussions/threads").main
    left = db.session.get_one(Thread, thread.id)
    assert (left.title, left.text, left.withdrawn_at) == ("…", "", now)


def test_once_somebody_else_has_written_the_thread_stays_and_the_page_says_why(app, make):
    author = make.settled_member()
    thread = make.thread(by=author)
    client = signed_in(app, make, author)
    client.get(f"{at(thread)}/withdrawal")
    make.comment(thread, shown="removed")
    page = client.submit("Withdraw my thread")
    assert page.status == 409 and "This thread stays" in page.h1 and "their words are theirs" in page.main
    assert "Withdraw my thread" not in client.get(f"{at(thread)}/withdrawal").main
    assert count(Comment) == 1 and db.session.get_one(Thread, thread.id).withdrawn_at is None and faults() == []


def test_nobody_takes_back_anothers_thread_or_what_the_city_opened(app, make):
    officer = make.staff("researcher")
    asked, own = make.thread(kind="question", by=officer), make.thread()
    for person, thread in ((officer, asked), (make.settled_member(), own)):
        client = signed_in(app, make, person)
        assert client.get(f"{at(thread)}/withdrawal").status == 403
        assert client.post(f"{at(thread)}/withdrawal").status == 403
        assert "Withdraw this thread" not in client.get(at(thread)).main


def test_whoever_writes_in_it_at_that_moment_keeps_their_words(make, now):
    author, other = make.settled_member(), make.settled_member()
    thread = make.thread(by=author)
    drafts.keep_draft(text="I wanted to say", language="en", by=other, now=now, thread=thread)
    withdrawing.withdraw_thread(thread, by=author, now=now)
    withdrawing.withdraw_thread(thread, by=author, now=now + HOUR)
    with pytest.raises(ThreadLocked):
        comments.post(thread, text="I wanted to say this.", language="en", by=other, now=now)
    assert db.session.scalars(sa.select(CommentDraft.text)).all() == ["I wanted to say"]
    assert thread_by_id(thread.id) is None


def test_a_thread_with_others_words_is_refused_whatever_the_page_said(make, now):
    author = make.settled_member()
    thread = make.thread(by=author)
    make.comment(thread)
    with pytest.raises(OthersSpoke):
        withdrawing.withdraw_thread(thread, by=author, now=now)


def test_a_waiting_thread_that_is_taken_back_leaves_the_queue_also_when_its_topic_closed(make, now):
    author = make.settled_member()
    thread = make.thread(make.topic(waits=True), by=author)
    topics.close_topic(thread.topic, why="Over.", by=make.staff("administrator"), now=now)
    withdrawing.withdraw_thread(thread, by=author, now=now)
    assert db.session.scalars(sa.select(Case.status)).all() == ["closed"] and faults() == []


def test_the_draft_of_a_lost_thread_is_listed_without_a_way_to_it(app, make, now):
    author, other = make.settled_member(), make.settled_member()
    thread = make.thread(by=author)
    drafts.keep_draft(text="I wanted to say", language="en", by=other, now=now, thread=thread)
    withdrawing.withdraw_thread(thread, by=author, now=now)
    page = signed_in(app, make, other).get("/en/account/discussions")
    assert "I wanted to say" in page.main
    assert f"/{thread.id}/reply" not in page.html

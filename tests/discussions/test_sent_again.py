"""What moderators removed: its author finds it under their account, changes it there and sends it again; or takes it back."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from civic.core.db import db
from civic.core.moderated import published
from civic.discussions.actions import comments, counts, threads, topics
from civic.discussions.models import Comment, Thread
from civic.moderation.actions import appealing, deciding
from civic.moderation.checks import CHECKS
from civic.moderation.models import Appeal, Case, Report
from civic.moderation.queries import queue
from civic.notifications.models import Notification
from tests.discussions.talkers import at, signed_in, thread_of
from tests.support.client import PageClient

DESK = "/en/staff/moderation"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def case_of(thing: str) -> Case:
    db.session.expire_all()
    return db.session.scalars(sa.select(Case).where(Case.thing == thing).order_by(Case.id.desc()).limit(1)).one()


def faults() -> list[str]:
    return [*counts.wrong_counts(), *(fault for check in CHECKS for fault in check())]


def reported(app: Flask, make: Any, thing: str, by: Any = None) -> Report:
    """A report of a text."""
    with app.test_request_context("/en/"):
        app.preprocess_request()
        said: Report = make.report(thing, by)
        return said


def removed(app: Flask, make: Any, thing: str) -> Case:
    """A text that was reported and removed."""
    case = db.session.get_one(Case, reported(app, make, thing).case_id)
    with app.test_request_context("/en/"):
        app.preprocess_request()
        deciding.decide(
            case, "remove", version=case.version, rule="abuse", words="It insults.", language="en",
            by=make.staff("moderator"), now=make.now,
        )  # fmt: skip
    return case


def test_a_removed_comment_is_changed_from_ones_own_page_and_shown_again(app, make):
    author = make.settled_member()
    comment = make.comment(by=author, text="Whoever drew this junction is an idiot.")
    thing, thread = f"comment:{comment.id}", thread_of(comment)
    case = removed(app, make, thing)
    client = signed_in(app, make, author)
    client.get("/en/account/moderation")
    client.click("Whoever drew this junction is an idiot.")
    client.click("Change it")
    page = client.submit("Save the change", {"text": "Whoever drew this junction is an idiot!"})
    assert page.status == 422 and "You have changed nothing." in page.text
    assert client.submit("Save the change", {"text": "I do not understand this junction."}).status == 303
    case = case_of(thing)
    assert (case.status, case.is_resubmitted) == ("open", True)
    assert "I do not understand this junction." not in PageClient(app).get(at(thread)).text
    moderator = signed_in(app, make, make.staff("moderator"))
    moderator.get(f"{DESK}/cases/{case.id}")
    moderator.submit("Decide", {"verb": "keep", "words": "Better."})
    assert "I do not understand this junction." in PageClient(app).get(at(thread)).text and faults() == []


def test_a_removed_opening_is_changed_from_ones_own_page_(app, make):
    author = make.settled_member()
    thread = make.thread(by=author, title="Idiots", text="Who drew this?")
    thing = f"thread:{thread.id}"
    case = removed(app, make, thing)
    client = signed_in(app, make, author)
    client.get(f"/en/account/moderation/{case.id}")
    client.click("Change it")
    assert client.submit("Save the change", {"title": "The junction at the Elephant"}).status == 303
    assert case_of(thing).is_resubmitted and faults() == []


def test_nobody_is_sent_where_they_cannot_change_anything(app, make, in_request, now):
    comment, opener = make.comment(), make.settled_member()
    thread = thread_of(comment)
    own = make.comment(make.thread(by=opener), by=opener, now=now + timedelta(hours=1))
    for number in (comment.thread_id, own.thread_id):
        db.session.execute(sa.update(Thread).where(Thread.id == number).values(shown="removed", broke="spam"))
    known = published([f"comment:{comment.id}", f"comment:{own.id}"])
    assert known[f"comment:{comment.id}"].edit_url == ""
    assert known[f"comment:{own.id}"].edit_url.endswith("/comments/1/edit")
    locked = f"thread:{make.thread().id}"
    assert published([locked])[locked].edit_url.endswith("/edit")
    threads.lock_thread(db.session.get_one(Thread, int(locked[7:])), why="Done.", by=make.staff("moderator"), now=now)
    assert published([locked])[locked].edit_url == ""
    topics.close_topic(thread.topic, why="Over.", by=make.staff("administrator"), now=now)
    assert published([f"thread:{thread.id}"])[f"thread:{thread.id}"].edit_url == ""
    db.session.execute(sa.update(Comment).where(Comment.id == own.id).values(author_id=None, author_name="12"))
    assert published([f"comment:{own.id}"])[f"comment:{own.id}"].edit_url == ""


# Taken back while moderators have it.


def test_a_reported_comment_that_is_withdrawn_leaves_nothing_to_decide_and_its_reporter_is_told(app, make):
    author, reader = make.settled_member(), make.resident()
    comment = make.comment(by=author, text="Whoever drew this is an idiot.")
    thing, thread = f"comment:{comment.id}", thread_of(comment)
    said = reported(app, make, thing, reader)
    client = signed_in(app, make, author)
    client.get(f"{at(thread)}/comments/1/withdrawal")
    assert client.submit("Withdraw my words").status == 303
    case = case_of(thing)
    assert (case.status, case.reports, case.weight) == ("closed", 0, 0)
    assert db.session.get_one(Report, said.id).status == "closed"
    assert queue.how_many()[""] == 0 and faults() == []
    (told,) = db.session.scalars(sa.select(Notification).where(Notification.person_id == reader.id))
    with app.test_request_context("/en/"):
        app.preprocess_request()
        drawn = app.extensions["civic"].notices[told.notice].draw(told.facts)
    assert "has taken it back" in drawn.sentence and drawn.url.endswith("/account/moderation")
    page = signed_in(app, make, make.staff("moderator")).get(f"{DESK}/cases/{case.id}")
    assert "Withdrawn by its author" in page.text and "The text is gone" in page.text


def test_a_waiting_comment_is_withdrawn_from_its_thread(app, make):
    author = make.settled_member()
    thread = make.thread(make.topic(waits=True), by=make.staff("researcher"))
    comment = make.comment(thread, by=author, text="This waits.", shown="waiting")
    thing = f"comment:{comment.id}"
    client = signed_in(app, make, author)
    client.get(at(thread))
    client.click("Withdraw Comment 1")
    client.submit("Withdraw my words")
    assert case_of(thing).status == "closed" and queue.how_many()["waiting"] == 0 and faults() == []


def test_a_comment_that_is_withdrawn_while_its_appeal_waits_closes_the_appeal(app, make, now):
    author = make.settled_member()
    comment = make.comment(by=author, text="Whoever drew this is an idiot.")
    case = removed(app, make, f"comment:{comment.id}")
    appealing.appeal(case, words="I meant the plan.", language="en", by=author, now=now)
    client = signed_in(app, make, author)
    client.get(at(thread_of(comment)))
    client.click("Withdraw Comment 1")
    client.submit("Withdraw my words")
    assert case_of(case.thing).status == "closed" and queue.how_many()["appeals"] == 0 and faults() == []
    appeal = db.session.scalars(sa.select(Appeal)).one()
    assert (appeal.outcome, appeal.decided_at, appeal.decided_by_id) == ("closed", now, None)


def test_what_was_decided_stays_decided_when_the_words_are_withdrawn(app, make, now):
    author = make.settled_member()
    comment = make.comment(by=author)
    case = removed(app, make, f"comment:{comment.id}")
    comments.withdraw(comment, by=author, now=now)
    assert case_of(case.thing).status == "removed" and faults() == []

"""Letters at once: what comes together goes together, no more than a few a day, nothing lost, nobody told twice."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.mail import as_email
from civic.notifications import jobs, rules
from civic.notifications.actions import letters, tell
from civic.notifications.models import Notification
from tests.accounts.helpers import at_once


@pytest.fixture
def travel(monkeypatch, now):
    """Go to a moment, and let the minute's job run there."""

    def go(after=timedelta()):
        monkeypatch.setattr(clock, "now", lambda: now + after)
        jobs.write_letters()
        db.session.expire_all()

    return go


def say(person, title="Bus lanes", *, key="demo.answer", at, about="thread:1", **facts):
    with transaction():
        tell(key, [person.id], about=about, now=at, title=title, **facts)


def states():
    """(title, way, whether it waits, whether it was sent) of every row."""
    rows = db.session.scalars(sa.select(Notification).order_by(Notification.id))
    return [(row.facts["title"], row.way, row.due_at is not None, row.sent_at is not None) for row in rows]


def test_news_waits_five_minutes_for_more_and_goes_as_one_letter(in_request, make, now, travel, outbox):
    person = make.member()
    say(person, "Bus lanes", at=now)
    say(person, "Night buses", at=now + timedelta(minutes=4))
    travel(timedelta(minutes=4, seconds=59))
    assert outbox() == []
    travel(timedelta(minutes=5))
    (letter,) = outbox()
    assert (letter.to_address, letter.name, letter.subject) == (
        person.email,
        "notifications/news",
        "2 pieces of news for you",
    )
    assert "News of Bus lanes" in letter.text
    assert "News of Night buses" in letter.text
    travel(timedelta(hours=1))
    assert len(outbox()) == 1
    assert states() == [("Bus lanes", "at_once", False, True), ("Night buses", "at_once", False, True)]


def test_one_piece_of_news_is_the_subject_itself(in_request, make, now, travel, outbox):
    say(make.member(), "Bus lanes", at=now)
    travel(timedelta(minutes=5))
    assert outbox()[0].subject == "News of Bus lanes"


def test_the_letter_speaks_the_readers_language_and_marks_that_of_others(in_request, make, now, travel, outbox):
    for language in ("pl", "ar", "en"):
        say(make.member(language=language), "x", at=now, words="Żółw", language="pl")
    travel(timedelta(minutes=5))
    assert {letter.language for letter in outbox()} == {"pl", "ar", "en"}
    assert all('<blockquote lang="pl" dir="ltr"' in letter.html for letter in outbox())
    assert "/ar/unsubscribe/" in next(letter.text for letter in outbox() if letter.language == "ar")


@pytest.mark.parametrize("key", ("demo.answer", "demo.decision", "demo.follow"))
def test_every_word_of_a_letter_is_translated(in_request, make, now, monkeypatch, outbox, key):
    person = make.member(language="xx")
    for number in range(8):
        say(person, "12", at=now, key=key, about=f"thread:{number % 2}", words="12", language="en")
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    jobs.write_letters()
    jobs.write_weekly_letters()
    assert len(outbox()) == 1


def test_a_decision_comes_at_once_and_cannot_be_stopped(in_request, make, now, travel, outbox):
    person = make.member()
    make.wishes(person, paused=True)
    say(person, "your comment", key="demo.decision", at=now)
    travel()
    (letter,) = outbox()
    assert letter.name == "notifications/owed"
    assert letter.unsubscribe is None
    assert "unsubscribe" not in letter.text
    assert as_email(letter)["List-Unsubscribe"] is None


def test_a_letter_carries_the_headers_for_one_click(in_request, make, now, travel, outbox):
    say(make.member(), at=now)
    travel(timedelta(minutes=5))
    email = as_email(outbox()[0])
    assert email["List-Unsubscribe"].startswith("<http://localhost/en/unsubscribe/")
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_above_the_days_budget_news_waits_until_the_morning_and_none_is_lost(
    in_request, app, make, now, travel, outbox
):
    person, most = make.member(), app.config["NOTICES_A_DAY"]
    for number in range(most + 2):
        say(person, f"thread {number}", at=now + timedelta(minutes=6 * number), about=f"thread:{number}")
        travel(timedelta(minutes=6 * number + 5))
    assert len(outbox()) == most
    kept_back = db.session.scalars(sa.select(Notification).where(Notification.due_at.is_not(None))).all()
    assert [row.due_at for row in kept_back] == [rules.next_morning(now)] * 2
    travel(rules.next_morning(now) - now)
    assert len(outbox()) == most + 1
    assert outbox()[-1].subject == "2 pieces of news for you"
    assert all(sent and not waits for _, _, waits, sent in states())


def test_a_decision_ignores_the_budget_and_leaves_the_rest_waiting(
    in_request, app, make, now, travel, outbox, monkeypatch
):
    monkeypatch.setitem(app.config, "NOTICES_A_DAY", 1)
    person = make.member()
    say(person, "first", at=now)
    travel(timedelta(minutes=5))
    say(person, "second", at=now + timedelta(minutes=6))
    say(person, "decided", key="demo.decision", at=now + timedelta(minutes=6))
    travel(timedelta(minutes=11))
    assert [(letter.name, letter.subject) for letter in outbox()] == [
        ("notifications/news", "News of first"),
        ("notifications/owed", "News of decided"),
    ]
    assert states()[1] == ("second", "at_once", True, False)


def test_news_with_nothing_left_to_tell_makes_no_letter(in_request, make, now, travel, outbox):
    person = make.member()
    say(person, "gone", at=now, gone=1)
    travel(timedelta(minutes=5))
    assert outbox() == []
    assert states() == [("gone", "at_once", False, False)]
    say(person, "gone", at=now, gone=1)
    say(person, "here", at=now)
    travel(timedelta(minutes=5))
    assert [letter.subject for letter in outbox()] == ["News of here"]


def test_whoever_cannot_be_reached_is_sent_nothing_and_finds_all_of_it_on_the_page(
    in_request, make, now, travel, outbox
):
    bounced, unconfirmed, suspended = make.member(), make.member(), make.member()
    make.bounce(bounced)
    unconfirmed.email_confirmed_at, suspended.status = None, "suspended"
    for person in (bounced, unconfirmed, suspended):
        say(person, "news", at=now)
        say(person, "decided", key="demo.decision", at=now)
    travel(timedelta(minutes=5))
    assert [(letter.person_id, letter.subject) for letter in outbox()] == [(suspended.id, "News of decided")]
    assert not any(waits for _, _, waits, _ in states())


def test_a_letter_that_cannot_be_written_keeps_no_other_waiting(in_request, make, now, travel, outbox, monkeypatch):
    first, second = make.member(), make.member()
    for person in (first, second):
        say(person, at=now)
    send = letters._send

    def fails_for_the_first(name, reader, *rest):
        if reader.id == first.id:
            raise RuntimeError("no words")
        send(name, reader, *rest)

    monkeypatch.setattr(letters, "_send", fails_for_the_first)
    travel(timedelta(minutes=5))
    assert [letter.person_id for letter in outbox()] == [second.id]
    monkeypatch.setattr(letters, "_send", send)
    travel(timedelta(minutes=6))
    assert [letter.person_id for letter in outbox()] == [second.id, first.id]


def test_a_crash_before_the_commit_tells_nobody_twice(in_request, make, now, travel, outbox, monkeypatch):
    say(make.member(), at=now)
    move = letters._move

    def dies(rows, **values):
        move(rows, **values)
        raise RuntimeError("the machine died")

    monkeypatch.setattr(letters, "_move", dies)
    travel(timedelta(minutes=5))
    assert outbox() == []
    monkeypatch.setattr(letters, "_move", move)
    travel(timedelta(minutes=6))
    travel(timedelta(minutes=7))
    assert len(outbox()) == 1


def test_eight_workers_at_once_write_one_letter(shared, make, now, outbox):
    person = make.member()
    for number in range(3):
        say(person, f"thread {number}", at=now)

    def alone(number):
        with shared.test_request_context("/en/", method="POST"):
            shared.preprocess_request()
            with transaction():
                letters.write_letter(person.id, now=now + timedelta(minutes=5))
        return "done"

    assert at_once(8, alone) == ["done"] * 8
    db.session.rollback()
    assert [letter.subject for letter in outbox()] == ["3 pieces of news for you"]


def test_what_was_told_a_year_ago_goes(in_request, make, now, monkeypatch):
    person = make.member()
    make.news(person, at=now - timedelta(days=366), facts={"title": "old"})
    make.news(person, at=now - timedelta(days=364), facts={"title": "kept"})
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: now)
    jobs.forget()
    assert [title for title, *_ in states()] == ["kept"]

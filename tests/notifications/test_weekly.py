"""The weekly letter: once a week, across the platform, by thing, never empty; resumable, and nobody told twice."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from civic.core import clock
from civic.core.db import db, transaction
from civic.notifications import jobs, rules
from civic.notifications.actions import letters, tell
from civic.notifications.models import Notification

THURSDAY = datetime(2026, 11, 26, 8, tzinfo=UTC)


@pytest.fixture
def weekly(monkeypatch, run_jobs):
    """Let the weekly letter's job run at a moment, with what follows of it."""

    def run(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        jobs.write_weekly_letters()
        run_jobs()
        db.session.expire_all()

    return run


def say(person, title="Bus lanes", *, key="demo.follow", at, about="thread:1", **facts):
    with transaction():
        tell(key, [person.id], about=about, now=at, title=title, **facts)


def waits():
    return db.session.scalar(sa.select(sa.func.count()).where(Notification.due_at.is_not(None)))


def test_the_week_is_told_on_thursday_morning_by_thing(in_request, make, now, weekly, outbox):
    person = make.member()
    for number, about in enumerate(("thread:1", "campaign:1", "thread:1")):
        say(person, f"number {number}", at=now + timedelta(hours=number), about=about)
    weekly(THURSDAY - timedelta(minutes=1))
    assert outbox() == []
    weekly(THURSDAY)
    (letter,) = outbox()
    assert (letter.name, letter.subject) == ("notifications/weekly", "Your week on Civic London")
    places = [letter.text.index(f"News of number {number}") for number in (0, 2, 1)]
    assert places == sorted(places)
    assert letter.unsubscribe and "/unsubscribe/" in letter.unsubscribe
    weekly(THURSDAY + timedelta(minutes=5))
    assert len(outbox()) == 1
    assert waits() == 0


def test_news_after_the_letter_waits_for_the_next(in_request, make, now, weekly, outbox):
    person = make.member()
    say(person, "late", at=THURSDAY)
    weekly(THURSDAY)
    weekly(THURSDAY + timedelta(days=6, hours=23))
    assert outbox() == []
    weekly(THURSDAY + timedelta(days=7))
    assert len(outbox()) == 1


def test_a_machine_that_slept_on_thursday_sends_the_letter_when_it_wakes(in_request, make, now, weekly, outbox):
    say(make.member(), at=now)
    weekly(THURSDAY + timedelta(days=1))
    assert len(outbox()) == 1


@pytest.mark.parametrize(
    ("before", "leaves"),
    [
        (datetime(2026, 10, 22, 12, tzinfo=UTC), datetime(2026, 10, 29, 8, tzinfo=UTC)),
        (datetime(2027, 3, 25, 12, tzinfo=UTC), datetime(2027, 4, 1, 7, tzinfo=UTC)),
    ],
)
def test_in_the_weeks_when_clocks_change_it_is_eight_in_london(in_request, make, weekly, outbox, before, leaves):
    say(make.member(), at=before)
    weekly(leaves - timedelta(minutes=1))
    assert outbox() == []
    weekly(leaves)
    assert len(outbox()) == 1


def test_a_week_without_news_brings_no_letter(in_request, make, now, weekly, outbox):
    quiet, gone, read_here, answered = (make.member() for _ in range(4))
    say(gone, "gone", at=now, gone=1)
    make.pace(read_here, "demo.follow", "never")
    say(read_here, at=now)
    say(answered, at=now, key="demo.answer")
    weekly(THURSDAY)
    assert outbox() == []
    assert quiet.id


def test_what_the_days_budget_kept_back_may_go_with_the_weekly_letter(in_request, make, now, weekly, outbox):
    person = make.member()
    say(person, "weekly", at=now)
    make.news(person, facts={"title": "kept back"}, due_at=THURSDAY + timedelta(days=1))
    db.session.commit()
    weekly(THURSDAY)
    assert "News of kept back" in outbox()[0].text
    assert waits() == 0


def test_whoever_cannot_be_reached_gets_no_weekly_letter(in_request, make, now, weekly, outbox):
    person = make.member()
    make.bounce(person)
    say(person, at=now)
    weekly(THURSDAY)
    assert outbox() == []
    assert waits() == 0


def test_it_goes_out_in_stretches_and_goes_on_after_a_crash(in_request, make, now, weekly, outbox, monkeypatch):
    monkeypatch.setattr(letters, "STRETCH", 3)
    people = [make.member() for _ in range(8)]
    with transaction():
        tell("demo.follow", [each.id for each in people], about="thread:1", now=now, title="x")
    monkeypatch.setattr(clock, "now", lambda: THURSDAY)
    jobs.write_weekly_letters()
    assert [letter.person_id for letter in outbox()] == [each.id for each in people[:3]]
    # The worker dies here with the next stretch's job; the next look at the clock goes on where it was.
    db.session.execute(sa.text("DELETE FROM procrastinate_jobs"))
    db.session.commit()
    weekly(THURSDAY + timedelta(minutes=5))
    assert [letter.person_id for letter in outbox()] == [each.id for each in people]


def test_one_letter_that_cannot_be_written_keeps_no_other_from_leaving(
    in_request, make, now, weekly, outbox, monkeypatch
):
    people = [make.member() for _ in range(3)]
    with transaction():
        tell("demo.follow", [each.id for each in people], about="thread:1", now=now, title="x")
    send = letters._send

    def fails_for_the_second(name, reader, *rest):
        send(name, reader, *rest)
        if reader.id == people[1].id:
            raise RuntimeError("no words")

    monkeypatch.setattr(letters, "_send", fails_for_the_second)
    weekly(THURSDAY)
    monkeypatch.setattr(letters, "_send", send)
    assert [letter.person_id for letter in outbox()] == [people[0].id, people[2].id]
    weekly(THURSDAY + timedelta(minutes=5))
    assert [letter.person_id for letter in outbox()] == [people[0].id, people[2].id, people[1].id]


def test_a_long_week_is_told_in_a_letter_that_one_can_read(in_request, make, now, weekly, outbox):
    person = make.member()
    with transaction():
        for number in range((rules.THINGS + 2) * 7):
            tell("demo.follow", [person.id], about=f"thread:{number % (rules.THINGS + 2)}", now=now, title=f"n{number}")
    weekly(THURSDAY)
    text = outbox()[0].text
    assert text.count("News of n") == rules.THINGS * rules.A_THING
    assert "There are 2 more about this" in text
    assert "There is news of 2 more things" in text
    assert waits() == 0

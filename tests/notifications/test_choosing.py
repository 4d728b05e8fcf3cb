"""Choices: kept when they differ from what is usual, obeyed at once by what still waits; addresses that take nothing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.notifications import actions, queries, seeds
from civic.notifications.links import Stop
from civic.notifications.models import MailBounce, Notification, NotificationChoice
from civic.notifications.rules import Wishes


def ways(person):
    rows = db.session.execute(
        sa.select(Notification.notice, Notification.way, Notification.due_at.is_not(None))
        .where(Notification.person_id == person.id)
        .order_by(Notification.id)
    )
    return [tuple(row) for row in rows]


@pytest.fixture
def person(make, now):
    """Somebody for whom news of each kind waits."""
    reader = make.member()
    for key in ("demo.answer", "demo.follow", "demo.decision"):
        actions.tell(key, [reader.id], about="thread:1", now=now, title="x")
    return reader


def test_the_usual_pace_is_kept_by_keeping_nothing(person):
    actions.choose(person.id, {"demo.answer": "weekly", "demo.follow": "weekly", "demo.quiet": "at_once"}, Wishes())
    assert queries.paces_of(person.id) == {"demo.answer": "weekly", "demo.quiet": "at_once"}
    actions.choose(person.id, {"demo.answer": "at_once", "demo.follow": "weekly", "demo.quiet": "at_once"}, Wishes())
    assert queries.paces_of(person.id) == {"demo.quiet": "at_once"}


def test_nobody_chooses_away_what_is_owed(person):
    actions.choose(person.id, {"demo.decision": "never"}, Wishes(paused=True))
    assert db.session.scalars(sa.select(NotificationChoice)).all() == []
    assert ways(person)[2] == ("demo.decision", "owed", True)


@pytest.mark.parametrize(
    ("paces", "wishes", "sent"),
    [
        ({"demo.answer": "never"}, Wishes(), ["demo.follow", "demo.decision"]),
        ({"demo.answer": "weekly"}, Wishes(), ["demo.answer", "demo.follow", "demo.decision"]),
        ({}, Wishes(only_mine=True), ["demo.answer", "demo.decision"]),
        ({}, Wishes(no_weekly=True), ["demo.answer", "demo.decision"]),
        ({}, Wishes(paused=True), ["demo.decision"]),
    ],
)
def test_what_still_waits_obeys_the_new_choice(person, paces, wishes, sent):
    actions.choose(person.id, paces, wishes)
    assert [notice for notice, _, waits in ways(person) if waits] == sent
    assert queries.wishes_of(person.id) == wishes


def test_silence_keeps_what_waits_on_the_page_and_can_be_undone(person, now):
    actions.silence(person.id, "thread:1", now=now, notice="demo.answer", facts={"title": "x"})
    assert [waits for _, _, waits in ways(person)] == [False, False, True]
    assert [row.about for row in queries.silences_of(person.id)] == ["thread:1"]
    actions.end_silence(person.id, "thread:1")
    assert queries.silences_of(person.id) == []


@pytest.mark.parametrize(
    ("scope", "value", "sent"),
    [
        ("kinds", "demo.answer", ["demo.follow", "demo.decision"]),
        ("kinds", "demo.answer,demo.decision,demo.gone", ["demo.follow", "demo.decision"]),
        ("about", "thread:1", ["demo.decision"]),
        ("weekly", "", ["demo.answer", "demo.decision"]),
        ("all", "", ["demo.decision"]),
    ],
)
def test_a_link_stops_what_it_says_and_takes_it_back(person, now, scope, value, sent):
    what = Stop(person, scope, value)
    actions.stop(what, now=now)
    actions.stop(what, now=now)
    assert [notice for notice, _, waits in ways(person) if waits] == sent
    actions.resume(what)
    assert queries.paces_of(person.id) == {}
    assert queries.wishes_of(person.id) == Wishes()
    assert queries.silences_of(person.id) == []


def test_what_came_after_the_page_was_drawn_stays_unread(make, person, now):
    other = make.member()
    actions.tell("demo.answer", [other.id], about="thread:1", now=now, title="x")
    newest = db.session.scalar(sa.select(sa.func.max(Notification.id)).where(Notification.person_id == person.id))
    actions.tell("demo.answer", [person.id], about="thread:1", now=now, title="later")
    actions.mark_read(person.id, up_to=newest, now=now)
    assert queries.standing_of(person).unread == 1
    assert queries.standing_of(other).unread == 1


def test_what_happened_in_the_demos_past_left_long_ago(make, person, now):
    make.news(person, at=now - timedelta(days=9), due_at=now - timedelta(days=9))
    seeds.settle(now + timedelta(minutes=5))
    rows = db.session.execute(
        sa.select(Notification.due_at, Notification.sent_at, Notification.read_at).order_by(Notification.id)
    )
    # At once, weekly (not due yet), owed, and of nine days ago.
    assert [tuple(each is not None for each in row) for row in rows] == [
        (False, True, False),
        (True, False, False),
        (False, True, False),
        (False, True, True),
    ]


def bounced():
    return db.session.scalars(sa.select(MailBounce.email)).all()


def test_a_hard_bounce_stands_until_the_address_is_confirmed(in_request, make, now, outbox):
    person = make.member(email="gone@example.org")
    assert actions.note_bounce("Gone@Example.org", "hard", now=now)
    assert actions.note_bounce("gone@example.org", "hard", now=now)
    assert bounced() == ["gone@example.org"]
    assert queries.standing_of(person).is_unreachable
    actions.ask_to_confirm(person, now=now)
    assert "/account/notifications/address/" in outbox()[0].text
    actions.confirm_address(person.id)
    assert not queries.standing_of(person).is_unreachable


def test_another_address_takes_letters(make, now):
    person = make.member()
    make.bounce(person)
    person.email = "new@example.org"
    db.session.flush()
    assert not queries.standing_of(person).is_unreachable
    assert queries.readers([person.id])[person.id].is_reached


@pytest.mark.parametrize(
    ("email", "kind"), [("nobody@example.org", "hard"), ("nonsense", "hard"), ("here@example.org", "soft")]
)
def test_what_will_pass_and_whom_we_do_not_know_leaves_nothing(make, now, email, kind):
    make.member(email="here@example.org")
    assert not actions.note_bounce(email, kind, now=now)
    assert bounced() == []


def test_a_complaint_stops_what_may_be_stopped(person, now):
    assert actions.note_bounce(person.email, "complaint", now=now)
    assert queries.wishes_of(person.id).paused
    assert [notice for notice, _, waits in ways(person) if waits] == ["demo.decision"]
    assert bounced() == []


def test_a_bounce_is_noted_from_the_command_line(isolated, make):
    make.member(email="gone@example.org")
    db.session.commit()
    run = isolated.test_cli_runner().invoke
    assert run(args=["civic", "bounce", "gone@example.org"]).output == "Noted.\n"
    assert bounced() == ["gone@example.org"]
    assert "Nothing to note" in run(args=["civic", "bounce", "nobody@example.org"]).output
    assert run(args=["civic", "bounce", "gone@example.org", "--kind", "strange"]).exit_code == 2

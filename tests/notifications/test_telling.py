"""Telling people: one statement, each by the way they chose, nobody of their own act; the database follows the rule."""

from itertools import product

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.notifications import rules
from civic.notifications.actions import choosing, tell
from civic.notifications.models import Notification, NotificationSilence
from civic.notifications.rules import PACES, Wishes
from tests.accounts.helpers import at_once
from tests.make_notifications import KINDS
from tests.support.sql import statements

TABLE = Notification.__table__


def told(*columns):
    """What stands in the table, by person."""
    chosen = [TABLE.c[name] for name in columns or ("person_id", "way")]
    return [tuple(row) for row in db.session.execute(sa.select(*chosen).order_by(TABLE.c.person_id, TABLE.c.id))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_combination_of_choices_goes_the_way_of_the_rule(make, now, kind):
    expected = {}
    for pace, *wished in product((None, *PACES), *[(None, False, True)] * 3):
        person = make.member()
        if pace:
            make.pace(person, kind.key, pace)
        if None not in wished:
            make.wishes(person, **dict(zip(("only_mine", "no_weekly", "paused"), wished, strict=True)))
        elif any(wished):
            continue
        wishes = Wishes(*(bool(each) for each in wished))
        expected[person.id] = rules.way(
            owed=kind.owed, took_part=kind.took_part, pace=pace or kind.usual, wishes=wishes
        )
    tell(kind.key, expected, about="thread:1", now=now, title="Bus lanes")
    assert dict(told()) == expected
    assert len(set(expected.values())) == (1 if kind.owed else 3)


def test_a_row_holds_the_facts_and_the_moment_at_which_it_may_leave(make, now):
    person = make.member()
    tell("demo.answer", [person.id], about="thread:12", now=now, title="Bus lanes", number=12)
    row = db.session.scalars(sa.select(Notification)).one()
    assert (row.notice, row.about, row.facts) == ("demo.answer", "thread:12", {"title": "Bus lanes", "number": 12})
    assert (row.at, row.due_at, row.sent_at, row.read_at) == (now, now + rules.PAUSE, None, None)


def test_nobody_is_told_of_their_own_act_and_nobody_twice(make, now):
    author, reader = make.member(), make.member()
    tell("demo.answer", [author.id, reader.id, reader.id], about="thread:1", now=now, by=author.id, title="x")
    assert told("person_id") == [(reader.id,)]


def test_people_who_are_gone_are_told_nothing(make, now):
    reader = make.member()
    tell("demo.answer", [reader.id, 987_654_321], about="thread:1", now=now, title="x")
    assert told("person_id") == [(reader.id,)]


def test_telling_nobody_asks_the_database_nothing(make, now):
    author = make.member()
    with statements() as sent:
        tell("demo.answer", [author.id], about="thread:1", now=now, by=author.id, title="x")
    sent.at_most(0)


def test_a_kind_that_nobody_declares_is_a_mistake_of_ours(make, now):
    with pytest.raises(KeyError):
        tell("demo.nothing", [1], about="thread:1", now=now)


def test_what_was_silenced_is_not_told_but_for_what_is_owed(make, now):
    deaf, hearing = make.member(), make.member()
    choosing.silence(deaf.id, "thread:1", now=now)
    for key in ("demo.answer", "demo.decision"):
        tell(key, [deaf.id, hearing.id], about="thread:1", now=now, title="x")
    tell("demo.answer", [deaf.id], about="thread:2", now=now, title="x")
    assert told("person_id", "notice", "about") == [
        (deaf.id, "demo.decision", "thread:1"),
        (deaf.id, "demo.answer", "thread:2"),
        (hearing.id, "demo.answer", "thread:1"),
        (hearing.id, "demo.decision", "thread:1"),
    ]


def test_thousands_are_told_in_one_statement(make, now):
    make.member()
    copies = """INSERT INTO account_user (email, status, language, created_at, connections, preferences)
                SELECT 'many' || n || '@example.org', 'active', 'en', now(), '[]', '{}' FROM generate_series(1, 3000) n RETURNING id"""
    people = list(db.session.scalars(sa.text(copies)))
    with statements() as sent:
        tell("demo.answer", people, about="thread:1", now=now, title="x")
    sent.at_most(1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TABLE)) == 3000


def test_eight_who_tell_the_same_people_at_once_wait_for_nobody_and_lose_nothing(shared, make, now):
    people = [make.member() for _ in range(5)]
    db.session.commit()

    def alone(number):
        with shared.app_context(), transaction():
            tell("demo.answer", [each.id for each in people], about=f"thread:{number}", now=now, title="x")
        return "told"

    assert at_once(8, alone) == ["told"] * 8
    assert len(told()) == 40


def test_eight_silences_at_once_are_one(shared, make, now):
    person = make.member()
    db.session.commit()

    def alone(number):
        with shared.app_context(), transaction():
            choosing.silence(person.id, "thread:1", now=now)
        return "silent"

    assert at_once(8, alone) == ["silent"] * 8
    assert db.session.scalar(sa.select(sa.func.count()).select_from(NotificationSilence)) == 1

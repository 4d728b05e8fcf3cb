"""With many people and much news, nothing that is asked often reads a table from end to end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from civic.core.db import db
from civic.notifications import queries
from civic.notifications.rules import LETTERS
from tests.support.sql import explain

PEOPLE, EACH = 2000, 40


@pytest.fixture
def crowd(shared, now):
    """Two thousand people with forty pieces of news each; a few wait to be sent."""
    with db.engine.begin() as connection:
        connection.execute(sa.text(
            """INSERT INTO account_user (email, status, language, created_at, connections, preferences)
               SELECT 'many' || n || '@example.org', 'active', 'en', now(), '[]', '{}' FROM generate_series(1, :people) n"""
        ), {"people": PEOPLE})  # fmt: skip
        connection.execute(sa.text(
            """INSERT INTO notification (person_id, notice, about, facts, at, way, due_at, sent_at, read_at)
               SELECT u.id, 'demo.answer', 'thread:' || n, '{}', :now, CASE WHEN n % 2 = 0 THEN 'at_once' ELSE 'weekly' END,
                      CASE WHEN n > 38 AND u.id % 50 = 0 THEN CAST(:now AS timestamptz) END, NULL,
                      CASE WHEN n < 38 THEN CAST(:now AS timestamptz) END
               FROM generate_series(1, :each) n, account_user u"""
        ), {"now": now - timedelta(hours=1), "each": EACH})  # fmt: skip
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE notification"))
        yield connection


def test_the_list_of_ones_news_is_read_by_its_index(crowd: Connection):
    query = sa.select(queries.Notification.id).where(queries.Notification.person_id == 77)
    explain(crowd, query.order_by(queries.Notification.id.desc()).limit(21), never_scans=["notification"])
    unread = query.where(queries.Notification.read_at.is_(None)).limit(queries.MOST_COUNTED)
    explain(crowd, unread, never_scans=["notification"])


def test_whose_news_is_due_is_found_without_reading_what_was_sent(crowd: Connection, now):
    due = sa.select(queries.Notification.person_id).where(
        queries.Notification.due_at <= now, queries.Notification.way.in_(LETTERS)
    )
    explain(
        crowd,
        due.distinct().order_by(queries.Notification.person_id).limit(200),
        never_scans=["notification"],
        sorts=True,
    )
    assert len(queries.due_people(LETTERS, now, after=0, most=200)) == PEOPLE // 50


def test_what_waits_for_a_person_is_read_by_an_index(crowd: Connection):
    explain(crowd, queries.waiting([50], LETTERS), never_scans=["notification"], sorts=True)

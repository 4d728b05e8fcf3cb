"""The plans of the hot questions over many rows: by index, never through a whole table, never sorting what is long."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa
from flask import Flask

from civic.consultations.models import Consultation
from civic.consultations.queries import consultations, outcome, reading
from civic.core.db import db
from tests.surveys.test_plans import nodes, plans

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LARGE = {"consultation", "consultation_link", "consultation_activity", "consultation_update", "consultation_follow"}
LONG = 200

FILL = (
    """insert into consultation (slug, status, language, question, summary, background, can_change, cannot_change, boroughs,
         opens_at, closes_at, contact, decision_maker, decision_role, decision_kind, equality_note, created_at, announced_at,
         touched_at, withdrawn_why, overdue_reason, given, with_fate, outcome_summary, answered_at, version_id)
       select 'plan-' || n, s, 'en', 'A plan?', '', '', 'All of it.', '', '[]',
              cast(:now as timestamptz) - n * interval '1 hour',
              cast(:now as timestamptz) + case when s = 'considering' then -1 else 1 end * interval '1 minute',
              '', 'The Mayor', '', 'MD', '', :now, :now, cast(:now as timestamptz) - n * interval '1 minute', '', '', 0, 0, '',
              case when s = 'answered' then cast(:now as timestamptz) - n * interval '1 minute' end, 1
       from generate_series(2, 5001) n,
            lateral (select case n % 100 when 0 then 'open' when 1 then 'considering' else 'answered' end s) as stage""",
    """insert into consultation_activity (consultation_id, name, added_at, given)
       select id, 'survey:' || id, :now, 0 from consultation""",
    """insert into consultation_update (consultation_id, title, text, language, at)
       select id, 'News', 'News.', 'en', cast(:now as timestamptz) - id * interval '1 minute' from consultation""",
    """insert into consultation_theme (consultation_id, position, title, heard)
       select id, n, 'Theme', 'Heard.' from (select id from consultation order by id limit 10) c, generate_series(1, 2) n""",
    """insert into consultation_link (consultation_id, contribution, theme_id, fate, why, at)
       select t.consultation_id, 'response:' || n, t.id, case when n % 3 = 0 then 'noted' else '' end, '', :now
       from consultation_theme t join generate_series(1, 20000) n on n % 20 = t.id % 20""",
    """insert into account_user (email, email_confirmed_at, language, created_at, connections, preferences, status)
       select 'follower' || n || '@example.org', :now, 'en', :now, '[]', '{}', 'active' from generate_series(1, 3000) n""",
    """insert into consultation_follow (consultation_id, person_id, at)
       select (select min(id) + u.id % 50 from consultation), u.id, :now from account_user u""",
)  # fmt: skip
TABLES = ", ".join(sorted(LARGE | {"consultation_theme", "account_user"}))


@pytest.fixture(scope="module")
def many(app: Flask) -> Iterator[Callable[..., list[dict]]]:
    """Tables with many rows, in a transaction that is undone; gives the plan of whatever a call asks."""
    with app.app_context(), db.engine.connect() as connection:
        undo = connection.begin()
        on_it = {"bind": connection, "binds": {}, "join_transaction_mode": "create_savepoint"}
        with mock.patch.dict(db.sessionmaker.kw, on_it):
            for statement in FILL:
                connection.execute(sa.text(statement), {"now": NOW} if ":now" in statement else {})
            connection.execute(sa.text(f"ANALYZE {TABLES}"))
            yield lambda call: plans(connection, call)
            db.session.close()
        undo.rollback()


def first() -> int:
    return db.session.scalar(sa.select(sa.func.min(Consultation.id))) or 0


def theme() -> int:
    return db.session.scalar(sa.text("select min(id) from consultation_theme")) or 0


QUESTIONS: dict[str, Callable[[int, int], Any]] = {
    "the open ones": lambda c, t: consultations.listed("open", NOW),
    "those being considered": lambda c, t: consultations.listed("considering", NOW),
    "those answered": lambda c, t: consultations.listed("answered", NOW),
    "one by its address": lambda c, t: consultations.by_slug("plan-77"),
    "the consultation of a survey": lambda c, t: consultations.consultation_of(f"survey:{c}") or (),
    "its followers": lambda c, t: consultations.followers(c),
    "its news": lambda c, t: consultations.updates_of(c),
    "the newest news": lambda c, t: consultations.news(NOW),
    "where twenty contributions went": lambda c, t: outcome.where_they_went(f"response:{n}" for n in range(20)),
    "where a stretch stands": lambda c, t: outcome.links_of(c, (f"response:{n}" for n in range(200))),
    "what stands in a theme": lambda c, t: reading.in_theme(c, t),
    "what owes an answer": lambda c, t: consultations.owing(NOW),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_hot_questions_go_by_index(in_a_request, many, name):
    consultation, one = first(), theme()
    for plan in many(lambda: QUESTIONS[name](consultation, one)):
        for step in nodes(plan):
            whole = step["Node Type"] == "Seq Scan" and step.get("Relation Name") in LARGE
            assert not whole, f"goes through all of {step.get('Relation Name')}"
            long = step["Node Type"] in ("Sort", "Incremental Sort") and step["Plan Rows"] > LONG
            assert not long, f"sorts {step['Plan Rows']} rows by {step.get('Sort Key')}"


def test_the_counts_of_an_outcome_are_read_from_an_index_alone(in_a_request, many):
    consultation = first()
    counts = [
        plan for plan in many(lambda: outcome.outcome_of(consultation)) if plan["Node Type"].endswith("Aggregate")
    ]
    assert len(counts) == 1
    assert "Seq Scan" not in {step["Node Type"] for step in nodes(counts[0])}


@pytest.fixture
def in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield

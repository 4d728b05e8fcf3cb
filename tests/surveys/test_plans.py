"""The plans of the hot questions over many rows: by index, never through a whole table, never sorting what is long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.surveys.models.survey import Survey
from civic.surveys.queries import answering, results

pytestmark = pytest.mark.xdist_group("plans")  # one filling for all of them

RESPONSES, PEOPLE, SURVEYS = 60_000, 20_000, 3_000
LARGE = {"survey", "survey_version", "response", "participation", "draft", "answer_count", "account_user"}
LONG = 200
"""More rows than this are not sorted to answer one request."""

FILL = (
    """insert into account_user (email, email_confirmed_at, language, created_at, connections, preferences, status)
       select 'plan' || n || '@example.org', :now, 'en', :now, '[]', '{}', 'active' from generate_series(1, :people) n""",
    """insert into survey (slug, title, summary, purpose, languages, status, opens_at, closes_at, who_may_answer, anonymity,
                           one_answer_each, suppress_below, created_at, launched_at, published_sections, version_id,
                           results_published_at)
       select 'plan-' || n, '{"en": "A plan"}', '{}', '{}', '["en"]', case when n % 20 = 0 then 'open' else 'closed' end,
              :now - n * interval '1 hour', :now + n * interval '1 minute', 'nothing', 'identified', true, 10,
              :now - n * interval '1 hour', :now - n * interval '1 hour', '["main"]', 1,
              case when n % 20 > 9 then :now - n * interval '1 minute' end
       from generate_series(1, :surveys) n""",
    """insert into survey_version (survey_id, number, definition, created_at, pinned_at, version_id)
       select id, n, '{"languages": ["en"], "sections": []}', :now, :now, 1 from survey, generate_series(1, 2) n
       where slug like 'plan-%'""",
    # Without figures of what was just written the planner guesses small, and tries every pair.
    "analyze account_user, survey, survey_version",
    """insert into response (id, survey_id, anonymity, survey_version_id, person_id, answers, language, mode, level,
                             submitted_on, receipt_hash)
       select gen_random_uuid(), s.id, 'identified', v.id, null, '{"a": "b"}', 'en', 'web', 'nothing', current_date, 'hash-' || n
       from generate_series(1, :responses) n
       join survey s on s.slug = 'plan-' || (case when n % 3 = 0 then n % 50 + 1 else 20 end)
       join survey_version v on v.survey_id = s.id and v.number = 1""",
    "analyze response",
    """update response r set person_id = u.id from (select id, row_number() over (order by id) n from account_user) u
       where r.receipt_hash = 'hash-' || u.n""",
    """insert into participation (survey_id, person_id, anonymity, answered_on)
       select distinct survey_id, person_id, anonymity, current_date from response where person_id is not null""",
    "analyze participation",
    """insert into draft (key, survey_id, survey_version_id, person_id, answers, passed, place, language, updated_at, revision)
       select 'key-' || u.id, s.id, v.id, case when u.id % 2 = 0 then u.id end, '{}', '[]', '', 'en', :now, 1
       from account_user u join survey s on s.slug = 'plan-20' join survey_version v on v.survey_id = s.id and v.number = 2""",
    """insert into answer_count (survey_id, question, option, level, n)
       select s.id, 'question_' || q, 'option_' || o, 'nothing', 7 from survey s, generate_series(1, 5) q, generate_series(1, 4) o
       where s.slug like 'plan-%'""",
    "analyze",
)


@pytest.fixture(scope="module")
def many(app: Any) -> Iterator[Callable[..., list[dict]]]:
    """Tables with many rows, in a transaction that is undone; gives what asks the planner about whatever a call does."""
    from datetime import UTC, datetime
    from unittest import mock

    numbers = {
        "now": datetime(2026, 11, 23, 12, tzinfo=UTC),
        "people": PEOPLE,
        "surveys": SURVEYS,
        "responses": RESPONSES,
    }
    with app.app_context(), db.engine.connect() as connection:
        undo = connection.begin()
        on_it = {"bind": connection, "binds": {}, "join_transaction_mode": "create_savepoint"}
        with mock.patch.dict(db.sessionmaker.kw, on_it):
            for statement in FILL:
                connection.execute(
                    sa.text(statement), {key: value for key, value in numbers.items() if f":{key}" in statement}
                )
            yield lambda call: plans(connection, call)
            db.session.close()
        undo.rollback()


def plans(connection: sa.Connection, call: Callable[[], Any]) -> list[dict]:
    """The plan of every statement that a call sends."""
    with heard(connection) as sent:
        assert call() is not None
    explained = [
        connection.exec_driver_sql(f"explain (format json) {statement}", parameters).scalar()[0]["Plan"]
        for statement, parameters in sent
    ]
    assert explained, "the call sent no statement"
    return explained


@contextmanager
def heard(connection: sa.Connection) -> Iterator[list[tuple[str, Any]]]:
    """Every statement sent meanwhile."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().lower().startswith(("select", "with", "insert", "update", "delete")):
            sent.append((statement, parameters))

    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)


def nodes(plan: dict) -> Iterator[dict]:
    """Every step of a plan."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def slow_steps(found: list[dict]) -> list[str]:
    """Steps that go through a whole large table, or sort a long list."""
    slow = []
    for step in (node for plan in found for node in nodes(plan)):
        if step["Node Type"] == "Seq Scan" and step.get("Relation Name") in LARGE:
            slow.append(f"goes through all of {step['Relation Name']}")
        if step["Node Type"] in ("Sort", "Incremental Sort") and step["Plan Rows"] > LONG:
            slow.append(f"sorts {step['Plan Rows']} rows by {step['Sort Key']}")
    return slow


def someone() -> int:
    """The number of a person in the middle."""
    return db.session.scalar(sa.text("select min(id) + 10000 from account_user"))


def busy_survey() -> Survey:
    """The survey with most responses."""
    return db.session.scalars(sa.select(Survey).where(Survey.slug == "plan-20")).one()


def test_the_page_of_a_survey_is_found_by_index(many):
    assert slow_steps(many(lambda: answering.taking("plan-20", person_id=None, key=None))) == []


def test_the_draft_in_a_browser_is_found_by_index(many):
    key = f"key-{someone() + 1}"
    assert slow_steps(many(lambda: answering.taking("plan-20", person_id=None, key=key))) == []


def test_a_members_draft_response_and_participation_are_found_by_index(many):
    person = someone()
    assert slow_steps(many(lambda: answering.taking("plan-20", person_id=person, key="key-of-another"))) == []


def test_a_response_is_found_by_its_receipt_and_by_its_person(many):
    survey, person = busy_survey(), someone()
    assert slow_steps(many(lambda: answering.response_by_receipt(survey, "hash-20000"))) == []
    assert slow_steps(many(lambda: answering.own_response(survey, person) or "none")) == []


def test_results_read_counts_and_no_responses(many):
    survey_id = busy_survey().id
    found = many(lambda: results.counts_of(survey_id))
    assert slow_steps(found) == []
    assert {step.get("Relation Name") for plan in found for step in nodes(plan)} <= {"answer_count", None}


def test_the_survey_of_a_results_page_is_found_by_index(many):
    assert slow_steps(many(lambda: results.asked("plan-20"))) == []


@pytest.mark.parametrize("is_member", [False, True])
def test_the_list_of_surveys_goes_by_index(many, now, is_member):
    person = someone() if is_member else None
    assert slow_steps(many(lambda: answering.open_surveys(now, person_id=person))) == []


def test_the_list_of_results_goes_by_index(many, now):
    assert slow_steps(many(lambda: answering.published_results(now + timedelta(days=9)))) == []


def test_a_whole_table_gone_through_is_seen(many):
    """The check can fail: without an index on what answers hold, the planner reads everything."""
    query = sa.text('select count(*) from response where answers @> \'{"a": "c"}\'')
    assert slow_steps(many(lambda: db.session.scalar(query))) == ["goes through all of response"]

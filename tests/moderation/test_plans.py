"""Ten thousand cases are as quick as ten: the queue reads by its indexes and asks few questions."""

from collections.abc import Iterator
from unittest import mock

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from civic.core.db import db
from civic.moderation.models import ScreenedText, Suspension
from civic.moderation.queries import queue
from civic.moderation.queries.people import suspension_of
from tests.conftest import NOW
from tests.make_moderation import Remarks
from tests.support.sql import explain, statements

OPEN = 10_000
FILL = (
    """insert into account_user (email, status, language, created_at, connections, preferences, display_name, display_name_folded)
       select 'plan' || n || '@example.org', 'active', 'en', :now, '[]', '{}', 'Plan ' || n, 'plan' || n
       from generate_series(1, 2000) n""",
    """insert into moderation_case (thing, status, version, author_id, place, language, created_at, opened_at, is_reported, is_waiting,
              is_alike, is_wave, is_resubmitted, waits_for, weight, reports, is_folded, decided_at)
       select 'remark:' || n, case when n > :open then 'kept' when n % 100 = 0 then 'appealed' else 'open' end, 1,
              (select min(id) from account_user) + n % 2000, 'topic:1', case when n % 50 = 0 then 'pl' else 'en' end,
              :now, :now - n * interval '1 minute', n % 3 > 0,
              n % 3 = 0, n % 97 = 0, n % 89 = 0, false, '', n % 300, 1, false, null
       from generate_series(1, 3 * :open) n""",
    """insert into moderation_report (case_id, thing, reporter_id, status, rule, words, language, at, weight, counted, words_seen)
       select id, thing, author_id, case when status = 'open' then 'standing' else 'dismissed' end, 'abuse', '', 'en', :now, 100, 100, 0
       from moderation_case""",
    """insert into moderation_text (thing, person_id, place, text, language, is_change, marks, at)
       select thing, author_id, 'topic:1', repeat('Words number ' || id || ' ', 40), 'en', false,
              array[id * 8, id * 8 + 1], :now from moderation_case""",
    "analyze moderation_case",
    "analyze moderation_report",
    "analyze moderation_text",
    "analyze account_user",
)


@pytest.fixture(scope="module")
def connection(app) -> Iterator[sa.Connection]:
    """A long queue, in a transaction that is undone."""
    with app.app_context(), db.engine.connect() as connection:
        undo = connection.begin()
        on_it = {"bind": connection, "binds": {}, "join_transaction_mode": "create_savepoint"}
        with mock.patch.dict(db.sessionmaker.kw, on_it):
            for statement in FILL:
                bound = {key: value for key, value in {"now": NOW, "open": OPEN}.items() if f":{key}" in statement}
                connection.execute(sa.text(statement), bound)
            yield connection
            db.session.close()
        undo.rollback()


@pytest.mark.parametrize("language", ["", "pl"])
@pytest.mark.parametrize("facet", queue.FACETS)
def test_every_stretch_of_the_queue_is_read_in_its_order_by_an_index(connection, facet, language):
    query, order = queue.queue_query(facet, language)
    explain(connection, query.order_by(*order).limit(26), never_scans=["moderation_case"])


@pytest.mark.parametrize("facet", queue.FACETS)
def test_a_page_of_a_long_queue_asks_few_questions_and_leads_on(connection, app, facet, make_remarks):
    with statements() as asked:
        page = queue.queue(facet, NOW)
    asked.at_most(4)
    with statements() as asked:
        polish = queue.queue(facet, NOW, language="pl").items
    asked.at_most(4)
    assert polish and {row.case.language for row in polish} == {"pl"}
    assert len(page.items) == queue.SIZE and page.next
    second = queue.queue(facet, NOW, at=page.next)
    seen = {row.case.id for row in page.items} & {row.case.id for row in second.items}
    assert seen == set() and second.previous


@pytest.fixture
def make_remarks(app):
    """The kind that only tests know, with nothing in it."""
    known = app.extensions["civic"].moderated
    known["remark"] = Remarks().kind()
    yield
    known.pop("remark")


def test_counts_are_one_question_and_stop_at_a_thousand(connection):
    with statements() as asked:
        counts = queue.how_many()
    asked.at_most(1)
    assert counts[""] == counts["reported"] == queue.COUNTED + 1 and counts["appeals"] == 100
    assert queue.waiting_for_moderators() == queue.COUNTED + 1


def test_what_screening_asks_is_read_by_indexes(connection):
    mine = sa.select(ScreenedText.text).where(ScreenedText.person_id == 5, ScreenedText.at > NOW)
    alike = sa.select(ScreenedText.person_id).where(
        ScreenedText.marks.overlap(sa.cast([80, 9000], ARRAY(sa.BigInteger)))
    )
    for query in (mine, alike, sa.select(Suspension).where(Suspension.person_id == 5)):
        explain(connection, query, never_scans=["moderation_text"], sorts=True)
    assert suspension_of(5, NOW) is None

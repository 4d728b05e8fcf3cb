"""The plans of the hot questions over many rows: by index, never through a whole table, never sorting what is long."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.discussions.actions import comments as acts
from civic.discussions.actions import following, supporting
from civic.discussions.models import Comment, Thread
from civic.discussions.queries import comments, finding, ideas, people, readers, threads, topics
from civic.discussions.queries.finding import Search
from civic.discussions.queries.threads import Wish, thread_by_id
from tests.surveys.test_plans import heard, nodes

pytestmark = pytest.mark.xdist_group("plans_of_discussions")  # one filling for all of them

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LARGE = {
    "thread", "comment", "idea", "comment_support", "thread_follow", "thread_read", "comment_draft", "findable", "account_user",
    "text_version",
}  # fmt: skip
LONG = 200
"""More rows than this are not sorted to answer one request."""

# 20,000 comments: 6,000 in one thread, 3,000 ideas in another, the rest in 2,000 threads of 10 topics.
FILL = (
    """insert into account_user (email, email_confirmed_at, language, created_at, connections, preferences, status, display_name,
                                 display_name_folded)
       select 'talk' || n || '@example.org', :now, 'en', :now, '[]', '{}', 'active', 'Talker ' || n, 'talker' || n
       from generate_series(1, 5000) n""",
    """insert into topic (slug, title, summary, language, position, status, waits, pause_seconds, members_open, created_at,
                          threads, version)
       select 'plan-' || n, 'Topic ' || n, '', 'en', n, 'open', false, 0, true, :now, 0, 1 from generate_series(1, 10) n""",
    """insert into thread (topic_id, kind, status, locked_why, shown, broke, title, text, language, author_id, author_name, as_role,
                           created_at, poll, source_key, comments, people, supports, last_at, last_position, last_voice, pulse, version)
       select (select min(id) from topic) + n % 10, case when n = 2 then 'ideas' else 'discussion' end, 'open', '',
              case when n % 50 = 0 then 'removed' else 'shown' end, '',
              'Thread ' || n, 'About buses and word' || n % 97, 'en', (select min(id) from account_user) + n, '', '',
              :now - n * interval '1 hour', '', 'plan:' || n, 10, 1, n % 40, :now - (n * 7 % 2000) * interval '1 minute', 10, 1, 0, 1
       from generate_series(1, 2000) n""",
    "analyze account_user, topic, thread",
    """insert into comment (thread_id, position, author_id, author_name, voice, is_official, as_role, text, language, at, source_key,
                            shown, broke, supports, imported_supports, answers, reads, version)
       select t.id, case when n <= 6000 then n when n <= 9000 then n - 6000 else n / 2000 end, u.first + n % 5000, '', n % 5000 + 1,
              false, '', 'A word on buses, trees, word' || n % 97 || ' and rare' || n, case when n % 5 = 0 then 'pl' else 'en' end,
              :now - n * interval '1 minute', 'plan:' || n, case when n % 100 = 0 then 'removed' else 'shown' end, '',
              n % 30, n % 30, 0, n % 50, 1
       from generate_series(1, 20000) n
       cross join (select min(id) as first from account_user) u
       join thread t on t.source_key = 'plan:' || (case when n <= 6000 then 1 when n <= 9000 then 2 else n % 2000 + 3 end)
       on conflict do nothing""",
    "analyze comment",
    """update comment c set top_id = a.id, answers_id = a.id from comment a
       where a.thread_id = c.thread_id and a.position = c.position - 1 and c.position % 3 = 0""",
    """insert into idea (comment_id, thread_id, title, status, reason, reason_language, decided_as, version)
       select c.id, c.thread_id, 'Idea ' || c.position, case when c.position % 9 = 0 then 'shortlisted' else 'open' end,
              'Because', 'en', '', 1
       from comment c join thread t on t.id = c.thread_id where t.kind = 'ideas' and c.top_id is null""",
    """insert into comment_support (comment_id, person_id, at) select c.id, c.author_id + 1, :now from comment c
       where c.author_id + 1 <= (select max(id) from account_user)""",
    """insert into thread_follow (thread_id, person_id, at)
       select t.id, u.id, :now from thread t join account_user u on u.id % 400 = t.id % 400 and u.email like 'talk%'""",
    """insert into thread_read (thread_id, person_id, position, at) select thread_id, person_id, 3, at from thread_follow""",
    """insert into comment_draft (person_id, thread_id, title, text, language, updated_at)
       select person_id, thread_id, '', 'Begun', 'en', at from thread_follow""",
    """insert into text_version (comment_id, number, title, text, language, at) select id, 1, '', 'Before', 'en', at from comment""",
    """update thread t set last_position = n.p, comments = n.c, last_voice = n.v, people = 1 from
       (select thread_id, max(position) p, count(*) c, max(voice) v from comment group by thread_id) n where n.thread_id = t.id""",
    # As a vacuum would: what was just written waits beside the index of words otherwise.
    "select gin_clean_pending_list('ix_findable_words')",
    "analyze",
)  # fmt: skip


@pytest.fixture(scope="module")
def many(app: Any) -> Iterator[Callable[..., list[dict]]]:
    """Tables with many rows, in a transaction that is undone; gives what asks the planner about whatever a call does."""
    with app.app_context(), db.engine.connect() as connection:
        undo = connection.begin()
        on_it = {"bind": connection, "binds": {}, "join_transaction_mode": "create_savepoint"}
        with mock.patch.dict(db.sessionmaker.kw, on_it):
            for statement in FILL:
                connection.execute(sa.text(statement), {"now": NOW} if ":now" in statement else {})
            yield lambda call: explained(connection, call)
            db.session.close()
        undo.rollback()


def explained(connection: sa.Connection, call: Callable[[], Any]) -> list[dict]:
    """The plan of every statement that a call sends."""
    with heard(connection) as sent:
        call()
    assert sent, "the call sent no statement"
    return [
        connection.exec_driver_sql(f"explain (format json) {statement}", parameters).scalar()[0]["Plan"]
        for statement, parameters in sent
        if "pg_advisory" not in statement
    ]


def slow_steps(found: list[dict]) -> list[str]:
    """Steps that go through a whole large table, or sort a long list."""
    slow = []
    for step in (node for plan in found for node in nodes(plan)):
        if step["Node Type"] == "Seq Scan" and step.get("Relation Name") in LARGE:
            slow.append(f"goes through all of {step['Relation Name']}")
        if step["Node Type"] in ("Sort", "Incremental Sort") and step["Plan Rows"] > LONG:
            slow.append(f"sorts {step['Plan Rows']} rows by {step['Sort Key']}")
    return slow


def thread(number: int = 1) -> Thread:
    """The thread with most comments, or that of ideas."""
    return thread_by_id(db.session.scalar(sa.select(Thread.id).where(Thread.source_key == f"plan:{number}")))


def someone() -> int:
    """The number of a person in the middle."""
    return db.session.scalar(sa.text("select min(id) + 2500 from account_user where email like 'talk%'"))


def second_page(call: Callable[..., Any]) -> Callable[[], Any]:
    """The page behind the first, by its mark."""
    mark = call(None).next
    assert mark
    return lambda: call(mark)


@pytest.mark.parametrize("page", [1, 60, 120])
def test_a_page_by_number_is_found_by_index_wherever_it_stands(many, page):
    hot = thread()
    found = many(lambda: comments.by_number(hot, page))
    assert slow_steps(found) == []
    assert len(comments.by_number(hot, page).items) >= 49


@pytest.mark.parametrize("sort", ["newest", "oldest", "supported", "unread"])
def test_every_order_of_a_thread_goes_by_index_on_every_page(many, sort):
    hot = thread()
    assert slow_steps(many(lambda: comments.comments(hot, sort))) == []
    assert slow_steps(many(second_page(lambda at: comments.comments(hot, sort, at=at)))) == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "supported", "unread"])
@pytest.mark.parametrize("status", ["", "open", "shortlisted"])
def test_a_list_of_ideas_goes_by_index(many, sort, status):
    listed = thread(2)
    found = many(lambda: ideas.ideas(listed, sort, status))
    assert [step for step in slow_steps(found) if "idea" not in step] == []


@pytest.mark.parametrize("sort", ["active", "newest", "supported", "quiet"])
@pytest.mark.parametrize("within", [True, False])
def test_lists_of_threads_go_by_index_on_every_page(many, sort, within):
    wish = Wish(thread().topic_id if within else None, sort=sort)
    assert slow_steps(many(lambda: threads.threads(wish))) == []
    assert slow_steps(many(second_page(lambda at: threads.threads(wish, at=at)))) == []


def test_topics_and_one_thread_are_found_by_index(many):
    hot = thread()
    assert slow_steps(many(topics.topics)) == []
    assert slow_steps(many(lambda: (db.session.expunge_all(), thread_by_id(hot.id)))) == []


def test_what_a_thread_is_to_a_person_is_found_by_index(many):
    hot, person = thread(), someone()
    some = [each.id for each in comments.by_number(hot).items]
    for call in (
        lambda: readers.place_of(person, hot),
        lambda: readers.read_to(person, [hot.id]),
        lambda: readers.followed_by(person),
        lambda: readers.drafts_of(person),
        lambda: readers.draft_for(person, thread=hot),
        lambda: comments.supported_by(person, some),
        lambda: comments.comments_of(person),
        lambda: threads.threads_of(person),
        lambda: people.mentioned_in("@Talker 77 and @Talker 78 say so"),
        lambda: comments.earlier_versions(comments.comment_at(hot, 7)),
        lambda: comments.answers_under(comments.comment_at(hot, 7)),
        lambda: comments.said_at(hot, [1, 2, 3]),
    ):
        assert slow_steps(many(call)) == []


def test_posting_supporting_and_reading_on_touch_what_they_change_and_no_more(many):
    from civic.accounts.models import User

    hot, person = thread(), db.session.get(User, someone())
    comment = comments.comment_at(hot, 7)
    words = {"text": "Quite another thought about the bridge.", "language": "en", "by": person, "now": NOW}
    found = many(lambda: acts.post(hot, answers=comment, **words))
    assert [step for step in slow_steps(found) if "moderation" not in step] == []
    assert slow_steps(many(lambda: supporting.support(comment, by=person, now=NOW))) == []
    assert slow_steps(many(lambda: following.mark_read(hot, 70, by=person, now=NOW))) == []


@pytest.mark.parametrize(
    "search",
    [
        Search("rare777"), Search("buses"), Search("word13"), Search("buses", topic="plan-3"), Search("word13", language="pl"),
        Search(topic="plan-3"), Search("buses", idea="shortlisted"),
    ],
)  # fmt: skip
def test_a_search_goes_by_index(many, search):
    plans = many(lambda: finding.find(search, "en", size=20))
    assert [step for step in slow_steps(plans) if not step.startswith("sorts")] == []
    # What has a rare word is few, and so is what is looked through.
    sorted_rows = [node["Plan Rows"] for plan in plans for node in nodes(plan) if node["Node Type"] == "Sort"]
    assert max(sorted_rows, default=0) <= finding.LOOKED_THROUGH


def test_a_rare_word_is_found_in_the_index_of_words(many):
    found = many(lambda: finding.find(Search("rare777"), "en"))
    assert "ix_findable_words" in {step.get("Index Name") for plan in found for step in nodes(plan)}


def test_a_whole_table_gone_through_is_seen(many):
    """The check can fail: nothing helps to find a comment by a part of its text."""
    query = sa.select(sa.func.count()).where(Comment.text.like("%x%"))
    assert slow_steps(many(lambda: db.session.scalar(query))) == ["goes through all of comment"]

"""`python -m benchmarks.discussions [1000000]`, apart from the rest: threads of 10,000 and so many comments, read, searched, written in.

Prints milliseconds, times the floor, SQL statements, and how much the large thread costs beside the small one.
"""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter, thread_time
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask

from benchmarks import data, statements
from benchmarks.measuring import Timing, measure, ratio
from benchmarks.operations import PAGE_FLOOR, SELECT, Operation
from benchmarks.servers import serving
from benchmarks.wire import Answer, Reader, csrf_of
from civic.accounts import passwords
from civic.accounts.models import User
from civic.core import clock
from civic.core.db import db, transaction
from civic.discussions.actions import comments, supporting
from civic.discussions.models import Comment, Thread
from civic.discussions.queries.finding import Search, facets, find
from civic.discussions.queries.threads import thread_by_id

SMALL, MANY = 10_000, int(os.environ.get("COMMENTS", "1000000"))
EMAIL, PASSWORD = "reader@example.org", "kestrel-over-deptford-creek"
PEOPLE, POSTS = 2_000, 150
_WORDS = [f"word{n}" for n in range(4000)]

PEOPLE_ROWS = """insert into account_user (email, email_confirmed_at, language, created_at, connections, preferences, status,
        display_name, display_name_folded, password_hash)
    select case when n = 1 then :email else 'talker' || n || '@example.org' end, :now, 'en', :now - interval '1 year', '[]', '{}',
        'active', 'Talker ' || n, 'talker' || n, case when n = 1 then :hash end
    from generate_series(1, :people) n"""
PLACES = (
    """insert into topic (slug, title, summary, language, position, status, waits, pause_seconds, members_open,
           created_at, threads, version)
       select 'bench-' || n, 'Topic ' || n, 'For measuring.', 'en', n, 'open', false, 0, true,
           :now, 0, 1 from generate_series(1, 10) n""",
    """insert into thread (topic_id, kind, status, locked_why, shown, broke, title, text, language, author_id, author_name, as_role,
           created_at, told_at, poll, source_key, comments, people, supports, last_at, last_position, last_voice, pulse, version)
       select (select min(id) from topic where slug like 'bench-%') + n % 10, 'discussion', 'open', '', 'shown', '', 'Thread number ' || n,
           'What do you think of it?', 'en', (select min(id) from account_user where email like 'talker%') + n % 1000, '', '',
           :now - n * interval '1 minute', :now, '', 'bench:' || n, 0, 0, 0, :now - n * interval '1 minute', 0, 0, 0, 1
       from generate_series(1, 2000) n""",
)
# The first thread gets 10,000 comments, the second all the others; some thirty words each, the common ones common, one of its own.
TALK = """insert into comment (thread_id, position, author_id, author_name, voice, is_official, as_role, text, language, at,
        told_at, source_key, shown, broke, supports, imported_supports, answers, reads, version)
    select (select id from thread where source_key = 'bench:' || (case when n <= :small then 1 else 2 end)),
        case when n <= :small then n else n - :small end, u.first + n % 1000, '', 1 + n % 1000, false, '',
        w.words || case when n % 5 = 0 then ' buses' else '' end || case when n % 3000 = 0 then ' flamingo' else '' end || ' only' || n,
        case when n % 4 = 0 then 'pl' else 'en' end, :now - (:total - n) * interval '1 second', :now, null, 'shown', '', n % 40, n % 40,
        0, n % 90, 1
    from generate_series(cast(:first as bigint), cast(:last as bigint)) n
    cross join (select min(id) as first from account_user where email like 'talker%') u
    cross join lateral (select string_agg('word' || (4000 * power(random(), 3))::int, ' ') as words
        from generate_series(1, 30) k where n > 0) w"""
FOUND = """insert into findable (thread_id, comment_id, topic_id, kind, language, is_answered, at, words)
    select c.thread_id, c.id, t.topic_id, t.kind, c.language, false, c.at,
        to_tsvector(case c.language when 'en' then 'english' else 'simple' end::regconfig, unaccent(c.text))
    from comment c join thread t on t.id = c.thread_id where t.source_key in ('bench:1', 'bench:2')"""
KEPT = (
    """update thread t set comments = n.c, last_position = n.p, people = n.v, last_voice = n.v, supports = n.s, last_at = n.at from
       (select thread_id, count(*) c, max(position) p, count(distinct voice) v, sum(supports) s, max(at) at
        from comment group by thread_id) n
       where n.thread_id = t.id""",
    "update topic t set threads = (select count(*) from thread where topic_id = t.id)",
)


def fill(say: Callable[[str], None]) -> None:
    """People, threads and comments, by statements over whole sets; the index of words is made when all stand there."""
    now, start, total = clock.now(), perf_counter(), SMALL + MANY
    with db.engine.begin() as connection:
        known = {"now": now, "people": PEOPLE, "email": EMAIL, "hash": passwords.hashed(PASSWORD)}
        connection.execute(sa.text(PEOPLE_ROWS), known)
        for statement in PLACES:
            connection.execute(sa.text(statement), {"now": now})
        connection.execute(sa.text("alter table comment disable trigger comment_findable"))
    for first in range(1, total + 1, 100_000):
        values = {"now": now, "small": SMALL, "total": total, "first": first, "last": min(first + 99_999, total)}
        with db.engine.begin() as connection:
            connection.execute(sa.text(TALK), values)
    say(f"{total:,} comments: {perf_counter() - start:.0f} s")
    with db.engine.begin() as connection:
        connection.execute(sa.text("alter table comment enable trigger comment_findable"))
        made = connection.scalar(sa.text("select indexdef from pg_indexes where indexname = 'ix_findable_words'"))
        connection.execute(sa.text("drop index ix_findable_words"))
        connection.execute(sa.text(FOUND))
        connection.execute(sa.text("set local maintenance_work_mem = '512MB'"))
        connection.execute(sa.text(str(made)))
        for statement in KEPT:
            connection.execute(sa.text(statement))
    say(f"and the search for them: {perf_counter() - start:.0f} s")


# What is measured over the wire.


def _pages(app: Flask) -> tuple[Operation, ...]:
    with app.app_context():
        small, large = (
            db.session.scalars(sa.select(Thread).where(Thread.source_key == f"bench:{n}")).one() for n in (1, 2)
        )
        addresses = {each: f"/en/discussions/{each.topic.slug}/{each.id}" for each in (small, large)}
        last = 1 + (large.last_position - 1) // 50
        topic = large.topic.slug
        db.session.close()

    def get(path: str) -> Callable[[Reader], Answer]:
        return lambda reader: reader.get(path)

    def signed_in(path: str) -> Callable[[Reader], Answer]:
        came_in: dict[str, str] = {}  # once, for a password takes longer to prove than thirty pages to draw

        def act(reader: Reader) -> Answer:
            if isinstance(reader, Reader):
                reader.cookies.update(came_in)
            if _is_new(reader):
                page = reader.get("/en/sign-in")
                fields = [("csrf_token", csrf_of(page)), ("email", EMAIL), ("password", PASSWORD)]
                assert reader.post("/en/sign-in", fields).status == 303, "the reader could not sign in"
                came_in.update(getattr(reader, "cookies", {}))
            return reader.get(path)

        return act

    page = addresses[large]
    return (
        Operation(f"thread of {SMALL:,}, first page", get(addresses[small]), floor=PAGE_FLOOR, most=2.5, statements=6),
        Operation(f"thread of {MANY:,}, first page", get(page), floor=PAGE_FLOOR, most=2.5, statements=6),
        Operation(
            f"thread of {MANY:,}, last page", get(f"{page}?page={last}"), floor=PAGE_FLOOR, most=2.5, statements=6
        ),
        Operation("the same, most supported", get(f"{page}?sort=supported"), floor=PAGE_FLOOR, most=2.5, statements=6),
        Operation("the same, not yet read much", get(f"{page}?sort=unread"), floor=PAGE_FLOOR, most=2.5, statements=6),
        Operation("the same, signed in", signed_in(page), floor=PAGE_FLOOR, most=3.5, statements=8),
        Operation("list of topics", get("/en/discussions"), floor=SELECT, statements=4),
        Operation("list of threads", get(f"/en/discussions/{topic}"), floor=SELECT, most=4.8, statements=4),
        Operation("search, a common word", get("/en/discussions/search?words=buses"), floor=PAGE_FLOOR),
        Operation("search, a rare word", get(f"/en/discussions/search?words={quote('flamingo')}"), floor=PAGE_FLOOR),
        Operation("search, no such word", get("/en/discussions/search?words=xylophone"), floor=PAGE_FLOOR),
    )


def _is_new(reader: Any) -> bool:
    """Whether the reader has nothing of ours yet, on the wire or inside this process."""
    return not (reader.cookies if isinstance(reader, Reader) else reader.client._cookies)


# What is measured in this process: a commit each, as a view does it.


Taken = tuple[float, float]
"""Milliseconds by the clock, and those of our own processor time among them; the rest is PostgreSQL's, the disk's and other people's."""


def _acts(app: Flask) -> dict[str, list[Taken]]:
    times: dict[str, list[Taken]] = {}
    with app.app_context():
        now = clock.now()
        people = list(db.session.scalars(sa.select(User).where(User.email.like("talker%")).limit(POSTS)))
        for n in (1, 2):
            thread_id = db.session.scalar(sa.select(Thread.id).where(Thread.source_key == f"bench:{n}"))
            name = f"thread of {(SMALL, MANY)[n - 1]:,}"
            times[f"post a comment, {name}"] = [_post(thread_id, person, n, now) for person in people]
            times[f"support one, {name}"] = _supports(thread_id, people, now)
        for words in ("buses", "flamingo", "only777", "xylophone", "word1 word2", "word3999"):
            times[f"find “{words}”"] = [_timed(lambda words=words: find(Search(words), "en")) for _ in range(7)]
            times[f"count “{words}” by facet"] = [
                _timed(lambda words=words: facets(Search(words), "en")) for _ in range(7)
            ]
        narrowed = Search("buses", topic="bench-3", language="pl")
        times["find “buses” in one topic, in Polish"] = [_timed(lambda: find(narrowed, "en")) for _ in range(7)]
    return times


def _post(thread_id: Any, person: User, n: int, now: datetime) -> Taken:
    def act() -> None:
        with transaction():
            comments.post(
                thread_by_id(thread_id),  # type: ignore[arg-type]
                text=" ".join(Random(person.id * n).choices(_WORDS, k=25)),
                language="en", by=person, now=now + timedelta(minutes=n),
            )  # fmt: skip

    return _timed(act)


def _supports(thread_id: Any, people: Sequence[User], now: datetime) -> list[Taken]:
    comment = db.session.scalars(sa.select(Comment).where(Comment.thread_id == thread_id, Comment.position == 7)).one()

    def act(person: User) -> None:
        with transaction():
            supporting.support(comment, by=person, now=now)

    return [_timed(lambda person=person: act(person)) for person in people if person.id != comment.author_id]


def _timed(act: Callable[[], Any]) -> Taken:
    start, work = perf_counter(), thread_time()
    act()
    return (perf_counter() - start) * 1000, (thread_time() - work) * 1000


def main() -> int:
    """Fill, measure, print; 1 where something was refused."""
    start = perf_counter()

    def say(line: str) -> None:
        print(f"[{perf_counter() - start:5.1f} s] {line}", flush=True)

    with data.database() as address:
        app = data.tables_for(address, lambda: fill(say))
        operations = _pages(app)
        with (
            serving("benchmarks.floor:create_app", address, "/page") as floor,
            serving("benchmarks.site:create_app", address, "/health/ready") as site,
        ):
            timings = measure(floor, site, say, operations)
        counts = statements.count(app, operations)
        acts = _acts(app)
        data.let_go(app)
    _print(operations, timings, counts, acts)
    return 1 if any(timing.refused for timing in timings.values()) else 0


def _print(
    operations: Sequence[Operation], timings: dict[str, Timing], counts: dict[str, int], acts: dict[str, list[Taken]]
) -> None:
    for each in operations:
        timing = timings[each.name]
        goal = f" (at most {each.most})" if each.most else ""
        work = timing.cpu_ms / (timings[each.floor].cpu_ms or 1)
        told = (
            timing.refused
            or f"{timing.ms:.2f} ms, ×{ratio(timings, each.name, each.floor):.2f} of {each.floor}{goal}; by processor time "
            f"{timing.cpu_ms:.2f} ms, ×{work:.2f}; {counts.get(each.name)} statements, {timing.kilobytes:.0f} KB"
        )
        print(f"{each.name}: {told}")
    small, large = (operations[n].name for n in (0, 1))
    print(f"growth of the first page: ×{timings[large].ms / timings[small].ms:.2f}")
    for name, taken in acts.items():
        clock_ms, work_ms = ([each[n] for each in taken] for n in (0, 1))
        print(
            f"{name}: {median(clock_ms):.2f} ms, at most {max(clock_ms):.1f} ms; our processor time {median(work_ms):.2f} ms"
        )
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        MANY = int(sys.argv[1])
    sys.exit(main())

"""Comments made elsewhere → rows, by a handful of statements however many there are; what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from civic.core.db import db
from civic.discussions.actions.counts import add_to_topic
from civic.discussions.importing.reading import Incoming, Opening
from civic.discussions.models import Topic

_COLUMNS = ("key", "thread", "parent", "title", "text", "at", "votes", "author")

_INCOMING = """
CREATE TEMPORARY TABLE incoming (
    line BIGINT GENERATED ALWAYS AS IDENTITY, key TEXT NOT NULL, thread TEXT NOT NULL, parent TEXT, title TEXT NOT NULL,
    text TEXT NOT NULL, at TIMESTAMP WITH TIME ZONE NOT NULL, votes BIGINT NOT NULL, author TEXT NOT NULL
) ON COMMIT DROP
"""
# A key that stands twice counts once, as it stood first.
_TWICE = "DELETE FROM incoming a USING incoming b WHERE a.key = b.key AND a.line > b.line"
# What answers something that the file does not hold, or that stands in another thread, answers nobody.
_LOST = """
UPDATE incoming i SET parent = NULL WHERE parent IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM incoming p WHERE p.key = i.parent AND p.thread = i.thread AND p.key <> i.key)
"""
_TREE = """
CREATE TEMPORARY TABLE placed ON COMMIT DROP AS
WITH RECURSIVE tree AS (
    SELECT line, key, key AS top FROM incoming WHERE parent IS NULL
    UNION ALL
    SELECT i.line, i.key, tree.top FROM incoming i JOIN tree ON i.parent = tree.key
) SELECT * FROM tree
"""
# Those that answer each other in a circle are reached from nowhere.
_CIRCLES = "DELETE FROM incoming i WHERE NOT EXISTS (SELECT 1 FROM placed p WHERE p.line = i.line)"
_THREADS = """
INSERT INTO thread (topic_id, kind, status, locked_why, shown, broke, title, text, language, author_name, as_role, created_at, told_at,
    poll, source_key, comments, people, supports, last_at, last_position, last_voice, pulse, version)
SELECT :topic, 'discussion', 'open', '', 'shown', '', coalesce(max(o.title), nullif(max(i.title), ''), :untitled || i.thread),
    coalesce(max(o.text), ''), :language, '', '', min(i.at), :now, '', :source || i.thread, 0, 0, 0, min(i.at), 0, 0, 0, 1
FROM incoming i LEFT JOIN opening o ON o.thread = i.thread
GROUP BY i.thread ORDER BY min(i.at), i.thread
ON CONFLICT (source_key) DO NOTHING RETURNING id
"""
# Numbers follow the dates and go on where the thread's stand. People are numbered in each thread and never across threads; of
# whom the file says nothing count as one person together.
_COMMENTS = """
WITH known AS (
    SELECT i.*, t.id AS thread_id, t.last_position, t.last_voice, c.id AS comment_id, c.voice
    FROM incoming i JOIN thread t ON t.source_key = :source || i.thread
    LEFT JOIN comment c ON c.source_key = :source || i.key
), people AS (
    SELECT thread_id, author, coalesce(min(voice), min(last_voice) + row_number() OVER (
        PARTITION BY thread_id, min(voice) IS NULL ORDER BY min(at), author)) AS voice
    FROM known GROUP BY thread_id, author
)
INSERT INTO comment (thread_id, position, author_name, voice, is_official, as_role, text, language, at, told_at, source_key, shown, broke,
    supports, imported_supports, answers, reads, version)
SELECT k.thread_id, k.last_position + row_number() OVER (PARTITION BY k.thread_id ORDER BY k.at, k.line),
    CASE WHEN k.author = '' THEN '0' ELSE p.voice::text END, p.voice, false, '', k.text, :language, k.at, :now, :source || k.key,
    'shown', '', k.votes, k.votes, 0, 0, 1
FROM known k JOIN people p ON p.thread_id = k.thread_id AND p.author = k.author
WHERE k.comment_id IS NULL ORDER BY k.at, k.line
ON CONFLICT (source_key) DO NOTHING RETURNING id
"""
_PARENTS = """
UPDATE comment c SET top_id = top.id, answers_id = above.id
FROM incoming i JOIN placed p ON p.line = i.line
JOIN comment above ON above.source_key = :source || i.parent
JOIN comment top ON top.source_key = :source || p.top
WHERE c.source_key = :source || i.key AND c.answers_id IS NULL AND i.parent IS NOT NULL
  AND above.thread_id = c.thread_id AND top.thread_id = c.thread_id
"""
_ANSWERS = """
UPDATE comment c SET answers = n.n FROM (
    SELECT under.top_id, count(*) AS n FROM comment under JOIN comment top ON top.id = under.top_id
    WHERE top.source_key LIKE :pattern AND under.shown IN ('shown', 'folded') AND under.withdrawn_at IS NULL GROUP BY under.top_id
) n WHERE c.id = n.top_id AND c.answers <> n.n
"""
_COUNTS = """
UPDATE thread t SET comments = n.comments, people = n.people, supports = n.supports, last_position = n.last_position,
    last_voice = n.last_voice, last_at = n.last_at, pulse = t.pulse + 1
FROM (
    SELECT thread_id, count(*) FILTER (WHERE counts) AS comments, count(DISTINCT voice) FILTER (WHERE counts) AS people,
        coalesce(sum(supports) FILTER (WHERE counts), 0) AS supports, max(position) AS last_position, max(voice) AS last_voice,
        (array_agg(at ORDER BY position DESC) FILTER (WHERE counts))[1] AS last_at
    FROM (SELECT comment.*, shown IN ('shown', 'folded') AND withdrawn_at IS NULL AS counts FROM comment
          WHERE thread_id IN (SELECT id FROM thread WHERE source_key IN (SELECT DISTINCT :source || thread FROM incoming))) c
    GROUP BY thread_id
) n WHERE t.id = n.thread_id
"""


@dataclass(frozen=True)
class Loaded:
    """What came of an import."""

    threads: int
    comments: int
    twice: int
    lost_parents: int
    circles: int


def load(
    lines: Iterable[Incoming],
    opened: Mapping[str, Opening],
    *,
    topic: Topic,
    source: str,
    language: str,
    untitled: str,
    now: datetime,
) -> Loaded:
    """Keep these comments in threads of the topic; `source` names where they come from, so that nothing is kept twice."""
    given: dict[str, Any] = {"source": f"{source}:"}
    told = given | {"language": language, "now": now}
    _take_in(lines, opened)
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(hashtext(:source))"), given
    )  # one import of a source at a time
    twice, lost = _done(_TWICE), _done(_LOST)
    db.session.execute(text(_TREE))
    circles = _done(_CIRCLES)
    threads = len(db.session.execute(text(_THREADS), told | {"topic": topic.id, "untitled": f"{untitled} "}).all())
    # Whoever writes in these threads waits until the import is done.
    hold = "SELECT id FROM thread WHERE source_key IN (SELECT DISTINCT :source || thread FROM incoming) ORDER BY id FOR NO KEY UPDATE"
    db.session.execute(text(hold), given)
    comments = _done(_COMMENTS, **told)
    if comments:
        _done(_PARENTS, **given)
        _done(_ANSWERS, pattern=_literally(given["source"]) + "%")
        _done(_COUNTS, **given)
    if threads:
        add_to_topic(topic.id, threads)
    return Loaded(threads, comments, twice, lost, circles)


def _take_in(lines: Iterable[Incoming], opened: Mapping[str, Opening]) -> None:
    """Let everything stand in a table of this transaction, line by line, without ever holding it all here."""
    db.session.execute(text("DROP TABLE IF EXISTS pg_temp.incoming, pg_temp.placed, pg_temp.opening"))
    db.session.execute(text(_INCOMING))
    db.session.execute(
        text("CREATE TEMPORARY TABLE opening (thread TEXT PRIMARY KEY, title TEXT, text TEXT) ON COMMIT DROP")
    )
    driver = db.session.connection().connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor:
        with cursor.copy(f"COPY incoming ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row([getattr(line, name) for name in _COLUMNS])
        with cursor.copy("COPY opening (thread, title, text) FROM STDIN") as copy:
            for thread, opening in opened.items():
                copy.write_row([thread, opening.title, opening.text])
        cursor.execute("CREATE INDEX ON incoming (key); CREATE INDEX ON incoming (parent); ANALYZE incoming")


def _done(statement: str, **values: Any) -> int:
    result: Any = db.session.execute(text(statement), values)
    return int(result.rowcount)


def _literally(pattern: str) -> str:
    return pattern.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")

"""Feeds: the newest threads, of all topics or of one."""

from collections.abc import Iterable
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed, anyone
from civic.core.feeds import Entry, atom
from civic.core.pages import etag
from civic.discussions.models import Topic
from civic.discussions.queries.threads import Wish, threads
from civic.discussions.queries.topics import topic_by_slug
from civic.discussions.views import bp
from civic.discussions.views.topics import moved

MOST = 30


@bp.get("/discussions/feed")
@allowed(anyone)
def feed() -> Response:
    """The newest threads as an Atom feed."""
    rows = threads(Wish(sort="newest"), size=MOST).items
    etag("discussions feed", rows)
    return atom("discussions.list_topics", {}, _entries(rows))


@bp.get("/discussions/<topic>/feed")
@allowed(anyone, on=lambda topic: topic_by_slug(topic))
def topic_feed(topic: Topic) -> ResponseReturnValue:
    """The newest threads of a topic as an Atom feed."""
    if elsewhere := moved(topic):
        return elsewhere
    rows = threads(Wish(topic.id, sort="newest"), size=MOST).items
    etag("topic feed", topic.id, topic.version, rows)
    return atom("discussions.show_topic", {"topic": topic.slug}, _entries(rows), title=topic.title)


def _entries(rows: Iterable[Any]) -> list[Entry]:
    """Threads in plain sight; folded ones are left out, for a feed has no second click."""
    return [
        (
            row.title.text,
            "discussions.show_thread",
            {"topic": row.topic, "number": row.id},
            row.created_at,
            row.topic_title.text,
            row.title.language,
        )
        for row in rows
        if row.shown == "shown"
    ]

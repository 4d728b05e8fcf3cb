"""Topics: each, all, and as staff choose among them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from civic.core.db import db
from civic.core.i18n import Words
from civic.discussions.models import Thread, Topic, TopicAddress
from civic.discussions.rules.choices import IN_SIGHT


class ListedTopic(NamedTuple):
    """A topic as a row of the list; `last_at` is when something was last said in it."""

    id: int
    slug: str
    title: Words
    summary: Words
    status: str
    threads: int
    last_at: datetime | None


# Built once: to put them together takes longer than to answer them.
_BY_SLUG = select(Topic).where(Topic.slug == bindparam("slug"))
_LAST = (
    select(func.max(Thread.last_at)).where(Thread.topic_id == Topic.id, Thread.shown.in_(IN_SIGHT)).scalar_subquery()
)
_ALL = select(
    Topic.id, Topic.slug, Topic.title, Topic.summary, Topic.language, Topic.status, Topic.threads, _LAST
).order_by(Topic.position, Topic.id)  # fmt: skip


def topic_by_slug(slug: str) -> Topic | None:
    """The topic with this name in its address, or that had it before; a second statement only where none has it now."""
    found = db.session.scalar(_BY_SLUG, {"slug": slug[:100]})
    if found is None:
        before = select(Topic).join(TopicAddress, TopicAddress.topic_id == Topic.id)
        found = db.session.scalar(before.where(TopicAddress.slug == slug[:100]))
    return found


def topics() -> list[ListedTopic]:
    """Every topic in its order; one statement, each one's last words found by index."""
    return [
        ListedTopic(
            number, slug, Words(title, language), Words(summary, language), status, threads, last_at
        )
        for number, slug, title, summary, language, status, threads, last_at in db.session.execute(_ALL)
    ]  # fmt: skip


def topic_choices(*, only_open: bool = False) -> list[tuple[str, Words]]:
    """Slug and title of each topic in its order, for a list to choose from."""
    query = select(Topic.slug, Topic.title, Topic.language).order_by(Topic.position, Topic.id)
    if only_open:
        query = query.where(Topic.status == "open")
    return [(slug, Words(title, language)) for slug, title, language in db.session.execute(query)]

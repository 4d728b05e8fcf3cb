"""Topics: made, changed, ordered and closed by staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.states import advance
from civic.discussions.models import Topic, TopicAddress

CHANGEABLE = ("slug", "title", "summary", "language", "waits", "pause_seconds", "members_open")


class SlugTaken(CivicError):
    """Another topic has this address."""

    sentence, status, field = _l("Another topic has this address already. Choose a different one."), 422, "slug"


def create_topic(
    *,
    slug: str,
    title: str,
    summary: str,
    language: str,
    by: User,
    now: datetime,
    waits: bool = False,
    pause_seconds: int = 0,
    members_open: bool = True,
) -> Topic:
    """Make a topic; it comes last in the order. Raises SlugTaken."""
    if _is_taken(slug):
        raise SlugTaken()
    last = db.session.scalar(select(func.max(Topic.position))) or 0
    topic = Topic(
        slug=slug, title=title, summary=summary, language=language, position=last + 1, waits=waits,
        pause_seconds=pause_seconds, members_open=members_open, created_by_id=by.id, created_at=now,
    )  # fmt: skip
    db.session.add(topic)
    db.session.flush()
    audit.record("create topic", on=topic, by=by, now=now, after={"slug": slug})
    return topic


def change_topic(topic: Topic, *, by: User, now: datetime, **values: object) -> None:
    """Change a topic (any of CHANGEABLE); what stood there before stays on record, and its old address leads to it. Raises SlugTaken."""
    assert values.keys() <= set(CHANGEABLE), values.keys()
    before = {name: getattr(topic, name) for name in values}
    new = {name: value for name, value in values.items() if before[name] != value}
    if not new:
        return
    if "slug" in new:
        if _is_taken(str(new["slug"]), but=topic.id):
            raise SlugTaken()
        _keep_address(topic, str(new["slug"]))
    for name, value in new.items():
        setattr(topic, name, value)
    db.session.flush()
    audit.record("change topic", on=topic, by=by, now=now, before={name: before[name] for name in new}, after=new)


def _is_taken(slug: str, but: int = 0) -> bool:
    """Whether another topic has this address, or had it: links to it are still about."""
    now, before = select(Topic.id).where(Topic.slug == slug), select(TopicAddress.topic_id)
    before = before.where(TopicAddress.slug == slug, TopicAddress.topic_id != but)
    return db.session.scalar(select(now.exists() | before.exists())) or False


def _keep_address(topic: Topic, new: str) -> None:
    """Remember the present address as an old one; an old one that comes back is old no more."""
    db.session.execute(delete(TopicAddress).where(TopicAddress.slug == new))
    db.session.add(TopicAddress(slug=topic.slug, topic_id=topic.id))


def close_topic(topic: Topic, *, why: str, by: User, now: datetime) -> None:
    """Let nothing more be written in it; everything in it stays to be read."""
    advance(topic, "close", by=by, now=now, why=why)
    db.session.flush()
    audit.record("close topic", on=topic, by=by, now=now, why=why)


def reopen_topic(topic: Topic, *, why: str, by: User, now: datetime) -> None:
    """Let people write in it again."""
    advance(topic, "reopen", by=by, now=now, why=why)
    db.session.flush()
    audit.record("reopen topic", on=topic, by=by, now=now, why=why)


def order_topics(topic_ids: Sequence[int], *, by: User, now: datetime) -> None:
    """Put the topics into this order; those that are not named come after them, in the order they had."""
    found = list(db.session.scalars(select(Topic).order_by(Topic.position, Topic.id).with_for_update()))
    place = {number: at for at, number in enumerate(topic_ids)}
    found.sort(key=lambda topic: place.get(topic.id, len(place)))
    for at, topic in enumerate(found, 1):
        topic.position = at
    db.session.flush()
    audit.record("order topics", on=("topic", "all"), by=by, now=now, after={"topics": [topic.id for topic in found]})

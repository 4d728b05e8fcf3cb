"""Topics and threads as consultations hold them, comments and ideas as what people gave to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from civic.core.db import db
from civic.core.i18n import Words
from civic.core.manifest import Activity, ActivityFacts, Contributed, Contribution
from civic.core.subjects import number_of
from civic.discussions.models import Comment, Idea, Thread, Topic
from civic.discussions.queries.comments import in_sight
from civic.discussions.rules.choices import IN_SIGHT

CHOICES = 200


def load_topics(numbers: Iterable[int]) -> Mapping[int, ActivityFacts]:
    """Topics with these numbers."""
    people = (
        select(func.count(Comment.author_id.distinct()))
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.topic_id == Topic.id, Thread.shown.in_(IN_SIGHT), in_sight())
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Topic.id, Topic.title, Topic.language, Topic.slug, people).where(Topic.id.in_(list(numbers)))
    )
    return {
        number: _facts(number, title, language, url_for("discussions.show_topic", topic=slug), True, many)
        for number, title, language, slug, many in rows
    }


def load_threads(numbers: Iterable[int]) -> Mapping[int, ActivityFacts]:
    """Threads with these numbers."""
    rows = db.session.execute(
        select(Thread.id, Thread.title, Thread.language, Topic.slug, Thread.shown, Thread.people)
        .join(Topic, Topic.id == Thread.topic_id)
        .where(Thread.id.in_(list(numbers)))
    )
    return {
        number: _facts(
            number, title, language, url_for("discussions.show_thread", topic=slug, number=number), shown in IN_SIGHT, many
        )
        for number, title, language, slug, shown, many in rows
    }  # fmt: skip


def _facts(number: int, title: str, language: str, url: str, is_public: bool, people: int) -> ActivityFacts:
    return ActivityFacts(
        number=number, title=title, language=language, url=url, opens_at=None, closes_at=None, is_public=is_public,
        people=people,
    )  # fmt: skip


def topic_choices() -> list[tuple[int, Words]]:
    """Topics, the newest first."""
    rows = db.session.execute(select(Topic.id, Topic.title, Topic.language).order_by(Topic.id.desc()).limit(CHOICES))
    return [(number, Words(title, language)) for number, title, language in rows]


def thread_choices() -> list[tuple[int, Words]]:
    """Threads that staff opened, the newest first."""
    query = select(Thread.id, Thread.title, Thread.language).where(Thread.shown == "shown", Thread.as_role != "")
    rows = db.session.execute(query.order_by(Thread.id.desc()).limit(CHOICES))
    return [(number, Words(title, language)) for number, title, language in rows]


# What people gave: comments and ideas in sight.


def _of(activity: str) -> ColumnElement[bool] | None:
    if (topic := number_of(activity, "topic")) is not None:
        return Thread.topic_id == topic
    if (thread := number_of(activity, "thread")) is not None:
        return Thread.id == thread
    return None


def _contribution(kind: str, label: Any, is_idea: bool) -> Contribution:
    theirs = Idea.id.is_not(None) if is_idea else Idea.id.is_(None)

    def chosen(*where: ColumnElement[bool]) -> Any:
        columns = (
            Comment.id, Comment.author_id, Comment.text, Comment.language, Comment.at, Comment.position, Thread.topic_id,
            Thread.id.label("thread_id"), Topic.slug, Idea.title.label("idea_title"),
        )  # fmt: skip
        return (
            select(*columns)
            .join(Thread, Thread.id == Comment.thread_id)
            .join(Topic, Topic.id == Thread.topic_id)
            .outerjoin(Idea, Idea.comment_id == Comment.id)
            .where(in_sight(), Thread.shown.in_(IN_SIGHT), theirs, *where)
        )

    def load(numbers: Iterable[int]) -> Mapping[int, Contributed]:
        rows = db.session.execute(chosen(Comment.id.in_(list(numbers))))
        return {row.id: _given(row, f"topic:{row.topic_id}") for row in rows}

    def within(activity: str, after: int | None, most: int) -> list[Contributed]:
        of = _of(activity)
        if of is None:
            return []
        rows = db.session.execute(chosen(of, Comment.id > (after or 0)).order_by(Comment.id).limit(most))
        return [_given(row, activity) for row in rows]

    def by(person_id: int) -> list[Contributed]:
        rows = db.session.execute(chosen(Comment.author_id == person_id).order_by(Comment.id.desc()))
        return [_given(row, f"topic:{row.topic_id}") for row in rows]

    def givers(activity: str) -> frozenset[int]:
        of = _of(activity)
        if of is None:
            return frozenset()
        inner = chosen(of, Comment.author_id.is_not(None)).subquery()
        return frozenset(db.session.scalars(select(inner.c.author_id).distinct()))

    def count(activity: str) -> int:
        of = _of(activity)
        return 0 if of is None else db.session.scalar(select(func.count()).select_from(chosen(of).subquery())) or 0

    return Contribution(kind, label, load, within, by, givers, count)


def _given(row: Any, activity: str) -> Contributed:
    return Contributed(
        number=row.id,
        activity=activity,
        person_id=row.author_id,
        text=f"{row.idea_title}\n\n{row.text}" if row.idea_title else row.text,
        language=row.language,
        url=url_for("discussions.show_comment", topic=row.slug, number=row.thread_id, position=row.position),
        at=row.at,
    )


ACTIVITIES = [
    Activity("topic", _l("Topic of discussion"), load_topics, topic_choices),
    Activity("thread", _l("Thread"), load_threads, thread_choices),
]
CONTRIBUTIONS = [
    _contribution("comment", _l("Comment"), is_idea=False),
    _contribution("idea", _l("Idea"), is_idea=True),
]

"""The texts of discussions that can be translated: topics, threads and comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core.db import db
from civic.core.subjects import named, number_of
from civic.core.translatable import Source, Texts, Translatable
from civic.discussions.actions.counts import draw_again
from civic.discussions.models import Comment, Idea, Thread, Topic
from civic.discussions.queries.comments import Said
from civic.discussions.queries.threads import ListedThread
from civic.discussions.queries.topics import ListedTopic
from civic.discussions.rules.choices import TITLE_MOST
from civic.translation.events import TranslationChanged
from civic.translation.reading import Things, lay

TITLE, SUMMARY, TEXT = _l("Title"), _l("Summary"), _l("Text")


def topic_sources(topic: Topic) -> dict[str, Source]:
    """What a topic says of itself."""
    return {
        "title": Source(topic.title, topic.language, TITLE, most=TITLE_MOST),
        "summary": Source(topic.summary, topic.language, SUMMARY),
    }


def thread_sources(thread: Thread) -> dict[str, Source]:
    """The words that open a thread."""
    return {
        "title": Source(thread.title, thread.language, TITLE, most=TITLE_MOST),
        "text": Source(thread.text, thread.language, TEXT, markdown=True),
    }


def comment_sources(text: str, language: str, idea_title: str | None = None) -> dict[str, Source]:
    """A comment, or an idea with its title."""
    found = {"title": Source(idea_title, language, TITLE, most=TITLE_MOST)} if idea_title else {}
    return found | {"text": Source(text, language, TEXT, markdown=True)}


def listed_threads(threads: Iterable[ListedThread]) -> Things:
    """What lists show of threads that everybody may read."""
    return {
        named("thread", each.id): {"title": Source(each.title.text, each.title.language, TITLE)}
        for each in threads
        if each.shown == "shown"
    }


def listed_topics(topics: Iterable[ListedTopic]) -> Things:
    """What lists show of topics."""
    return {
        named("topic", each.id): {
            "title": Source(each.title.text, each.title.language, TITLE),
            "summary": Source(each.summary.text, each.summary.language, SUMMARY),
        }
        for each in topics
    }


def lay_thread(thread: Thread, comments: Iterable[Said]) -> tuple[Any, ...]:
    """Show a page of a thread in the reader's language. Its pages are kept by its pulse, which every translation raises."""
    name = named("thread", thread.id)
    things = {
        named("comment", each.id): comment_sources(each.text, each.language, each.idea_title)
        for each in comments
        if each.shown == "shown" and not each.withdrawn_at
    }
    own = {name: thread_sources(thread)} if thread.shown == "shown" else {}
    return lay({**things, named("topic", thread.topic.id): topic_sources(thread.topic), **own}, about=name)


def hear_of_translation(event: TranslationChanged) -> None:
    """Pages of a thread are drawn again when its words, or those of a comment in it, are translated."""
    thread_id = number_of(event.thing, "thread")
    if (comment_id := number_of(event.thing, "comment")) is not None:
        thread_id = db.session.scalar(select(Comment.thread_id).where(Comment.id == comment_id))
    if thread_id is not None:
        draw_again(thread_id)
    elif (topic_id := number_of(event.thing, "topic")) is not None:
        topic = db.session.get(Topic, topic_id)
        if topic is not None:
            topic.version += 1
            db.session.flush()


def _load_topics(numbers: Iterable[int]) -> Mapping[int, Texts]:
    return {
        row.id: Texts(row.title, row.language, url_for("discussions.show_topic", topic=row.slug), topic_sources(row))
        for row in db.session.scalars(select(Topic).where(Topic.id.in_(list(numbers))))
    }


def _load_threads(numbers: Iterable[int]) -> Mapping[int, Texts]:
    rows = db.session.execute(
        select(Thread, Topic.slug)
        .join(Topic, Topic.id == Thread.topic_id)
        .where(Thread.id.in_(list(numbers)), Thread.shown == "shown", Thread.withdrawn_at.is_(None))
    )
    return {
        row.id: Texts(
            row.title,
            row.language,
            url_for("discussions.show_thread", topic=slug, number=row.id),
            thread_sources(row),
        )
        for row, slug in rows
    }


def _load_comments(numbers: Iterable[int]) -> Mapping[int, Texts]:
    rows = db.session.execute(
        select(
            Comment.id, Comment.text, Comment.language, Comment.position, Thread.id.label("thread"), Thread.title, Topic.slug,
            Idea.title.label("idea_title"),
        )
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(Idea, Idea.comment_id == Comment.id)
        .where(Comment.id.in_(list(numbers)), Comment.shown == "shown", Comment.withdrawn_at.is_(None))
        .where(Thread.shown == "shown")
    )  # fmt: skip
    return {
        row.id: Texts(
            row.idea_title or f"{row.title} ({row.position})",
            row.language,
            url_for("discussions.show_comment", topic=row.slug, number=row.thread, position=row.position),
            comment_sources(row.text, row.language, row.idea_title),
        )
        for row in rows
    }


def _choices(model: Any, *wanted: Any) -> Callable[[int | None, int], list[int]]:
    def choices(below: int | None, most: int) -> list[int]:
        query = select(model.id).where(*wanted)
        if below is not None:
            query = query.where(model.id < below)
        return list(db.session.scalars(query.order_by(model.id.desc()).limit(most)))

    return choices


TRANSLATABLES = [
    Translatable("topic", _l("Topics"), _load_topics, _choices(Topic)),
    Translatable("thread", _l("Discussions"), _load_threads, _choices(Thread, Thread.shown == "shown")),
    Translatable("comment", _l("Comments"), _load_comments, _choices(Comment, Comment.shown == "shown")),
]

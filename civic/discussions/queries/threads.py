"""Threads: one with its topic, and lists of them by columns and keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import contains_eager

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.manifest import ActivityFacts
from civic.core.pages import Page, page_of
from civic.core.states import StateChange, history
from civic.core.subjects import number_of
from civic.discussions.models import Comment, TextVersion, Thread, Topic
from civic.discussions.naming import shown_name
from civic.discussions.rules.choices import IN_SIGHT, THREAD_SORTS

SIZE = 25


@dataclass(frozen=True)
class Wish:
    """Which threads somebody wants to see; anything that is not offered counts as not asked."""

    topic_id: int | None = None
    kind: str = ""
    sort: str = "active"
    out_of_sight_too: bool = False  # for staff

    @property
    def order(self) -> str:
        """How it is sorted."""
        return self.sort if self.sort in THREAD_SORTS else "active"


class ListedThread(NamedTuple):
    """A thread as a row of a list."""

    id: int
    topic: str  # slug
    topic_title: Words
    kind: str
    status: str
    shown: str
    title: Words
    author: str | None  # None where the account is gone
    as_role: str
    created_at: datetime
    comments: int
    people: int
    supports: int
    last_at: datetime
    last_position: int
    is_answered: bool


# In the order of ListedThread, what it makes of several columns first; _listed() cuts them by number.
_COLUMNS = (
    Topic.slug, Topic.title.label("topic_title"), Topic.language.label("topic_language"), Thread.title, Thread.language,
    User.display_name, Thread.author_name,
    Thread.id, Thread.kind, Thread.status, Thread.shown, Thread.as_role, Thread.created_at, Thread.comments, Thread.people,
    Thread.supports, Thread.last_at, Thread.last_position, Thread.answer_id,
)  # fmt: skip
_ROWS: Any = (
    select(*_COLUMNS)
    .select_from(Thread)
    .join(Topic, Topic.id == Thread.topic_id)
    .outerjoin(User, User.id == Thread.author_id)
)
# Built once: to put them together takes longer than to answer them.
_ONE = (
    select(Thread)
    .join(Topic, Topic.id == Thread.topic_id)
    .options(contains_eager(Thread.topic))
    .where(Thread.id == bindparam("number"), Thread.withdrawn_at.is_(None))
)
_NAME = select(User.display_name).where(User.id == bindparam("person"))
_ORDERS: dict[str, list[Any]] = {
    "active": [Thread.last_at.desc(), Thread.id.desc()],
    "newest": [Thread.created_at.desc(), Thread.id.desc()],
    "supported": [Thread.supports.desc(), Thread.id.desc()],
    "quiet": [Thread.comments, Thread.id],
}


def thread_by_number(topic: str, number: int) -> Thread | None:
    """The thread of this number, with its topic, out of sight or not; whatever topic the address names, for threads move.

    Where `thread.topic.slug` is not the `topic` asked for, the page belongs at another address.
    """
    return thread_by_id(number)


def thread_by_id(number: int) -> Thread | None:
    """The thread of this number with its topic, unless its author took it back; one statement."""
    if not 0 < number < 2**62:
        return None
    return db.session.scalars(_ONE, {"number": number}).one_or_none()


def threads(wish: Wish, *, at: str | None = None, size: int = SIZE) -> Page:
    """One page of threads as ListedThread; one statement, found by the index of its order."""
    query = _wanted(wish.topic_id is not None, bool(wish.kind), wish.out_of_sight_too)
    asked = {"topic": wish.topic_id, "kind": wish.kind}
    page = page_of(query, _ORDERS[wish.order], at=at, size=size, values=asked)
    return replace(page, items=[_listed(row) for row in page.items])


def threads_of(person_id: int, *, at: str | None = None, size: int = SIZE) -> Page:
    """The threads that somebody opened, in sight or not, the newest first; as ListedThread."""
    query = _ROWS.where(Thread.author_id == person_id, Thread.withdrawn_at.is_(None))
    page = page_of(query, [Thread.id.desc()], at=at, size=size)
    return replace(page, items=[_listed(row) for row in page.items])


def author_of(thread: Thread) -> str | None:
    """The name of who opened it; None where the account is gone."""
    return shown_name(person_name(thread.author_id), thread.author_name)


def person_name(person_id: int | None) -> str | None:
    """What others call this person."""
    return db.session.scalar(_NAME, {"person": person_id}) if person_id else None


def earlier_versions(thread: Thread) -> list[TextVersion]:
    """What its opening said before it was changed, oldest first."""
    mine = select(TextVersion).where(TextVersion.thread_id == thread.id)
    return list(db.session.scalars(mine.order_by(TextVersion.number)))


def others_spoke(thread: Thread) -> bool:
    """Whether anybody but its author has said anything in it, in sight or not."""
    theirs = select(Comment.id).where(
        Comment.thread_id == thread.id, Comment.author_id.is_distinct_from(thread.author_id)
    )
    return db.session.scalar(select(theirs.exists())) or False


def moves_of(thread: Thread) -> list[StateChange]:
    """When it was locked and unlocked, and why."""
    return history(thread)


def poll_of(thread: Thread) -> ActivityFacts | None:
    """The poll that stands in the thread, as its own package tells of it; None where it is not public."""
    kind = current_app.extensions["civic"].activities.get("survey")
    number = number_of(thread.poll, "survey")
    if kind is None or number is None:
        return None
    facts: ActivityFacts | None = kind.load([number]).get(number)
    return facts if facts is not None and facts.is_public else None


def poll_choices() -> list[tuple[str, Words]]:
    """What staff may put into a thread: name ("survey:3") and title, the newest first."""
    kind = current_app.extensions["civic"].activities.get("survey")
    return [(f"survey:{number}", title) for number, title in kind.choices()] if kind else []


def _listed(row: Any) -> ListedThread:
    topic, topic_title, topic_language, title, language, name, pseudonym = row[:7]
    number, kind, status, shown, *rest, answer_id = row[7:19]
    return ListedThread._make((
        number, topic, Words(topic_title, topic_language), kind, status, shown, Words(title, language),
        shown_name(name, pseudonym), *rest, answer_id is not None,
    ))  # fmt: skip


@lru_cache(8)
def _wanted(of_topic: bool, of_kind: bool, out_of_sight_too: bool) -> Any:
    """The rows that are wished for, built once for each way to wish."""
    found: list[ColumnElement[bool]] = [
        Thread.withdrawn_at.is_(None) if out_of_sight_too else Thread.shown.in_(IN_SIGHT)
    ]
    if of_topic:
        found.append(Thread.topic_id == bindparam("topic"))
    if of_kind:
        found.append(Thread.kind == bindparam("kind"))
    return _ROWS.where(*found)

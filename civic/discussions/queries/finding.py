"""Searching threads and comments: by words, narrowed by topic, kind, language, the state of an idea and official answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.pages import Page, page_of
from civic.core.search import configuration, matches
from civic.discussions.models import Comment, Findable, Idea, Thread, Topic
from civic.discussions.naming import shown_name

SIZE = 20
MOST_COUNTED = 5_000
"""Of more texts than these, only the newest so many are counted for the facets."""
FACETS = ("topic", "kind", "language", "idea", "answered")


@dataclass(frozen=True)
class Search:
    """What somebody looks for; "" is not asked. `answered` is "yes" or ""."""

    words: str = ""
    topic: str = ""  # slug
    kind: str = ""
    language: str = ""
    idea: str = ""  # status
    answered: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was asked: then there is nothing to find."""
        return not (self.words.strip() or self.topic or self.kind or self.language or self.idea or self.answered)


class Found(NamedTuple):
    """A thread (`position` is None) or a comment that was found."""

    thread_id: int
    topic: str  # slug
    topic_title: Words
    kind: str
    title: Words  # of the thread
    position: int | None
    idea_title: str | None
    idea_status: str | None
    text: Words
    author: str | None
    as_role: str
    at: datetime
    is_answered: bool


@dataclass(frozen=True)
class Facets:
    """How many texts each narrowing would leave, given the others: counts["kind"]["ideas"].

    `is_all` is false where only the newest MOST_COUNTED with these words were counted.
    """

    counts: dict[str, dict[str, int]]
    total: int
    is_all: bool


_ROWS: Any = (
    select(
        Findable.thread_id, Topic.slug, Topic.title.label("topic_title"), Topic.language.label("topic_language"), Findable.kind,
        Thread.title, Thread.language.label("title_language"), Thread.text.label("opening"), Thread.as_role.label("opener_role"),
        Comment.position, Comment.text, Idea.title.label("idea_title"), Findable.idea_status, Findable.language,
        User.display_name, func.coalesce(Comment.author_name, Thread.author_name).label("pseudonym"),
        Comment.as_role, Findable.at, Findable.is_answered,
    )
    .select_from(Findable)
    .join(Thread, Thread.id == Findable.thread_id)
    .join(Topic, Topic.id == Findable.topic_id)
    .outerjoin(Comment, Comment.id == Findable.comment_id)
    .outerjoin(Idea, Idea.comment_id == Findable.comment_id)
    .outerjoin(User, User.id == func.coalesce(Comment.author_id, Thread.author_id))
)  # fmt: skip


def find(search: Search, language: str, *, at: str | None = None, size: int = SIZE) -> Page:
    """One page of what answers the search, the newest first, as Found; one statement."""
    query = _ROWS.where(*_by_words(search, language), *_by_facets(search).values())
    page = page_of(query, [Findable.at.desc(), Findable.id.desc()], at=at, size=size)
    return replace(page, items=[_found(row) for row in page.items])


def facets(search: Search, language: str) -> Facets:
    """How many texts there are for each narrowing; one statement, over the newest MOST_COUNTED that have the words."""
    newest: Any = select(
        Findable.topic_id, Findable.kind, Findable.language, Findable.idea_status, Findable.is_answered
    ).where(*_by_words(search, language))
    newest = newest.order_by(Findable.at.desc(), Findable.id.desc()).limit(MOST_COUNTED + 1).subquery()
    columns = (Topic.slug, newest.c.kind, newest.c.language, newest.c.idea_status, newest.c.is_answered)
    rows = db.session.execute(
        select(*columns, func.count()).join(Topic, Topic.id == newest.c.topic_id).group_by(*columns)
    ).all()
    return _counted(search, [tuple(row) for row in rows])


def _counted(search: Search, rows: list[Any]) -> Facets:
    wanted = {name: getattr(search, name) for name in FACETS}
    counts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in FACETS}
    total = 0
    for topic, kind, language, idea, answered, number in rows:
        has = {
            "topic": topic,
            "kind": kind,
            "language": language,
            "idea": idea or "",
            "answered": "yes" if answered else "",
        }
        misses = [name for name in FACETS if wanted[name] and has[name] != wanted[name]]
        for name in FACETS:
            if has[name] and all(each == name for each in misses):
                counts[name][has[name]] += number
        total += 0 if misses else number
    return Facets(
        {name: dict(found) for name, found in counts.items()}, total, sum(row[-1] for row in rows) <= MOST_COUNTED
    )


def _by_words(search: Search, language: str) -> list[ColumnElement[bool]]:
    if not search.words.strip():
        return []
    # By the rules of the reader's language, of English, and of none: whole words in any language are found by the last.
    tried = {configuration(each): each for each in (search.language or language, "en", "")}
    return [or_(*(matches(Findable.words, search.words, each) for each in tried.values()))]


def _by_facets(search: Search) -> dict[str, ColumnElement[bool]]:
    found: dict[str, ColumnElement[bool]] = {}
    if search.topic:
        found["topic"] = Findable.topic_id == select(Topic.id).where(Topic.slug == search.topic).scalar_subquery()
    if search.kind:
        found["kind"] = Findable.kind == search.kind
    if search.language:
        found["language"] = Findable.language == search.language
    if search.idea:
        found["idea"] = Findable.idea_status == search.idea
    if search.answered:
        found["answered"] = Findable.is_answered.is_(True)
    return found


def _found(row: Any) -> Found:
    is_comment = row.position is not None
    return Found(
        thread_id=row.thread_id,
        topic=row.slug,
        topic_title=Words(row.topic_title, row.topic_language),
        kind=row.kind,
        title=Words(row.title, row.title_language),
        position=row.position,
        idea_title=row.idea_title,
        idea_status=row.idea_status,
        text=Words(row.text if is_comment else row.opening, row.language),
        author=shown_name(row.display_name, row.pseudonym),
        as_role=(row.as_role if is_comment else row.opener_role) or "",
        at=row.at,
        is_answered=row.is_answered,
    )

"""Searching threads and comments: by words, narrowed by topic, kind, language, the state of an idea and official answers."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, reduce
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY
from sqlalchemy.orm import aliased

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.pages import Page, beyond, page_of
from civic.core.search import CONFIGURATIONS, configuration
from civic.discussions.models import Comment, Findable, Idea, Thread, Topic
from civic.discussions.naming import shown_name

SIZE = 20
LOOKED_THROUGH = 5_000
"""So many of the newest texts are looked through for a word before it is looked up."""
MOST_COUNTED = 20_000
"""Among so many of the newest texts words are counted for the facets; the rest are looked up where they are rare among these."""
COMMON = 200
"""Words that so many of the newest texts have are common."""
FACETS = ("topic", "kind", "language", "idea", "answered")
TYPED = re.compile(r'-*"[^"]*"?|\S+')
"""What somebody typed, piece by piece: a word, or a phrase in quotation marks, perhaps with a minus before it."""


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


_ORDER: Any = (Findable.at.desc(), Findable.id.desc())
_COLUMNS = (
    Findable.id, Findable.thread_id, Findable.comment_id, Findable.topic_id, Findable.kind, Findable.language, Findable.idea_status,
    Findable.is_answered, Findable.at,
)  # fmt: skip


def _rows(texts: Any) -> Any:
    """What is shown of the texts: the whole table, or a part of it that answers to the same names."""
    title = select(Idea.title).where(Idea.comment_id == texts.comment_id).scalar_subquery()
    return (
        select(
            texts.thread_id, Topic.slug, Topic.title.label("topic_title"), Topic.language.label("topic_language"), texts.kind,
            Thread.title, Thread.language.label("title_language"), Thread.text.label("opening"), Thread.as_role.label("opener_role"),
            Comment.position, Comment.text, title.label("idea_title"), texts.idea_status, texts.language,
            User.display_name, func.coalesce(Comment.author_name, Thread.author_name).label("pseudonym"),
            Comment.as_role, texts.at, texts.is_answered,
        )
        .select_from(texts)
        .join(Thread, Thread.id == texts.thread_id)
        .join(Topic, Topic.id == texts.topic_id)
        .outerjoin(Comment, Comment.id == texts.comment_id)
        .outerjoin(User, User.id == func.coalesce(Comment.author_id, Thread.author_id))
    )  # fmt: skip


def find(search: Search, language: str, *, at: str | None = None, size: int = SIZE) -> Page:
    """One page of what answers the search, the newest first, as Found; one or two statements, and one for words not yet asked for.

    A common word is soon met among the newest texts; a rare one is looked up in the index of words. PostgreSQL cannot tell which is
    which, and would go through everything for a word that nobody used.
    """
    words = _by_words(search, language)
    if words is None:
        return _page(Findable, _narrowings(search, Findable), at, size)
    beyond_mark, order = beyond(_ORDER, at)
    newest = select(*_COLUMNS, Findable.words).where(*_narrowings(search, Findable, most=1), *beyond_mark)
    looked_through = aliased(Findable, newest.order_by(*order).limit(LOOKED_THROUGH).subquery("newest"))
    page = _page(looked_through, [*_narrowings(search, looked_through), _has(looked_through, words)], at, size)
    if page.next and (at is None or page.previous):
        return page
    hits = select(*_COLUMNS).where(_has(Findable, words), *_narrowings(search, Findable)).cte("hits")
    looked_up = aliased(Findable, hits.prefix_with("MATERIALIZED", dialect="postgresql"))
    return _page(looked_up, [], at, size)


def _page(texts: Any, fitting: list[ColumnElement[bool]], at: str | None, size: int) -> Page:
    """A page of those that fit; what is shown of them is read for these few alone."""
    beyond_mark, order = beyond((texts.at.desc(), texts.id.desc()), at)
    few = select(*(getattr(texts, column.key) for column in _COLUMNS)).where(*fitting, *beyond_mark)
    chosen = aliased(Findable, few.order_by(*order).limit(size + 1).subquery("chosen"))
    page = page_of(_rows(chosen), [chosen.at.desc(), chosen.id.desc()], at=at, size=size)
    return replace(page, items=[_found(row) for row in page.items])


def facets(search: Search, language: str) -> Facets:
    """How many texts with the words each narrowing would leave: of all, or of the newest MOST_COUNTED where the words are common
    among them. One statement, or two for rare words among many texts."""
    words = _by_words(search, language)
    newest = select(*_COLUMNS, Findable.words).order_by(*_ORDER).limit(MOST_COUNTED).subquery("newest")
    lately = _grouped(aliased(Findable, newest), words)
    is_all = sum(row[-1] for row in lately) < MOST_COUNTED
    if is_all or words is None or sum(row[-2] for row in lately) >= COMMON:
        return _counted(search, lately, is_all)
    hits = select(*_COLUMNS).where(_has(Findable, words)).cte("hits")
    looked_up = aliased(Findable, hits.prefix_with("MATERIALIZED", dialect="postgresql"))
    return _counted(search, _grouped(looked_up, None), True)


def _grouped(texts: Any, words: str | None) -> list[Any]:
    """Each combination of facets, how many such texts have the words, and how many there are."""
    columns = (Topic.slug, texts.kind, texts.language, texts.idea_status, texts.is_answered)
    fitting = func.count() if words is None else func.count().filter(_has(texts, words))
    counted = select(*columns, fitting, func.count()).join(Topic, Topic.id == texts.topic_id).group_by(*columns)
    return [tuple(row) for row in db.session.execute(counted)]


def _counted(search: Search, rows: list[Any], is_all: bool) -> Facets:
    wanted = {name: getattr(search, name) for name in FACETS}
    counts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in FACETS}
    total = 0
    for topic, kind, language, idea, answered, number, _ in rows:
        has = {
            "topic": topic,
            "kind": kind,
            "language": language,
            "idea": idea or "",
            "answered": "yes" if answered else "",
        }
        misses = [name for name in FACETS if wanted[name] and has[name] != wanted[name]]
        for name in FACETS:
            if number and has[name] and all(each == name for each in misses):
                counts[name][has[name]] += number
        total += 0 if misses else number
    return Facets({name: dict(found) for name, found in counts.items()}, total, is_all)


def _by_words(search: Search, language: str) -> str | None:
    """PostgreSQL's own query for the words; None where none were typed."""
    if not search.words.strip():
        return None
    # By the rules of the language asked for, of all that PostgreSQL knows, and of none: by the last, whole words in any language.
    tried = dict.fromkeys(configuration(each) for each in (search.language, language, *CONFIGURATIONS, ""))
    return _asked(search.words.replace("\x00", "")[:200], tuple(tried))


def _has(texts: Any, words: str) -> ColumnElement[bool]:
    has: ColumnElement[bool] = texts.words.op("@@", is_comparison=True)(cast(literal(words), TSQUERY))
    return has


@lru_cache(1024)
def _asked(words: str, configurations: tuple[str, ...]) -> str:
    """What somebody typed as PostgreSQL's own query, by each of these rules.

    Asked for by itself and once, so that the planner sees the very words: without them it cannot tell a rare one from a common.
    A text fits by any of the rules; what a minus leaves out is left out by every one of them.
    """
    typed = TYPED.findall(words)
    wanted = _by_any(" ".join(each for each in typed if not each.startswith("-")), configurations)
    unwanted = _by_any(" or ".join(each.lstrip("-") for each in typed if each.startswith("-")), configurations)
    return db.session.scalar(select(cast(wanted.op("&&")(func.tsquery_not(unwanted)), Text()))) or ""


def _by_any(words: str, configurations: tuple[str, ...]) -> Any:
    """The words by each of these rules, any of which is enough."""
    asked: list[Any] = [
        func.websearch_to_tsquery(cast(literal(each), REGCONFIG), func.unaccent(words)) for each in configurations
    ]
    return reduce(lambda one, other: one.op("||")(other), asked)


def _narrowings(search: Search, texts: Any, *, most: int = len(FACETS)) -> list[ColumnElement[bool]]:
    """The conditions that were chosen, or the one of them that cuts most: looking through goes by one index."""
    chosen: list[ColumnElement[bool]] = []
    if search.topic:
        chosen.append(texts.topic_id == select(Topic.id).where(Topic.slug == search.topic).scalar_subquery())
    if search.idea:
        chosen.append(texts.idea_status == search.idea)
    if search.answered:
        chosen.append(texts.is_answered.is_(True))
    if search.language:
        chosen.append(texts.language == search.language)
    if search.kind:
        chosen.append(texts.kind == search.kind)
    return chosen[:most]


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

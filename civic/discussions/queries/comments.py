"""Comments of a thread as its page shows them: columns and not entities, oldest first by number, else by keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, ColumnElement, and_, any_, bindparam, null, select
from sqlalchemy.orm import aliased

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.pages import Page, page_of
from civic.discussions.models import Comment, CommentSupport, Idea, TextVersion, Thread, Topic
from civic.discussions.naming import shown_name
from civic.discussions.rules.choices import COMMENT_SORTS, IN_SIGHT, PAGE
from civic.discussions.rules.reading import pages_in, positions_on


class Answered(NamedTuple):
    """Whom a comment answers: the number and the author's name (None where the account is gone)."""

    position: int
    author: str | None


class Said(NamedTuple):
    """One comment as a page shows it; its words are given to the template only where they may be read.

    `shown`, `broke`, `withdrawn_at` say what stands in its place otherwise; `is_own(person)` lets an author read on.
    """

    id: int
    position: int
    top_id: int | None
    answered: Answered | None
    quotes: int | None
    author_id: int | None
    author: str | None  # None where the account is gone; `voice` still tells people apart
    voice: int
    is_official: bool
    as_role: str
    text: str
    language: str
    at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    shown: str
    broke: str
    supports: int
    answers: int
    idea_title: str | None
    idea_status: str | None
    idea_reason: Words | None

    @property
    def words(self) -> Words:
        """The text with its language."""
        return Words(self.text, self.language)

    @property
    def is_in_sight(self) -> bool:
        """Whether everybody can read it, perhaps one click away."""
        return self.shown in IN_SIGHT and self.withdrawn_at is None


@dataclass(frozen=True)
class Stretch:
    """One page of a thread by number: page `page` of `pages`."""

    items: list[Said]
    page: int
    pages: int


_answered, _its_author = aliased(Comment), aliased(User)
# In the order of Said, the names first that it makes of several columns; _said() cuts them by number, fifty times a page.
_COLUMNS = (
    User.display_name, Comment.author_name,
    _answered.position.label("answered_position"), _its_author.display_name.label("answered_name"),
    _answered.author_name.label("answered_pseudonym"),
    Comment.id, Comment.position, Comment.top_id, Comment.quotes, Comment.author_id,
    Comment.voice, Comment.is_official, Comment.as_role, Comment.text, Comment.language, Comment.at, Comment.edited_at,
    Comment.withdrawn_at, Comment.shown, Comment.broke, Comment.supports, Comment.answers,
)  # fmt: skip
_IDEA = (
    Idea.title.label("idea_title"), Idea.status.label("idea_status"), Idea.reason.label("idea_reason"), Idea.reason_language,
)  # fmt: skip
_NO_IDEA = tuple(null().label(each.key) for each in _IDEA)


def _rows(*columns: Any) -> Any:
    return (
        select(*_COLUMNS, *columns)
        .select_from(Comment)
        .outerjoin(User, User.id == Comment.author_id)
        .outerjoin(_answered, _answered.id == Comment.answers_id)
        .outerjoin(_its_author, _its_author.id == _answered.author_id)
    )


# Built once: to put them together takes longer than to answer them.
_ROWS: Any = _rows(*_IDEA).outerjoin(Idea, Idea.comment_id == Comment.id)
_TALK: Any = _rows(*_NO_IDEA)
"""Of threads that hold no ideas."""
_PAGE, _IDEAS_PAGE = (
    rows.where(
        Comment.thread_id == bindparam("thread"), Comment.position.between(bindparam("first"), bindparam("last"))
    )
    .order_by(Comment.position)
    # The limit changes nothing but the plan: PostgreSQL cannot know that a number stands once in a thread.
    .limit(PAGE)
    for rows in (_TALK, _ROWS)
)
_SUPPORTED = select(CommentSupport.comment_id).where(
    CommentSupport.person_id == bindparam("person"),
    CommentSupport.comment_id == any_(bindparam("comments", type_=ARRAY(BigInteger))),
)
_ORDERS: dict[str, list[Any]] = {
    "oldest": [Comment.position],
    "newest": [Comment.position.desc()],
    "supported": [Comment.supports.desc(), Comment.position.desc()],
    "unread": [Comment.attention, Comment.position.desc()],
}


def by_number(thread: Thread, page: int = 1) -> Stretch:
    """Page `page` of a thread, oldest first: numbers 1 to 50, 51 to 100, …; a page beyond the last is the last.

    Cut by number, so that the thousandth page costs what the first does and a comment never changes its page.
    """
    pages = pages_in(thread.last_position)
    page = min(max(1, page), pages)
    first, last = positions_on(page)
    query = _IDEAS_PAGE if thread.kind == "ideas" else _PAGE
    rows = db.session.execute(query, {"thread": thread.id, "first": first, "last": last})
    return Stretch([_said(row) for row in rows], page, pages)


def comments(thread: Thread, sort: str, *, at: str | None = None, size: int = PAGE) -> Page:
    """A thread's comments in any other order (newest, supported, unread), as Said; those out of sight are left out."""
    order = _ORDERS[sort if sort in COMMENT_SORTS else "newest"]
    return _page(_in(thread).where(in_sight()), order, at, size)


def answers_under(comment: Comment, *, at: str | None = None, size: int = PAGE) -> Page:
    """What stands under a comment, oldest first, as Said."""
    return _page(_ROWS.where(Comment.top_id == comment.id), [Comment.position], at, size)


def comment_at(thread: Thread, position: int) -> Comment | None:
    """The comment with this number, in sight or not; as an entity, to be changed."""
    if not 0 < position < 2**62:
        return None
    return db.session.scalar(select(Comment).where(Comment.thread_id == thread.id, Comment.position == position))


def said(comment_id: int | None) -> Said | None:
    """One comment as pages show it."""
    if comment_id is None:
        return None
    row = db.session.execute(_ROWS.where(Comment.id == comment_id)).first()
    return _said(row) if row is not None else None


def said_at(thread: Thread, positions: Iterable[int]) -> dict[int, Said]:
    """The comments with these numbers, as what others quote of them; those out of sight are left out."""
    wanted = set(positions)
    if not wanted:
        return {}
    query = _ROWS.where(Comment.thread_id == thread.id, Comment.position.in_(wanted), in_sight())
    return {row.position: _said(row) for row in db.session.execute(query)}


def official_answer(thread: Thread) -> Said | None:
    """The official answer, which stands first on every page; no statement where there is none."""
    return said(thread.answer_id)


def supported_by(person_id: int | None, comment_ids: Iterable[int]) -> frozenset[int]:
    """Those of these comments that somebody supports; one statement a page."""
    wanted = list(comment_ids)
    if person_id is None or not wanted:
        return frozenset()
    return frozenset(db.session.scalars(_SUPPORTED, {"person": person_id, "comments": wanted}))


def comments_of(person_id: int, *, at: str | None = None, size: int = 25) -> Page:
    """What somebody wrote, the newest first: (id, position, thread_id, title, topic slug, text, language, at, shown, …)."""
    columns = (
        Comment.id, Comment.position, Comment.thread_id, Thread.title, Thread.language.label("title_language"),
        Topic.slug.label("topic"), Comment.text, Comment.language, Comment.at, Comment.shown, Comment.broke, Comment.supports,
        Comment.answers, Idea.title.label("idea_title"), Idea.status.label("idea_status"),
    )  # fmt: skip
    query: Any = (
        select(*columns)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(Idea, Idea.comment_id == Comment.id)
        .where(Comment.author_id == person_id, Comment.withdrawn_at.is_(None))
    )
    return page_of(query, [Comment.id.desc()], at=at, size=size)


def earlier_versions(comment: Comment) -> list[TextVersion]:
    """What a comment said before it was changed, oldest first."""
    mine = select(TextVersion).where(TextVersion.comment_id == comment.id)
    return list(db.session.scalars(mine.order_by(TextVersion.number)))


def arranged(items: Sequence[Said]) -> list[tuple[Said, list[Said]]]:
    """Comments of one page with those that stand under them, where both are on it; each in the order in which it came.

    An answer whose comment is on another page stands for itself: it says whom it answers.
    """
    heads = {each.id: (each, list[Said]()) for each in items if each.top_id is None}
    out: list[tuple[Said, list[Said]]] = []
    for each in items:
        if each.top_id in heads:
            heads[each.top_id][1].append(each)
        else:
            out.append(heads.get(each.id) or (each, []))
    return out


def in_sight() -> ColumnElement[bool]:
    """Comments that everybody can read: the only ones that count."""
    return and_(Comment.shown.in_(IN_SIGHT), Comment.withdrawn_at.is_(None))


def _in(thread: Thread) -> Any:
    """What is selected of a thread's comments."""
    return (_ROWS if thread.kind == "ideas" else _TALK).where(Comment.thread_id == thread.id)


def _page(query: Any, order: Sequence[Any], at: str | None, size: int) -> Page:
    page = page_of(query, order, at=at, size=size)
    return replace(page, items=[_said(row) for row in page.items])


def _said(row: Any) -> Said:
    name, pseudonym, at, answered_name, answered_pseudonym = row[:5]
    answered = None if at is None else Answered(at, shown_name(answered_name, answered_pseudonym))
    title, status, reason, language = row[22:26]
    why = Words(reason, language) if reason else None
    return Said._make(
        (*row[5:8], answered, *row[8:10], shown_name(name, pseudonym), *row[10:22], title, status, why)
    )  # fmt: skip

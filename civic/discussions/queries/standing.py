"""How somebody stands to a thread that they look at: all of it in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, and_, any_, bindparam, func, literal, select

from civic.core.db import db
from civic.discussions.models import CommentDraft, CommentSupport, Thread, ThreadFollow, ThreadRead


class Begun(NamedTuple):
    """A text on its way."""

    title: str
    text: str
    language: str
    updated_at: datetime


class Standing(NamedTuple):
    """Whether a person follows the thread, how far they have read, what they have begun to write, which comments they support."""

    follows: bool = False
    read_to: int | None = None
    begun: Begun | None = None
    supports: frozenset[int] = frozenset()


def _statement() -> Any:
    one = select(literal(1).label("one")).subquery()
    person, thread = bindparam("person", type_=BigInteger()), bindparam("thread", type_=BigInteger())
    return (
        select(
            ThreadFollow.person_id,
            ThreadRead.position,
            CommentDraft.title,
            CommentDraft.text,
            CommentDraft.language,
            CommentDraft.updated_at,
            select(func.array_agg(CommentSupport.comment_id))
            .where(
                CommentSupport.person_id == person,
                CommentSupport.comment_id == any_(bindparam("comments", type_=ARRAY(BigInteger()))),
            )
            .scalar_subquery()
            .label("supports"),
        )
        .select_from(one)
        .outerjoin(ThreadFollow, and_(ThreadFollow.thread_id == thread, ThreadFollow.person_id == person))
        .outerjoin(ThreadRead, and_(ThreadRead.thread_id == thread, ThreadRead.person_id == person))
        .outerjoin(
            CommentDraft,
            and_(
                CommentDraft.person_id == person,
                CommentDraft.topic_id.is_(None),
                CommentDraft.thread_id == thread,
                CommentDraft.answers_id.is_(None),
            ),
        )
    )


_STANDING = _statement()


def standing_of(person_id: int | None, thread: Thread, comment_ids: Iterable[int]) -> Standing:
    """How a person stands to a thread and these comments of it; no statement for a visitor."""
    if person_id is None:
        return Standing()
    row = db.session.execute(_STANDING, {"person": person_id, "thread": thread.id, "comments": [*comment_ids]}).one()
    begun = Begun(row.title, row.text, row.language, row.updated_at) if row.text is not None else None
    return Standing(row.person_id is not None, row.position, begun, frozenset(row.supports or ()))

"""Ideas: the comments of a list of ideas that answer nobody, each with its title and how far it has come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.pages import Page, page_of
from civic.core.states import StateChange
from civic.discussions.models import Comment, Idea, Thread
from civic.discussions.queries import comments as said
from civic.discussions.rules.choices import IDEA_SORTS, IDEA_STATES, PAGE


def ideas(
    thread: Thread, sort: str = "supported", status: str = "", *, at: str | None = None, size: int = PAGE
) -> Page:
    """One page of the ideas in a list, as comments.Said; of one status where it is given. One statement."""
    query = said._ROWS.where(Comment.thread_id == thread.id, Comment.top_id.is_(None), said.in_sight())
    query = query.where(Idea.status == status) if status in IDEA_STATES else query.where(Idea.id.is_not(None))
    order = said._ORDERS[sort if sort in IDEA_SORTS else "supported"]
    page = page_of(query, order, at=at, size=size)
    return replace(page, items=[said._said(row) for row in page.items])


def idea_of(comment: Comment) -> Idea | None:
    """What makes a comment an idea; None for any other. As an entity, to be moved."""
    return db.session.scalar(select(Idea).where(Idea.comment_id == comment.id))


def how_many_by_status(thread: Thread) -> dict[str, int]:
    """How many ideas in sight stand in each state."""
    counted = (
        select(Idea.status, func.count())
        .join(Comment, Comment.id == Idea.comment_id)
        .where(Idea.thread_id == thread.id, said.in_sight())
        .group_by(Idea.status)
    )
    found: dict[str, int] = dict(db.session.execute(counted).all())  # type: ignore[arg-type]
    return {status: found.get(status, 0) for status in IDEA_STATES}


def moves_of(idea: Idea) -> list[tuple[StateChange, str | None]]:
    """Every decision about an idea, oldest first, with the name of who made it; `why` is for everybody to read."""
    mine: Any = (
        select(StateChange, User.display_name)
        .outerjoin(User, User.id == StateChange.actor_id)
        .where(StateChange.thing == "idea", StateChange.thing_id == str(idea.id))
        .order_by(StateChange.id)
    )
    return [(move, name) for move, name in db.session.execute(mine)]

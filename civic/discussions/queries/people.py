"""Who is concerned by what is said: those who are named, who follow, who took part."""

from __future__ import annotations

from sqlalchemy import select, union

from civic.accounts.models import User
from civic.accounts.rules.names import folded
from civic.core.db import db
from civic.discussions.models import Comment, CommentSupport, ThreadFollow
from civic.discussions.rules.mentions import candidates, chosen


def mentioned_in(text: str) -> frozenset[int]:
    """The accounts whose names stand behind an @ in the text; no statement where there is none."""
    tried = candidates(text) if "@" in text else []
    fold = {name: folded(name) for names in tried for name in names}
    wanted = {each for each in fold.values() if each}
    if not wanted:
        return frozenset()
    rows = db.session.execute(select(User.display_name_folded, User.id).where(User.display_name_folded.in_(wanted)))
    return chosen(tried, dict(rows.all()), fold)  # type: ignore[arg-type]


def followers(thread_id: int) -> frozenset[int]:
    """Everybody who follows a thread."""
    return frozenset(db.session.scalars(select(ThreadFollow.person_id).where(ThreadFollow.thread_id == thread_id)))


def everybody_in(thread_id: int) -> frozenset[int]:
    """Everybody who follows a thread or said something in it."""
    spoke = select(Comment.author_id).where(Comment.thread_id == thread_id, Comment.author_id.is_not(None))
    follow = select(ThreadFollow.person_id).where(ThreadFollow.thread_id == thread_id)
    return frozenset(db.session.scalars(union(spoke, follow)))


def supporters(comment_id: int) -> frozenset[int]:
    """Everybody who supports a comment or an idea."""
    mine = select(CommentSupport.person_id).where(
        CommentSupport.comment_id == comment_id, CommentSupport.person_id.is_not(None)
    )
    return frozenset(person for person in db.session.scalars(mine) if person is not None)

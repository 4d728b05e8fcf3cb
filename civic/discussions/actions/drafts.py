"""Texts on their way: kept on the server, so that neither a time-out nor a lost session loses them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core.db import db
from civic.core.tokens import secret_token
from civic.discussions.models import Comment, CommentDraft, Thread, Topic
from civic.discussions.rules.choices import DRAFT_DAYS, KEPT_SIGNED_OUT_HOURS, TEXT_MOST, TITLE_MOST


def keep_draft(
    *,
    text: str,
    language: str,
    by: User,
    now: datetime,
    topic: Topic | None = None,
    thread: Thread | None = None,
    answers: Comment | None = None,
    title: str = "",
    quotes: int | None = None,
) -> None:
    """Keep what somebody has written in a place (a thread, an answer in it, or a new thread in a topic); the later text stands."""
    assert (topic is None) != (thread is None)
    values = _values(text, language, now, topic, thread, answers, title, quotes)
    new = insert(CommentDraft).values(person_id=by.id, **values)
    later = {name: new.excluded[name] for name in ("title", "text", "language", "quotes", "updated_at")}
    db.session.execute(
        new.on_conflict_do_update(
            index_elements=["person_id", "topic_id", "thread_id", "answers_id"],
            index_where=CommentDraft.person_id.is_not(None),
            set_=later,
        )
    )


def drop_draft(draft: CommentDraft) -> None:
    """Throw a draft away."""
    db.session.delete(draft)
    db.session.flush()


def keep_signed_out(
    *,
    text: str,
    language: str,
    now: datetime,
    topic: Topic | None = None,
    thread: Thread | None = None,
    answers: Comment | None = None,
    title: str = "",
    quotes: int | None = None,
) -> str:
    """Keep what somebody wrote who is not signed in (any more), for a day; the key is for their browser's signed cookie alone."""
    assert (topic is None) != (thread is None)
    key = secret_token()
    db.session.add(CommentDraft(key=key, **_values(text, language, now, topic, thread, answers, title, quotes)))
    db.session.flush()
    return key


def take_over(key: str, *, by: User, now: datetime) -> CommentDraft | None:
    """Give what was written in this browser to whoever signed in with it; a draft of theirs in the same place gives way.

    None where it is gone or too old.
    """
    held = select(CommentDraft).where(CommentDraft.key == key).with_for_update()
    draft = db.session.scalars(held).one_or_none()
    if draft is None or now - draft.updated_at > timedelta(hours=KEPT_SIGNED_OUT_HOURS):
        return None
    place = [
        getattr(CommentDraft, name).is_not_distinct_from(getattr(draft, name))
        for name in ("topic_id", "thread_id", "answers_id")
    ]
    db.session.execute(delete(CommentDraft).where(CommentDraft.person_id == by.id, *place))
    draft.person_id, draft.key, draft.updated_at = by.id, None, now
    db.session.flush()
    return draft


def sweep_drafts(now: datetime) -> int:
    """Forget what nobody came back to: after a day where it is nobody's, after ninety days otherwise; tells how many."""
    nobodys = CommentDraft.key.is_not(None) & (CommentDraft.updated_at < now - timedelta(hours=KEPT_SIGNED_OUT_HOURS))
    old = CommentDraft.updated_at < now - timedelta(days=DRAFT_DAYS)
    return len(db.session.scalars(delete(CommentDraft).where(nobodys | old).returning(CommentDraft.id)).all())


def _values(
    text: str,
    language: str,
    now: datetime,
    topic: Topic | None,
    thread: Thread | None,
    answers: Comment | None,
    title: str,
    quotes: int | None,
) -> dict[str, object]:
    return {
        "topic_id": topic.id if topic else None,
        "thread_id": thread.id if thread else None,
        "answers_id": answers.id if answers else None,
        "title": title[: 2 * TITLE_MOST],
        "text": text[: 2 * TEXT_MOST],
        "language": language,
        "quotes": quotes,
        "updated_at": now,
    }

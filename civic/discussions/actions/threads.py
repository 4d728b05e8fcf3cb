"""Threads: opening, changing, locking and moving them; the official answer; polls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.authoring.actions import pass_gate
from civic.core import audit
from civic.core.db import db
from civic.core.jobs import enqueue
from civic.core.states import advance
from civic.discussions.actions import comments, counts
from civic.discussions.actions.publishing import screen, with_pictures
from civic.discussions.actions.telling import tell_of_thread
from civic.discussions.models import Comment, CommentDraft, Thread, ThreadFollow, Topic
from civic.discussions.queries.threads import poll_choices
from civic.discussions.refusals import (
    AlreadyAnswered,
    NoSuchPoll,
    ReasonMissing,
    RoleMissing,
    SameTopic,
    TopicClosed,
)
from civic.discussions.rules.choices import MEMBERS_KINDS
from civic.moderation.actions import changed, published


def open_thread(
    topic: Topic,
    *,
    kind: str,
    title: str,
    text: str,
    language: str,
    by: User,
    now: datetime,
    as_role: str = "",
    follow: bool = True,
    advice_why: str = "",
) -> Thread:
    """Open a thread; it may wait for a moderator: `thread.shown` tells. Lists of ideas and official questions need an office (`as_role`).

    Raises TopicClosed, RoleMissing, what with_pictures() raises and what moderation raises; KeepsSomebodyOut where a text of the city's
    does and nobody says why it stays (`advice_why`).
    """
    if kind not in MEMBERS_KINDS and not as_role.strip():
        raise RoleMissing()
    text, pictures = with_pictures(text, by=by)
    told = f"{title}\n\n{text}"
    screening = screen("thread", told, by=by, now=now, language=language, topic=topic)
    status = db.session.scalar(select(Topic.status).where(Topic.id == topic.id).with_for_update(key_share=True))
    if status != "open":
        raise TopicClosed()
    thread = Thread(
        topic=topic, topic_id=topic.id, kind=kind, title=title.strip(), text=text, language=language, author_id=by.id,
        as_role=as_role.strip(), created_at=now, last_at=now, shown=screening.shown,
    )  # fmt: skip
    db.session.add(thread)
    db.session.flush()
    if thread.as_role:
        pass_gate(f"thread:{thread.id}", why=advice_why, by=by, now=now)
    if thread.is_in_sight:
        counts.add_to_topic(topic.id, 1)
    comments.use_pictures(pictures, thread_id=thread.id)
    db.session.execute(delete(CommentDraft).where(CommentDraft.person_id == by.id, CommentDraft.topic_id == topic.id))
    if follow:
        new = insert(ThreadFollow).values(thread_id=thread.id, person_id=by.id, at=now)
        db.session.execute(new.on_conflict_do_nothing())
    published(f"thread:{thread.id}", screening, text=told, by=by, now=now)
    if thread.is_in_sight:
        enqueue(tell_of_thread, thread_id=thread.id)
    return thread


def change_thread(thread: Thread, *, title: str, text: str, language: str, by: User, now: datetime) -> None:
    """Change one's own opening; what it said before stays to be read."""
    text, pictures = with_pictures(text, by=by)
    before = (thread.title, thread.text, thread.language)
    if before == (title.strip(), text, language):
        return
    told, name = f"{title}\n\n{text}", f"thread:{thread.id}"
    screening = screen("thread", told, by=by, now=now, language=language, topic=thread.topic, own=name)
    changed(name, screening, text=told, by=by, now=now)
    counts.hold_thread(thread.id)
    comments.keep_version(thread.edited_at or thread.created_at, *before, thread_id=thread.id)
    thread.title, thread.text, thread.language, thread.edited_at = title.strip(), text, language, now
    db.session.flush()
    comments.use_pictures(pictures, thread_id=thread.id)


def lock_thread(thread: Thread, *, why: str, by: User, now: datetime) -> None:
    """End the conversation, with a reason that everybody reads; what was said stays."""
    if not why.strip():
        raise ReasonMissing(field="why")
    counts.hold_thread(thread.id)
    advance(thread, "lock", by=by, now=now, why=why.strip())
    thread.locked_why = why.strip()
    audit.record("lock thread", on=thread, by=by, now=now, why=why)


def unlock_thread(thread: Thread, *, why: str, by: User, now: datetime) -> None:
    """Let people write in it again."""
    counts.hold_thread(thread.id)
    advance(thread, "unlock", by=by, now=now, why=why.strip())
    thread.locked_why = ""
    audit.record("unlock thread", on=thread, by=by, now=now, why=why)


def move_thread(thread: Thread, to: Topic, *, why: str, by: User, now: datetime) -> None:
    """Put a thread into another topic, with a reason; its number and everything said in it stay."""
    if thread.topic_id == to.id:
        raise SameTopic()
    if not why.strip():
        raise ReasonMissing(field="why")
    counts.hold_thread(thread.id)
    before, is_counted = thread.topic_id, thread.is_in_sight
    thread.topic_id, thread.topic = to.id, to
    db.session.flush()
    if is_counted:
        for topic_id, by_so_many in sorted(((before, -1), (to.id, 1))):
            counts.add_to_topic(topic_id, by_so_many)
    audit.record(
        "move thread", on=thread, by=by, now=now, why=why, before={"topic": before}, after={"topic": to.id}
    )  # fmt: skip


def answer_officially(thread: Thread, *, text: str, language: str, as_role: str, by: User, now: datetime) -> Comment:
    """Answer a thread for the Greater London Authority, by name and office: shown first on every page. Also where it is locked.

    Raises AlreadyAnswered: an official answer is changed by its author, not given twice.
    """
    if counts.hold_thread(thread.id).answer_id is not None:
        raise AlreadyAnswered()
    answer = comments.post(
        thread, text=text, language=language, by=by, now=now, as_role=as_role, is_official=True, follow=False
    )
    thread.answer_id = answer.id
    db.session.flush()
    audit.record("answer thread", on=thread, by=by, now=now, after={"comment": answer.id})
    return answer


def take_back_answer(thread: Thread, *, why: str, by: User, now: datetime) -> None:
    """Let the official answer stand among the comments again, so that another can be given; it is not deleted."""
    if not why.strip():
        raise ReasonMissing(field="why")
    counts.hold_thread(thread.id)
    before, thread.answer_id = thread.answer_id, None
    db.session.flush()
    audit.record("take back answer", on=thread, by=by, now=now, why=why, before={"comment": before})


def attach_poll(thread: Thread, poll: str, *, by: User, now: datetime) -> None:
    """Let a survey stand in a thread ("survey:3"), or none (""). Raises NoSuchPoll."""
    if poll and poll not in dict(poll_choices()):
        raise NoSuchPoll()
    before, thread.poll = thread.poll, poll
    db.session.flush()
    audit.record("attach poll", on=thread, by=by, now=now, before={"poll": before}, after={"poll": poll})

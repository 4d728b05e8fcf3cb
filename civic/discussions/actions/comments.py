"""Saying something in a thread, changing it, and taking it back."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core.db import db, locked
from civic.core.jobs import enqueue
from civic.discussions.actions import counts
from civic.discussions.actions.publishing import screen, with_pictures
from civic.discussions.actions.telling import tell_of_comment
from civic.discussions.models import (
    Comment,
    CommentDraft,
    DiscussionPicture,
    Idea,
    TextVersion,
    Thread,
    ThreadFollow,
)
from civic.discussions.queries.comments import in_sight
from civic.discussions.refusals import CannotAnswer, CannotQuote, RoleMissing, ThreadLocked, TitleMissing
from civic.discussions.rules.choices import IN_SIGHT
from civic.moderation.actions import changed, hold_author, published, withdrawn
from civic.translation.actions.forgetting import forget

# Built once, as what every comment asks.
_VOICE = select(func.max(Comment.voice), func.bool_or(in_sight())).where(
    Comment.thread_id == bindparam("thread"), Comment.author_id == bindparam("person")
)


def post(
    thread: Thread,
    *,
    text: str,
    language: str,
    by: User,
    now: datetime,
    title: str = "",
    answers: Comment | None = None,
    quotes: int | None = None,
    as_role: str = "",
    is_official: bool = False,
    follow: bool = True,
) -> Comment:
    """Say something in a thread (loaded with its topic); it may wait for a moderator: `comment.shown` tells.

    In a list of ideas, what answers nobody is an idea and needs a `title`. An answer to an answer joins the comment above both. `quotes`
    is the number of a comment in the thread. Staff who speak officially give their office in `as_role`. The author's draft of it is
    gone afterwards, and the author follows the thread where `follow`. Raises ThreadLocked, CannotAnswer, CannotQuote, TitleMissing,
    RoleMissing, what with_pictures() raises and what moderation raises.
    """
    is_idea = thread.kind == "ideas" and answers is None and not is_official
    if is_idea and not title.strip():
        raise TitleMissing()
    if is_official and not as_role.strip():
        raise RoleMissing()
    text, pictures = with_pictures(text, by=by)
    told = f"{title}\n\n{text}" if is_idea else text
    screening = screen("comment", told, by=by, now=now, language=language, topic=thread.topic)
    held = counts.hold_thread(thread.id)
    if not is_official and not (held.status == "open" and held.topic_status == "open" and held.shown in IN_SIGHT):
        raise ThreadLocked()
    _refuse_lost(thread.id, answers, quotes)
    voice, speaks_already = _voice(thread.id, by.id)
    comment = Comment(
        thread_id=thread.id,
        position=held.last_position + 1,
        top_id=None if answers is None else answers.top_id or answers.id,
        answers_id=None if answers is None else answers.id,
        quotes=quotes,
        author_id=by.id,
        voice=voice or held.last_voice + 1,
        is_official=is_official,
        as_role=as_role.strip(),
        text=text,
        language=language,
        at=now,
        shown=screening.shown,
    )
    db.session.add(comment)
    db.session.flush()
    if is_idea:
        db.session.add(Idea(comment_id=comment.id, thread_id=thread.id, title=title.strip()))
        db.session.flush()
    _count_new(comment, is_new_voice=voice is None, speaks_already=speaks_already)
    _use(pictures, comment_id=comment.id)
    _settle_reader(thread.id, answers, by=by, now=now, follow=follow)
    published(f"comment:{comment.id}", screening, text=told, by=by, now=now)
    if comment.is_in_sight:
        enqueue(tell_of_comment, comment_id=comment.id)
    return comment


def change(
    comment: Comment, *, thread: Thread, text: str, language: str, by: User, now: datetime, title: str = ""
) -> None:
    """Change one's own words; what they said before stays to be read. Changing nothing changes nothing.

    What moderators removed waits for them again. Raises what post() raises about titles, pictures and moderation.
    """
    idea = db.session.scalar(select(Idea).where(Idea.comment_id == comment.id))
    if idea is not None and not title.strip():
        raise TitleMissing()
    text, pictures = with_pictures(text, by=by)
    title = title.strip() if idea is not None else ""
    before = (idea.title if idea else "", comment.text, comment.language)
    if before == (title, text, language):
        return
    told = f"{title}\n\n{text}" if idea else text
    name = f"comment:{comment.id}"
    screening = screen("comment", told, by=by, now=now, language=language, topic=thread.topic, own=name)
    changed(name, screening, text=told, by=by, now=now)
    counts.hold_thread(comment.thread_id)
    keep_version(comment.edited_at or comment.at, *before, comment_id=comment.id)
    comment.text, comment.language, comment.edited_at = text, language, now
    if idea is not None:
        idea.title = title
    db.session.flush()
    _use(pictures, comment_id=comment.id)
    counts.draw_again(comment.thread_id)


def withdraw(comment: Comment, *, by: User, now: datetime) -> bool:
    """Take one's own words back; tells whether a note stands in their place, because others answered or quoted them.

    Otherwise nothing is left, not even an earlier version; moderators have nothing to decide any more. Twice changes nothing.
    """
    hold_author(comment.author_id)
    held = counts.hold_thread(comment.thread_id)
    if locked(Comment, comment.id) is None:
        return False
    if comment.withdrawn_at is not None:
        return True
    was_in_sight = comment.is_in_sight
    db.session.execute(delete(TextVersion).where(TextVersion.comment_id == comment.id))
    _leave_pictures(comment.id)
    _leave_title(comment.id)
    comment.withdrawn_at, comment.text, comment.edited_at = now, "", None
    db.session.flush()
    if was_in_sight:
        counts.went_out_of_sight(comment)
    withdrawn(f"comment:{comment.id}", by=by, now=now)
    forget([f"comment:{comment.id}"])
    is_needed = _is_needed(comment) or held.answer_id == comment.id
    if not is_needed:
        db.session.delete(comment)
        db.session.flush()
    counts.draw_again(comment.thread_id)
    return is_needed


def keep_version(
    since: datetime,
    title: str,
    text: str,
    language: str,
    *,
    comment_id: int | None = None,
    thread_id: int | None = None,
) -> None:
    """Keep what a text said so far, numbered; the thread is held."""
    mine = TextVersion.comment_id == comment_id if comment_id else TextVersion.thread_id == thread_id
    last = db.session.scalar(select(func.max(TextVersion.number)).where(mine)) or 0
    db.session.add(
        TextVersion(
            comment_id=comment_id, thread_id=thread_id, number=last + 1, title=title, text=text, language=language, at=since
        )
    )  # fmt: skip


def use_pictures(pictures: list[Any], *, comment_id: int | None = None, thread_id: int | None = None) -> None:
    """Tie pictures to the text in which they stand; no statement where there are none."""
    if pictures:
        mine = update(DiscussionPicture).where(DiscussionPicture.id.in_([each.id for each in pictures]))
        db.session.execute(mine.values(comment_id=comment_id, thread_id=thread_id))


_use = use_pictures


def _refuse_lost(thread_id: int, answers: Comment | None, quotes: int | None) -> None:
    """What is answered or quoted must still be there; asked while the thread is held."""
    if answers is not None:
        still = select(Comment.id).where(Comment.id == answers.id, Comment.thread_id == thread_id, in_sight())
        if db.session.scalar(still) is None:
            raise CannotAnswer()
    if quotes is not None:
        still = select(Comment.id).where(Comment.thread_id == thread_id, Comment.position == quotes, in_sight())
        if not 0 < quotes < 2**62 or db.session.scalar(still) is None:
            raise CannotQuote()


def _voice(thread_id: int, person_id: int) -> tuple[int | None, bool]:
    """Somebody's number in the thread where they have one, and whether anything of theirs is in sight."""
    voice, speaks = db.session.execute(_VOICE, {"thread": thread_id, "person": person_id}).one()
    return voice, bool(speaks)


def _count_new(comment: Comment, *, is_new_voice: bool, speaks_already: bool) -> None:
    values: dict[str, Any] = {"last_position": comment.position}
    if is_new_voice:
        values["last_voice"] = comment.voice
    if comment.is_in_sight:
        values |= {"comments": Thread.comments + 1, "last_at": comment.at}
        if not speaks_already:
            values["people"] = Thread.people + 1
    counts.change(comment.thread_id, **values)
    if comment.is_in_sight and comment.top_id is not None:
        counts.add_to_comment(comment.top_id, answers=1)


def _settle_reader(thread_id: int, answers: Comment | None, *, by: User, now: datetime, follow: bool) -> None:
    """The draft is done with, and the author follows the thread: one statement for both."""
    known = {"person": by.id, "thread": thread_id, "answers": answers.id if answers else None, "now": now}
    db.session.execute(_settling(answers is not None, follow), known)


@lru_cache(4)
def _settling(is_answer: bool, follow: bool) -> Any:
    person, thread = bindparam("person", type_=BigInteger()), bindparam("thread", type_=BigInteger())
    place = CommentDraft.answers_id == bindparam("answers") if is_answer else CommentDraft.answers_id.is_(None)
    gone = delete(CommentDraft).where(CommentDraft.person_id == person, CommentDraft.thread_id == thread, place)
    if not follow:
        return gone.execution_options(synchronize_session=False)
    new = insert(ThreadFollow).values(thread_id=thread, person_id=person, at=bindparam("now")).on_conflict_do_nothing()
    return new.add_cte(gone.returning(CommentDraft.id).cte("gone"))


def _is_needed(comment: Comment) -> bool:
    """Whether others answered or quoted it."""
    others = select(Comment.id).where(
        (Comment.top_id == comment.id)
        | (Comment.answers_id == comment.id)
        | ((Comment.thread_id == comment.thread_id) & (Comment.quotes == comment.position))
    )
    return db.session.scalar(select(others.exists())) or False


def _leave_title(comment_id: int) -> None:
    """An idea that is taken back is none any more; of one that was decided on, the decision stays on record without its title."""
    idea = db.session.scalar(select(Idea).where(Idea.comment_id == comment_id))
    if idea is not None and idea.decided_at is None:
        db.session.delete(idea)
    elif idea is not None:
        idea.title = "…"


def _leave_pictures(comment_id: int) -> None:
    """Pictures of a text that is taken back are swept away by and by."""
    mine = update(DiscussionPicture).where(DiscussionPicture.comment_id == comment_id)
    db.session.execute(mine.values(comment_id=None))

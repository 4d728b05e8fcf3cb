"""What discussions tell people, put into words in their language from the facts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Notice, Told
from civic.core.web import external_url
from civic.discussions.models import Comment, Idea, Thread, Topic

QUOTED = 300


def _comment(facts: Mapping[str, Any]) -> Any | None:
    """What a notice about a comment is made of; nothing where it is not in plain sight any more."""
    row = db.session.execute(
        select(
            Comment.position, Comment.text, Comment.language, Comment.as_role, Comment.shown, Comment.withdrawn_at,
            Thread.id.label("number"), Thread.title, Thread.shown.label("thread_shown"), Topic.slug, User.display_name,
        )
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(User, User.id == Comment.author_id)
        .where(Comment.id == facts["comment"])
    ).first()  # fmt: skip
    if row is None or row.shown != "shown" or row.withdrawn_at or row.thread_shown != "shown":
        return None
    return row


def _told(sentence: str, row: Any) -> Told:
    url = external_url("discussions.show_comment", topic=row.slug, number=row.number, position=row.position)
    return Told(sentence, url, _short(row.text), row.language)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTED else plain[:QUOTED].rsplit(" ", 1)[0] + " …"


def _name(row: Any) -> str:
    return row.display_name or _("A former member")


def answered(facts: Mapping[str, Any]) -> Told | None:
    """Somebody answered one's comment."""
    row = _comment(facts)
    return row and _told(_("%(name)s answered you in “%(thread)s”.", name=_name(row), thread=row.title), row)


def mentioned(facts: Mapping[str, Any]) -> Told | None:
    """Somebody named one in a comment, or in the text that opens a thread."""
    if "thread" in facts:
        return _mentioned_in_opening(facts["thread"])
    row = _comment(facts)
    return row and _told(_("%(name)s mentioned you in “%(thread)s”.", name=_name(row), thread=row.title), row)


def _mentioned_in_opening(thread_id: int) -> Told | None:
    row = db.session.execute(
        select(Thread.id, Thread.title, Thread.text, Thread.language, Thread.shown, Topic.slug, User.display_name)
        .join(Topic, Topic.id == Thread.topic_id)
        .outerjoin(User, User.id == Thread.author_id)
        .where(Thread.id == thread_id)
    ).first()
    if row is None or row.shown != "shown":
        return None
    url = external_url("discussions.show_thread", topic=row.slug, number=row.id)
    sentence = _("%(name)s mentioned you in “%(thread)s”.", name=_name(row), thread=row.title)
    return Told(sentence, url, _short(row.text), row.language)


def official_answer(facts: Mapping[str, Any]) -> Told | None:
    """The Greater London Authority answered a thread that one follows or took part in."""
    row = _comment(facts)
    return row and _told(
        _("%(name)s, %(role)s, gave an official answer in “%(thread)s”.",
          name=_name(row), role=row.as_role, thread=row.title), row,
    )  # fmt: skip


def commented(facts: Mapping[str, Any]) -> Told | None:
    """Somebody said something in one's thread or about one's idea."""
    row = _comment(facts)
    return row and _told(_("%(name)s commented in your thread or on your idea: “%(thread)s”.",
                           name=_name(row), thread=row.title), row)  # fmt: skip


def followed(facts: Mapping[str, Any]) -> Told | None:
    """Something new stands in a thread that one follows."""
    row = _comment(facts)
    return row and _told(
        _("%(name)s commented in “%(thread)s”, which you follow.", name=_name(row), thread=row.title), row
    )


def idea_moved(facts: Mapping[str, Any]) -> Told | None:
    """Staff decided how far an idea has come that one gave or supports."""
    row = db.session.execute(
        select(Idea.title, Idea.status, Idea.reason, Idea.reason_language, Comment.position, Comment.shown, Comment.withdrawn_at,
               Thread.id.label("number"), Topic.slug)
        .join(Comment, Comment.id == Idea.comment_id)
        .join(Thread, Thread.id == Idea.thread_id)
        .join(Topic, Topic.id == Thread.topic_id)
        .where(Idea.id == facts["idea"])
    ).first()  # fmt: skip
    if row is None or row.shown != "shown" or row.withdrawn_at or row.status != facts["status"]:
        return None
    sentences = {
        "open": _("The idea “%(idea)s” is open again.", idea=row.title),
        "shortlisted": _("The idea “%(idea)s” was shortlisted.", idea=row.title),
        "taken_up": _("The idea “%(idea)s” was taken up.", idea=row.title),
        "not_taken_up": _("The idea “%(idea)s” was not taken up.", idea=row.title),
    }
    url = external_url("discussions.show_comment", topic=row.slug, number=row.number, position=row.position)
    return Told(sentences[row.status], url, _short(row.reason), row.reason_language)


NOTICES = [
    Notice("discussions.answered", _l("Somebody answers your comment"), answered),
    Notice("discussions.mentioned", _l("Somebody mentions you"), mentioned, took_part=False),
    Notice(
        "discussions.official_answer", _l("An official answer in a thread that you follow or wrote in"), official_answer
    ),
    Notice("discussions.commented", _l("Comments in your threads and on your ideas"), commented),
    Notice("discussions.followed", _l("New comments in threads that you follow"), followed, usual="weekly"),
    Notice("discussions.idea_moved", _l("What becomes of an idea that you gave or support"), idea_moved),
]

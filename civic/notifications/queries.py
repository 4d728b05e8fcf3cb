"""What can be asked of notices: what a person was told, what waits to be sent, what they chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Row, Select, func, or_, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.core.manifest import Notice
from civic.core.pages import Page, page_of
from civic.core.person import me
from civic.notifications.models import (
    MailBounce,
    Notification,
    NotificationChoice,
    NotificationSetting,
    NotificationSilence,
)
from civic.notifications.rules import Wishes

MOST_COUNTED = 1000
A_PAGE = 20


def notices() -> dict[str, Notice]:
    """Every kind of news that the packages of this house declare, by its key."""
    return current_app.extensions["civic"].notices


def news_of(person_id: int, at: str | None = None) -> Page:
    """What a person was told, newest first."""
    columns = (
        Notification.id, Notification.notice, Notification.about, Notification.facts, Notification.at, Notification.sent_at,
        Notification.way, Notification.read_at,
    )  # fmt: skip
    mine = select(*columns).where(Notification.person_id == person_id)
    return page_of(mine, [Notification.id.desc()], at=at, size=A_PAGE)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands between a person and their news: how much is unread, and whether their address takes letters."""

    unread: int
    newest: int  # the number of their latest news, up to which all can be marked as read
    is_unreachable: bool


def standing_of(person: User) -> Standing:
    """How much a person has not read (counted up to a thousand), and whether letters reach them; one statement."""
    unread = select(Notification.id).where(Notification.person_id == person.id, Notification.read_at.is_(None))
    count = select(func.count()).select_from(unread.limit(MOST_COUNTED).subquery()).scalar_subquery()
    newest = select(func.max(Notification.id)).where(Notification.person_id == person.id).scalar_subquery()
    bounced = select(MailBounce.email).where(MailBounce.person_id == person.id).scalar_subquery()
    row = db.session.execute(select(count.label("unread"), newest.label("newest"), bounced.label("bounced"))).one()
    return Standing(row.unread, row.newest or 0, row.bounced == person.email)


def my_news(notification_id: int) -> Row[Any] | None:
    """One piece of news of the person here; others' are not there."""
    columns = select(Notification.id, Notification.notice, Notification.about, Notification.facts)
    mine = columns.where(Notification.id == notification_id, Notification.person_id == me().id)
    return db.session.execute(mine).one_or_none() if notification_id < 2**62 else None


def latest_about(person_id: int, about: str) -> Row[Any] | None:
    """The latest news of a thing that a person was told."""
    columns = select(Notification.notice, Notification.facts)
    mine = columns.where(Notification.person_id == person_id, Notification.about == about)
    return db.session.execute(mine.order_by(Notification.id.desc()).limit(1)).one_or_none()


# --- what was chosen --------------------------------------------------------------------------------------------


def paces_of(person_id: int) -> dict[str, str]:
    """The kinds for which a person chose a pace of their own."""
    mine = select(NotificationChoice.notice, NotificationChoice.pace).where(NotificationChoice.person_id == person_id)
    return {row.notice: row.pace for row in db.session.execute(mine)}


def wishes_of(person_id: int) -> Wishes:
    """What a person chose for all kinds together."""
    row = db.session.get(NotificationSetting, person_id, populate_existing=True)
    return Wishes(row.only_mine, row.no_weekly, row.paused) if row else Wishes()


def silences_of(person_id: int) -> Sequence[Row[Any]]:
    """The things that a person hears nothing of, the latest first."""
    silence = NotificationSilence
    mine = select(silence.about, silence.notice, silence.facts, silence.at).where(silence.person_id == person_id)
    return db.session.execute(mine.order_by(silence.at.desc(), silence.about).limit(200)).all()


def is_silenced(person_id: int, about: str) -> bool:
    """Whether a person hears nothing of a thing."""
    return db.session.get(NotificationSilence, (person_id, about), populate_existing=True) is not None


# --- what waits to be sent --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to whom a letter goes."""

    id: int
    email: str
    language: str
    is_active: bool
    is_reached: bool


def readers(people: Iterable[int], *, hold: bool = False) -> dict[int, Reader]:
    """These people as a letter needs them; with `hold` nobody else writes to them meanwhile, and who is held by others is left out."""
    columns = select(
        User.id, User.email, User.language, User.status, User.email_confirmed_at, MailBounce.email.label("bounced")
    )
    found = columns.outerjoin(MailBounce, MailBounce.person_id == User.id).where(User.id.in_(list(people)))
    if hold:
        found = found.with_for_update(of=User, key_share=True, skip_locked=True)
    return {
        row.id: Reader(
            row.id,
            row.email,
            row.language,
            row.status == "active",
            row.email_confirmed_at is not None and row.bounced != row.email,
        )
        for row in db.session.execute(found)
    }


def due_people(ways: Sequence[str], now: datetime, *, after: int, most: int) -> list[int]:
    """Whose news of these ways may leave now: numbers above `after`, in their order."""
    due = select(Notification.person_id).where(Notification.due_at <= now, Notification.way.in_(ways))
    beyond = due.where(Notification.person_id > after).distinct().order_by(Notification.person_id).limit(most)
    return list(db.session.scalars(beyond))


def waiting(people: Iterable[int], ways: Sequence[str]) -> Select[Any]:
    """What waits to be sent to these people in one of these ways, oldest first, locked; what others are sending is passed by."""
    columns = (
        Notification.id, Notification.person_id, Notification.notice, Notification.about, Notification.facts, Notification.at,
        Notification.way,
    )  # fmt: skip
    mine = select(*columns).where(Notification.person_id.in_(list(people)), Notification.due_at.is_not(None))
    return mine.where(Notification.way.in_(ways)).order_by(Notification.id).with_for_update(skip_locked=True)


def due_weekly(people: Iterable[int], now: datetime) -> Sequence[Row[Any]]:
    """What the weekly letter tells these people: what is due, and what the day's budget of letters kept back."""
    due = or_(Notification.way == "at_once", Notification.due_at <= now)
    return db.session.execute(waiting(people, ("weekly", "at_once")).where(due)).all()


def latest_letters(person_id: int, name: str, most: int) -> list[datetime]:
    """When the latest letters of a kind were written to a person."""
    mine = select(OutgoingMessage.created_at).where(
        OutgoingMessage.person_id == person_id, OutgoingMessage.name == name
    )
    return list(db.session.scalars(mine.order_by(OutgoingMessage.id.desc()).limit(most)))

"""What somebody is to be told, and how each person wishes to hear of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column
from civic.notifications.rules import PACES, WAYS


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(each) for each in values)})", name=column)


class Notification(Model):
    """One piece of news for one person: of which kind, about what, with which facts; put into words when it is read or sent."""

    __tablename__ = "notification"
    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    notice: Mapped[str]
    about: Mapped[str]  # "thread:12": what it is about, so that news of one thing stands together and can be silenced
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    way: Mapped[str]  # how it goes, decided when it arose
    due_at: Mapped[datetime | None]  # when it may leave by email; empty once it left, and where it stays on the page
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    __table_args__ = (
        _one_of("way", WAYS),
        CheckConstraint("due_at IS NULL OR sent_at IS NULL", name="sent_once"),
        CheckConstraint("way <> 'page' OR due_at IS NULL", name="page_waits_for_nothing"),
        Index("ix_notification_person", "person_id", "id"),
        Index("ix_notification_unread", "person_id", postgresql_where=text("read_at IS NULL")),
        Index("ix_notification_due", "due_at", "person_id", postgresql_where=text("due_at IS NOT NULL")),
        Index("ix_notification_at", "at"),
    )


class NotificationChoice(Model):
    """At what pace a person wants one kind of news; without a row, the kind's usual one."""

    __tablename__ = "notification_choice"
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True)
    notice: Mapped[str] = mapped_column(primary_key=True)
    pace: Mapped[str]
    __table_args__ = (_one_of("pace", PACES),)


class NotificationSetting(Model):
    """What a person chose for all kinds of news together; without a row, nothing."""

    __tablename__ = "notification_setting"
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True)
    only_mine: Mapped[bool] = mapped_column(default=False)  # letters only about what the person took part in
    no_weekly: Mapped[bool] = mapped_column(default=False)
    paused: Mapped[bool] = mapped_column(default=False)


class NotificationSilence(Model):
    """A thing that a person wants to hear nothing more of; keeps the news that led to it, to say in words what it was."""

    __tablename__ = "notification_silence"
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    notice: Mapped[str]
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class MailBounce(Model):
    """An address that takes no letters: none goes there until its owner confirms it again, or has another."""

    __tablename__ = "mail_bounce"
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str]
    at: Mapped[datetime]

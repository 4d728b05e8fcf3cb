"""Telling people: one row a person, in the transaction in which the news arose."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product

from flask import current_app
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Notice
from civic.notifications import rules
from civic.notifications.models import Notification, NotificationChoice, NotificationSetting, NotificationSilence


def tell(
    notice: str,
    people: Iterable[int],
    *,
    about: str,
    now: datetime,
    by: int | None = None,
    **facts: str | int,
) -> None:
    """Let people know, each by the way and at the pace that they chose; who did it (`by`) is never told of their own act.

    One statement, however many people. `notice` is the key of a Notice in some package's manifest; `facts` are what its words are
    made of. Whoever silenced the thing hears nothing, but for what is owed. Raises KeyError for a notice that nobody declares.
    """
    known = current_app.extensions["civic"].notices[notice]
    told = sorted(set(people) - {by})
    if told:
        chosen = _chosen(known, told, about).subquery()
        weekly = current_app.config["WEEKLY_LETTER"]
        due = {way: rules.due_at(way, now, weekly) for way in rules.WAYS}
        moments = case(
            *((chosen.c.way == way, literal(at, DateTime(timezone=True))) for way, at in due.items()),
        )
        rows = select(
            chosen.c.person_id,
            literal(known.key),
            literal(about),
            literal(facts, JSONB),
            literal(now, DateTime(timezone=True)),
            chosen.c.way,
            moments,
        ).order_by(chosen.c.person_id)
        columns = ("person_id", "notice", "about", "facts", "at", "way", "due_at")
        db.session.execute(insert(Notification).from_select(columns, rows))


def _chosen(notice: Notice, people: Sequence[int], about: str) -> Select[int, str]:
    """Each of these people, and the way the news goes to them; without those who silenced the thing."""
    choice, setting, silence = NotificationChoice, NotificationSetting, NotificationSilence
    asked = bindparam("people", list(people), type_=ARRAY(BigInteger), unique=True)
    silenced = exists().where(silence.person_id == User.id, silence.about == about)
    return (
        select(User.id.label("person_id"), _way(notice).label("way"))
        .outerjoin(choice, and_(choice.person_id == User.id, choice.notice == notice.key))
        .outerjoin(setting, setting.person_id == User.id)
        .where(User.id == func.any(asked), or_(literal(notice.owed), ~silenced))
    )


def _way(notice: Notice) -> ColumnElement[str]:
    """The rule, asked about everything that a person can have chosen; PostgreSQL looks up which it was."""
    setting = NotificationSetting
    pace = func.coalesce(NotificationChoice.pace, notice.usual)
    wishes = [func.coalesce(column, False) for column in (setting.only_mine, setting.no_weekly, setting.paused)]
    branches = []
    for chosen, wished in product(rules.PACES, product((False, True), repeat=len(wishes))):
        answer = rules.way(owed=notice.owed, took_part=notice.took_part, pace=chosen, wishes=rules.Wishes(*wished))
        same = [column.is_(value) for column, value in zip(wishes, wished, strict=True)]
        branches.append((and_(pace == chosen, *same), literal(answer)))
    return literal("owed") if notice.owed else case(*branches)

"""Letters: what waits for a person goes as one letter, in their language; news and letter are marked and queued together."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import update

from civic.core import mail
from civic.core.db import db
from civic.core.i18n import speaking
from civic.notifications import queries, rules
from civic.notifications.drawing import News, drawn
from civic.notifications.links import stop_url
from civic.notifications.models import Notification
from civic.notifications.queries import Reader

log = structlog.get_logger()

STRETCH = 200
"""Weekly letters in one transaction."""
NEWS, OWED, WEEKLY = "notifications/news", "notifications/owed", "notifications/weekly"


def write_letter(person_id: int, *, now: datetime) -> None:
    """Send what waits for a person as one letter; above the day's budget only what is owed, the rest tomorrow morning.

    Whoever else is writing to the same person goes first; then nothing is done here.
    """
    reader = queries.readers([person_id], hold=True).get(person_id)
    if reader is None:
        return
    waiting = db.session.execute(queries.waiting([person_id], rules.LETTERS)).all()
    free = [row for row in waiting if row.way != "owed"]
    if not reader.is_reached or not reader.is_active:
        _leave_on_page(free if reader.is_reached else waiting)
    elif free and _is_spent(reader, now):
        _move(free, due_at=rules.next_morning(now))
    else:
        _send(NEWS if free else OWED, reader, waiting, now)
        return
    if reader.is_reached:
        _send(OWED, reader, [row for row in waiting if row.way == "owed"], now)


def write_weekly(*, now: datetime, after: int = 0) -> int | None:
    """Send the weekly letter to the next stretch of people; the number to go on after, or None when all have theirs."""
    people = queries.due_people(("weekly",), now, after=after, most=STRETCH)
    rows: dict[int, list[Any]] = {}
    for row in queries.due_weekly(people, now):
        rows.setdefault(row.person_id, []).append(row)
    readers = queries.readers(rows)
    for person_id, waiting in rows.items():
        try:
            with db.session.begin_nested():  # one letter that cannot be written keeps no other from leaving
                _weekly_to(readers[person_id], waiting, now)
        except Exception:
            log.exception("letter_not_written")
    return people[-1] if len(people) == STRETCH else None


def _weekly_to(reader: Reader, waiting: Sequence[Any], now: datetime) -> None:
    if reader.is_reached and reader.is_active:
        _send(WEEKLY, reader, waiting, now)
    else:
        _leave_on_page(waiting)


def _is_spent(reader: Reader, now: datetime) -> bool:
    most = current_app.config["NOTICES_A_DAY"]
    return rules.is_spent(queries.latest_letters(reader.id, NEWS, most), now, most)


def _send(name: str, reader: Reader, waiting: Sequence[Any], now: datetime) -> None:
    """One letter with everything that still has something to say; none where nothing has."""
    if not waiting:
        return
    with speaking(reader.language):
        news = drawn(waiting)
        if news:
            stop = cache(partial(stop_url, reader.id))  # the same link in the text and in the HTML
            groups, left_out = rules.grouped((each.row.about, each) for each in news)
            mail.send(
                name, to=reader.email, language=reader.language, person_id=reader.id, now=now,
                unsubscribe=None if name == OWED else _stop(name, reader, news),
                groups=groups, left_out=left_out, count=len(news), sentence=news[0].told.sentence,
                stop=stop,
            )  # fmt: skip
    _move([each.row for each in news], due_at=None, sent_at=now)
    sent = {each.row.id for each in news}
    _move([row for row in waiting if row.id not in sent], due_at=None)


def _stop(name: str, reader: Reader, news: Iterable[News]) -> str:
    """What one click stops: the weekly letter, or the kinds of news that this letter brought."""
    if name == WEEKLY:
        return stop_url(reader.id, "weekly")
    kinds = {each.row.notice for each in news if each.row.way != "owed"}
    return stop_url(reader.id, "kinds", ",".join(sorted(kinds)))


def _leave_on_page(rows: Sequence[Any]) -> None:
    _move(rows, due_at=None, way="page")


def _move(rows: Sequence[Any], **values: Any) -> None:
    if rows:
        numbers = [row.id for row in rows]
        db.session.execute(
            update(Notification).where(Notification.id.in_(numbers)).values(**values),
            execution_options={"synchronize_session": False},
        )

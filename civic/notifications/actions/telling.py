"""Telling people: one row a person, in the transaction in which the news arose."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy import insert

from civic.core.db import db
from civic.notifications.models import Notification


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

    `notice` is the key of a Notice in some package's manifest; `facts` are what its words are made of. Raises KeyError for a notice
    that nobody declares.
    """
    known = current_app.extensions["civic"].notices[notice]
    rows = [
        {"person_id": person, "notice": known.key, "about": about, "facts": facts, "at": now}
        for person in sorted(set(people) - {by})
    ]
    if rows:
        db.session.execute(insert(Notification), rows)

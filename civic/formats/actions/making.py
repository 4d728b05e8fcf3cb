"""Asking for a format, making it and keeping it: identical requests join, and an older file goes when a newer one is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from civic.core.db import db, locked
from civic.core.errors import CivicError
from civic.core.files import StoredFile, keep_bytes
from civic.core.states import advance
from civic.formats import kinds, rules
from civic.formats.kinds import Format
from civic.formats.making.source import Made, Source
from civic.formats.models import FormatFile
from civic.formats.queries import files as queries
from civic.formats.queries.things import Thing, named_thing, pictures_of


class Busy(CivicError):
    """So much waits to be made that one more would wait too long."""

    sentence, status = _l("A great many files are being made at the moment. Please try again in a few minutes."), 503


@dataclass(frozen=True)
class Task:
    """What a job is to make."""

    row_id: int
    wanted: Format
    language: str
    source: Source
    version: str


def ask(thing: Thing, language: str, wanted: Format, *, now: datetime) -> FormatFile:
    """Have a format made, unless it is being made already; the caller enqueues the job for the row it gets. Raises Busy."""
    if queries.waiting() >= rules.MOST_WAITING:
        raise Busy()
    named = {"about": thing.name, "language": language, "format": wanted.key}
    first = insert(FormatFile).values(**named, status="asked", version="", length=0, fault="", asked_at=now)
    db.session.execute(first.on_conflict_do_nothing())
    found = select(FormatFile.id).filter_by(**named)
    row: FormatFile = locked(FormatFile, db.session.scalars(found).one())
    ask_again(row, now=now)
    return row


def ask_again(row: FormatFile, *, now: datetime) -> bool:
    """Ask for a locked row once more; False where it is being made already."""
    if row.status == "asked":
        return False
    row.fault, row.asked_at = "", now
    advance(row, "ask", by=None, now=now)
    return True


def begin(row_id: int, *, now: datetime) -> Task | None:
    """What is to be made for a row; None where that is done, or where there is nothing to be read any more: then the row goes."""
    row: FormatFile | None = locked(FormatFile, row_id)
    if row is None or row.status != "asked":
        return None
    thing, wanted = named_thing(row.about), kinds.FORMATS.get(row.format)
    reading = thing.read(row.language) if thing else None
    if reading is None or wanted is None:
        forget(row)
        return None
    source = Source(reading, pictures_of(reading), now)
    return Task(row.id, wanted, row.language, source, rules.version_of(reading.version, wanted.version))


def keep(task: Task, made: Made, *, now: datetime) -> None:
    """Keep what was made, and let go of what was there before; does nothing where somebody else was quicker."""
    row: FormatFile | None = locked(FormatFile, task.row_id)
    if row is None or row.status != "asked":
        return
    old, wanted = row.file_id, task.wanted
    name = f"{wanted.key}.{wanted.extension}"
    file = keep_bytes(made.data, name=name, media_type=wanted.media_type, is_public=False, now=now)
    row.file_id, row.made_at, row.version, row.length = file.id, now, task.version, made.length
    advance(row, "make", by=None, now=now)
    db.session.flush()
    _drop(old)


def fail(row_id: int, fault: str, *, now: datetime) -> None:
    """Note that it could not be made, and why in one word."""
    row: FormatFile | None = locked(FormatFile, row_id)
    if row is not None and row.status == "asked":
        row.fault = fault
        advance(row, "fail", by=None, now=now)
        db.session.flush()


def forget(row: FormatFile) -> None:
    """Take a file away for good; it can be made again at any time."""
    old = row.file_id
    db.session.delete(row)
    db.session.flush()
    _drop(old)


def tidy(row_id: int, *, now: datetime) -> bool:
    """Look after one row at night: what nobody may read any more and what is too old goes, what was lost is a failure.

    True where it is to be made anew, because the thing has changed since: then the caller enqueues its job.
    """
    row: FormatFile | None = locked(FormatFile, row_id)
    if row is None:
        return False
    if row.status == "asked":
        if row.asked_at < now - timedelta(hours=rules.LOST_HOURS):
            fail(row.id, "lost", now=now)
        return False
    thing, wanted = named_thing(row.about), kinds.FORMATS.get(row.format)
    reading = thing.read(row.language) if thing else None
    last = row.made_at or row.asked_at
    if reading is None or wanted is None or last < now - timedelta(days=rules.KEPT_DAYS):
        forget(row)
        return False
    is_old = row.version != rules.version_of(reading.version, wanted.version)
    return row.status == "made" and is_old and ask_again(row, now=now)


def _drop(file_id: int | None) -> None:
    if file_id is not None:
        db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))

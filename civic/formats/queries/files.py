"""Files that were made: of one thing, those that failed, and how much room they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from civic.core.db import db
from civic.core.files import StoredFile
from civic.core.pages import Page, page_of
from civic.formats.models import FormatFile


@dataclass(frozen=True)
class Held:
    """What is held of one format: the row, and how large its file is."""

    row: FormatFile
    size: int


def files_of(about: str) -> dict[tuple[str, str], Held]:
    """Every file of a thing by language and format, in one statement."""
    query = select(FormatFile, StoredFile.size).outerjoin(StoredFile, StoredFile.id == FormatFile.file_id)
    rows = db.session.execute(query.where(FormatFile.about == about))
    return {(row.language, row.format): Held(row, size or 0) for row, size in rows}


def file_of(about: str, language: str, key: str) -> FormatFile | None:
    """One file of a thing."""
    mine = select(FormatFile).where(FormatFile.about == about, FormatFile.language == language)
    return db.session.scalar(mine.where(FormatFile.format == key))


def by_id(file_id: int) -> FormatFile | None:
    """The file of this number."""
    return db.session.get(FormatFile, file_id) if 0 < file_id < 2**62 else None


def waiting() -> int:
    """How many are being made or wait for it."""
    return db.session.scalar(select(func.count()).where(FormatFile.status == "asked")) or 0


def failures() -> int:
    """How many could not be made."""
    return db.session.scalar(select(func.count()).where(FormatFile.status == "failed")) or 0


def failed(at: str | None = None) -> Page:
    """Those that could not be made, the newest first."""
    query = select(FormatFile).where(FormatFile.status == "failed")
    return page_of(query, [FormatFile.id.desc()], at=at, scalars=True)


def room() -> list[Any]:
    """For each format how many files there are and how many bytes they take."""
    query = select(FormatFile.format, func.count(), func.sum(StoredFile.size))
    joined = query.join(StoredFile, StoredFile.id == FormatFile.file_id).group_by(FormatFile.format)
    return [(key, number, int(size)) for key, number, size in db.session.execute(joined.order_by(FormatFile.format))]

"""Keeping the glossary: how a word is said in a language, preferred or locked."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import Conflict
from civic.translation.models import GlossaryTerm
from civic.translation.refusals import KnownTerm


def keep_term(
    row: GlossaryTerm | None, *, term: str, language: str, translation: str, is_locked: bool, note: str, by: Any,
    now: datetime, source_language: str = "en", seen: int = 0,
) -> GlossaryTerm:  # fmt: skip
    """Write a word into the glossary, or change it. `seen` is the version that was changed; raises KnownTerm and Conflict."""
    values = {"term": term, "folded": term.casefold(), "translation": translation, "is_locked": is_locked, "note": note}
    if row is None:
        known = select(GlossaryTerm.id).where(
            GlossaryTerm.folded == term.casefold(), GlossaryTerm.source_language == source_language,
            GlossaryTerm.language == language,
        )  # fmt: skip
        if db.session.scalar(known) is not None:
            raise KnownTerm()
        row = GlossaryTerm(**values, language=language, source_language=source_language, by_id=by.id, at=now)
        db.session.add(row)
    else:
        row = locked(GlossaryTerm, row.id)
        if row is None or row.version != seen:
            raise Conflict()
        for name, value in values.items():
            setattr(row, name, value)
        row.by_id, row.at = by.id, now
    db.session.flush()
    audit.record("glossary.kept", on=row, by=by, now=now, after=_told(row))
    return row


def remove_term(row: GlossaryTerm, *, by: Any, now: datetime) -> None:
    """Take a word out of the glossary."""
    audit.record("glossary.removed", on=row, by=by, now=now, before=_told(row))
    db.session.delete(row)
    db.session.flush()


def _told(row: GlossaryTerm) -> dict[str, Any]:
    return {
        "term": row.term, "language": row.language, "translation": row.translation, "is_locked": row.is_locked,
    }  # fmt: skip

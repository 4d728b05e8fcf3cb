"""Translations as readers see them, and what stands beside them for translators."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Text, any_, bindparam, func, select
from sqlalchemy.orm import aliased

from civic.accounts.models import User
from civic.core.db import db
from civic.translation.models import Translation


class Current(NamedTuple):
    """A translation that readers see, with the names of who made and who checked it (None where an account is gone)."""

    id: int
    thing: str
    field: str
    text: str
    origin: str
    source_language: str
    source_text: str
    source_mark: str
    at: datetime
    decided_at: datetime
    author: str | None
    checker: str | None
    by_id: int | None
    decided_by_id: int | None


_author, _checker = aliased(User), aliased(User)
_NAMED: Any = (
    select(
        Translation.id,
        Translation.thing,
        Translation.field,
        Translation.text,
        Translation.origin,
        Translation.source_language,
        Translation.source_text,
        Translation.source_mark,
        Translation.at,
        Translation.decided_at,
        _author.display_name,
        _checker.display_name.label("checker"),
        Translation.by_id,
        Translation.decided_by_id,
    )
    .select_from(Translation)
    .outerjoin(_author, _author.id == Translation.by_id)
    .outerjoin(_checker, _checker.id == Translation.decided_by_id)
)
# Built once: every page in another language than its texts asks it.
_IN_SIGHT: Any = _NAMED.where(
    Translation.thing == any_(bindparam("things", type_=ARRAY(Text))),
    Translation.language == bindparam("language"),
    Translation.status == "approved",
    Translation.shown == "shown",
).order_by(Translation.id)


def in_sight(things: Iterable[str], language: str) -> list[Current]:
    """Every translation of these things into a language that readers see; one statement."""
    wanted = sorted(set(things))
    if not wanted:
        return []
    rows = db.session.execute(_IN_SIGHT, {"things": wanted, "language": language})
    return [Current(*row) for row in rows]


def marks(things: Iterable[str]) -> dict[str, dict[str, dict[str, str]]]:
    """Of these things the marks of the originals that are translated: found[thing][language][field]; one statement."""
    query = select(Translation.thing, Translation.language, Translation.field, Translation.source_mark).where(
        Translation.thing.in_(list(things)), Translation.status == "approved", Translation.shown == "shown"
    )
    found: dict[str, dict[str, dict[str, str]]] = {}
    for thing, language, field, mark in db.session.execute(query):
        found.setdefault(thing, {}).setdefault(language, {})[field] = mark
    return found


def approved(thing: str, language: str) -> dict[str, Translation]:
    """The standing translations of a thing by their fields, those that moderators took away among them."""
    return _by_field(thing, language, "approved")


def drafts(thing: str, language: str) -> dict[str, Translation]:
    """What was written or made by a machine and is not published yet."""
    return _by_field(thing, language, "draft")


def _by_field(thing: str, language: str, status: str) -> dict[str, Translation]:
    mine = select(Translation).where(
        Translation.thing == thing, Translation.language == language, Translation.status == status
    )
    return {each.field: each for each in db.session.scalars(mine)}


def history(thing: str, language: str, field: str | None = None) -> list[tuple[Translation, str | None, str | None]]:
    """Every version that readers saw, newest first, with the names of who made and who checked it."""
    query = (
        select(Translation, _author.display_name, _checker.display_name)
        .outerjoin(_author, _author.id == Translation.by_id)
        .outerjoin(_checker, _checker.id == Translation.decided_by_id)
        .where(Translation.thing == thing, Translation.language == language)
        .where(Translation.status.in_(("approved", "replaced")), Translation.shown == "shown")
    )
    if field is not None:
        query = query.where(Translation.field == field)
    rows = db.session.execute(query.order_by(Translation.decided_at.desc(), Translation.id.desc()).limit(200))
    return [(row[0], row[1], row[2]) for row in rows]


def next_number(thing: str, field: str, language: str) -> int:
    """The number of the next version of a text in a language; whoever asks holds the text."""
    mine = select(func.max(Translation.number)).where(
        Translation.thing == thing, Translation.field == field, Translation.language == language
    )
    return (db.session.scalar(mine) or 0) + 1

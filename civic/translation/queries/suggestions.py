"""Suggestions of members: what waits for somebody to look at it, and what became of one's own."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.pages import Page, page_of
from civic.translation.models import Translation

WAITING = (Translation.status == "suggested", Translation.shown == "shown")


def waiting(*, language: str = "", at: str | None = None) -> Page:
    """Suggestions that somebody should look at, oldest first, each with the name of who made it."""
    query: Select = select(Translation, User.display_name).outerjoin(User, User.id == Translation.by_id).where(*WAITING)
    if language:
        query = query.where(Translation.language == language)
    return page_of(query, [Translation.id], at=at)


def how_many_wait() -> int:
    """How many suggestions wait."""
    return db.session.scalar(select(func.count()).where(*WAITING)) or 0


def waiting_by_thing(things: Iterable[str]) -> dict[tuple[str, str], int]:
    """How many suggestions wait, by thing and language; one statement."""
    query = select(Translation.thing, Translation.language, func.count()).where(
        Translation.thing.in_(list(things)), *WAITING
    )
    rows = db.session.execute(query.group_by(Translation.thing, Translation.language))
    return {(thing, language): number for thing, language, number in rows}


def suggestion_by_id(suggestion_id: int) -> Translation | None:
    """What a member suggested once, whatever became of it."""
    found = db.session.get(Translation, suggestion_id) if 0 < suggestion_id < 2**62 else None
    return found if found is not None and found.origin == "community" else None


def mine(person_id: int, *, at: str | None = None) -> Page:
    """What a person suggested, newest first."""
    query = select(Translation).where(Translation.by_id == person_id, Translation.origin == "community")
    return page_of(query, [Translation.id.desc()], at=at, scalars=True)


def of_person(thing: str, language: str, person_id: int) -> dict[str, Translation]:
    """What a person suggested for a thing and nobody has decided yet, by field."""
    query = select(Translation).where(
        Translation.thing == thing, Translation.language == language, Translation.by_id == person_id,
        Translation.status == "suggested",
    )  # fmt: skip
    return {each.field: each for each in db.session.scalars(query.order_by(Translation.id))}

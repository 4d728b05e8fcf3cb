"""Questions about interests: who may not see what."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from civic.assessment.models import Declaration, Item
from civic.core import subjects
from civic.core.db import db


def latest(subject: str, user_id: int) -> Declaration | None:
    """What somebody said last about a thing."""
    mine = select(Declaration).where(Declaration.subject == subject, Declaration.user_id == user_id)
    return db.session.scalars(mine.order_by(Declaration.id.desc()).limit(1)).one_or_none()


def has_interest(subject: str, user_id: int) -> bool:
    """Whether somebody has declared an interest in a thing that nobody lifted: they neither see, judge nor decide it."""
    found = latest(subject, user_id)
    return found is not None and found.has_interest


def hides(subject: str, user_id: int) -> str:
    """Why a thing is hidden from somebody: "party" (they stand behind it), "interest" (they declared one), or "" where it is not."""
    if user_id in subjects.parties_of(subject):
        return "party"
    return "interest" if has_interest(subject, user_id) else ""


def hidden_among(names: Iterable[str], user_id: int) -> dict[str, str]:
    """The same for a whole list, in one question and one for each kind of thing: why, by the names of those that are hidden."""
    asked = set(names)
    if not asked:
        return {}
    declared = select(Declaration.subject).where(Declaration.user_id == user_id, Declaration.has_interest, ~_newer())
    mine = dict.fromkeys(asked & set(db.session.scalars(declared)), "interest")
    return mine | dict.fromkeys(subjects.behind(user_id, asked), "party")


def shown_to(user_id: int, items: Iterable[Item]) -> list[Item]:
    """Those of these items that are not hidden from somebody, so that a list does not tell by its length or order either."""
    items = list(items)
    hidden = hidden_among((each.subject for each in items), user_id)
    return [each for each in items if each.subject not in hidden]


def interests_in(names: Iterable[str]) -> dict[str, set[int]]:
    """Everybody with an interest in each of these things."""
    found: dict[str, set[int]] = {}
    rows = select(Declaration.subject, Declaration.user_id).where(Declaration.has_interest, ~_newer())
    for row in db.session.execute(rows.where(Declaration.subject.in_(list(names)))):
        found.setdefault(row.subject, set()).add(row.user_id)
    return found


def standing_interests() -> Select[Any]:
    """Every interest that was declared and not lifted, as Declaration."""
    return select(Declaration).where(Declaration.has_interest, ~_newer())


def declaration_by_id(declaration_id: int) -> Declaration | None:
    """A declared interest that still stands, by its number."""
    if not 0 < declaration_id < 2**62:
        return None
    return db.session.scalars(standing_interests().where(Declaration.id == declaration_id)).one_or_none()


def _newer() -> Any:
    later = aliased(Declaration)
    return (
        select(later.id)
        .where(later.subject == Declaration.subject, later.user_id == Declaration.user_id, later.id > Declaration.id)
        .exists()
    )

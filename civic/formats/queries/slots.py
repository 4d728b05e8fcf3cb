"""What people made by hand: of one thing, and for those who make it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from civic.core.db import db
from civic.core.pages import Page, page_of
from civic.formats.models import Point, Slot

WHOLE = select(Slot).options(joinedload(Slot.media), joinedload(Slot.captions))


def by_id(slot_id: int) -> Slot | None:
    """The version of this number with its files."""
    return db.session.scalar(WHOLE.where(Slot.id == slot_id)) if 0 < slot_id < 2**62 else None


def slots_of(about: str, *, also_drafts: bool = False) -> Sequence[Slot]:
    """Those of a thing that everybody sees, or all of them, in one statement."""
    query = select(Slot).where(Slot.about == about)
    query = query if also_drafts else query.where(Slot.status == "published")
    return db.session.scalars(query.order_by(Slot.kind, Slot.language)).all()


def kinds_of(about: str) -> frozenset[str]:
    """Which kinds are published of a thing."""
    return frozenset(db.session.scalars(select(Slot.kind).where(Slot.about == about, Slot.status == "published")))


def points_of(slot_id: int) -> Sequence[Point]:
    """The points of an Easy Read version in their order, with their pictures."""
    query = select(Point).where(Point.slot_id == slot_id).options(joinedload(Point.picture, innerjoin=True))
    return db.session.scalars(query.order_by(Point.position, Point.id)).all()


def count_points(slot_id: int) -> int:
    """How many points it has."""
    return db.session.scalar(select(func.count()).where(Point.slot_id == slot_id)) or 0


def point_of(slot_id: int, point_id: int) -> Point | None:
    """One point of it."""
    if not 0 < point_id < 2**62:
        return None
    return db.session.scalar(select(Point).where(Point.id == point_id, Point.slot_id == slot_id))


def newest(at: str | None = None) -> Page:
    """Everything that people made or are making, the newest first."""
    return page_of(select(Slot), [Slot.id.desc()], at=at, scalars=True)

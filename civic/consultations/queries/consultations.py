"""Finding consultations, and what belongs to one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from civic.consultations.models import Consultation, DateChange, Document, Follow, Held, OnRecord, Update
from civic.consultations.queries import registry
from civic.consultations.rules.dates import PROMISED_WEEKS
from civic.core.db import db
from civic.core.files import StoredFile
from civic.core.manifest import ActivityFacts
from civic.core.names import slug_of
from civic.core.pages import Page, page_of

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = {"new", "feed"}
LISTED = (
    Consultation.id, Consultation.slug, Consultation.question, Consultation.summary, Consultation.language,
    Consultation.status, Consultation.opens_at, Consultation.closes_at, Consultation.answered_at, Consultation.boroughs,
    Consultation.overdue_reason, Consultation.touched_at,
)  # fmt: skip


def by_slug(slug: str) -> Consultation | None:
    """The consultation at this address, in whatever state; what could never be an address is not looked for."""
    if not SLUG.fullmatch(slug):
        return None
    return db.session.scalar(select(Consultation).where(Consultation.slug == slug))


def by_id(consultation_id: int) -> Consultation | None:
    """The consultation with this number."""
    return db.session.get(Consultation, consultation_id)


def public_by_slug(slug: str) -> Consultation | None:
    """The consultation at this address, where anybody may know of it."""
    found = by_slug(slug)
    return found if found is not None and found.is_public else None


def free_slug(question: str) -> str:
    """An address made from a question that no consultation has yet."""
    stem = slug_of(question, "consultation")
    taken = {*RESERVED, *db.session.scalars(select(Consultation.slug).where(Consultation.slug.startswith(stem)))}
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def in_stage(stage: str, now: datetime) -> ColumnElement[bool]:
    """Whether a consultation is in a stage at `now`, whatever has been noted of it so far."""
    status, opens, closes = Consultation.status, Consultation.opens_at, Consultation.closes_at
    return {
        "coming_up": and_(status == "coming_up", opens > now),
        "open": and_(status.in_(("coming_up", "open")), opens <= now, closes > now),
        "considering": or_(status == "considering", and_(status.in_(("coming_up", "open")), closes <= now)),
        "answered": and_(status == "answered", Consultation.answered_at.is_not(None)),  # as its index says it
    }[stage]


_ORDERS: dict[str, Sequence[Any]] = {
    "coming_up": (Consultation.opens_at, Consultation.id),
    "open": (Consultation.closes_at, Consultation.id),
    "considering": (Consultation.closes_at, Consultation.id),
    "answered": (Consultation.answered_at.desc(), Consultation.id.desc()),
}


def listed(stage: str, now: datetime, *, at: str | None = None, size: int = 20) -> Page:
    """Consultations in a stage: the next to close, to open or to be answered first; of those answered the newest."""
    return page_of(select(*LISTED).where(in_stage(stage, now)), _ORDERS[stage], at=at, size=size)


def for_staff() -> Select[tuple[Consultation]]:
    """Every consultation, for those who run them."""
    return select(Consultation)


@dataclass(frozen=True)
class Around:
    """What stands around a consultation on its page."""

    held: list[tuple[str, ActivityFacts]]  # what is in it, in the order in which it was added
    documents: Sequence[Any]
    updates: Sequence[Update]
    changes: Sequence[DateChange]
    reasons: Sequence[OnRecord]


def around(consultation: Consultation, *, also_hidden: bool = False) -> Around:
    """Everything that belongs to a consultation: five questions, and one a kind of activity."""
    names = held(consultation.id)
    known = registry.facts(names)
    return Around(
        held=[(name, known[name]) for name in names if name in known and (also_hidden or known[name].is_public)],
        documents=documents(consultation.id),
        updates=_of(Update, consultation.id, Update.at.desc(), Update.id.desc()),
        changes=_of(DateChange, consultation.id, DateChange.id),
        reasons=_of(OnRecord, consultation.id, OnRecord.id),
    )


def _of(model: Any, consultation_id: int, *order: Any) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.consultation_id == consultation_id).order_by(*order)).all()


def held(consultation_id: int) -> list[str]:
    """The names of the activities in a consultation, in the order in which they were added."""
    mine = select(Held.name).where(Held.consultation_id == consultation_id)
    return list(db.session.scalars(mine.order_by(Held.id)))


def documents(consultation_id: int) -> Sequence[Any]:
    """The documents of a consultation with the sizes of their files."""
    query = select(Document, StoredFile.size, StoredFile.media_type).outerjoin(StoredFile)
    mine = query.where(Document.consultation_id == consultation_id)
    return db.session.execute(mine.order_by(Document.published_on.desc(), Document.id.desc())).all()


def document_of(slug: str, document_id: int) -> tuple[Consultation, Document] | None:
    """One document, with the consultation it belongs to."""
    if not SLUG.fullmatch(slug) or not 0 < document_id < 2**62:
        return None
    query = select(Consultation, Document).join(Document, Document.consultation_id == Consultation.id)
    row = db.session.execute(query.where(Consultation.slug == slug, Document.id == document_id)).first()
    return (row[0], row[1]) if row else None


def updates_of(consultation_id: int) -> Sequence[Update]:
    """The news of a consultation, newest first."""
    return _of(Update, consultation_id, Update.at.desc(), Update.id.desc())


@dataclass(frozen=True)
class PartOf:
    """The consultation that an activity belongs to, as the activity's own page names it."""

    slug: str
    question: str
    language: str


def consultation_of(activity: str) -> PartOf | None:
    """The public consultation that holds an activity ("survey:3"), in one question."""
    query = (
        select(Consultation.slug, Consultation.question, Consultation.language)
        .join(Held, Held.consultation_id == Consultation.id)
        .where(Held.name == activity, Consultation.announced_at.is_not(None), Consultation.status != "draft")
    )
    row = db.session.execute(query).first()
    return PartOf(*row) if row else None


def holders(activities: Iterable[str]) -> dict[str, Consultation]:
    """The public consultations that hold these activities, in one question."""
    query = select(Held.name, Consultation).join(Consultation, Consultation.id == Held.consultation_id)
    public = query.where(Held.name.in_(set(activities)), Consultation.announced_at.is_not(None))
    return {name: found for name, found in db.session.execute(public) if found.is_public}


def public_by_ids(numbers: Iterable[int]) -> dict[int, Consultation]:
    """The public consultations with these numbers; no question where there are none."""
    wanted = set(numbers)
    if not wanted:
        return {}
    found = db.session.scalars(select(Consultation).where(Consultation.id.in_(wanted)))
    return {each.id: each for each in found if each.is_public}


def taken(names: Iterable[str]) -> set[str]:
    """Those of these activities that belong to a consultation already."""
    return set(db.session.scalars(select(Held.name).where(Held.name.in_(set(names)))))


def follows(consultation_id: int, person_id: int) -> bool:
    """Whether somebody follows a consultation."""
    return db.session.get(Follow, (consultation_id, person_id)) is not None


def followers(consultation_id: int) -> list[int]:
    """Everybody who follows a consultation."""
    return list(db.session.scalars(select(Follow.person_id).where(Follow.consultation_id == consultation_id)))


def owing(now: datetime | None = None) -> int:
    """How many consultations have closed and owe their answer within four weeks, or owed it already."""
    since = func.now() if now is None else now
    soon = since - timedelta(weeks=PROMISED_WEEKS - 4)
    closed = Consultation.status.in_(("open", "considering")), Consultation.closes_at <= soon
    return db.session.scalar(select(func.count()).select_from(Consultation).where(*closed)) or 0


def to_step(now: datetime) -> Sequence[int]:
    """The consultations of which the clock may have something to note or to say."""
    running = Consultation.status.in_(("coming_up", "open", "considering"))
    return db.session.scalars(select(Consultation.id).where(running).order_by(Consultation.id)).all()


@dataclass(frozen=True)
class News:
    """One entry of a feed."""

    slug: str
    title: str
    line: str
    language: str
    at: datetime


NEWEST = 30


def news(now: datetime, consultation: Consultation | None = None) -> list[Any]:
    """The newest updates (title, text, language, moment, slug), of one consultation or of all."""
    query = (
        select(Update.id, Update.title, Update.text, Update.language, Update.at, Consultation.slug)
        .join(Consultation, Consultation.id == Update.consultation_id)
        .where(Consultation.announced_at.is_not(None), Consultation.status != "draft", Update.at <= now)
    )
    if consultation is not None:
        query = query.where(Consultation.id == consultation.id)
    return list(db.session.execute(query.order_by(Update.at.desc(), Update.id.desc()).limit(NEWEST)))


def announced(now: datetime) -> list[Any]:
    """The consultations that were announced or answered last (columns as in lists, and when each was)."""
    query = select(*LISTED, Consultation.announced_at).where(
        Consultation.announced_at.is_not(None), Consultation.status != "draft"
    )
    return list(db.session.execute(query.order_by(Consultation.touched_at.desc()).limit(NEWEST)))

"""Questions about people: may they publish, were they warned, what became of what they reported."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.pages import Page, page_of
from civic.moderation.models import Appeal, Case, Report, Suspension, Warned

# Built once: every text that is published asks.
_SUSPENDED = (
    select(Suspension)
    .where(
        Suspension.person_id == bindparam("person"),
        Suspension.ends_at > bindparam("now"),
        Suspension.lifted_at.is_(None),
        Suspension.starts_at <= bindparam("now"),
    )
    .order_by(Suspension.ends_at.desc())
    .limit(1)
)


def suspension_of(person_id: int, now: datetime) -> Suspension | None:
    """The suspension that keeps a person from publishing now; the one that ends last, where there are several."""
    return db.session.scalars(_SUSPENDED, {"person": person_id, "now": now}).one_or_none()


class ReporterRecord(NamedTuple):
    """What became of a person's earlier reports."""

    upheld: int
    dismissed: int


def reporter_record(person_id: int) -> ReporterRecord:
    """How many of a person's reports were upheld and dismissed."""
    counts = select(
        func.count().filter(Report.status == "upheld"), func.count().filter(Report.status == "dismissed")
    ).where(Report.reporter_id == person_id)
    return ReporterRecord(*db.session.execute(counts).one())


WARNED_DAYS = 365
"""How long a warning is one."""


def warned_lately(person_id: int, now: datetime) -> bool:
    """Whether anybody warned this person within twelve months."""
    since = now - timedelta(days=WARNED_DAYS)
    warned = select(Warned.id).where(Warned.person_id == person_id, Warned.at >= since).limit(1)
    return db.session.scalar(warned) is not None


def suspension_by_id(suspension_id: int) -> Suspension | None:
    """The suspension with this number."""
    return db.session.get(Suspension, suspension_id) if 0 < suspension_id < 2**62 else None


def warnings_of(person_id: int) -> list[Warned]:
    """A person's warnings, the latest first."""
    return list(
        db.session.scalars(select(Warned).where(Warned.person_id == person_id).order_by(Warned.id.desc()).limit(50))
    )


class Suspended(NamedTuple):
    """A suspension, and the appeal against it."""

    suspension: Suspension
    appeal: Appeal | None


def suspensions_of(person_id: int) -> list[Suspended]:
    """A person's suspensions, the latest first, each with the appeal against it."""
    mine = select(Suspension, Appeal).outerjoin(Appeal, Appeal.suspension_id == Suspension.id)
    rows = db.session.execute(mine.where(Suspension.person_id == person_id).order_by(Suspension.id.desc()).limit(50))
    return [Suspended(suspension, appeal) for suspension, appeal in rows]


def appeal_against(suspension_id: int) -> Appeal | None:
    """The appeal against a suspension, if there is one."""
    return db.session.scalars(select(Appeal).where(Appeal.suspension_id == suspension_id)).one_or_none()


def suspension_appeals(at: str | None = None) -> Page:
    """Appeals against suspensions that wait for somebody, the oldest first: (appeal, suspension, name of the person)."""
    waiting = (
        select(Appeal, Suspension, User.display_name)
        .join(Suspension, Suspension.id == Appeal.suspension_id)
        .join(User, User.id == Suspension.person_id)
        .where(Appeal.suspension_id.is_not(None), Appeal.outcome == "")
    )
    page = page_of(waiting, [Appeal.at, Appeal.id], at=at, size=25)
    return replace(page, items=[tuple(row[:3]) for row in page.items])


class AuthorRecord(NamedTuple):
    """What moderators decided about a person's texts before."""

    kept: int
    removed: int
    restored: int
    warnings: int
    is_suspended: bool
    created_at: datetime


def author_records(people: Iterable[int], now: datetime) -> dict[int, AuthorRecord]:
    """The records of several authors, in one statement."""
    wanted = set(people)
    if not wanted:
        return {}
    decided = (
        select(
            Case.author_id,
            func.count().filter(Case.status == "kept").label("kept"),
            func.count().filter(Case.status.in_(("removed", "appealed", "upheld"))).label("removed"),
            func.count().filter(Case.status == "restored").label("restored"),
        )
        .where(Case.author_id.in_(wanted))
        .group_by(Case.author_id)
        .subquery()
    )
    warned = select(func.count()).where(Warned.person_id == User.id).scalar_subquery()
    suspended = (
        select(Suspension.id)
        .where(Suspension.person_id == User.id, Suspension.ends_at > now, Suspension.lifted_at.is_(None))
        .exists()
    )
    zero = func.coalesce
    rows = db.session.execute(
        select(
            User.id, zero(decided.c.kept, 0), zero(decided.c.removed, 0), zero(decided.c.restored, 0), warned, suspended,
            User.created_at,
        )
        .outerjoin(decided, decided.c.author_id == User.id)
        .where(User.id.in_(wanted))
    )  # fmt: skip
    return {row[0]: AuthorRecord(*row[1:]) for row in rows}

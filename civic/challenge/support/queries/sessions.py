"""Sessions: of a journey, of a host, those that are offered, and those of which somebody must be reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from civic.accounts.models import Organisation, User
from civic.challenge.applying.models import ChallengeApplication, Startup
from civic.challenge.models import Challenge, Partner
from civic.challenge.support.models import Mentor, Mentoring, SupportSession
from civic.core.db import db

MOST = 200


def session_by_id(session_id: int) -> SupportSession | None:
    """The session with this number."""
    return db.session.get(SupportSession, session_id) if 0 < session_id < 2**62 else None


def listed() -> Any:
    """Sessions with their host's name and whom they are with: (session, host, startup, startup_language, partner, partner_language)."""
    return (
        select(
            SupportSession,
            User.display_name.label("host"),
            Organisation.name.label("startup"),
            Organisation.language.label("startup_language"),
            Partner.name.label("partner"),
            Partner.language.label("partner_language"),
        )
        .outerjoin(User, User.id == SupportSession.host_id)
        .outerjoin(Startup, Startup.id == SupportSession.startup_id)
        .outerjoin(Organisation, Organisation.id == Startup.organisation_id)
        .outerjoin(Partner, Partner.id == SupportSession.partner_id)
    )


def with_names(session: SupportSession) -> Row[Any]:
    """One session as lists show it."""
    return db.session.execute(listed().where(SupportSession.id == session.id)).one()  # type: ignore[no-any-return]


def of_journey(application_id: int, kinds: Iterable[str], *, host_id: int | None = None) -> list[Row[Any]]:
    """The sessions of a journey of some kinds, the latest first; only one host's where one is named."""
    query = listed().where(SupportSession.application_id == application_id, SupportSession.kind.in_(list(kinds)))
    if host_id is not None:
        query = query.where(SupportSession.host_id == host_id)
    return list(
        db.session.execute(query.order_by(SupportSession.starts_at.desc(), SupportSession.id.desc()).limit(MOST))
    )


def offered_to(application: ChallengeApplication, now: datetime) -> list[Row[Any]]:
    """Times that a startup can take: those of its mentors, and those of its challenge's partner."""
    mentors = select(Mentoring.mentor_id).where(
        Mentoring.application_id == application.id, Mentoring.status == "active"
    )
    hosts: list[ColumnElement[bool]] = [SupportSession.mentor_id.in_(mentors)]
    if application.challenge.partner_id is not None:
        hosts.append(SupportSession.partner_id == application.challenge.partner_id)
    query = listed().where(SupportSession.status == "offered", SupportSession.starts_at > now, or_(*hosts))
    return list(db.session.execute(query.order_by(SupportSession.starts_at, SupportSession.id).limit(MOST)))


def of_mentor(mentor: Mentor) -> list[Row[Any]]:
    """All sessions of a mentor's seat, the latest first."""
    query = listed().where(SupportSession.mentor_id == mentor.id)
    return list(
        db.session.execute(query.order_by(SupportSession.starts_at.desc(), SupportSession.id.desc()).limit(MOST))
    )


def of_partner(partner_id: int) -> list[Row[Any]]:
    """All meetings of a partner, the latest first."""
    query = listed().where(SupportSession.partner_id == partner_id)
    return list(
        db.session.execute(query.order_by(SupportSession.starts_at.desc(), SupportSession.id.desc()).limit(MOST))
    )


def meets_with(session: SupportSession, application: ChallengeApplication) -> bool:
    """Whether a time is for this startup: its mentor's, or its challenge's partner's."""
    if session.kind == "partner":
        owner = db.session.scalar(select(Challenge.partner_id).where(Challenge.id == application.challenge_id))
        return session.partner_id is not None and session.partner_id == owner
    pair = select(Mentoring.id).where(
        Mentoring.mentor_id == session.mentor_id,
        Mentoring.application_id == application.id,
        Mentoring.status == "active",
    )
    return db.session.scalar(pair) is not None


def clashes(session: SupportSession) -> bool:
    """Whether its host or its startup is somewhere else at that time; the constraints ask the same again."""
    overlap = and_(SupportSession.starts_at < session.ends_at, SupportSession.ends_at > session.starts_at)
    host = and_(SupportSession.host_id == session.host_id, SupportSession.status.in_(("offered", "booked", "held")))
    startup = and_(SupportSession.startup_id == session.startup_id, SupportSession.status.in_(("booked", "held")))
    query = select(SupportSession.id).where(SupportSession.id != session.id, overlap, or_(host, startup))
    return db.session.scalar(query.limit(1)) is not None


def to_remind(now: datetime) -> list[int]:
    """Booked sessions that begin within a day and of which nobody was reminded."""
    soon = select(SupportSession.id).where(
        SupportSession.status == "booked",
        SupportSession.starts_at > now,
        SupportSession.starts_at <= now + timedelta(days=1),
        SupportSession.reminded_at.is_(None),
    )
    return list(db.session.scalars(soon.order_by(SupportSession.id).limit(500)))


def stale_offers(now: datetime) -> list[int]:
    """Times that were offered or proposed and have passed without being taken."""
    past = select(SupportSession.id).where(
        SupportSession.status.in_(("offered", "proposed")), SupportSession.starts_at <= now
    )
    return list(db.session.scalars(past.order_by(SupportSession.id).limit(500)))


def challenges_partner(application: ChallengeApplication) -> Partner | None:
    """The partner of a journey's challenge."""
    return db.session.get_one(Challenge, application.challenge_id).partner if application.challenge.partner_id else None

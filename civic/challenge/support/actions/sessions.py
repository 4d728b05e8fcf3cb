"""Sessions: times offered or proposed, booked by one startup, held or missed, or cancelled with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Partner
from civic.challenge.support.actions.telling import tell_session
from civic.challenge.support.models import Mentor, SupportSession
from civic.challenge.support.queries.journeys import is_supported
from civic.challenge.support.queries.mentors import minutes_of
from civic.challenge.support.queries.sessions import clashes, meets_with
from civic.challenge.support.refusals import (
    NoHoursLeft,
    NotOnItsWay,
    NotYetOver,
    NotYourMentor,
    ReasonMissing,
    TimeGone,
    TimeTaken,
)
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance


def offer(
    host: Mentor | Partner, *, starts_at: datetime, minutes: int, place: str, by: Any, now: datetime
) -> SupportSession:
    """A mentor or a partner's person offers a time to the startups that they meet. Raises TimeGone, TimeTaken."""
    session = _new(host, starts_at, minutes, place, now)
    session.status, session.host_id = "offered", by.id
    return _kept(session)


def propose(
    application: ChallengeApplication,
    host: Mentor | Partner,
    *,
    starts_at: datetime,
    minutes: int,
    place: str,
    about: str,
    language: str,
    by: Any,
    now: datetime,
) -> SupportSession:
    """A startup proposes a time to its mentor or partner. Raises TimeGone, TimeTaken, NoHoursLeft, NotYourMentor, NotOnItsWay."""
    locked(ChallengeApplication, application.id)
    session = _new(host, starts_at, minutes, place, now)
    there = db.session.scalar(
        select(SupportSession).where(
            SupportSession.application_id == application.id, SupportSession.starts_at == starts_at,
            SupportSession.status == "proposed", SupportSession.kind == session.kind,
            SupportSession.mentor_id.is_not_distinct_from(session.mentor_id),
        ).limit(1)
    )  # fmt: skip
    if there is not None:  # the button was pressed twice
        return there
    session.status = "proposed"
    session.host_id = host.person_id if isinstance(host, Mentor) else None
    _give(session, application, about, language, by)
    kept = _kept(session)
    tell_session(kept, "proposed", now=now, by=by.id)
    return kept


def take(
    session: SupportSession, application: ChallengeApplication, *, about: str, language: str, by: Any, now: datetime
) -> None:
    """A startup takes a time that was offered; the first has it. Raises IllegalMove, TimeGone, TimeTaken, NotYourMentor, NotOnItsWay."""
    held: SupportSession = locked(SupportSession, session.id)
    if held.status != "offered":
        raise IllegalMove()
    if held.has_begun(now):
        raise TimeGone()
    _give(held, application, about, language, by)
    _book(held, "take", by, now)


def agree(session: SupportSession, *, by: Any, now: datetime) -> None:
    """The host agrees to a time that a startup proposed. Raises IllegalMove, TimeGone, TimeTaken."""
    held: SupportSession = locked(SupportSession, session.id)
    if held.status == "proposed" and held.has_begun(now):
        raise TimeGone()
    held.host_id = by.id
    _book(held, "agree", by, now)


def cancel(session: SupportSession, *, why: str, language: str, by: Any, now: datetime) -> None:
    """Nobody meets then. Whoever was promised the time reads why. Raises IllegalMove, ReasonMissing, TimeGone."""
    held: SupportSession = locked(SupportSession, session.id)
    if held.status == "booked" and not why:
        raise ReasonMissing()
    if held.status == "booked" and held.has_begun(now):
        raise TimeGone(field="why")
    _cancel(held, why, language, by, now)


def hold(
    session: SupportSession, *, minutes: int, attended: str, agreed: str, language: str, by: Any, now: datetime
) -> None:
    """Write down how long it took, who was there and what was agreed; it can be corrected. Raises NotYetOver, IllegalMove."""
    held: SupportSession = locked(SupportSession, session.id)
    if not held.has_begun(now):
        raise NotYetOver()
    held.minutes, held.attended, held.agreed, held.agreed_language = minutes, attended, agreed, language
    advance(held, "correct" if held.status == "held" else "hold", by=by, now=now)
    db.session.flush()
    tell_session(held, "held", now=now, by=by.id)


def miss(session: SupportSession, *, missed_by: str, by: Any, now: datetime) -> None:
    """Somebody did not come. Raises NotYetOver, IllegalMove."""
    held: SupportSession = locked(SupportSession, session.id)
    if not held.has_begun(now):
        raise NotYetOver()
    held.missed_by = missed_by
    advance(held, "miss", by=by, now=now)
    db.session.flush()
    tell_session(held, "missed", now=now, by=by.id)


def cancel_all(*, mentor_id: int, application_id: int | None = None, by: Any | None, now: datetime) -> None:
    """Cancel what lies ahead of a mentor: all of it, or what was with one startup."""
    ahead = select(SupportSession).where(
        SupportSession.mentor_id == mentor_id,
        SupportSession.status.in_(("offered", "proposed", "booked")),
        SupportSession.starts_at > now,
    )
    if application_id is not None:
        ahead = ahead.where(SupportSession.application_id == application_id)
    for session in db.session.scalars(ahead.order_by(SupportSession.id)).all():
        _cancel(session, "", "en", by, now)


def remind(session_id: int, *, now: datetime) -> bool:
    """Remind both of a session that begins within a day; False where it was cancelled meanwhile."""
    held: SupportSession = locked(SupportSession, session_id)
    if held.status != "booked" or held.reminded_at is not None or held.has_begun(now):
        return False
    held.reminded_at = now
    tell_session(held, "soon", now=now, by=None)
    return True


def let_pass(session_id: int, *, now: datetime) -> None:
    """A time that nobody took, or that nobody agreed to, is over."""
    held: SupportSession = locked(SupportSession, session_id)
    if held.status in ("offered", "proposed") and held.has_begun(now):
        advance(held, "cancel", by=None, now=now)
        db.session.flush()


def _cancel(held: SupportSession, why: str, language: str, by: Any | None, now: datetime) -> None:
    held.why, held.why_language, held.changes = why, language, held.changes + 1
    advance(held, "cancel", by=by, now=now, why=why)
    db.session.flush()
    if held.application_id is not None:
        tell_session(held, "cancelled", now=now, by=getattr(by, "id", None))


def _new(host: Mentor | Partner, starts_at: datetime, minutes: int, place: str, now: datetime) -> SupportSession:
    if starts_at <= now:
        raise TimeGone()
    if isinstance(host, Mentor) and host.status != "active":
        raise NotYourMentor()
    session = SupportSession(
        kind="mentor" if isinstance(host, Mentor) else "partner",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        place=place,
        created_at=now,
    )
    if isinstance(host, Mentor):
        session.mentor_id = host.id
    else:
        session.partner_id = host.id
    return session


def _give(session: SupportSession, application: ChallengeApplication, about: str, language: str, by: Any) -> None:
    """Make it the startup's, once everything that must be true is true."""
    if not is_supported(application):
        raise NotOnItsWay()
    if not meets_with(session, application):
        raise NotYourMentor()
    if session.mentor_id is not None and session.status == "proposed":
        mentor = locked(Mentor, session.mentor_id)
        length = int((session.ends_at - session.starts_at).total_seconds()) // 60
        if minutes_of(mentor)[1] < length:
            raise NoHoursLeft()
    session.application_id, session.startup_id = application.id, application.startup_id
    session.about, session.language, session.booked_by_id = about, language, by.id


def _book(held: SupportSession, verb: str, by: Any, now: datetime) -> None:
    if clashes(held):
        raise TimeTaken()
    held.changes += 1
    advance(held, verb, by=by, now=now)
    db.session.flush()
    tell_session(held, "booked", now=now, by=by.id)


def _kept(session: SupportSession) -> SupportSession:
    with db.session.no_autoflush:
        if session.status == "offered" and _host_is_busy(session):
            raise TimeTaken()
    db.session.add(session)
    db.session.flush()
    return session


def _host_is_busy(session: SupportSession) -> bool:
    query = select(SupportSession.id).where(
        SupportSession.host_id == session.host_id,
        SupportSession.status.in_(("offered", "booked", "held")),
        SupportSession.starts_at < session.ends_at,
        SupportSession.ends_at > session.starts_at,
    )
    return db.session.scalar(query.limit(1)) is not None

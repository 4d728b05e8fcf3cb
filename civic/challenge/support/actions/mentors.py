"""Mentors: they offer themselves or are invited; staff put them together with startups, and both agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from civic.accounts.models import User
from civic.accounts.queries.people import user_by_email
from civic.accounts.rules.emails import normalised
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.models import Programme
from civic.challenge.support.actions import sessions
from civic.challenge.support.actions.telling import tell_mentor, tell_sides
from civic.challenge.support.models import Mentor, MentorConflict, Mentoring
from civic.challenge.support.queries.journeys import is_supported
from civic.challenge.support.queries.mentors import need_of, offers_in, seat_in
from civic.challenge.support.queries.plans import plan_of
from civic.challenge.support.refusals import (
    CannotHelp,
    NobodyThere,
    NotAnnounced,
    NotOnItsWay,
    OwnOffer,
    SeatTaken,
)
from civic.challenge.support.rules.suggesting import suggest
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can

PROFILE = ("title", "about", "language", "topics", "languages", "minutes", "way", "borough", "interests")
BARRIERS = {
    "conflict": _l("This mentor has declared a conflict of interest with this startup."),
    "paired": _l("This mentor helps this startup already, or was asked to."),
    "no_hours": _l("This mentor has no hours left in the programme."),
    "no_language": _l("They have no language in common."),
}


def offer(programme: Programme, *, conflicts: Iterable[int] = (), by: User, now: datetime, **profile: Any) -> Mentor:
    """A member offers to help in a programme. Raises NotAnnounced, SeatTaken."""
    _must_run(programme)
    mentor = seat_in(programme, by.id)
    if mentor is None:
        mentor = Mentor(programme_id=programme.id, person_id=by.id, status="offered", created_at=now)
        _fill(mentor, profile)
        db.session.add(mentor)
    elif can(mentor, "offer"):
        _fill(mentor, profile)
        advance(mentor, "offer", by=by, now=now)
    else:
        raise SeatTaken(field="title")
    db.session.flush()
    _declare(mentor, conflicts, now)
    return mentor


def invite(programme: Programme, email: str, *, by: User, now: datetime) -> Mentor:
    """Staff ask a member to help in a programme. Raises NobodyThere, SeatTaken, NotAnnounced."""
    _must_run(programme)
    person = user_by_email(normalised(email) or "")
    if person is None or person.email_confirmed_at is None or not person.is_active:
        raise NobodyThere()
    mentor = seat_in(programme, person.id)
    if mentor is None:
        mentor = Mentor(programme_id=programme.id, person_id=person.id, status="invited", created_at=now)
        db.session.add(mentor)
    elif can(mentor, "invite"):
        advance(mentor, "invite", by=by, now=now)
    else:
        raise SeatTaken()
    db.session.flush()
    audit.record("invite mentor", on=mentor, by=by, now=now)
    tell_mentor(mentor, "invited", now=now, by=by.id)
    return mentor


def change(mentor: Mentor, *, conflicts: Iterable[int], by: User, now: datetime, **profile: Any) -> None:
    """A mentor changes what they say of themselves; somebody who was invited agrees by it."""
    _fill(mentor, profile)
    db.session.flush()
    _declare(mentor, conflicts, now)
    if mentor.status == "invited":
        advance(mentor, "agree", by=by, now=now)
        db.session.flush()


def answer(mentor: Mentor, verb: str, *, by: User, now: datetime) -> None:
    """A mentor refuses an invitation, takes an offer back or leaves; what was booked is cancelled. Raises IllegalMove."""
    if verb not in ("refuse", "end"):
        raise IllegalMove()
    held: Mentor = locked(Mentor, mentor.id)
    advance(held, verb, by=by, now=now)
    _let_go(held, by, now)


def decide(mentor: Mentor, verb: str, *, why: str = "", by: User, now: datetime) -> None:
    """Staff accept or decline an offer, or end a seat. Raises OwnOffer, IllegalMove."""
    if mentor.person_id == by.id:
        raise OwnOffer()
    if verb not in ("accept", "decline", "end"):
        raise IllegalMove()
    held: Mentor = locked(Mentor, mentor.id)
    held.decided_by_id, held.decided_at = by.id, now
    advance(held, verb, by=by, now=now, why=why)
    audit.record(f"{verb} mentor", on=held, by=by, now=now, why=why)
    _let_go(held, by, now)
    tell_mentor(held, {"accept": "accepted", "decline": "declined", "end": "ended"}[verb], now=now, by=by.id)


def propose(application: ChallengeApplication, mentor_id: int, *, by: User, now: datetime) -> Mentoring:
    """Staff put a mentor and a startup together; it begins when both agree. Raises CannotHelp, NotOnItsWay."""
    locked(ChallengeApplication, application.id)
    whole = application_by_id(application.id)
    if whole is None or not is_supported(whole):
        raise NotOnItsWay()
    plan, offers = plan_of(whole.id), offers_in(whole)
    if mentor_id not in offers:
        raise CannotHelp(_l("This person is no mentor in this programme."))
    (found,) = suggest(need_of(whole, plan.needs if plan else ()), [offers[mentor_id][0]])
    if found.barrier:
        raise CannotHelp(BARRIERS[found.barrier])
    pair = Mentoring(
        mentor_id=mentor_id, application_id=application.id, points=found.points, reasons=list(found.reasons),
        topics=list(found.topics), proposed_by_id=by.id, proposed_at=now,
    )  # fmt: skip
    db.session.add(pair)
    db.session.flush()
    audit.record("propose mentor", on=pair, by=by, now=now)
    tell_mentor(db.session.get_one(Mentor, mentor_id), "asked", now=now, by=by.id, journey=application.id)
    tell_sides("mentoring", application, ("startup",), now=now, by=by.id, what="proposed", pair=pair.id)
    return pair


def agree(pair: Mentoring, sides: frozenset[str], *, by: User, now: datetime) -> None:
    """A side agrees; when both have, the mentor's help begins. Raises IllegalMove."""
    held: Mentoring = locked(Mentoring, pair.id)
    if held.status != "proposed" or not sides & {"mentor", "startup"}:
        raise IllegalMove()
    if "mentor" in sides:
        held.mentor_agreed_at = held.mentor_agreed_at or now
    if "startup" in sides:
        held.startup_agreed_at = held.startup_agreed_at or now
    if held.mentor_agreed_at and held.startup_agreed_at:
        advance(held, "begin", by=by, now=now)
        _tell_both(held, "begun", by, now)
    db.session.flush()


def decline(pair: Mentoring, *, by: User, now: datetime) -> None:
    """A side would rather not; staff look for somebody else. Raises IllegalMove."""
    held: Mentoring = locked(Mentoring, pair.id)
    advance(held, "decline", by=by, now=now)
    db.session.flush()
    _tell_both(held, "declined", by, now)


def end(pair: Mentoring, *, why: str = "", by: User | None, now: datetime) -> None:
    """A mentor's help ends, or is changed for another's; what was booked is cancelled. Raises IllegalMove."""
    held: Mentoring = locked(Mentoring, pair.id)
    advance(held, "end", by=by, now=now, why=why)
    db.session.flush()
    sessions.cancel_all(mentor_id=held.mentor_id, application_id=held.application_id, by=by, now=now)
    _tell_both(held, "ended", by, now)


def _tell_both(pair: Mentoring, what: str, by: User | None, now: datetime) -> None:
    application = db.session.get_one(ChallengeApplication, pair.application_id)
    number = by.id if by is not None else None
    tell_sides("mentoring", application, ("startup",), now=now, by=number, what=what, pair=pair.id)
    tell_mentor(db.session.get_one(Mentor, pair.mentor_id), what, now=now, by=number, journey=application.id)


def _let_go(mentor: Mentor, by: User, now: datetime) -> None:
    """Whoever is no mentor any more helps nobody."""
    db.session.flush()
    if mentor.status not in ("ended", "declined"):
        return
    theirs = select(Mentoring).where(Mentoring.mentor_id == mentor.id, Mentoring.status.in_(("proposed", "active")))
    for pair in db.session.scalars(theirs.order_by(Mentoring.id)).all():
        end(pair, by=by, now=now)
    sessions.cancel_all(mentor_id=mentor.id, by=by, now=now)


def _must_run(programme: Programme) -> None:
    if programme.status != "announced":
        raise NotAnnounced()


def _fill(mentor: Mentor, profile: dict[str, Any]) -> None:
    assert profile.keys() <= set(PROFILE), profile.keys()
    for name, value in profile.items():
        setattr(mentor, name, value)


def _declare(mentor: Mentor, conflicts: Iterable[int], now: datetime) -> None:
    """Write down whom a mentor may not help; a pair that stands against it ends."""
    wanted = set(conflicts)
    db.session.execute(
        delete(MentorConflict).where(MentorConflict.mentor_id == mentor.id, MentorConflict.startup_id.not_in(wanted))
    )
    there = set(db.session.scalars(select(MentorConflict.startup_id).where(MentorConflict.mentor_id == mentor.id)))
    db.session.add_all(
        MentorConflict(mentor_id=mentor.id, startup_id=each, declared_at=now) for each in sorted(wanted - there)
    )
    db.session.flush()
    standing = (
        select(Mentoring)
        .join(ChallengeApplication, ChallengeApplication.id == Mentoring.application_id)
        .where(
            Mentoring.mentor_id == mentor.id,
            Mentoring.status.in_(("proposed", "active")),
            ChallengeApplication.startup_id.in_(wanted),
        )
    )
    for pair in db.session.scalars(standing.order_by(Mentoring.id)).all():
        end(pair, by=None, now=now)

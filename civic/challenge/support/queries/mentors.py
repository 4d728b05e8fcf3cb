"""Mentors: their seats, how much of their time is left, whom they help, and who would suit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select

from civic.accounts.models import User
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Programme
from civic.challenge.support.models import Mentor, MentorConflict, Mentoring, SupportSession
from civic.challenge.support.queries.journeys import known, languages_of
from civic.challenge.support.rules.suggesting import Need, Offer
from civic.core.db import db

# Minutes that are spent or promised: what was held, and what is booked.
_SPENT = (
    select(
        func.coalesce(
            func.sum(
                func.coalesce(
                    SupportSession.minutes,
                    func.extract("epoch", SupportSession.ends_at - SupportSession.starts_at) / 60,
                )
            ),
            0,
        )
    )
    .where(SupportSession.mentor_id == Mentor.id, SupportSession.status.in_(("booked", "held")))
    .correlate(Mentor)
    .scalar_subquery()
)
_HELD = (
    select(func.coalesce(func.sum(SupportSession.minutes), 0))
    .where(SupportSession.mentor_id == Mentor.id, SupportSession.status == "held")
    .correlate(Mentor)
    .scalar_subquery()
)


def mentor_by_id(mentor_id: int) -> Mentor | None:
    """The seat with this number."""
    return db.session.get(Mentor, mentor_id) if 0 < mentor_id < 2**62 else None


def seat_in(programme: Programme, person_id: int) -> Mentor | None:
    """Somebody's seat in a programme."""
    return db.session.scalar(select(Mentor).where(Mentor.programme_id == programme.id, Mentor.person_id == person_id))


def seats_of(person_id: int) -> list[Row[Any]]:
    """Somebody's seats, each with its programme, the latest first: (mentor, programme)."""
    mine = select(Mentor, Programme).join(Programme, Programme.id == Mentor.programme_id)
    return list(db.session.execute(mine.where(Mentor.person_id == person_id).order_by(Mentor.id.desc()).limit(50)))


def minutes_of(mentor: Mentor) -> tuple[int, int]:
    """The minutes of a mentor that were held, and those that are left of the offer once what is booked is held."""
    held, spent = db.session.execute(select(_HELD, _SPENT).select_from(Mentor).where(Mentor.id == mentor.id)).one()
    return int(held), mentor.minutes - int(spent)


def mentors_in(programme_id: int, *states: str) -> list[Row[Any]]:
    """The mentors of a programme by name: (mentor, name, held, spent); one statement."""
    query = (
        select(Mentor, User.display_name.label("name"), _HELD.label("held"), _SPENT.label("spent"))
        .join(User, User.id == Mentor.person_id)
        .where(Mentor.programme_id == programme_id, User.status == "active")
    )
    if states:
        query = query.where(Mentor.status.in_(states))
    return list(db.session.execute(query.order_by(User.display_name, Mentor.id).limit(300)))


def conflicts_of(mentor: Mentor) -> frozenset[int]:
    """The startups that a mentor may not help."""
    return frozenset(db.session.scalars(select(MentorConflict.startup_id).where(MentorConflict.mentor_id == mentor.id)))


def pairing_by_id(pairing_id: int) -> Mentoring | None:
    """The pair with this number."""
    return db.session.get(Mentoring, pairing_id) if 0 < pairing_id < 2**62 else None


def pairs_of_mentor(mentor: Mentor, *states: str) -> list[tuple[Mentoring, ChallengeApplication]]:
    """Whom a mentor helps or helped, or is asked to help, with the journey."""
    query = known().join(Mentoring, Mentoring.application_id == ChallengeApplication.id).add_columns(Mentoring)
    query = query.where(Mentoring.mentor_id == mentor.id)
    if states:
        query = query.where(Mentoring.status.in_(states))
    return [(pair, journey) for journey, pair in db.session.execute(query.order_by(Mentoring.id.desc()).limit(100))]


def pairs_of_journey(application_id: int) -> list[Row[Any]]:
    """Who helps or helped in a journey, or is asked to: (pair, mentor, name)."""
    query = (
        select(Mentoring, Mentor, User.display_name.label("name"))
        .join(Mentor, Mentor.id == Mentoring.mentor_id)
        .join(User, User.id == Mentor.person_id)
        .where(Mentoring.application_id == application_id)
    )
    return list(db.session.execute(query.order_by(Mentoring.id)))


def active_mentors_of(application_id: int) -> list[int]:
    """The accounts of those who help in a journey."""
    query = select(Mentor.person_id).join(Mentoring, Mentoring.mentor_id == Mentor.id)
    query = query.where(Mentoring.application_id == application_id, Mentoring.status == "active")
    return list(db.session.scalars(query.order_by(Mentor.id)))


def need_of(application: ChallengeApplication, topics: Sequence[str]) -> Need:
    """What the rules need to know of a startup that looks for a mentor."""
    startup = application.startup
    return Need(startup.id, frozenset(topics), languages_of(startup), startup.borough or "")


def offers_in(application: ChallengeApplication) -> dict[int, tuple[Offer, str]]:
    """What every mentor of the programme offers, with their name; three statements however many there are."""
    rows = mentors_in(application.call.programme_id, "active")
    seats = [row.Mentor.id for row in rows]
    barred: dict[int, set[int]] = {}
    for mentor_id, startup_id in db.session.execute(
        select(MentorConflict.mentor_id, MentorConflict.startup_id).where(MentorConflict.mentor_id.in_(seats))
    ):
        barred.setdefault(mentor_id, set()).add(startup_id)
    helped: dict[int, set[int]] = {}
    for mentor_id, application_id in db.session.execute(
        select(Mentoring.mentor_id, Mentoring.application_id).where(
            Mentoring.mentor_id.in_(seats), Mentoring.status.in_(("proposed", "active"))
        )
    ):
        helped.setdefault(mentor_id, set()).add(application_id)
    return {
        row.Mentor.id: (_offer(row, barred, helped, application.id), row.name or "")
        for row in rows
    }  # fmt: skip


def _offer(row: Row[Any], barred: dict[int, set[int]], helped: dict[int, set[int]], application_id: int) -> Offer:
    mentor: Mentor = row.Mentor
    theirs = helped.get(mentor.id, set())
    return Offer(
        mentor.id, frozenset(mentor.topics), frozenset(mentor.languages), mentor.minutes - int(row.spent), mentor.borough or "",
        mentor.helps_online, frozenset(barred.get(mentor.id, ())), len(theirs), application_id in theirs,
    )  # fmt: skip


def how_many_offers_wait() -> int:
    """Offers of would-be mentors that nobody has answered."""
    return db.session.scalar(select(func.count()).where(Mentor.status == "offered")) or 0

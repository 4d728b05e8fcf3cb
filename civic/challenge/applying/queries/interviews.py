"""Interviews: one, that of an application, those of a challenge, and who hears them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import RoleGrant, User
from civic.assessment.queries.panels import NAME
from civic.assessment.rules.choices import ASSESSING
from civic.challenge.applying.models import Call, ChallengeApplication, Interview, Interviewer, Startup
from civic.challenge.applying.queries import applications
from civic.challenge.models import Challenge
from civic.core.db import db


class Hearer(NamedTuple):
    """Somebody who hears a startup."""

    interview_id: int
    person_id: int
    name: str


def _whole() -> Select[Any]:
    application = joinedload(Interview.application, innerjoin=True)
    return select(Interview).options(
        application.joinedload(ChallengeApplication.call, innerjoin=True).joinedload(Call.programme, innerjoin=True),
        application.joinedload(ChallengeApplication.challenge, innerjoin=True).joinedload(Challenge.partner),
        application.joinedload(ChallengeApplication.startup, innerjoin=True).joinedload(
            Startup.organisation, innerjoin=True
        ),
    )


def interview_by_id(interview_id: int) -> Interview | None:
    """The interview with this number, with its application and all that belongs to it."""
    if not 0 < interview_id < 2**62:
        return None
    return db.session.scalars(_whole().where(Interview.id == interview_id)).one_or_none()


def interview_of(application_id: int) -> Interview | None:
    """The interview of an application that was not called off, if there is one."""
    mine = _whole().where(Interview.application_id == application_id, Interview.status != "cancelled")
    return db.session.scalars(mine).one_or_none()


def interviews_in(challenge_id: int) -> list[Interview]:
    """Interviews of a challenge that were not called off, in the order of their moments."""
    mine = _whole().join(ChallengeApplication, ChallengeApplication.id == Interview.application_id)
    found = mine.where(ChallengeApplication.challenge_id == challenge_id, Interview.status != "cancelled")
    return list(db.session.scalars(found.order_by(Interview.at, Interview.id)))


def hearers_of(interview_ids: Iterable[int]) -> list[Hearer]:
    """Who hears these interviews, by name."""
    rows = (
        select(Interviewer.interview_id, Interviewer.person_id, NAME)
        .join(User, User.id == Interviewer.person_id)
        .where(Interviewer.interview_id.in_(list(interview_ids)))
    )
    return [Hearer(*row) for row in db.session.execute(rows.order_by(NAME, Interviewer.id))]


def could_hear() -> list[tuple[int, str]]:
    """Active people with a role that assesses: number and name, by name."""
    able = select(RoleGrant.user_id).where(RoleGrant.role.in_(ASSESSING))
    found = select(User.id, NAME).where(User.id.in_(able), User.status == "active")
    return [(row[0], row[1]) for row in db.session.execute(found.order_by(NAME, User.id))]


def parties(interview_id: int) -> frozenset[int]:
    """Everybody behind the application that an interview is about."""
    number = db.session.scalar(select(Interview.application_id).where(Interview.id == interview_id))
    return applications.parties(number) if number is not None else frozenset()


def behind(person_id: int) -> frozenset[int]:
    """Every interview about an application that somebody stands behind."""
    rows = select(Interview.id).where(Interview.application_id.in_(applications.behind(person_id)))
    return frozenset(db.session.scalars(rows))


def to_hear(person_id: int) -> list[Interview]:
    """Interviews that somebody is to hear, or whose record is missing, the next first."""
    mine = _whole().join(Interviewer, Interviewer.interview_id == Interview.id)
    found = mine.where(Interviewer.person_id == person_id, Interview.status == "planned")
    return list(db.session.scalars(found.order_by(Interview.at, Interview.id)))


def planned_of(application_ids: Iterable[int]) -> list[Interview]:
    """Interviews to come about these applications, the next first."""
    mine = _whole().where(Interview.application_id.in_(list(application_ids)), Interview.status == "planned")
    return list(db.session.scalars(mine.order_by(Interview.at, Interview.id)))

"""Calls: one, those of a kind, the challenges in one, and how many applications stand where."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from civic.challenge.applying.models import Call, ChallengeApplication, Interview
from civic.challenge.models import Challenge, Criterion, Programme
from civic.core.db import db


def _whole() -> Select[Any]:
    return select(Call).options(joinedload(Call.programme, innerjoin=True))


def call_by_id(call_id: int) -> Call | None:
    """The call with this number, with its programme."""
    return db.session.scalars(_whole().where(Call.id == call_id)).one_or_none()


def call_by_programme(programme: str) -> Call | None:
    """The call of the programme with this name in its address."""
    found = _whole().join(Programme, Programme.id == Call.programme_id).where(Programme.slug == programme[:100])
    return db.session.scalars(found).one_or_none()


def call_of(programme_id: int) -> Call | None:
    """The call of a programme, if it has one."""
    return db.session.scalars(_whole().where(Call.programme_id == programme_id)).one_or_none()


def held_call(call_id: int) -> Call:
    """The call, read afresh, so that nobody opens, unseals or finishes it before this transaction ends."""
    mine = _whole().where(Call.id == call_id).with_for_update(read=True, of=Call)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def calls() -> list[Call]:
    """Every call, the newest first."""
    return list(db.session.scalars(_whole().order_by(Call.id.desc())))


def programmes_without_call() -> list[Programme]:
    """Programmes for which a call can be made."""
    taken = select(Call.programme_id)
    found = select(Programme).where(Programme.id.not_in(taken), Programme.status != "closed")
    return list(db.session.scalars(found.order_by(Programme.year.desc(), Programme.id.desc())))


def challenges_in(programme_id: int) -> list[Challenge]:
    """The challenges of a programme that take applications or took them, each with its partner, in the order of writing."""
    found = select(Challenge).where(
        Challenge.programme_id == programme_id, Challenge.status.in_(("final", "closed")), ~Challenge.is_record
    )
    return list(db.session.scalars(found.options(joinedload(Challenge.partner)).order_by(Challenge.id)))


def criteria_in(challenge_ids: list[int]) -> dict[int, list[Criterion]]:
    """What answers are judged by, by challenge."""
    found: dict[int, list[Criterion]] = defaultdict(list)
    rows = select(Criterion).where(Criterion.challenge_id.in_(challenge_ids))
    for each in db.session.scalars(rows.order_by(Criterion.challenge_id, Criterion.position)):
        found[each.challenge_id].append(each)
    return found


def to_unseal(now: datetime) -> list[int]:
    """Calls whose deadline has passed and that nobody unsealed yet."""
    found = select(Call.id).where(Call.status == "open", Call.closes_at <= now)
    return list(db.session.scalars(found.order_by(Call.id)))


def counts(call_id: int) -> dict[int, dict[str, int]]:
    """How many applications of each challenge stand where: counts[challenge]["submitted"]; one statement."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = (ChallengeApplication.challenge_id, ChallengeApplication.status)
    rows = select(*columns, func.count()).where(ChallengeApplication.call_id == call_id).group_by(*columns)
    for challenge_id, status, number in db.session.execute(rows):
        found[challenge_id][status] = number
    return found


def interview_counts(call_id: int) -> dict[int, dict[str, int]]:
    """The same of interviews."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns = (ChallengeApplication.challenge_id, Interview.status)
    rows = (
        select(*columns, func.count())
        .join(ChallengeApplication, ChallengeApplication.id == Interview.application_id)
        .where(ChallengeApplication.call_id == call_id)
        .group_by(*columns)
    )
    for challenge_id, status, number in db.session.execute(rows):
        found[challenge_id][status] = number
    return found


def open_calls(now: datetime) -> list[Call]:
    """Calls that take applications now, those that close first at the top."""
    found = _whole().where(Call.status == "open", Call.opens_at <= now, Call.closes_at > now)
    return list(db.session.scalars(found.order_by(Call.closes_at, Call.id)))

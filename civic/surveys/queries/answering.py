"""What is known of somebody who is about to answer, in one statement; and the lists people choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, Text, and_, bindparam, case, false, func, or_, select

from civic.core.db import db, stream
from civic.core.pages import Page, page_of
from civic.surveys.models.response import Draft, Participation, Response
from civic.surveys.models.survey import Survey, SurveyVersion


@dataclass(frozen=True)
class Taking:
    """A survey as one person meets it: the version they have or would get, their draft, and whether they took part."""

    survey: Survey
    version: SurveyVersion | None
    draft: Draft | None
    has_taken_part: bool
    response_id: UUID | None  # their own response, in a survey with names


def taking(slug: str, *, person_id: int | None, key: str | None) -> Taking | None:
    """A public survey with what this person has begun or sent; `key` is that of the draft in their browser."""
    told = {"slug": slug, "key": key} | ({"person_id": person_id} if person_id is not None else {})
    found = _taking(person_id is not None)
    row = db.session.execute(found, told, execution_options={"populate_existing": True}).first()
    if row is None:
        return None
    survey, version, draft, *theirs = row
    participant, response_id = theirs or (None, None)
    return Taking(survey, version, draft, participant is not None, response_id)


@cache
def _taking(is_member: bool) -> Select[*tuple[Any, ...]]:
    """The question that every page of a survey asks, written once: to put it together takes longer than to answer it."""
    newest = (
        select(SurveyVersion.id)
        .where(SurveyVersion.survey_id == Survey.id, SurveyVersion.pinned_at.is_not(None))
        .order_by(SurveyVersion.number.desc())
        .limit(1)
        .correlate(Survey)
        .scalar_subquery()
    )
    # Without a key it is null, which equals nothing. What belongs to an account opens to nobody else's browser, not even to one
    # that kept the key from when that account was signed in there.
    by_key = and_(Draft.key == bindparam("key", type_=Text), Draft.person_id.is_(None))
    person_id = bindparam("person_id", type_=BigInteger)
    held = or_(by_key, Draft.person_id == person_id) if is_member else by_key
    query: Select[*tuple[Any, ...]] = (
        select(Survey, SurveyVersion, Draft)
        .select_from(Survey)
        .outerjoin(Draft, and_(Draft.survey_id == Survey.id, held))
        .outerjoin(SurveyVersion, SurveyVersion.id == func.coalesce(Draft.survey_version_id, newest))
        .where(Survey.slug == bindparam("slug", type_=Text), Survey.status.in_(("open", "closed")))
        .order_by(case((by_key, 0), else_=1))
        .limit(1)
    )
    if not is_member:
        return query
    mine = select(Response.id).where(Response.survey_id == Survey.id, Response.person_id == person_id).limit(1)
    took_part = and_(Participation.survey_id == Survey.id, Participation.person_id == person_id)
    return query.outerjoin(Participation, took_part).add_columns(
        Participation.person_id, mine.correlate(Survey).scalar_subquery()
    )


def belongs_to_an_account(key: str) -> bool:
    """Whether the draft under this key is somebody's who signed in."""
    return db.session.scalar(select(Draft.id).where(Draft.key == key, Draft.person_id.is_not(None))) is not None


def response_by_receipt(survey: Survey, receipt_hash: str) -> Response | None:
    """The response that a receipt belongs to, locked so that it is changed by one at a time."""
    return db.session.scalar(
        select(Response)
        .where(Response.survey_id == survey.id, Response.receipt_hash == receipt_hash)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def own_response(survey: Survey, person_id: int) -> Response | None:
    """A person's response in a survey with names, locked."""
    return db.session.scalar(
        select(Response)
        .where(Response.survey_id == survey.id, Response.person_id == person_id)
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def responses_of(survey_id: int) -> Iterator[tuple[dict[str, Any], str, str, str, str | None, int]]:
    """What recounting needs of every response, a stretch at a time: answers, language, mode, level, borough, version."""
    columns = (Response.answers, Response.language, Response.mode, Response.level, Response.borough)
    query = select(*columns, Response.survey_version_id).where(Response.survey_id == survey_id)
    yield from stream(query, 2000)


_LISTED = (
    Survey.id, Survey.slug, Survey.title, Survey.summary, Survey.opens_at, Survey.closes_at, Survey.minutes,
    Survey.who_may_answer, Survey.anonymity, Survey.results_published_at,
)  # fmt: skip


def open_surveys(now: datetime, *, person_id: int | None, at: str | None = None, size: int = 20) -> Page:
    """Surveys that take answers or soon will, the next to close first; each row tells whether this person took part."""
    last = or_(Survey.closes_at.is_(None), Survey.closes_at > now)
    query = _with_participation(select(*_LISTED), person_id).where(Survey.status == "open", last)
    return page_of(query, [_closing(), Survey.id], at=at, size=size)


def _closing() -> ColumnElement[datetime]:
    """When a survey closes; one without an end stands after all others."""
    return func.coalesce(Survey.closes_at, func.timezone("UTC", func.make_timestamp(9000, 1, 1, 0, 0, 0)))


def _with_participation(query: Select[*tuple[Any, ...]], person_id: int | None) -> Select[Any]:
    if person_id is None:
        return query.add_columns(false().label("has_taken_part"))
    taken = and_(Participation.survey_id == Survey.id, Participation.person_id == person_id)
    return query.outerjoin(Participation, taken).add_columns(
        Participation.person_id.is_not(None).label("has_taken_part")
    )


def published_results(now: datetime, *, at: str | None = None, size: int = 20) -> Page:
    """Surveys whose results anyone may read, the newest first."""
    over = or_(Survey.status == "closed", and_(Survey.status == "open", Survey.closes_at <= now))
    query = select(*_LISTED).where(over, Survey.results_published_at.is_not(None))
    return page_of(query, [Survey.results_published_at.desc(), Survey.id.desc()], at=at, size=size)


def waiting_for_results(now: datetime, size: int = 10) -> list[Any]:
    """Surveys that have closed and whose answers are being read, the last to close first."""
    over = or_(Survey.status == "closed", and_(Survey.status == "open", Survey.closes_at <= now))
    query = select(*_LISTED).where(over, Survey.results_published_at.is_(None))
    return list(db.session.execute(query.order_by(Survey.closes_at.desc().nulls_last(), Survey.id.desc()).limit(size)))

"""Results from the kept counts: the same few rows whether ten people answered or a million."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from civic.core.db import db
from civic.places import BOROUGHS
from civic.surveys.models.response import AnswerCount, Response
from civic.surveys.models.survey import LEVELS, Survey, SurveyVersion
from civic.surveys.remembered import Remembered
from civic.surveys.rules.counting import ALL
from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.rules.results import Results, results

BOROUGH_CODES = tuple(place.gss for place in BOROUGHS)


@dataclass(frozen=True)
class Asked:
    """A survey with the newest version that went live."""

    survey: Survey
    version: SurveyVersion | None

    @property
    def questionnaire(self) -> Questionnaire:
        """What was asked."""
        return self.version.questionnaire if self.version else Questionnaire()


def asked(slug: str) -> Asked | None:
    """The survey at this address in any state, and its newest live version, in one statement."""
    newest = (
        select(func.max(SurveyVersion.number))
        .where(SurveyVersion.survey_id == Survey.id, SurveyVersion.pinned_at.is_not(None))
        .correlate(Survey)
        .scalar_subquery()
    )
    query = (
        select(Survey, SurveyVersion)
        .outerjoin(SurveyVersion, (SurveyVersion.survey_id == Survey.id) & (SurveyVersion.number == newest))
        .where(Survey.slug == slug)
    )
    row = db.session.execute(query).first()
    return Asked(*row) if row else None


Kept = tuple[tuple[str, str, str, int], ...]
"""The kept counts of a survey as they were read: (question, option, level, n)."""


def counts_of(survey_id: int) -> Kept:
    """The kept counts of a survey, in one statement."""
    columns = (AnswerCount.question, AnswerCount.option, AnswerCount.level, AnswerCount.n)
    return folded(db.session.execute(select(*columns).where(AnswerCount.survey_id == survey_id)))


def folded(rows: Iterable[Any]) -> Kept:
    """Rows of question, option, level and number, always in the same order, without what came back to nothing."""
    return tuple(sorted(tuple(row) for row in rows if row[3] > 0))


def _summed(kept: Kept) -> tuple[dict[str, Counter[str]], dict[str, int]]:
    """The counts over all levels, and the responses by level."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    levels: Counter[str] = Counter()
    for question, option, level, n in kept:
        counts[question][option] += n
        if question == ALL:
            levels["borough_given" if level == "organisation_verified" else level] += n
    return counts, levels


_PRINTED: Remembered[Results] = Remembered(256)


def printed(asked: Asked, kept: Kept | None = None) -> Results:
    """What may be printed of a survey, from its kept counts (`kept` where the caller has read them); worked out once while
    they stay the same."""
    survey, questionnaire = asked.survey, asked.questionnaire
    kept = counts_of(survey.id) if kept is None else kept
    key = (survey.who_may_answer, survey.suppress_below, kept)
    return _PRINTED.get(questionnaire, key, lambda: _printed(survey, questionnaire, kept or ()))


def _printed(survey: Survey, questionnaire: Questionnaire, kept: Kept) -> Results:
    counts, levels = _summed(kept)
    # A level below the one that was asked for cannot occur, and must not stand in the table as a small number.
    possible = LEVELS[LEVELS.index(survey.who_may_answer) :]
    by_level = {level: levels.get(level, 0) for level in dict.fromkeys((*possible, *levels))}
    return results(
        questionnaire, counts, responses_by_level=by_level, boroughs=BOROUGH_CODES, smallest=survey.suppress_below
    )


@dataclass(frozen=True)
class Row:
    """One response as it is exported."""

    answers: Mapping[str, Any]
    version_id: int
    language: str
    mode: str
    level: str
    borough: str | None
    person_id: int | None


def rows_of(survey_id: int, version_id: int) -> Iterator[Row]:
    """The responses given to one version, a stretch at a time, in the order of their random keys: not of their coming."""
    columns = (
        Response.answers, Response.survey_version_id, Response.language, Response.mode, Response.level, Response.borough,
        Response.person_id,
    )  # fmt: skip
    query = (
        select(*columns)
        .where(Response.survey_id == survey_id, Response.survey_version_id == version_id)
        .order_by(Response.id)
        .execution_options(yield_per=1000)
    )
    # A session of its own, made now: a file is still being sent when its request, and the request's session, are over.
    return _stream(db.sessionmaker(), query)


def _stream(session: Session, query: Select[Any]) -> Iterator[Row]:
    with session:
        for row in session.execute(query):
            yield Row(*row)


@dataclass(frozen=True)
class Texts:
    """A stretch of what people wrote in their own words, and where the next one begins."""

    words: list[str]
    after: UUID | None


def texts_of(survey_id: int, question: str, *, after: UUID | None = None, size: int = 50) -> Texts:
    """What people wrote in answer to one question, in the order of random keys, so that it tells nothing of who came when."""
    written = Response.answers[question].astext
    query = select(Response.id, written).where(Response.survey_id == survey_id, Response.answers.has_key(question))
    if after is not None:
        query = query.where(Response.id > after)
    rows = db.session.execute(query.order_by(Response.id).limit(size + 1)).all()
    return Texts([row[1] for row in rows[:size]], rows[size - 1][0] if len(rows) > size else None)


def boroughs_large_enough(survey: Survey) -> frozenset[str]:
    """The boroughs with so many responses that naming them in single rows points at nobody."""
    counts, _levels = _summed(counts_of(survey.id))
    return frozenset(code for code, n in counts.get(":borough", {}).items() if n >= survey.suppress_below)

"""Finding surveys and their versions."""

import re
from collections.abc import Sequence

from sqlalchemy import Select, and_, func, or_, select

from civic.core.db import db
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.rules.editing import new_key

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def survey_by_slug(slug: str) -> Survey | None:
    """The survey at this address, in whatever state; what could never be an address is not looked for."""
    if not SLUG.fullmatch(slug):
        return None
    return db.session.scalar(select(Survey).where(Survey.slug == slug))


def public_survey(slug: str) -> Survey | None:
    """The survey at this address if anyone may know of it."""
    survey = survey_by_slug(slug)
    return survey if survey is not None and survey.is_public else None


def live_version(survey: Survey) -> SurveyVersion | None:
    """The version that people are given now: the newest that has gone live."""
    return db.session.scalar(
        select(SurveyVersion)
        .where(SurveyVersion.survey_id == survey.id, SurveyVersion.pinned_at.is_not(None))
        .order_by(SurveyVersion.number.desc())
        .limit(1)
    )


def draft_version(survey: Survey) -> SurveyVersion | None:
    """The version that is being worked on."""
    return db.session.scalar(
        select(SurveyVersion).where(SurveyVersion.survey_id == survey.id, SurveyVersion.pinned_at.is_(None))
    )


def version(survey: Survey, number: int) -> SurveyVersion | None:
    """One version by its number."""
    return db.session.scalar(
        select(SurveyVersion).where(SurveyVersion.survey_id == survey.id, SurveyVersion.number == number)
    )


def versions(survey: Survey) -> Sequence[SurveyVersion]:
    """Every version, oldest first."""
    return db.session.scalars(
        select(SurveyVersion).where(SurveyVersion.survey_id == survey.id).order_by(SurveyVersion.number)
    ).all()


def free_slug(title: str) -> str:
    """An address made from a title that no survey has yet."""
    stem = new_key(title, (), "survey").replace("_", "-").strip("-")[:60] or "survey"
    taken = {"new", "import", "imports", *db.session.scalars(select(Survey.slug).where(Survey.slug.startswith(stem)))}
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def results_to_publish() -> int:
    """How many surveys have ended and still owe the people who answered their results."""
    ended = or_(Survey.status == "closed", and_(Survey.status == "open", Survey.closes_at <= func.now()))
    owing = select(func.count()).select_from(Survey).where(ended, Survey.results_published_at.is_(None))
    return db.session.scalar(owing) or 0


def all_surveys() -> Select[tuple[Survey]]:
    """Every survey, for those who build them."""
    return select(Survey)

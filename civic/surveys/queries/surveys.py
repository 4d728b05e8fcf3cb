"""Finding surveys and their versions."""

from collections.abc import Sequence

from sqlalchemy import select

from civic.core.db import db
from civic.surveys.models.survey import Survey, SurveyVersion


def survey_by_slug(slug: str) -> Survey | None:
    """The survey at this address, in whatever state."""
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

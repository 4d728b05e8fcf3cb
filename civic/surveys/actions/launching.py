"""The life of a survey: launch after the checklist, close, reopen with a reason, archive, publish the results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.authoring.actions import pass_gate
from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict
from civic.core.states import advance
from civic.surveys.actions.building import Archived, ChangedMeanwhile, working_version
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries import surveys as queries
from civic.surveys.rules import editing
from civic.surveys.rules.faults import faults
from civic.surveys.rules.lint import Advice, advice, estimated_minutes
from civic.surveys.rules.questionnaire import Questionnaire

SHORTEST_REASON = 10
CHECKLIST = "survey_checklist"
"""The name under which the checklist stands among all that is said of a survey; here each of its points has its own reason."""


class NotReady(Conflict):
    """The questionnaire has faults, so that nobody could answer it."""

    sentence = _l("The survey cannot be launched yet. Mend what the checklist names first.")


class ReasonNeeded(CivicError):
    """The act needs a reason that stands on record."""

    sentence, status, field = _l("Give the reason in a few words. It is kept on record."), 400, "why"


class AlreadyOver(CivicError):
    """The closing date would lie in the past."""

    sentence, status, field = _l("The closing date must be in the future."), 400, "closes_at"


class NothingNew(Conflict):
    """There is no version being worked on that could go live."""

    sentence = _l("There is no new version to launch.")


def checklist(survey: Survey, questionnaire: Questionnaire) -> list[Advice]:
    """What the checklist says about a survey as it stands."""
    return advice(
        questionnaire,
        has_closing_date=survey.closes_at is not None,
        has_purpose=bool(survey.purpose.get(questionnaire.language, "").strip()),
        is_identified=not survey.is_anonymous,
    )


def launch(
    survey: Survey,
    *,
    by: Any,
    now: datetime,
    reasons: Mapping[str, str] | None = None,
    edition: str | None = None,
    advice_why: str = "",
) -> SurveyVersion:
    """Put the version being worked on live. Faults cannot be talked away; each blocking point of the checklist needs a
    reason (by its mark), which is kept in the audit log. `edition` is the questionnaire that the launcher looked at;
    `advice_why` is why it goes out although its texts keep somebody out (KeepsSomebodyOut)."""
    survey = locked(Survey, survey.id)
    version = working_version(survey)
    questionnaire = version.questionnaire
    if version.is_pinned:
        raise NothingNew()
    if edition is not None and editing.edition(questionnaire) != edition:
        raise ChangedMeanwhile()
    if faults(questionnaire):
        raise NotReady()
    if survey.closes_at is not None and survey.closes_at <= now:
        raise AlreadyOver()
    overridden = _reasons_for(checklist(survey, questionnaire), reasons or {})
    pass_gate(f"survey:{survey.id}", why=advice_why, by=by, now=now, but=(CHECKLIST,))
    if survey.launched_at is None:
        survey.launched_at = now
        advance(survey, "launch", by=by, now=now)
    elif survey.status != "open":
        raise NotReady(_l("A new version can go live while the survey is open. Reopen it first."))
    version.pinned_at = now
    survey.minutes = estimated_minutes(questionnaire)
    db.session.flush()
    audit.record(
        "survey.launched", on=survey, by=by, now=now, after={"version": version.number, "overridden": overridden}
    )
    return version


def close(survey: Survey, *, by: Any, now: datetime, why: str = "") -> None:
    """Stop taking answers; before the announced closing date only with a reason."""
    survey = locked(Survey, survey.id)
    if survey.closes_at is not None and now < survey.closes_at:
        _need(why)
    advance(survey, "close", by=by, now=now, why=why)
    audit.record("survey.closed", on=survey, by=by, now=now, why=why)


def reopen(survey: Survey, *, closes_at: datetime | None, by: Any, now: datetime, why: str) -> None:
    """Take answers again, with a reason; results that were published are taken back until it closes."""
    survey = locked(Survey, survey.id)
    _need(why)
    if closes_at is None and survey.closes_at is not None:
        raise AlreadyOver(_l("Enter the new closing date."))
    if closes_at is not None and closes_at <= now:
        raise AlreadyOver()
    before = _dates(survey)
    advance(survey, "reopen", by=by, now=now, why=why)
    survey.closes_at = closes_at
    if survey.results_published_at is not None:
        _take_back_results(survey)
    db.session.flush()
    audit.record("survey.reopened", on=survey, by=by, now=now, why=why, before=before, after=_dates(survey))


def archive(survey: Survey, *, by: Any, now: datetime, why: str = "") -> None:
    """Put a survey away: it and its results are no longer public; nothing is deleted."""
    survey = locked(Survey, survey.id)
    advance(survey, "archive", by=by, now=now, why=why)
    audit.record("survey.archived", on=survey, by=by, now=now, why=why)


def set_dates(
    survey: Survey, *, opens_at: datetime | None, closes_at: datetime | None, by: Any, now: datetime, why: str = ""
) -> None:
    """Change when the survey opens and closes; bringing an announced closing date forward needs a reason."""
    survey = locked(Survey, survey.id)
    if survey.status not in ("draft", "open"):
        raise Conflict(_l("The dates can no longer change. Reopen the survey to take answers again."))
    before = _dates(survey)
    if closes_at != survey.closes_at and closes_at is not None and survey.status == "open":
        if closes_at <= now:
            raise AlreadyOver(_l("This closing date has passed. Close the survey instead."))
        if survey.closes_at is None or closes_at < survey.closes_at:
            _need(why)
    if opens_at is not None and closes_at is not None and opens_at >= closes_at:
        raise CivicError(_l("The closing date must be after the opening date."), field="closes_at")
    survey.opens_at, survey.closes_at = opens_at, closes_at
    db.session.flush()
    if before != _dates(survey):
        audit.record("survey.dates_changed", on=survey, by=by, now=now, why=why, before=before, after=_dates(survey))


def publish_results(survey: Survey, sections: list[str], *, by: Any, now: datetime) -> None:
    """Let everyone see the results of these sections; none of them takes all results back."""
    survey = locked(Survey, survey.id)
    if survey.status == "archived":
        raise Archived()
    if survey.status != "closed" and sections and not survey.has_ended(now):
        raise Conflict(_l("Results can be published once the survey has closed."))
    version = queries.live_version(survey)
    known = [section.key for section in version.questionnaire.sections] if version else []
    if any(key not in known for key in sections):
        raise CivicError(_l("Choose from the sections of this survey."), field="sections")
    before = {"sections": survey.published_sections}
    survey.published_sections = [key for key in known if key in sections]
    survey.results_published_at = (survey.results_published_at or now) if sections else None
    db.session.flush()
    audit.record(
        "survey.results_published" if sections else "survey.results_unpublished",
        on=survey, by=by, now=now, before=before, after={"sections": survey.published_sections},
    )  # fmt: skip


def _take_back_results(survey: Survey) -> None:
    survey.results_published_at, survey.published_sections = None, []


def _reasons_for(points: list[Advice], reasons: Mapping[str, str]) -> dict[str, str]:
    """The reason for each blocking point; raises ReasonNeeded where one is missing."""
    given = {}
    for point in points:
        if point.is_blocking:
            why = reasons.get(point.mark, "").strip()
            _need(why, field=f"why-{point.mark}")
            given[point.mark] = why
    return given


def _need(why: str, field: str = "why") -> None:
    if len(why.strip()) < SHORTEST_REASON:
        raise ReasonNeeded(field=field)


def _dates(survey: Survey) -> dict[str, str | None]:
    return {
        name: moment.isoformat() if moment else None
        for name, moment in (("opens_at", survey.opens_at), ("closes_at", survey.closes_at))
    }

"""Bringing in a questionnaire that was made elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic.core import audit
from civic.surveys.actions.building import Beginning, create_survey
from civic.surveys.importing.report import Imported
from civic.surveys.importing.xlsform import import_xlsform
from civic.surveys.models.survey import Survey
from civic.surveys.queries.surveys import free_slug


def import_survey(data: bytes, *, name: str, slug: str = "", by: Any, now: datetime) -> tuple[Survey, Imported]:
    """A draft survey from an XLSForm, and the report; raises Unreadable, and nothing is kept then."""
    imported = import_xlsform(data, name=name)
    title = imported.title.get(imported.questionnaire.language) or name or "survey"
    beginning = Beginning(imported.title, slug or free_slug(title), imported.questionnaire)
    left = [[each.sheet, each.row, each.column, each.code, each.detail] for each in imported.left]
    survey = create_survey(beginning, by=by, now=now, imported={"file": name, "left": left})
    audit.record("survey.imported", on=survey, by=by, now=now, after={"left_behind": len(imported.left)})
    return survey, imported

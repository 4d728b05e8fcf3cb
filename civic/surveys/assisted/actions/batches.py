"""Batches of printed forms: begun, and said to have arrived."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit, tokens
from civic.core.clock import london_today
from civic.core.db import db, locked
from civic.core.errors import CivicError
from civic.surveys.assisted.models import PaperBatch
from civic.surveys.assisted.queries import OnPaper, takes_paper
from civic.surveys.models.survey import Survey


class NotOnPaper(CivicError):
    """The survey's promise does not go with paper."""

    sentence, status = (
        _l("This survey is anonymous and for members only, so it cannot be taken on paper or by phone."),
        409,
    )


class ComesLater(CivicError):
    """A day that has not been yet."""

    sentence, status, field = _l("Enter a day that is not in the future."), 422, "arrived_on"


def begin(on: OnPaper, *, forms: int, language: str, reason: str, by: Any, now: datetime) -> PaperBatch:
    """Begin a batch of numbered forms of the version that people are given now. Raises NotOnPaper."""
    must_take_paper(on.survey)
    batch = PaperBatch(
        # A letter first: right-to-left text leaves the code whole.
        code=f"B{on.survey.id}-{tokens.code_from('surveys.paper_batch', tokens.secret_token(), groups=1)}",
        survey_id=on.survey.id,
        survey_version_id=on.version.id,
        language=language,
        forms=forms,
        reason=reason,
        arrived_on=None,
        late_reason="",
        created_by_id=by.id,
        created_at=now,
    )
    db.session.add(batch)
    db.session.flush()
    audit.record(
        "paper_batch.begin", on=batch, by=by, now=now, why=reason, after={"survey": on.survey.id, "forms": forms}
    )
    return batch


def arrived(batch_id: int, *, on: date, reason: str, by: Any, now: datetime) -> None:
    """Say when a batch arrived and why it is typed in after the close; the reason is on record."""
    batch = locked(PaperBatch, batch_id)
    if on > london_today(now):
        raise ComesLater()
    before = {"arrived_on": batch.arrived_on.isoformat() if batch.arrived_on else None}
    batch.arrived_on, batch.late_reason = on, reason
    after = {"arrived_on": on.isoformat()}
    audit.record("paper_batch.arrived", on=batch, by=by, now=now, why=reason, before=before, after=after)


def must_take_paper(survey: Survey) -> None:
    """Refuse what the survey's promise does not go with."""
    if not takes_paper(survey):
        raise NotOnPaper()

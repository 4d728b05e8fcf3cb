"""Evidence beside claims and reports: kept as it came, handed out to staff and the recipient only."""

from datetime import datetime
from typing import Any

from civic.core import files
from civic.core.db import db
from civic.core.subjects import named
from civic.grants.models import Award, GrantPaper, Instalment, Report


def add(
    award: Award, to: Instalment | Report, upload: Any, *, title: str, language: str, by: Any, now: datetime
) -> GrantPaper:
    """Keep a PDF, PNG or JPEG as evidence; raises FileRefused."""
    paper = GrantPaper(
        award_id=award.id,
        owner=name_of(to),
        title=title,
        language=language,
        file_id=files.keep_document(upload, now=now, field="paper").id,
        added_by_id=by.id,
        added_at=now,
    )
    db.session.add(paper)
    db.session.flush()
    return paper


def name_of(thing: Instalment | Report) -> str:
    """What a paper belongs to, as text."""
    return named("instalment" if isinstance(thing, Instalment) else "report", thing.id)

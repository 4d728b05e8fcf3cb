"""Evidence beside claims and reports: kept as it came, handed out to staff and the recipient only."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit, files
from civic.core.db import db
from civic.core.errors import Conflict
from civic.core.files import StoredFile
from civic.core.states import IllegalMove
from civic.core.subjects import named
from civic.grants.actions.standing import hold
from civic.grants.models import Award, GrantPaper, Instalment, Report
from civic.grants.queries import awards as queries

MOST = 12
"""So many papers belong to one claim or report at most."""
OPEN = ("planned", "claimed", "due")
"""States in which more evidence may be added; what is judged already stays as it was judged."""


class EnoughPapers(Conflict):
    """More would not be read."""

    sentence, field = _l("There are twelve papers already. Put several pages into one PDF."), "paper"


def add(
    award: Award, to: Instalment | Report, upload: Any, *, title: str, language: str, by: Any, now: datetime
) -> GrantPaper:
    """Keep a PDF, PNG or JPEG as evidence; raises FileRefused, EnoughPapers, and IllegalMove once it was judged."""
    award = hold(award)
    db.session.refresh(to, ["status"])
    if to.status not in OPEN:
        raise IllegalMove()
    if len(queries.papers_of(award).get(name_of(to), [])) >= MOST:
        raise EnoughPapers()
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
    audit.record("paper.added", on=paper, by=by, now=now, after={"to": paper.owner})
    return paper


def remove(award: Award, to: Instalment | Report, paper: GrantPaper, *, by: Any, now: datetime) -> None:
    """Take a paper away that nobody was sent yet; raises IllegalMove once the claim or report is with the officers."""
    hold(award)
    db.session.refresh(to, ["status"])
    if to.status not in ("planned", "due") or paper.owner != name_of(to):
        raise IllegalMove()
    audit.record("paper.removed", on=paper, by=by, now=now, before={"to": paper.owner})
    file_id = paper.file_id
    db.session.delete(paper)
    db.session.flush()
    db.session.delete(db.session.get_one(StoredFile, file_id))
    db.session.flush()


def name_of(thing: Instalment | Report) -> str:
    """What a paper belongs to, as text."""
    return named("instalment" if isinstance(thing, Instalment) else "report", thing.id)

"""What everybody may know of published matches: counts and the seal of the file, never a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from civic.challenge.applying.models import Call
from civic.challenge.matching.models import Override, Run
from civic.challenge.matching.queries.runs import approved
from civic.challenge.matching.rules.documents import decided, market_of
from civic.challenge.models import Programme
from civic.core.db import db
from civic.core.i18n import Words


@dataclass(frozen=True)
class Published:
    """A published match in numbers."""

    run_id: int
    programme: Words
    slug: str
    is_substitute: bool
    at: datetime
    startups: int
    places: int
    matched: int
    overrides: int
    file_hash: str


def published_matches() -> list[Published]:
    """The latest hundred published matches; two statements."""
    rows = db.session.execute(
        select(Run, Programme.title, Programme.language, Programme.slug)
        .join(Call, Call.id == Run.call_id)
        .join(Programme, Programme.id == Call.programme_id)
        .where(Run.status == "published")
        .order_by(Run.published_at.desc(), Run.id.desc())
        .limit(100)
    ).all()
    counted = select(Override).where(Override.run_id.in_([row.Run.id for row in rows]), Override.status == "approved")
    overrides: dict[int, list[Override]] = {}
    for each in db.session.scalars(counted.order_by(Override.id)):
        overrides.setdefault(each.run_id, []).append(each)
    return [
        _in_numbers(run, Words(title, language), slug, overrides.get(run.id, [])) for run, title, language, slug in rows
    ]


def _in_numbers(run: Run, programme: Words, slug: str, overrides: list[Override]) -> Published:
    final = decided(run.result, approved(run, overrides))
    assert run.published_at is not None
    return Published(
        run_id=run.id,
        programme=programme,
        slug=slug,
        is_substitute=run.is_substitute,
        at=run.published_at,
        startups=len(run.inputs["startups"]),
        places=sum(market_of(run.inputs).places.values()),
        matched=sum(1 for each in final.values() if each is not None),
        overrides=len(overrides),
        file_hash=run.file_hash,
    )

"""Startups that everybody may know: those that were once on a shortlist that is public."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.story.queries.counting import FINALISTS, NAMED_FROM
from civic.core.db import db


def finalist_startup(startup_id: int) -> Startup | None:
    """The startup of this number with its organisation, once it is a finalist; None for every other."""
    if not 0 < startup_id < 2**62:
        return None
    known = (
        select(ChallengeApplication.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(
            ChallengeApplication.startup_id == Startup.id,
            ChallengeApplication.status.in_(FINALISTS),
            Call.status.in_(NAMED_FROM),
        )
    )
    mine = select(Startup).where(Startup.id == startup_id, exists(known.correlate(Startup)))
    return db.session.scalar(mine.options(joinedload(Startup.organisation)))


def register_numbers(startup_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of startups in their registers, where they are known; one statement."""
    rows = db.session.execute(
        select(Startup.id, Organisation.registration_number)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .where(Startup.id.in_(list(startup_ids)))
    )
    return dict(rows.tuples().all())

"""What must always be true of matches, for `flask civic check`."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.matching.actions.runs import file_of
from civic.challenge.matching.models import Override, Run
from civic.challenge.matching.queries.runs import approved, overrides_of
from civic.challenge.matching.rules.documents import decided, faults
from civic.core.db import db


def published_matches_hold() -> Iterable[str]:
    """Every published match computes to the same once more, and every match that it made was made."""
    for run in db.session.scalars(select(Run).where(Run.status == "published").order_by(Run.id)):
        document = file_of(run)
        for fault in faults(document):
            yield f"challenge match {run.id}: {fault}"
        if document["sha256"] != run.file_hash:
            yield f"challenge match {run.id}: its file is not the one that was published"
        final = decided(run.result, approved(run, overrides_of(run)))
        wanted = [run.inputs["pairs"][f"{startup}:{challenge}"] for startup, challenge in final.items() if challenge]
        wrong = select(ChallengeApplication.id).where(
            ChallengeApplication.id.in_(wanted), ChallengeApplication.status.not_in(("matched", "lost"))
        )
        for number in db.session.scalars(wrong):
            yield f"challenge match {run.id}: application {number} was matched and is not"


def four_eyes() -> Iterable[str]:
    """Nobody decides alone about an override or a match."""
    for model, one, other in (
        (Override, Override.proposed_by_id, Override.decided_by_id),
        (Run, Run.proposed_by_id, Run.published_by_id),
    ):
        for number in db.session.scalars(select(model.id).where(one == other)):  # type: ignore[attr-defined]
            yield f"{model.__tablename__} {number} was decided by whoever proposed it"


CHECKS = [published_matches_hold, four_eyes]

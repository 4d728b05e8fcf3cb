"""What belongs to a person in the challenge: their startups' applications, their partners' challenges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.models import Challenge
from civic.challenge.story.queries.counting import FINALISTS, NAMED_FROM
from civic.core.db import db

MOST = 200


def applications_of(startup_ids: Sequence[int]) -> list[ChallengeApplication]:
    """The applications of these startups with their challenges, the newest first."""
    if not startup_ids:
        return []
    mine = select(ChallengeApplication).where(ChallengeApplication.startup_id.in_(startup_ids))
    whole = mine.options(
        joinedload(ChallengeApplication.challenge, innerjoin=True),
        joinedload(ChallengeApplication.call, innerjoin=True),
    )
    return list(db.session.scalars(whole.order_by(ChallengeApplication.id.desc()).limit(MOST)))


@dataclass(frozen=True)
class Owned:
    """A challenge of a partner, and how many finalists it has so far."""

    challenge: Challenge
    finalists: int


def challenges_owned(partner_ids: Sequence[int]) -> list[Owned]:
    """The challenges of these partners that everybody can read, the newest first, with their finalists once those are public."""
    if not partner_ids:
        return []
    finalists = (
        select(func.count())
        .select_from(ChallengeApplication)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(
            ChallengeApplication.challenge_id == Challenge.id,
            ChallengeApplication.status.in_(FINALISTS),
            Call.status.in_(NAMED_FROM),
        )
        .correlate(Challenge)
        .scalar_subquery()
    )
    theirs = select(Challenge, finalists).where(Challenge.partner_id.in_(partner_ids), Challenge.status != "draft")
    return [
        Owned(challenge, many)
        for challenge, many in db.session.execute(theirs.order_by(Challenge.id.desc()).limit(MOST))
    ]

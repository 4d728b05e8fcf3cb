"""Who is still asked for a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, select

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.matching.models import Ranking
from civic.challenge.models import Challenge
from civic.core.db import db
from civic.notifications.models import Notification


def calls_that_take_lists(now: datetime) -> list[int]:
    """The calls in which lists can be sent now."""
    found = select(Call.id).where(Call.status == "shortlisted", Call.ranks_close_at > now)
    return list(db.session.scalars(found.order_by(Call.id)))


def startups_without_list(call_id: int) -> list[int]:
    """The startups on the shortlist whose list was not sent."""
    sent = exists().where(
        Ranking.call_id == call_id, Ranking.startup_id == ChallengeApplication.startup_id, Ranking.status == "sent"
    )
    found = select(ChallengeApplication.startup_id).where(
        ChallengeApplication.call_id == call_id, ChallengeApplication.status == "shortlisted", ~sent
    )
    return list(db.session.scalars(found.distinct().order_by(ChallengeApplication.startup_id)))


def challenges_without_list(call_id: int) -> list[tuple[int, int]]:
    """The challenges with a shortlist whose partner's list was not sent, each with its partner."""
    sent = exists().where(Ranking.call_id == call_id, Ranking.challenge_id == Challenge.id, Ranking.status == "sent")
    found = (
        select(Challenge.id, Challenge.partner_id)
        .join(ChallengeApplication, ChallengeApplication.challenge_id == Challenge.id)
        .where(
            ChallengeApplication.call_id == call_id,
            ChallengeApplication.status == "shortlisted",
            Challenge.partner_id.is_not(None),
            ~sent,
        )
    )
    rows = db.session.execute(found.distinct().order_by(Challenge.id))
    return [(number, partner) for number, partner in rows if partner is not None]


def told_already(notice: str, about: str, people: list[int], facts: Mapping[str, int]) -> set[int]:
    """Those of some people who were told a thing of just this startup or challenge."""
    found = select(Notification.person_id).where(
        Notification.person_id.in_(people),
        Notification.notice == notice,
        Notification.about == about,
        Notification.facts.contains(dict(facts)),
    )
    return set(db.session.scalars(found))

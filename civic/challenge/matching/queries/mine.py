"""The lists that somebody may write, and the results that they may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.matching.models import Ranking, Run
from civic.challenge.models import Challenge, Programme
from civic.core.db import db
from civic.core.i18n import Words

CHOSEN = ("shortlisted", "unmatched", "matched", "lost")


@dataclass(frozen=True)
class Mine:
    """A list of a startup or a challenge in a programme."""

    programme: str
    programme_title: Words
    startup_id: int
    slug: str
    name: Words
    stage: str  # of the call
    closes_at: datetime | None
    status: str
    has_result: bool

    def is_open(self, now: datetime) -> bool:
        """Whether the list can be changed."""
        return self.stage == "shortlisted" and self.closes_at is not None and now < self.closes_at


_PUBLISHED = exists().where(Run.call_id == Call.id, Run.status == "published")
_CALL = (Programme.slug, Programme.title, Programme.language, Call.status, Call.ranks_close_at)


def of_startups(startup_ids: Sequence[int]) -> list[Mine]:
    """Those of startups, latest programme first."""
    rows = db.session.execute(
        select(Startup.id, Organisation.name, Organisation.language, Ranking.status, _PUBLISHED, *_CALL)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .join(ChallengeApplication, ChallengeApplication.startup_id == Startup.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Programme, Programme.id == Call.programme_id)
        .outerjoin(Ranking, (Ranking.call_id == Call.id) & (Ranking.startup_id == Startup.id))
        .where(Startup.id.in_(startup_ids), ChallengeApplication.status.in_(CHOSEN), Call.status.in_(_STAGES))
        .distinct()
        .order_by(Programme.slug.desc(), Organisation.name)
    )
    return [
        Mine(slug, Words(title, spoken), number, "", Words(name, language), stage, until, status or "", published)
        for number, name, language, status, published, slug, title, spoken, stage, until in rows
    ]


def of_partners(partner_ids: Sequence[int]) -> list[Mine]:
    """Those of partners' challenges."""
    rows = db.session.execute(
        select(Challenge.slug, Challenge.title, Challenge.language, Ranking.status, _PUBLISHED, *_CALL)
        .join(ChallengeApplication, ChallengeApplication.challenge_id == Challenge.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Programme, Programme.id == Call.programme_id)
        .outerjoin(Ranking, (Ranking.call_id == Call.id) & (Ranking.challenge_id == Challenge.id))
        .where(Challenge.partner_id.in_(partner_ids), ChallengeApplication.status.in_(CHOSEN), Call.status.in_(_STAGES))
        .distinct()
        .order_by(Programme.slug.desc(), Challenge.title)
    )
    return [
        Mine(slug, Words(title, spoken), 0, own, Words(name, language), stage, until, status or "", published)
        for own, name, language, status, published, slug, title, spoken, stage, until in rows
    ]


_STAGES = ("shortlisted", "matched", "closed")

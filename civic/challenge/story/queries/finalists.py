"""Who came onto the shortlist: public by name, as everybody who was not stays a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, Partner
from civic.challenge.story.queries.counting import FINALISTS, NAMED_FROM
from civic.core.db import db


@dataclass(frozen=True)
class Finalist:
    """A startup on the shortlist of a challenge, and where it stands."""

    application_id: int
    startup_id: int
    startup: str
    startup_language: str
    summary: str
    summary_language: str
    status: str
    matched_at: datetime | None
    challenge_id: int
    challenge: str
    challenge_language: str
    slug: str
    partner: str | None
    partner_language: str | None
    partner_slug: str | None
    note: str

    @property
    def is_matched(self) -> bool:
        """Whether it tests its solution with the partner."""
        return self.status == "matched"


def finalists_of(
    *, call_id: int | None = None, challenge_id: int | None = None, startup_id: int | None = None
) -> list[Finalist]:
    """The finalists of a call, a challenge or a startup, in the order of challenges; nobody before the shortlist is public."""
    partner = aliased(Partner)
    query = (
        select(ChallengeApplication, Startup, Organisation, Challenge, partner)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .outerjoin(partner, partner.id == Challenge.partner_id)
        .where(ChallengeApplication.status.in_(FINALISTS), Call.status.in_(NAMED_FROM))
        .order_by(Challenge.id, Organisation.name, ChallengeApplication.id)
    )
    for column, value in (
        (ChallengeApplication.call_id, call_id),
        (ChallengeApplication.challenge_id, challenge_id),
        (ChallengeApplication.startup_id, startup_id),
    ):
        if value is not None:
            query = query.where(column == value)
    return [_finalist(*row) for row in db.session.execute(query)]


def _finalist(
    application: ChallengeApplication, startup: Startup, organisation: Organisation, challenge: Challenge, owner: Partner | None
) -> Finalist:  # fmt: skip
    return Finalist(
        application.id, startup.id, organisation.name, organisation.language, startup.summary, startup.language,
        application.status, application.matched_at, challenge.id, challenge.title, challenge.language, challenge.slug,
        owner.name if owner else None, owner.language if owner else None, owner.slug if owner else None, application.note,
    )  # fmt: skip

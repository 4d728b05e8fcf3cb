"""Who stands on a side of a match: they never run, decide or publish it, and a partner's people who do rank nobody."""

from __future__ import annotations

from sqlalchemy import or_, select

from civic.accounts.models import OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, PartnerMember
from civic.core.db import db


def acts_for_an_applicant(call_id: int, person_id: int) -> bool:
    """Whether a person is of a startup that applied in this call, whatever became of it."""
    theirs = (
        select(ChallengeApplication.id)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(OrganisationMember, OrganisationMember.organisation_id == Startup.organisation_id)
        .where(ChallengeApplication.call_id == call_id, OrganisationMember.user_id == person_id)
    )
    return bool(db.session.scalar(select(theirs.exists())))


def has_a_stake(call: Call, person_id: int) -> bool:
    """Whether a person acts for a startup that applied, or for a partner that owns a challenge of the programme; one statement."""
    startup = (
        select(ChallengeApplication.id)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(OrganisationMember, OrganisationMember.organisation_id == Startup.organisation_id)
        .where(ChallengeApplication.call_id == call.id, OrganisationMember.user_id == person_id)
    )
    partner = (
        select(Challenge.id)
        .join(PartnerMember, PartnerMember.partner_id == Challenge.partner_id)
        .where(Challenge.programme_id == call.programme_id, PartnerMember.person_id == person_id)
    )
    return bool(db.session.scalar(select(or_(startup.exists(), partner.exists()))))

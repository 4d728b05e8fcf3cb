"""Applications: one with all that belongs to it, whose it is, and those of a startup."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge
from civic.core.db import db

_WRITERS = (
    ChallengeApplication.started_by_id,
    ChallengeApplication.edited_by_id,
    ChallengeApplication.submitted_by_id,
)


def whole() -> Select[Any]:
    """Applications with their call (and its programme), challenge (and its partner) and startup (and its organisation)."""
    return select(ChallengeApplication).options(
        joinedload(ChallengeApplication.call, innerjoin=True).joinedload(Call.programme, innerjoin=True),
        joinedload(ChallengeApplication.challenge, innerjoin=True).joinedload(Challenge.partner),
        joinedload(ChallengeApplication.startup, innerjoin=True).joinedload(Startup.organisation, innerjoin=True),
    )


def application_by_id(application_id: int) -> ChallengeApplication | None:
    """The application with this number, with all that belongs to it."""
    if not 0 < application_id < 2**62:
        return None
    found: ChallengeApplication | None = db.session.scalars(
        whole().where(ChallengeApplication.id == application_id)
    ).one_or_none()
    return found


def parties(application_id: int) -> frozenset[int]:
    """Everybody behind an application: the members of the startup's organisation, and who began, edited or sent it."""
    row = db.session.execute(
        select(Startup.organisation_id, *_WRITERS)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .where(ChallengeApplication.id == application_id)
    ).one_or_none()
    if row is None:
        return frozenset()
    members = select(OrganisationMember.user_id).where(OrganisationMember.organisation_id == row.organisation_id)
    return frozenset(each for each in (*row[1:], *db.session.scalars(members)) if each is not None)


def behind(person_id: int) -> frozenset[int]:
    """Every application that somebody stands behind, by the same rule as parties()."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    theirs = or_(Startup.organisation_id.in_(bodies), *(column == person_id for column in _WRITERS))
    rows = select(ChallengeApplication.id).join(Startup, Startup.id == ChallengeApplication.startup_id).where(theirs)
    return frozenset(db.session.scalars(rows))

"""Who acts for a startup: the members of its organisation."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation, OrganisationMember
from civic.challenge.applying.models import Startup
from civic.core.db import db


def startups_of(person_id: int) -> list[Startup]:
    """The startups for which a person acts, each with its organisation, by their names."""
    mine = (
        select(Startup)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
        .where(OrganisationMember.user_id == person_id)
        .options(joinedload(Startup.organisation, innerjoin=True))
    )
    return list(db.session.scalars(mine.order_by(Organisation.name, Startup.id)))


def acts_for_startup(startup_id: int, person_id: int) -> bool:
    """Whether a person is of the organisation behind this startup."""
    mine = (
        select(OrganisationMember.id)
        .join(Startup, Startup.organisation_id == OrganisationMember.organisation_id)
        .where(Startup.id == startup_id, OrganisationMember.user_id == person_id)
    )
    return db.session.scalar(mine) is not None


def people_of_startup(startup_id: int) -> list[int]:
    """The accounts that act for a startup, who joined first at the top."""
    mine = (
        select(OrganisationMember.user_id)
        .join(Startup, Startup.organisation_id == OrganisationMember.organisation_id)
        .where(Startup.id == startup_id)
    )
    return list(db.session.scalars(mine.order_by(OrganisationMember.id)))

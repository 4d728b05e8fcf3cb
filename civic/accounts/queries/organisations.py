"""Questions about organisations: whose they are, and which wait to be verified."""

from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation, OrganisationInvitation, OrganisationMember, User
from civic.core.db import db
from civic.core.tokens import hashed


def organisation_by_id(organisation_id: int) -> Organisation | None:
    """The organisation with this number."""
    return db.session.get(Organisation, organisation_id) if 0 < organisation_id < 2**62 else None


def organisations_of(user: User) -> list[Row[Any]]:
    """A person's organisations: (id, name, language, kind, status, role)."""
    columns = select(
        Organisation.id,
        Organisation.name,
        Organisation.language,
        Organisation.kind,
        Organisation.status,
        OrganisationMember.role,
    )
    mine = columns.join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
    return list(
        db.session.execute(
            mine.where(OrganisationMember.user_id == user.id).order_by(Organisation.name, Organisation.id)
        )
    )


def member_role(organisation: Organisation, user: User) -> str | None:
    """What a person is in an organisation; None for somebody else."""
    return role_in(organisation.id, user)


def role_in(organisation_id: int, user: User) -> str | None:
    """What a person is in the organisation with this number; None for somebody else."""
    mine = select(OrganisationMember.role).where(
        OrganisationMember.organisation_id == organisation_id, OrganisationMember.user_id == user.id
    )
    return db.session.scalar(mine)


def members_of(organisation: Organisation) -> list[Row[Any]]:
    """The people of an organisation: (id, user_id, role, joined_at, display_name, email)."""
    columns = select(
        OrganisationMember.id,
        OrganisationMember.user_id,
        OrganisationMember.role,
        OrganisationMember.joined_at,
        User.display_name,
        User.email,
    ).join(User, User.id == OrganisationMember.user_id)
    return list(
        db.session.execute(
            columns.where(OrganisationMember.organisation_id == organisation.id).order_by(OrganisationMember.id)
        )
    )


def member_by_id(organisation: Organisation, member_id: int) -> OrganisationMember | None:
    """One membership of this organisation, with its person."""
    mine = select(OrganisationMember).where(
        OrganisationMember.id == member_id, OrganisationMember.organisation_id == organisation.id
    )
    return db.session.scalars(mine.options(joinedload(OrganisationMember.user))).one_or_none()


def invitations_of(organisation: Organisation) -> list[OrganisationInvitation]:
    """Invitations that nobody has accepted yet."""
    mine = select(OrganisationInvitation).where(OrganisationInvitation.organisation_id == organisation.id)
    return list(db.session.scalars(mine.order_by(OrganisationInvitation.id)))


def invitation_by_token(token: str) -> OrganisationInvitation | None:
    """The invitation behind a link, with its organisation."""
    found = select(OrganisationInvitation).where(OrganisationInvitation.token_hash == hashed(token))
    return db.session.scalars(found.options(joinedload(OrganisationInvitation.organisation))).one_or_none()


def acts_for_a_verified_one(user: User) -> bool:
    """Whether a person belongs to an organisation that staff have verified."""
    mine = select(OrganisationMember.id).join(Organisation, Organisation.id == OrganisationMember.organisation_id)
    return (
        db.session.scalar(mine.where(OrganisationMember.user_id == user.id, Organisation.status == "verified").limit(1))
        is not None
    )


def organisations(status: str = "") -> Select:
    """Columns of organisations for the staff list."""
    found = select(
        Organisation.id,
        Organisation.name,
        Organisation.language,
        Organisation.kind,
        Organisation.registration_number,
        Organisation.status,
        Organisation.created_at,
    )
    return found.where(Organisation.status == status) if status else found


def waiting_for_verification() -> int:
    """How many organisations wait for staff."""
    return db.session.scalar(select(func.count()).where(Organisation.status == "submitted")) or 0

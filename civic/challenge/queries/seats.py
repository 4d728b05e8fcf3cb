"""Who acts for a partner."""

from typing import Any

from sqlalchemy import Row, func, select

from civic.accounts.models import User
from civic.challenge.models import Partner, PartnerMember
from civic.core.db import db


def partners_of(person_id: int) -> list[Partner]:
    """The partners for which a person acts, by their names."""
    mine = select(Partner).join(PartnerMember, PartnerMember.partner_id == Partner.id)
    return list(db.session.scalars(mine.where(PartnerMember.person_id == person_id).order_by(Partner.name, Partner.id)))


def acts_for_partner(partner_id: int, person_id: int) -> bool:
    """Whether a person has a seat for this partner."""
    mine = select(PartnerMember.id).where(PartnerMember.partner_id == partner_id, PartnerMember.person_id == person_id)
    return db.session.scalar(mine) is not None


def people_of_partner(partner_id: int) -> list[int]:
    """The accounts that act for a partner, who came first at the top."""
    mine = select(PartnerMember.person_id).where(PartnerMember.partner_id == partner_id)
    return list(db.session.scalars(mine.order_by(PartnerMember.id)))


def seats_of(partner_id: int) -> list[Row[Any]]:
    """The seats of a partner: (person_id, name, title, added_at), who came first at the top."""
    name = func.coalesce(User.display_name, User.email).label("name")
    rows = (
        select(PartnerMember.person_id, name, PartnerMember.title, PartnerMember.added_at)
        .join(User, User.id == PartnerMember.person_id)
        .where(PartnerMember.partner_id == partner_id)
    )
    return list(db.session.execute(rows.order_by(PartnerMember.id)))

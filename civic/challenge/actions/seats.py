"""Seats of partners: given and taken by staff, each on record."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.challenge.models import Partner, PartnerMember
from civic.challenge.refusals import NoSuchPerson
from civic.core import audit
from civic.core.db import db


def seat(partner: Partner, person: User | None, *, title: str, by: User, now: datetime) -> None:
    """Let a person act for a partner; a second time changes nothing. Raises NoSuchPerson for nobody and for who may not sign in."""
    if person is None or person.email_confirmed_at is None or not person.is_active:
        raise NoSuchPerson()
    values = {"partner_id": partner.id, "person_id": person.id, "title": title, "added_by_id": by.id, "added_at": now}
    made = insert(PartnerMember).values(**values).on_conflict_do_nothing().returning(PartnerMember.id)
    if db.session.scalar(made) is not None:
        audit.record("challenge_partner.seated", on=partner, by=by, now=now, after={"person": person.id})


def unseat(partner: Partner, person_id: int, *, by: User, now: datetime) -> None:
    """Let a person act for a partner no more; nothing happens where they do not."""
    gone = delete(PartnerMember).where(PartnerMember.partner_id == partner.id, PartnerMember.person_id == person_id)
    if db.session.scalar(gone.returning(PartnerMember.id)) is not None:
        audit.record("challenge_partner.unseated", on=partner, by=by, now=now, before={"person": person_id})

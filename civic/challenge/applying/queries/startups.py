"""Startups: one, that of an organisation, and the organisations that could be one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation, OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.rules.choices import CHOSEN, RANKING
from civic.challenge.models import Challenge
from civic.core.db import db


def _whole() -> Select[Any]:
    return select(Startup).options(joinedload(Startup.organisation, innerjoin=True))


def startup_by_id(startup_id: int) -> Startup | None:
    """The startup with this number, with its organisation."""
    if not 0 < startup_id < 2**62:
        return None
    return db.session.scalars(_whole().where(Startup.id == startup_id)).one_or_none()


def startup_of(organisation_id: int) -> Startup | None:
    """The startup of an organisation, if it is one."""
    return db.session.scalars(_whole().where(Startup.organisation_id == organisation_id)).one_or_none()


def bodies_without(person_id: int) -> list[Organisation]:
    """The organisations of a person that are no startups yet, by name."""
    mine = select(Organisation).join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
    taken = select(Startup.organisation_id)
    found = mine.where(OrganisationMember.user_id == person_id, Organisation.id.not_in(taken))
    return list(db.session.scalars(found.order_by(Organisation.name, Organisation.id)))


def body_of(organisation_id: int, person_id: int) -> Organisation | None:
    """An organisation with this number, for one of its members."""
    mine = select(Organisation).join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
    found = mine.where(Organisation.id == organisation_id, OrganisationMember.user_id == person_id)
    return db.session.scalars(found).one_or_none()


def finals_of(startup_id: int) -> list[tuple[ChallengeApplication, Challenge]]:
    """The challenges for which a startup was a finalist, once that is public; the newest first."""
    rows = (
        select(ChallengeApplication, Challenge)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .where(
            ChallengeApplication.startup_id == startup_id,
            ChallengeApplication.status.in_(CHOSEN),
            Call.status.in_(RANKING),
        )
    )
    return [(row[0], row[1]) for row in db.session.execute(rows.order_by(ChallengeApplication.id.desc()))]


def is_finalist(startup_id: int) -> bool:
    """Whether a startup was ever a finalist whose shortlist is public: then everybody may know of it."""
    return bool(finals_of(startup_id))

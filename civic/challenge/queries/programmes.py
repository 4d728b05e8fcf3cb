"""Programmes and partners: each, all, and as staff choose among them."""

from __future__ import annotations

from sqlalchemy import func, select

from civic.challenge.models import Challenge, Partner, Programme, ProgrammeFact
from civic.challenge.rules.choices import PUBLIC_STATES
from civic.core.db import db
from civic.core.i18n import Words


def programme_by_slug(programme: str) -> Programme | None:
    """The programme with this name in its address."""
    return db.session.scalar(select(Programme).where(Programme.slug == programme[:100]))


def programmes(*, drafts_too: bool = False) -> list[Programme]:
    """Every programme, the latest first."""
    query = select(Programme).order_by(Programme.year.desc(), Programme.id.desc())
    return list(db.session.scalars(query if drafts_too else query.where(Programme.status != "draft")))


def facts_of(programme: Programme) -> list[ProgrammeFact]:
    """What is known about it, in the order in which it was written down."""
    mine = select(ProgrammeFact).where(ProgrammeFact.programme_id == programme.id)
    return list(db.session.scalars(mine.order_by(ProgrammeFact.id)))


def fact_of(programme: Programme, fact_id: int) -> ProgrammeFact | None:
    """One of its facts."""
    fact = db.session.get(ProgrammeFact, fact_id) if 0 < fact_id < 2**62 else None
    return fact if fact is not None and fact.programme_id == programme.id else None


def partner_by_slug(partner: str) -> Partner | None:
    """The partner with this name in its address."""
    return db.session.scalar(select(Partner).where(Partner.slug == partner[:100]))


def partners() -> list[tuple[Partner, int]]:
    """Every partner by its name, with how many public challenges it owns; one statement."""
    owned = (
        select(func.count())
        .where(Challenge.partner_id == Partner.id, Challenge.status.in_(PUBLIC_STATES))
        .scalar_subquery()
    )
    rows = db.session.execute(select(Partner, owned).order_by(Partner.name, Partner.id))
    return [(partner, many or 0) for partner, many in rows]


def programme_choices() -> list[tuple[str, Words]]:
    """Slug and title of each programme, the latest first."""
    return [(each.slug, Words(each.title, each.language)) for each in programmes(drafts_too=True)]


def partner_choices() -> list[tuple[str, Words]]:
    """Slug and name of each partner."""
    rows = db.session.execute(select(Partner.slug, Partner.name, Partner.language).order_by(Partner.name))
    return [(slug, Words(name, language)) for slug, name, language in rows]

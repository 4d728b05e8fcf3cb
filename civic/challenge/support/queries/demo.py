"""Demo days: one of a programme, its pitches and who comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from civic.accounts.models import OrganisationMember, User
from civic.challenge.applying.models import ChallengeApplication, Startup
from civic.challenge.applying.queries.applications import whole
from civic.challenge.models import Challenge, PartnerMember, Programme
from civic.challenge.support.models import DemoDay, DemoPitch, DemoRegistration, Mentor
from civic.challenge.support.queries.journeys import all_in
from civic.core.db import db
from civic.core.pages import Page, page_of


def day_of(programme_id: int) -> DemoDay | None:
    """The demo day of a programme."""
    return db.session.scalar(select(DemoDay).where(DemoDay.programme_id == programme_id))


def public_day(programme: str) -> tuple[Programme, DemoDay] | None:
    """The announced (or held, or cancelled after it was announced) demo day of the programme with this slug."""
    shown = or_(DemoDay.status.in_(("published", "held")), and_(DemoDay.status == "cancelled", DemoDay.why != ""))
    row = db.session.execute(
        select(Programme, DemoDay)
        .join(DemoDay, DemoDay.programme_id == Programme.id)
        .where(Programme.slug == programme[:100], Programme.status != "draft", shown)
    ).one_or_none()
    return (row.Programme, row.DemoDay) if row else None


def pitches_of(day: DemoDay) -> list[tuple[DemoPitch, ChallengeApplication]]:
    """Who shows what, in order."""
    query = whole().join(DemoPitch, DemoPitch.application_id == ChallengeApplication.id).add_columns(DemoPitch)
    query = query.where(DemoPitch.demo_day_id == day.id).order_by(DemoPitch.position, DemoPitch.id)
    return [(pitch, application) for application, pitch in db.session.execute(query)]


def pitch_by_id(pitch_id: int) -> DemoPitch | None:
    """One place in the order."""
    return db.session.get(DemoPitch, pitch_id) if 0 < pitch_id < 2**62 else None


def place_of(day: DemoDay, person_id: int) -> DemoRegistration | None:
    """Somebody's registration."""
    return db.session.scalar(
        select(DemoRegistration).where(DemoRegistration.demo_day_id == day.id, DemoRegistration.person_id == person_id)
    )


def how_many(day: DemoDay) -> dict[str, int]:
    """How many people stand in each state."""
    rows = db.session.execute(
        select(DemoRegistration.status, func.count().label("many"))
        .where(DemoRegistration.demo_day_id == day.id)
        .group_by(DemoRegistration.status)
    )
    return {each.status: each.many for each in rows}


def next_waiting(day: DemoDay) -> DemoRegistration | None:
    """Who has waited longest."""
    waiting = select(DemoRegistration).where(
        DemoRegistration.demo_day_id == day.id, DemoRegistration.status == "waiting"
    )
    return db.session.scalar(waiting.order_by(DemoRegistration.changed_at, DemoRegistration.id).limit(1))


def registrations(day: DemoDay, *, at: str | None = None) -> Page:
    """Who comes, who waits and who is invited, for those who open the door: (registration, name)."""
    query = (
        select(DemoRegistration, User.display_name.label("name"))
        .join(User, User.id == DemoRegistration.person_id)
        .where(DemoRegistration.demo_day_id == day.id, DemoRegistration.status != "cancelled")
    )
    return page_of(query, [DemoRegistration.id], at=at, size=50)


def people_to_invite(programme_id: int) -> list[int]:
    """Everybody who is part of a programme: the people of its startups and partners, and its mentors."""
    journeys = all_in(programme_id)
    startups = (
        select(OrganisationMember.user_id)
        .join(Startup, Startup.organisation_id == OrganisationMember.organisation_id)
        .where(Startup.id.in_([each.startup_id for each in journeys]))
    )
    partners = (
        select(PartnerMember.person_id)
        .join(Challenge, Challenge.partner_id == PartnerMember.partner_id)
        .where(Challenge.programme_id == programme_id)
    )
    mentors = select(Mentor.person_id).where(Mentor.programme_id == programme_id, Mentor.status == "active")
    return sorted({*db.session.scalars(startups), *db.session.scalars(partners), *db.session.scalars(mentors)})


def people_in(day: DemoDay, *states: str) -> list[int]:
    """The accounts that stand in some states."""
    query = select(DemoRegistration.person_id).where(
        DemoRegistration.demo_day_id == day.id, DemoRegistration.status.in_(states)
    )
    return list(db.session.scalars(query.order_by(DemoRegistration.id)))


def to_remind(now: datetime) -> list[int]:
    """Registrations for a day that begins within two days, of which nobody was reminded."""
    query = (
        select(DemoRegistration.id)
        .join(DemoDay, DemoDay.id == DemoRegistration.demo_day_id)
        .where(
            DemoDay.status == "published",
            DemoDay.starts_at > now,
            DemoDay.starts_at <= now + timedelta(days=2),
            DemoRegistration.status == "registered",
            DemoRegistration.reminded_at.is_(None),
        )
    )
    return list(db.session.scalars(query.order_by(DemoRegistration.id).limit(1000)))


def page_facts(day: DemoDay) -> list[Row[Any]]:
    """What the page of a demo day shows beside the day itself, for its tag."""
    query = select(DemoPitch.id, DemoPitch.position, DemoPitch.application_id).where(DemoPitch.demo_day_id == day.id)
    return list(db.session.execute(query.order_by(DemoPitch.position, DemoPitch.id)))

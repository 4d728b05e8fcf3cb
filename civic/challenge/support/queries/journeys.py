"""The way of a startup through a programme: an application that was shortlisted, with everybody who helps it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from civic.accounts.models import OrganisationMember, User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.queries.applications import whole
from civic.challenge.applying.rules.choices import RANKING
from civic.challenge.models import Challenge, PartnerMember
from civic.challenge.support.models import Mentor, Mentoring
from civic.challenge.support.rules.choices import SEEN, SUPPORTED
from civic.core.db import db
from civic.core.pages import Page, page_of


def known() -> Select[Any]:
    """Every journey that may be known of: the shortlist of its call stands."""
    return (
        whole()
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(ChallengeApplication.status.in_(SEEN), Call.status.in_(RANKING))
    )


def journey_by_id(journey_id: int) -> ChallengeApplication | None:
    """The journey of the application with this number; nothing while nobody may know that it was shortlisted."""
    if not 0 < journey_id < 2**62:
        return None
    found: ChallengeApplication | None = db.session.scalars(
        known().where(ChallengeApplication.id == journey_id)
    ).one_or_none()
    return found


def is_supported(application: ChallengeApplication) -> bool:
    """Whether it is on its way still, so that something new may begin."""
    return application.status in SUPPORTED


def sides_of(application: ChallengeApplication, person_id: int) -> frozenset[str]:
    """As what a person stands beside a journey: "startup", "partner", "mentor" (whose help has begun); one statement."""
    partner_id = select(Challenge.partner_id).where(Challenge.id == application.challenge_id).scalar_subquery()
    startup = (
        select(literal("startup"))
        .select_from(OrganisationMember)
        .join(Startup, Startup.organisation_id == OrganisationMember.organisation_id)
        .where(Startup.id == application.startup_id, OrganisationMember.user_id == person_id)
    )
    mentor = (
        select(literal("mentor"))
        .select_from(Mentoring)
        .join(Mentor, Mentor.id == Mentoring.mentor_id)
        .where(Mentoring.application_id == application.id, Mentoring.status == "active", Mentor.person_id == person_id)
    )
    partner = (
        select(literal("partner"))
        .select_from(PartnerMember)
        .where(PartnerMember.partner_id == partner_id, PartnerMember.person_id == person_id)
    )
    return frozenset(db.session.scalars(union_all(startup, mentor, partner)))


def of_startups(startup_ids: Iterable[int]) -> list[ChallengeApplication]:
    """The journeys of some startups, the latest first."""
    mine = known().where(ChallengeApplication.startup_id.in_(list(startup_ids)))
    return list(db.session.scalars(mine.order_by(ChallengeApplication.id.desc())))


def of_partners(partner_ids: Iterable[int]) -> list[ChallengeApplication]:
    """The journeys to some partners' challenges, the latest first."""
    challenges = select(Challenge.id).where(Challenge.partner_id.in_(list(partner_ids)))
    theirs = known().where(ChallengeApplication.challenge_id.in_(challenges))
    return list(db.session.scalars(theirs.order_by(ChallengeApplication.id.desc())))


def supported_in(programme_id: int, *, at: str | None = None, size: int = 25) -> Page:
    """A stretch of a programme's journeys for its desk, with how many mentors help and how many minutes were held."""
    helped = (
        select(func.count())
        .where(Mentoring.application_id == ChallengeApplication.id, Mentoring.status == "active")
        .scalar_subquery()
    )
    query = known().where(Call.programme_id == programme_id).add_columns(helped.label("mentors"))
    return page_of(query, [ChallengeApplication.id], at=at, size=size)


def all_in(programme_id: int) -> list[ChallengeApplication]:
    """Every journey of a programme that is on its way, by the challenge; for choices and invitations."""
    query = known().where(Call.programme_id == programme_id, ChallengeApplication.status.in_(SUPPORTED))
    return list(db.session.scalars(query.order_by(ChallengeApplication.challenge_id, ChallengeApplication.id)))


def languages_of(startup: Startup) -> frozenset[str]:
    """The languages in which a startup can be helped: its own, and those its people read in."""
    theirs = (
        select(User.language)
        .join(OrganisationMember, OrganisationMember.user_id == User.id)
        .where(OrganisationMember.organisation_id == startup.organisation_id)
    )
    return frozenset(db.session.scalars(theirs)) | {startup.language}


def names_of(people: Iterable[int | None]) -> dict[int, str]:
    """What others call these people; those without a name, and those who left, are missing."""
    wanted = {each for each in people if each is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted)))
    return {number: name for number, name in rows if name}

"""What must always be true of support, for `flask civic check`."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, or_, select

from civic.accounts.models import OrganisationMember
from civic.challenge.applying.models import ChallengeApplication, Startup
from civic.challenge.support.models import (
    ChallengeOutcome,
    DemoDay,
    DemoRegistration,
    MentorConflict,
    Mentoring,
    PlanEdition,
    SupportPlan,
    SupportSession,
)
from civic.core.db import db


def helped_against_a_conflict() -> Iterable[str]:
    """No mentor helps a startup that they may not help."""
    query = (
        select(Mentoring.id)
        .join(ChallengeApplication, ChallengeApplication.id == Mentoring.application_id)
        .join(MentorConflict, MentorConflict.mentor_id == Mentoring.mentor_id)
        .where(
            MentorConflict.startup_id == ChallengeApplication.startup_id, Mentoring.status.in_(("proposed", "active"))
        )
    )
    for number in db.session.scalars(query.order_by(Mentoring.id)):
        yield f"mentoring {number} stands against a declared conflict of interest"


def sessions_of_others() -> Iterable[str]:
    """Each session is with the startup of its own application."""
    query = (
        select(SupportSession.id)
        .join(ChallengeApplication, ChallengeApplication.id == SupportSession.application_id)
        .where(ChallengeApplication.startup_id != SupportSession.startup_id)
    )
    for number in db.session.scalars(query.order_by(SupportSession.id)):
        yield f"session {number} is with another startup than its application’s"


def plans_without_edition() -> Iterable[str]:
    """Each plan is what its latest edition says."""
    latest = select(func.max(PlanEdition.number)).where(PlanEdition.plan_id == SupportPlan.id).scalar_subquery()
    for number in db.session.scalars(
        select(SupportPlan.id).where(or_(latest.is_(None), latest != SupportPlan.edition))
    ):
        yield f"support plan {number} has another edition than the latest that was kept"


def overfull_days() -> Iterable[str]:
    """Nobody is promised a seat that is not there."""
    seats = (
        select(func.count())
        .where(DemoRegistration.demo_day_id == DemoDay.id, DemoRegistration.status == "registered")
        .scalar_subquery()
    )
    for number, most, come in db.session.execute(
        select(DemoDay.id, DemoDay.capacity, seats).where(DemoDay.capacity < seats)
    ):
        yield f"demo day {number} has {come} people for {most} seats"


def verified_by_a_side() -> Iterable[str]:
    """Whoever verified what came of a test did not belong to the startup."""
    query = (
        select(ChallengeOutcome.id)
        .join(ChallengeApplication, ChallengeApplication.id == ChallengeOutcome.application_id)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(OrganisationMember, OrganisationMember.organisation_id == Startup.organisation_id)
        .where(ChallengeOutcome.status == "published", OrganisationMember.user_id == ChallengeOutcome.verified_by_id)
    )
    for number in db.session.scalars(query.order_by(ChallengeOutcome.id)):
        yield f"outcome {number} was verified by somebody of the startup"


CHECKS = [
    helped_against_a_conflict,
    sessions_of_others,
    plans_without_edition,
    overfull_days,
    verified_by_a_side,
]

"""Tests with all that belongs to them: one, those of a person, those of a programme."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, PartnerMember, Programme
from civic.challenge.testing.models import BudgetLine, Milestone, TestGrant
from civic.core.db import db
from civic.grants.models import Award, Pot


def whole() -> Select[Any]:
    """Tests with challenge (its partner and programme), startup (its organisation), award, pot, fund and application."""
    return select(TestGrant).options(
        joinedload(TestGrant.challenge, innerjoin=True).options(
            joinedload(Challenge.partner), joinedload(Challenge.programme, innerjoin=True)
        ),
        joinedload(TestGrant.startup, innerjoin=True).joinedload(Startup.organisation, innerjoin=True),
        joinedload(TestGrant.award, innerjoin=True).options(
            joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True), joinedload(Award.organisation)
        ),
        joinedload(TestGrant.application, innerjoin=True),
    )


def test_by_id(test_id: int) -> TestGrant | None:
    """The test with this number."""
    return _one(TestGrant.id == test_id) if 0 < test_id < 2**62 else None


def of_application(application_id: int) -> TestGrant | None:
    """The test of an application."""
    return _one(TestGrant.application_id == application_id)


def of_award(award_id: int) -> TestGrant | None:
    """The test that an award pays for."""
    return _one(TestGrant.award_id == award_id)


def _one(which: Any) -> TestGrant | None:
    found: TestGrant | None = db.session.scalars(whole().where(which)).one_or_none()
    return found


def fresh(test_id: int) -> TestGrant:
    """The same as it stands in the database now."""
    read = whole().where(TestGrant.id == test_id).execution_options(populate_existing=True)
    return db.session.scalars(read).one()


def of_startups(person_id: int) -> Select[Any]:
    """The tests of the startups that somebody acts for."""
    mine = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    return whole().where(
        TestGrant.startup_id.in_(select(Startup.id).where(Startup.organisation_id.in_(mine))),
    )


def of_partners(person_id: int) -> Select[Any]:
    """The tests with the partners that somebody acts for, but for those of their own startups."""
    mine = select(PartnerMember.partner_id).where(PartnerMember.person_id == person_id)
    own = select(Startup.id).join(
        OrganisationMember, OrganisationMember.organisation_id == Startup.organisation_id
    ).where(OrganisationMember.user_id == person_id)  # fmt: skip
    with_them = select(Challenge.id).where(Challenge.partner_id.in_(mine))
    return whole().where(TestGrant.challenge_id.in_(with_them), TestGrant.startup_id.not_in(own))


def of_person(person_id: int) -> Select[Any]:
    """The tests in which somebody has a part as startup or partner."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    seats = select(PartnerMember.partner_id).where(PartnerMember.person_id == person_id)
    return whole().where(
        or_(
            TestGrant.startup_id.in_(select(Startup.id).where(Startup.organisation_id.in_(bodies))),
            TestGrant.challenge_id.in_(select(Challenge.id).where(Challenge.partner_id.in_(seats))),
        )
    )


def of_programme(programme: Programme) -> Select[Any]:
    """The tests of a programme."""
    return whole().where(TestGrant.challenge_id.in_(select(Challenge.id).where(Challenge.programme_id == programme.id)))


def to_offer(programme: Programme) -> list[ChallengeApplication]:
    """Matched applications of a programme that have no grant, or whose grant has ended: with startup and challenge."""
    has_one = select(TestGrant.application_id).where(TestGrant.status != "ended")
    found = (
        select(ChallengeApplication)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .where(
            Challenge.programme_id == programme.id,
            ChallengeApplication.status == "matched",
            ChallengeApplication.id.not_in(has_one),
        )
        .options(
            joinedload(ChallengeApplication.startup, innerjoin=True).joinedload(Startup.organisation, innerjoin=True),
            joinedload(ChallengeApplication.challenge, innerjoin=True),
        )
    )
    return list(db.session.scalars(found.order_by(Challenge.title, ChallengeApplication.id)))


def call_of(programme: Programme) -> Call | None:
    """The call of a programme, which says how much a test grant is."""
    return db.session.scalars(select(Call).where(Call.programme_id == programme.id)).one_or_none()


# The parts of one test.


def milestones_of(test_id: int) -> list[Milestone]:
    """Its milestones in their order, but for those that a change took away."""
    mine = select(Milestone).where(Milestone.test_id == test_id)
    return list(db.session.scalars(mine.order_by(Milestone.position, Milestone.id)))


def milestone_of(test: TestGrant, milestone_id: int) -> Milestone | None:
    """One milestone of this test."""
    if not 0 < milestone_id < 2**62:
        return None
    mine = select(Milestone).where(Milestone.id == milestone_id, Milestone.test_id == test.id)
    return db.session.scalars(mine).one_or_none()


def milestone_of_instalment(instalment_id: int) -> Milestone | None:
    """The milestone for which an instalment is paid."""
    return db.session.scalars(select(Milestone).where(Milestone.instalment_id == instalment_id)).one_or_none()


def by_test(test_ids: Sequence[int]) -> dict[int, list[Milestone]]:
    """The milestones of several tests, in one statement."""
    mine = select(Milestone).where(Milestone.test_id.in_(test_ids)).order_by(Milestone.position, Milestone.id)
    found: dict[int, list[Milestone]] = {}
    for each in db.session.scalars(mine):
        found.setdefault(each.test_id, []).append(each)
    return found


def lines_of(test_id: int) -> list[BudgetLine]:
    """Its budget lines in their order."""
    mine = select(BudgetLine).where(BudgetLine.test_id == test_id)
    return list(db.session.scalars(mine.order_by(BudgetLine.position, BudgetLine.id)))

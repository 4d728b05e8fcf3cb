"""The pieces of the demo: a whole year of support made by the same actions that people use, in order at the end."""

from datetime import date, timedelta

from civic.accounts.models import User
from civic.challenge.support import checks, seeds
from civic.challenge.support.actions.demo import FIELDS
from civic.challenge.support.queries.demo import day_of, how_many
from civic.challenge.support.queries.mentors import minutes_of
from civic.challenge.support.queries.outcomes import outcomes_public
from civic.core.db import db
from tests.make_support import ACCESS


def test_a_year_of_support_from_its_pieces(make, way, now):
    start = now - timedelta(days=400)
    mentor = seeds.mentor_in(
        way.programme, make.settled_member(), by=way.manager, now=start, title="Founder", about="Prices", topics=["pricing"],
        minutes=600,
    )  # fmt: skip
    seeds.plan_for(
        way.journey, needs=["pricing"], diagnosis="New.", goals="A contract.", by=way.owner, now=start,
        actions=[("Ask a council", "startup", start.date() + timedelta(days=5), True)],
    )  # fmt: skip
    seeds.pair_up(way.journey, mentor, owner=way.owner, by=way.manager, now=start)
    person = db.session.get_one(User, mentor.person_id)
    seeds.meet(
        way.journey,
        mentor,
        person=person,
        owner=way.owner,
        starts_at=start + timedelta(days=9),
        about="Prices",
        agreed="Two.",
    )
    seeds.meet(
        way.journey,
        way.partner,
        person=way.partner_person,
        owner=way.owner,
        starts_at=start + timedelta(days=10),
        about="Data",
    )
    planned = seeds.PlannedDay(start + timedelta(days=60), 3, recording_url="https://video.example/1", **ACCESS)
    seeds.demo_day(
        way.programme,
        planned,
        [way.journey],
        [make.settled_member() for _ in range(8)],
        by=way.manager,
        now=start,
        held=True,
    )
    told = [
        seeds.Told(6, "yes", "In use in two teams.", used_by="Two teams", contract_minor=1_000_000, is_example=True),
        seeds.Told(12, "no", "It is not known.", sides=("startup",)),
    ]
    seeds.came_of(
        way.journey,
        told,
        ended_on=date(2025, 11, 1),
        owner=way.owner,
        partner_person=way.partner_person,
        by=way.manager,
        now=now,
    )
    assert minutes_of(mentor) == (60, 540)
    day = day_of(way.programme.id)
    assert day.status == "held" and day.is_captioned and how_many(day)["registered"] == 8
    assert [(each.months, each.status, each.in_use, each.is_example) for each in outcomes_public(way.programme.id)] == [
        (6, "published", "yes", True), (12, "published", "no", False), (24, "planned", None, False),
    ]  # fmt: skip
    assert [line for check in checks.CHECKS for line in check()] == []
    assert set(FIELDS) <= set(type(day).__table__.columns.keys())

"""The demo's challenge: real where it is real, in every state and language, and every count right."""

from sqlalchemy import func, select

from civic.challenge import seeds
from civic.challenge.checks import CHECKS
from civic.challenge.models import BriefVersion, Challenge, Partner, Problem, Programme, ProgrammeFact
from civic.challenge.rules.choices import PROBLEM_STATES
from civic.core.db import db


def test_the_demo_has_the_year_2018_and_an_example_of_today(in_request, make, now):
    people = [make.settled_member().id for _ in range(90)]
    desk = seeds.Desk(manager=make.staff("challenge_manager"), publisher=make.staff("approver"))
    assert not seeds.is_planted()
    assert len(list(seeds.plant(desk, people, now=now))) == 2
    assert seeds.is_planted() and [line for check in CHECKS for line in check()] == []
    assert set(db.session.scalars(select(Problem.status))) == set(PROBLEM_STATES)
    assert set(db.session.scalars(select(Problem.language))) == {"en", "pl", "ar"}
    real = db.session.scalars(select(Challenge).where(Challenge.is_record)).all()
    assert len(real) == 7 and [each.title for each in real if each.partner is None] == ["Affordable housing"]
    unknown = select(func.count()).select_from(ProgrammeFact).where(ProgrammeFact.value == "")
    assert db.session.scalar(unknown) == 6
    assert db.session.scalars(select(Programme.decision_number).where(Programme.year == 2018)).one() == "MD2286"
    open_brief = db.session.scalars(select(Challenge).where(Challenge.status == "commenting")).one()
    assert open_brief.remarks == 3 and open_brief.takes_remarks(now)
    versions = select(func.count()).select_from(BriefVersion).where(BriefVersion.challenge_id == open_brief.id)
    assert db.session.scalar(versions) == 2
    assert db.session.scalar(select(func.count()).select_from(Partner)) == 8

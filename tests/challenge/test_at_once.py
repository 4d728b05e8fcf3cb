"""The same moment: one person counts once, fifty count fifty, nobody waits in a circle, and every count agrees."""

import pytest
from sqlalchemy import func, select

from civic.challenge.actions import deciding, problems, remarks
from civic.challenge.checks import wrong_counts
from civic.challenge.models import BriefRemark, Problem, ProblemSupport
from civic.core.db import db
from tests.discussions.test_at_once import done_at_once


@pytest.fixture
def people(shared, make):
    """Fifty settled members, committed."""
    made = [make.settled_member() for _ in range(50)]
    db.session.commit()
    return made


def fresh(problem):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Problem, problem.id)


def test_fifty_supports_of_one_person_are_one_and_of_fifty_people_fifty(app, make, now, people):
    problem = make.problem()
    db.session.commit()
    assert done_at_once(app, 50, lambda n: problems.support(problem, by=people[0], now=now)) == ["done"] * 50
    assert fresh(problem).supports == 1
    assert done_at_once(app, 50, lambda n: problems.support(problem, by=people[n], now=now)) == ["done"] * 50
    assert fresh(problem).supports == 50 and list(wrong_counts()) == []
    assert db.session.scalar(select(func.count()).select_from(ProblemSupport)) == 50


def test_two_problems_merged_into_each_other_at_once_while_people_support_them(app, make, now, people):
    one, other, staff = make.problem(), make.problem(), make.staff("challenge_manager")
    said = {"reason": "They are the same.", "language": "en", "as_role": "Head of Innovation", "by": staff, "now": now}
    db.session.commit()

    def act(n):
        if n == 20:
            deciding.merge(one, other, **said)
        elif n == 21:
            deciding.merge(other, one, **said)
        else:
            problems.support(one if n % 2 else other, by=people[n], now=now)

    came_to = done_at_once(app, 40, act)
    assert [came_to[20], came_to[21]].count("done") == 1
    assert set(came_to) <= {"done", "CannotSupport", "CannotMerge", "IllegalMove"}
    states = {fresh(one).status, fresh(other).status}
    assert states == {"open", "merged"} and list(wrong_counts()) == []


def test_remarks_at_once_have_numbers_of_their_own(app, make, now, people):
    challenge = make.challenge()
    db.session.commit()

    def act(n):
        with app.test_request_context("/en/"):
            remarks.remark(
                challenge, text=f"Remark {n} about something of its own.", language="en", by=people[n], now=now
            )

    assert done_at_once(app, 20, act) == ["done"] * 20
    db.session.rollback()
    assert sorted(db.session.scalars(select(BriefRemark.position))) == list(range(1, 21))
    assert list(wrong_counts()) == []

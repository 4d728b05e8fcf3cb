"""The same moment: one of two publishers publishes, a list is in the match or late, and every list is one side's own."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from civic.challenge.matching.actions import overrides, publishing, ranking, runs
from civic.challenge.matching.checks import CHECKS
from civic.challenge.matching.models import Choice, Ranking, Run
from civic.challenge.matching.queries.lists import choices_of
from civic.core.db import db
from tests.discussions.test_at_once import done_at_once

SECOND = timedelta(seconds=1)


def publish_here(app, run, by, now):
    with app.test_request_context("/en/", method="POST"):
        publishing.publish(run, by=by, now=now)


@pytest.fixture
def made(app, shared, make):
    with app.test_request_context("/en/", method="POST"):
        made = make.ranked([[0, 1], [0, 1], [0]], [[1, 0, 2], [0, 1]])
    db.session.commit()
    return made


def test_of_many_publishers_one_publishes(app, made, make):
    later, people = made.call.ranks_close_at, [make.staff("approver") for _ in range(8)]
    run = make.match_run(made, "proposed")
    db.session.commit()
    came_to = done_at_once(app, 8, lambda n: publish_here(app, run, people[n], later))
    assert sorted(came_to) == ["IllegalMove"] * 7 + ["done"]
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get(Run, run.id).status == "published" and [f for check in CHECKS for f in check()] == []


def test_of_two_matches_of_a_call_one_is_public(app, made, make):
    later, people = made.call.ranks_close_at, [make.staff("approver") for _ in range(2)]
    both = [make.match_run(made, "proposed") for _ in range(2)]
    db.session.commit()
    came_to = done_at_once(app, 2, lambda n: publish_here(app, both[n], people[n], later))
    assert sorted(came_to) == ["InputsChanged", "done"]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(Run.status == "published")) == 1


def test_a_list_at_the_closing_second_is_in_the_match_or_told_that_it_is_late(app, made, make):
    closes, manager, founder = made.call.ranks_close_at, make.staff("challenge_manager"), made.founder(0)
    wish = [made.of(0, 1).id]
    db.session.commit()

    def act(n):
        if n == 3:
            runs.make_run(made.call, by=manager, now=closes)
        else:
            moment = closes - SECOND if n % 2 else closes
            ranking.save_for_startup(made.call, made.startups[0].id, wish, send=True, by=founder, now=moment)

    came_to = done_at_once(app, 8, act)
    assert came_to[3] == "done" and all(came_to[n] == "RankingClosed" for n in (0, 2, 4, 6))
    assert set(came_to) <= {"done", "RankingClosed"}
    db.session.rollback()
    db.session.expire_all()
    run = db.session.scalars(select(Run)).one()
    mine = db.session.scalars(select(Ranking).where(Ranking.startup_id == made.startups[0].id)).one()
    pairs = {number: pair.split(":")[1] for pair, number in run.inputs["pairs"].items()}
    assert [pairs[each] for each in choices_of(mine)] == run.inputs["startups"][str(made.startups[0].id)]
    assert not runs.is_out_of_date(run)


def test_a_double_click_makes_one_list(app, shared, make, now):
    made = make.shortlist(1, 3)
    by, wish = made.founder(0), [made.of(0, each).id for each in (2, 0, 1)]
    db.session.commit()
    came_to = done_at_once(
        app, 20, lambda n: ranking.save_for_startup(made.call, made.startups[0].id, wish, send=True, by=by, now=now)
    )
    assert came_to == ["done"] * 20
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Ranking)) == 1
    assert list(db.session.scalars(select(Choice.application_id).order_by(Choice.place))) == wish


def test_of_many_who_decide_about_an_override_one_does(app, made, make):
    later, run = made.call.ranks_close_at, make.match_run(made)
    override = overrides.propose_override(
        run, made.of(0, 1).id, "leave", reason="Closed.", by=make.staff("challenge_manager"), now=later
    )
    people = [make.staff("approver") for _ in range(8)]
    db.session.commit()
    came_to = done_at_once(
        app,
        8,
        lambda n: overrides.decide_override(run, override, "approve" if n % 2 else "refuse", by=people[n], now=later),
    )
    assert sorted(came_to) == ["IllegalMove"] * 7 + ["done"]

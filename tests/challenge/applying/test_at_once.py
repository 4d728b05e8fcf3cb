"""The same moment: one application of a startup, one sending, and nothing that slips past the unsealing."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from civic.assessment.models import Item
from civic.challenge.applying.actions import applying, calls
from civic.challenge.applying.checks import CHECKS
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.applying.queries.calls import call_by_id
from civic.challenge.applying.queries.startups import startup_by_id
from civic.challenge.models import Challenge
from civic.core.db import db
from tests.challenge.applying.ground import Ground
from tests.discussions.test_at_once import done_at_once


@pytest.fixture
def ground(shared, app, make, now):
    """An open call, committed."""
    with app.test_request_context("/en/", method="POST"):
        made = Ground(make, now)
        db.session.commit()
        yield made


def speaking(app, act):
    """Letters are written in a request."""

    def spoken(number):
        with app.test_request_context("/en/", method="POST"):
            act(number)

    return spoken


def test_ten_people_who_begin_at_once_begin_one_application(app, ground):
    owner = ground.make.member()
    startup_id, call_id, challenge_id = ground.startup(owner=owner).id, ground.call.id, ground.challenge.id
    by, now = SimpleNamespace(id=owner.id), ground.now
    db.session.commit()

    def begin(number):
        call, challenge = call_by_id(call_id), db.session.get_one(Challenge, challenge_id)
        applying.begin(call, challenge, startup_by_id(startup_id), language="en", by=by, now=now)

    came_to = done_at_once(app, 10, speaking(app, begin))
    assert sorted(came_to) == ["AppliedAlready"] * 9 + ["done"]
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(ChallengeApplication)) == 1


def test_what_is_sent_while_the_call_is_unsealed_is_before_the_assessors_or_refused(app, ground):
    drafts = [ground.drafted().id for _ in range(12)]
    closes, call_id, by = ground.call.closes_at, ground.call.id, SimpleNamespace(id=ground.manager.id)
    db.session.commit()

    def act(number):
        if number == 6:
            calls.unseal(call_id, now=closes)
            return
        draft = application_by_id(drafts[number])
        applying.submit(draft, by=by, now=closes - timedelta(milliseconds=1))

    came_to = done_at_once(app, 12, speaking(app, act))
    assert set(came_to) <= {"done", "NotNow"} and came_to[6] == "done"
    db.session.rollback()
    sent = db.session.scalar(select(func.count()).where(ChallengeApplication.status == "submitted"))
    assert sent == db.session.scalar(select(func.count()).select_from(Item)) == came_to.count("done") - 1
    assert [line for check in CHECKS for line in check()] == []

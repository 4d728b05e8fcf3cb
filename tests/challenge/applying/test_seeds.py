"""The demo's call: open, sealed, with a draft and applications of made-up startups."""

from sqlalchemy import func, select

from civic.challenge import seeds as base
from civic.challenge.applying import seeds
from civic.challenge.applying.checks import CHECKS
from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.rules.questions import words_in
from civic.challenge.applying.seed_content import APPLICATIONS
from civic.core.db import db


def test_the_demo_has_an_open_call_with_a_draft_and_sealed_applications(in_request, make, now):
    people = [make.settled_member() for _ in range(90)]
    desk = base.Desk(manager=make.staff("challenge_manager"), publisher=make.staff("approver"))
    list(base.plant(desk, [each.id for each in people], now=now))
    seeds.plant(desk, people, now=now)
    call = db.session.scalars(select(Call)).one()
    assert call.status == "open" and call.takes_applications(now) and call.is_sealed
    rows = select(ChallengeApplication.status, func.count()).group_by(ChallengeApplication.status)
    assert dict(db.session.execute(rows).all()) == {"draft": 1, "submitted": 3}
    assert [line for check in CHECKS for line in check()] == []


def test_every_made_up_answer_keeps_to_its_words():
    for _startup, words in APPLICATIONS:
        assert words_in(words["summary"]) <= 60 and all(text for text in words.values())

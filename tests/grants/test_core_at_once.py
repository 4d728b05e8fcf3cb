"""Proof (docs/proofs.md, P6): many approvers at once for the last pounds; of what is there none is spent twice, and none is left over."""

import os
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.money import Money
from civic.grants.actions import decisions
from civic.grants.models import Decision
from civic.grants.queries import funds
from civic.grants.rules.amounts import Amounts
from tests.grants.office import Office

ROUNDS = int(os.environ.get("APPROVAL_ROUNDS", "2"))
MANY = int(os.environ.get("APPROVALS_AT_ONCE", "50"))
LAST, EACH = 1_000_00, 150_00
"""A pot with £1,000 left, and every award £150: six fit."""


@pytest.fixture
def office(shared, make, demo_subject):
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        made = Office(shared, make, capital=LAST, revenue=0)
        db.session.commit()
        yield made


def at_once(app: Any, acts: list[Any]) -> list[bool]:
    """Every act in a thread of its own, all at once; whether each was done."""
    together, done = Barrier(len(acts)), [False] * len(acts)

    def run(place: int) -> None:
        with app.test_request_context("/en/", method="POST"):
            app.preprocess_request()
            together.wait()
            try:
                with transaction():
                    acts[place]()
                done[place] = True
            except CivicError:
                pass

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


@pytest.mark.parametrize("round", range(ROUNDS))
def test_the_last_pounds_go_to_as_many_as_they_reach_for(office, round):
    pot = office.pot = office.pot_of(f"demo:{10_000 + round}", Amounts.of(LAST, 0))
    approvers = [office.approver_of("mayor") for _ in range(MANY)]
    waiting = [office.recommend(EACH) for _ in range(MANY)]
    for each in waiting:
        office.consult(each)
    db.session.commit()
    numbers, ids, now = [each.id for each in waiting], [each.id for each in approvers], office.now

    def decide(place: int) -> Any:
        person = type(approvers[0])
        return lambda: decisions.decide(
            db.session.get_one(Decision, numbers[place]),
            number=f"DD{place}",
            reasons="",
            by=db.session.get_one(person, ids[place]),
            now=now,
        )

    done = at_once(office.app, [decide(place) for place in range(MANY)])
    db.session.rollback()
    db.session.expire_all()
    balance = funds.balance_of(pot.id)
    assert sum(done) == LAST // EACH
    assert balance.reserved.capital == Money(EACH * (LAST // EACH))
    assert balance.left.capital == Money(LAST % EACH)
    assert set(db.session.scalars(sa.select(Decision.status))) >= {"decided", "recommended"}
    assert office.problems() == []


def test_one_recommendation_is_decided_once_by_twenty(office):
    decision = office.recommend(EACH)
    office.consult(decision)
    approvers = [office.approver_of("mayor") for _ in range(20)]
    db.session.commit()
    number, ids, now, person = decision.id, [each.id for each in approvers], office.now, type(approvers[0])

    def decide(place: int) -> Any:
        return lambda: decisions.decide(
            db.session.get_one(Decision, number),
            number=f"DD{place}",
            reasons="",
            by=db.session.get_one(person, ids[place]),
            now=now,
        )

    assert sum(at_once(office.app, [decide(place) for place in range(20)])) == 1
    db.session.rollback()
    db.session.expire_all()
    assert funds.balance_of(office.pot.id).reserved.capital == Money(EACH)
    assert office.problems() == []

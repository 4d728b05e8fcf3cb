"""Proof (docs/proofs.md, P24): many at once never give more than a programme has, nor one startup more than the law allows."""

import os
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from civic.accounts.models import User
from civic.challenge.testing.actions import changes, milestones
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.checks import CHECKS
from civic.challenge.testing.models import Change, Milestone, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import GBP
from civic.grants.actions import agreements, decisions
from civic.grants.actions.agreements import Signer
from civic.grants.checks import public_money_is_whole
from civic.grants.models import Agreement, Decision
from civic.grants.queries.agreements import open_of
from civic.grants.queries.decisions import decisions_of
from civic.grants.queries.funds import balance_of
from civic.ledger.checks import books_balance
from tests.grants.test_core_at_once import at_once

MANY = int(os.environ.get("GRANTS_AT_ONCE", "50"))
FIT = 8
"""A programme with £127,000: eight grants of £15,000 fit, as in 2018, and £7,000 is left."""


@pytest.fixture
def speaking(shared, make):
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        yield make


def problems() -> list[str]:
    return [each for check in (*CHECKS, public_money_is_whole, books_balance) for each in check()]


def test_of_many_approvals_at_once_as_many_pass_as_the_programme_can_pay(speaking, shared):
    make = speaking
    make.test_pot(GBP(127_000))
    people = make.test_people
    tests = [make.test_grant(upto="declared", startup=make.startup()) for _ in range(MANY)]
    pot_id, now = tests[0].award.pot_id, make.now
    numbers = []
    for test in tests:
        (decision,) = decisions_of(test.award_id)
        decisions.give_view(decision, view="supports", words="", language="en", by=people.consultee, now=now)
        numbers.append(decision.id)
    db.session.commit()
    approver = people.approver.id

    def decide(place: int) -> Any:
        return lambda: decisions.decide(
            db.session.get_one(Decision, numbers[place]),
            number=f"ADD{place}",
            reasons="",
            by=db.session.get_one(User, approver),
            now=now,
        )

    done = at_once(shared, [decide(place) for place in range(MANY)])
    db.session.rollback()
    db.session.expire_all()
    balance = balance_of(pot_id)
    assert sum(done) == FIT
    assert balance.reserved.total == GBP(15_000 * FIT) and balance.left.total == GBP(7_000)
    assert problems() == []


def test_two_agreements_of_one_startup_at_once_stay_within_the_ceiling(speaking, shared):
    make = speaking
    people, day = make.test_people, london_today(make.now) - timedelta(days=30)
    first = make.test_grant(upto="written")
    second = make.test_grant(startup=first.startup, upto="written")
    versions = []
    for test in (first, second):
        make.declared(test, (day, GBP(300_000)))
        agreement = open_of(test.award_id)
        agreements.sign_for_recipient(agreement, Signer(people.owner, "Ada Okafor", "Director"), now=make.now)
        versions.append(agreement.id)
    db.session.commit()
    approver, now = people.approver.id, make.now

    def sign(number: int) -> Any:
        return lambda: agreements.sign_for_authority(
            db.session.get_one(Agreement, number),
            Signer(db.session.get_one(User, approver), "Grace Achebe", "Director"),
            now=now,
        )

    assert sum(at_once(shared, [sign(number) for number in versions])) == 1
    db.session.rollback()
    db.session.expire_all()
    assert sorted(db.session.get_one(TestGrant, each.id).status for each in (first, second)) == ["planned", "running"]
    assert problems() == []


def test_a_milestone_is_signed_off_once_by_ten_and_a_change_is_asked_for_once(speaking, shared):
    make = speaking
    people, test = make.test_people, make.test_grant("running")
    step = make.reach_milestone(test, signed=False)
    db.session.commit()
    number, signer, owner, now = step.id, people.signer.id, people.owner.id, make.now

    def sign() -> None:
        by = db.session.get_one(User, signer)
        said = {"words": "", "language": "en", "as_role": "Head"}
        milestones.sign_off(db.session.get_one(Milestone, number), **said, by=by, now=now)

    def ask() -> None:
        by = db.session.get_one(User, owner)
        changes.ask(db.session.get_one(TestGrant, test.id), Wish("pivot", "x", "y"), side="startup", by=by, now=now)

    assert sum(at_once(shared, [sign] * 10)) == 1
    assert sum(at_once(shared, [ask] * 10)) == 1
    db.session.rollback()
    db.session.expire_all()
    assert queries.milestones_of(test.id)[0].status == "signed_off"
    assert db.session.scalars(select(Change.status)).all() == ["asked"]
    assert problems() == []

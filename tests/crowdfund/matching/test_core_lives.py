"""Proof (docs/proofs.md, P23): whatever happens to gifts and campaigns, the match worked out from nothing is what is kept and reserved."""

import os
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund.actions import pledges, settlement, totals
from civic.crowdfund.matching.actions import schemes
from civic.crowdfund.matching.models import MatchEntry, MatchScheme
from civic.crowdfund.matching.rules.terms import Fixed, Formula, LumpSum, PerBacker, Ratio
from civic.crowdfund.models import Campaign, CampaignMatch, Pledge
from civic.grants.models import Award
from tests.conftest import empty_database
from tests.crowdfund.matching.avenue import Avenue
from tests.crowdfund.street import Street, street
from tests.crowdfund.test_proof_histories import with_a_decision, with_a_dispute, with_a_refund
from tests.grants.office import DEMO, DEMO_SUBJECT
from tests.make import Make

LIVES = int(os.environ.get("MATCH_LIVES", "1"))
STEPS = int(os.environ.get("MATCH_STEPS", "20"))
CARDS = ("success", "success", "success", "fails_at_charge", "insufficient_funds", "stolen_later")
FORMULAS: list[Formula] = [
    Ratio(100, per_gift=GBP(20), per_person=GBP(30), per_person_in_scheme=GBP(40), per_campaign=GBP(60)),
    Ratio(33),
    PerBacker(GBP(5), GBP(10), per_campaign=GBP(25), per_person_in_scheme=GBP(10)),
    LumpSum(GBP(40), percent=60, backers=2),
    Fixed(GBP(30), backers=2),
]


class Life:
    """Three campaigns in two schemes with too little money, and everything that can happen to their gifts."""

    def __init__(self, here: Street, avenue: Avenue, chance: Random):
        self.here, self.avenue, self.chance, self.done = here, avenue, chance, set[str]()
        self.campaigns = [self.campaign(days) for days in (3, 3, 8)]
        with transaction():
            self.schemes = [
                self.scheme(FORMULAS[0], self.campaigns),
                self.scheme(chance.choice(FORMULAS[1:]), self.campaigns[1:]),
            ]

    def campaign(self, days: int) -> Campaign:
        return self.here.campaign(
            target=GBP(self.chance.randint(30, 90)), closes_at=self.here.now() + timedelta(days=days)
        )

    def scheme(self, formula: Formula, campaigns: list[Campaign]) -> MatchScheme:
        sums = [GBP(self.chance.randint(10, 60)) for _ in range(self.chance.randint(1, 3))]
        return self.avenue.running(*campaigns, formula=formula, contributions=sums)

    def gift(self, *states: str) -> Pledge | None:
        rows = db.session.query(Pledge).filter(Pledge.status.in_(states)).order_by(Pledge.id).all()
        return self.chance.choice(rows) if rows else None

    def open(self) -> list[Campaign]:
        return [each for each in map(self.here.again, self.campaigns) if each.is_open(self.here.now())]

    def step(self) -> None:
        acts = [name for name in dir(self) if name.startswith("do_")]
        act = self.chance.choice(acts + ["do_give"] * 6 + ["do_change"] * 3)
        getattr(self, act)()
        with transaction():
            wrong = self.avenue.problems()
        assert wrong == [], f"after {act}: {wrong}"

    def do_give(self) -> None:
        if campaigns := self.open():
            email = f"{self.chance.choice(('ada', 'ben', 'cem', 'dee'))}@example.org"
            amount = Money(self.chance.randint(100, 3_500))
            self.here.pledge(self.chance.choice(campaigns), amount, card=self.chance.choice(CARDS), email=email)
            self.done.add("give")

    def do_change(self) -> None:
        with transaction():
            pledge = self.gift("authorised")
            if pledge is None or not db.session.get_one(Campaign, pledge.campaign_id).is_open(self.here.now()):
                return
            before = totals.sums_of(pledge)
            pledge.amount_minor = max(100, pledge.amount_minor + self.chance.randint(-1_500, 1_500))
            totals.follow(pledge, before)
        self.done.add("change")

    def do_cancel(self) -> None:
        with transaction():
            pledge = self.gift("authorised")
            if pledge is not None and db.session.get_one(Campaign, pledge.campaign_id).is_open(self.here.now()):
                pledges.cancel(pledge, by=None, now=self.here.now())
                self.done.add("cancel")

    def do_wait(self) -> None:
        self.here.world.advance(days=self.chance.choice((0, 1, 2)))
        self.here.minutes(2)

    def do_refund(self) -> None:
        with_a_refund(self.here, Money(self.chance.randint(1, 1_500)))

    def do_dispute(self) -> None:
        with_a_dispute(self.here, self.chance.choice(("dispute", "dispute won", "dispute lost")))
        self.here.minutes(1)

    def do_decide(self) -> None:
        for campaign in self.campaigns:
            with_a_decision(self.here, campaign, self.chance.choice(("pay_out", "extend", "refund")))

    def do_withdraw(self) -> None:
        if self.chance.random() < 0.1 and (campaigns := self.open()):
            with transaction():
                settlement.withdraw(campaigns[0], by=self.here.officer, why="Sold", now=self.here.now())
            self.done.add("withdraw")

    def do_end(self) -> None:
        if self.chance.random() < 0.1:
            with transaction():
                running = db.session.query(MatchScheme).filter_by(status="running").first()
                if running is not None:
                    schemes.end(running, why="x", by=self.avenue.officer, now=self.here.now())
                    self.done.add("end")

    def to_the_end(self) -> None:
        for _ in range(4):
            self.here.world.advance(days=8)
            self.here.minutes(3)
            self.do_decide()


@pytest.mark.parametrize("number", range(LIVES))
def test_random_lives(shared, now, monkeypatch, number):
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        monkeypatch.setitem(shared.extensions["civic"].subjects, DEMO, DEMO_SUBJECT)
        empty_database()
        make: Any = Make(now)
        with street(shared, make, now) as here:
            with transaction():
                avenue = Avenue(shared, make)
            life = Life(here, avenue, Random(number))
            for _ in range(STEPS):
                life.step()
            life.to_the_end()
            with transaction():
                assert avenue.problems() == []
                states = set(db.session.scalars(sa.select(Campaign.status)))
                assert states <= {"failed", "withdrawn", "settled", "paying", "paid", "closed", "funded"}, states
                for campaign in life.campaigns:
                    check_the_end(avenue, campaign)
            here.hear()
            assert {"give", "change"} <= life.done


def check_the_end(avenue: Avenue, campaign: Campaign) -> None:
    """A campaign that failed keeps nothing; one that is paid has an award for every pound of match that it shows."""
    rows = db.session.query(CampaignMatch).filter_by(campaign_id=campaign.id).populate_existing().all()
    shown = sum(row.amount_minor for row in rows if row.is_standing)  # by row: funders of two schemes may share a name
    entries = db.session.query(MatchEntry).filter_by(campaign_id=campaign.id)
    assert shown == sum(entry.amount_minor for entry in entries)
    subjects = [f"match:{row.id}" for row in rows]
    awarded = db.session.query(Award).filter(Award.subject.in_(subjects), Award.status != "released")
    assert sum(each.amounts.total.minor for each in awarded) == shown

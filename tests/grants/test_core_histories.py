"""Proof (docs/proofs.md, P1, P21): whatever is decided, signed, paid and taken back, in whatever order, no pound is lost or made."""

import os
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.clock import london_today
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.states import IllegalMove
from civic.grants.actions import agreements, awards, books, decisions, funds, instalments, repayments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.instalments import Planned
from civic.grants.models import Agreement, Award, Decision, Instalment, Pot, Repayment, Report
from civic.grants.proposing import Terms
from civic.grants.queries import figures
from civic.grants.queries import funds as fund_queries
from civic.grants.refusals import NotEnough
from civic.grants.rules.amounts import Amounts, together
from tests.grants.office import Office

STEPS = int(os.environ.get("GRANT_STEPS", "1200"))
DAY = date(2027, 1, 4)


class Life:
    """A life of an office: every act on something picked by chance; what does not apply is refused and changes nothing."""

    def __init__(self, office: Office, chance: Random):
        self.office, self.chance, self.done, self.given = office, chance, 0, 0
        self.people = [
            office.officer,
            office.other_officer,
            office.approver,
            office.mayor,
            office.finance,
            office.consultee,
        ]
        self.member = office.make.member()
        self.other_pot = office.pot_of(f"demo:{office.make.number()}", Amounts.of(3_000_00, 2_000_00))

    def one(self, model: Any, *states: str) -> Any:
        """Any row; four times out of five one to which the act applies."""
        rows = sa.select(model.id)
        if states and self.chance.random() < 0.8:
            rows = rows.where(model.status.in_(states))
        numbers = sorted(db.session.scalars(rows))
        if not numbers:
            raise IllegalMove()
        return db.session.get_one(model, self.chance.choice(numbers))

    def who(self, *fitting: Any) -> Any:
        """Anybody; three times out of four somebody whose part it is."""
        return self.chance.choice(fitting if fitting and self.chance.random() < 0.75 else self.people)

    def some(self, most: int = 400_00) -> Amounts:
        return Amounts.of(self.chance.randint(0, most), self.chance.choice((0, self.chance.randint(0, most // 2))))

    def step(self) -> None:
        act = self.chance.choice(
            [getattr(self, name) for name in dir(self) if name.startswith("do_") for _ in range(WEIGHTS.get(name, 1))]
        )
        try:
            with db.session.begin_nested():
                act()
                db.session.flush()
            self.done += 1
        except CivicError:
            db.session.expire_all()

    def do_recommend(self) -> None:
        self.office.pot = self.chance.choice([self.office.pot, self.other_pot])
        terms = {"expires_at": self.office.now + timedelta(days=self.chance.randint(1, 60))}
        amounts = self.some()
        self.office.recommend(
            amounts.capital.minor,
            amounts.revenue.minor,
            by=self.who(),
            needs_target=self.chance.random() < 0.5,
            **terms,
        )

    def do_consult(self) -> None:
        decision = self.one(Decision, "recommended")
        decisions.give_view(
            decision, view="supports", words="", language="en", by=self.who(self.office.consultee), now=self.office.now
        )

    def do_decide(self) -> None:
        self.office.decide(self.one(Decision, "recommended"), by=self.who(self.office.approver, self.office.mayor))

    def do_refuse(self) -> None:
        decisions.refuse(
            self.one(Decision, "recommended"), reasons="No.", by=self.who(self.office.approver), now=self.office.now
        )

    def do_change(self) -> None:
        amounts = self.chance.choice((Amounts(), self.some()))
        decisions.recommend_change(
            self.one(Award, "approved", "announced", "due", "agreed"),
            Terms(amounts, "Why not."),
            by=self.who(self.office.officer),
            now=self.office.now,
        )

    def do_announce(self) -> None:
        awards.announce(self.one(Award, "approved"), by=self.who(self.office.officer), now=self.office.now)

    def do_reach(self) -> None:
        awards.reach(self.one(Award, "announced").subject, now=self.office.now)

    def do_fail(self) -> None:
        awards.release(self.one(Award, "announced", "due").subject, "ended", now=self.office.now)

    def do_expire(self) -> None:
        awards.expire(self.one(Award, "approved", "due").id, now=self.office.now)

    def do_time(self) -> None:
        self.office.now += timedelta(days=self.chance.randint(0, 3))

    def do_plan(self) -> None:
        award = self.one(Award, "due", "agreed")
        number = self.chance.randint(1, 3)
        capital, revenue = award.amounts.capital.split([1] * number), award.amounts.revenue.split([1] * number)
        parts = [Planned("Part", Amounts(c, r), DAY) for c, r in zip(capital, revenue, strict=True)]
        instalments.plan(award, parts, language="en", by=self.who(self.office.officer), now=self.office.now)
        reports.schedule(award, [(DAY, "final")], by=self.who(self.office.officer), now=self.office.now)

    def do_draft(self) -> None:
        agreements.draft(
            self.one(Award, "due", "agreed"),
            text="We agree.",
            language="en",
            by=self.who(self.office.officer),
            now=self.office.now,
        )

    def do_offer(self) -> None:
        agreements.offer(self.one(Agreement, "draft"), by=self.who(self.office.officer), now=self.office.now)

    def do_withdraw_agreement(self) -> None:
        agreements.withdraw(
            self.one(Agreement, "draft", "offered"), by=self.who(self.office.officer), now=self.office.now
        )

    def do_sign(self) -> None:
        agreements.sign_for_recipient(
            self.one(Agreement, "offered"), Signer(self.member, "A", "B"), now=self.office.now
        )

    def do_countersign(self) -> None:
        agreements.sign_for_authority(
            self.one(Agreement, "offered"), Signer(self.who(self.office.approver), "A", "B"), now=self.office.now
        )

    def do_claim(self) -> None:
        instalments.claim(self.one(Instalment, "planned"), words="", language="en", by=self.member, now=self.office.now)

    def do_instruct(self) -> None:
        instalments.instruct(
            self.one(Instalment, "planned", "claimed"), by=self.who(self.office.officer), now=self.office.now
        )

    def do_recall(self) -> None:
        instalments.recall(
            self.one(Instalment, "instructed"), why="", by=self.who(self.office.officer), now=self.office.now
        )

    def do_pay(self) -> None:
        instalments.pay(
            self.one(Instalment, "instructed"),
            paid_on=DAY,
            bank_reference="B",
            by=self.who(self.office.finance),
            now=self.office.now,
        )

    def do_bounce(self) -> None:
        instalments.bounce(self.one(Instalment, "paid"), why="", by=self.who(self.office.finance), now=self.office.now)

    def do_confirm(self) -> None:
        instalments.confirm(self.one(Instalment, "paid"), by=self.member, now=self.office.now)

    def do_report(self) -> None:
        report = self.one(Report, "due")
        reports.submit(report, text="Done.", language="en", spent=Amounts(), by=self.member, now=self.office.now)
        reports.accept(report, by=self.who(self.office.officer), now=self.office.now)

    def do_ask_back(self) -> None:
        repayments.ask(
            self.one(Award, "agreed", "stopped"),
            kind="reclaim",
            amounts=self.some(100_00),
            why="x",
            language="en",
            by=self.who(self.office.officer),
            now=self.office.now,
        )

    def do_approve_back(self) -> None:
        repayments.approve(self.one(Repayment, "asked"), by=self.who(self.office.approver), now=self.office.now)

    def do_receive_back(self) -> None:
        repayments.receive(
            self.one(Repayment, "approved"),
            received_on=DAY,
            bank_reference="R",
            by=self.who(self.office.finance),
            now=self.office.now,
        )

    def do_write_off(self) -> None:
        repayments.write_off(
            self.one(Repayment, "approved"), why="x", by=self.who(self.office.approver), now=self.office.now
        )

    def do_complete(self) -> None:
        award = self.one(Award, "agreed")
        awards.publish_outcome(
            award, text="Benches.", language="en", by=self.who(self.office.officer), now=self.office.now
        )
        awards.complete(award, by=self.who(self.office.officer), now=self.office.now)

    def do_budget(self) -> None:
        spending, minor = self.chance.choice(("capital", "revenue")), self.chance.randint(-300_00, 300_00)
        given = funds.Given(spending, Amounts.of(minor, 0).capital, "MD1", DAY)
        change = funds.propose_budget(self.office.fund, given, by=self.who(), now=self.office.now)
        funds.book_budget(change, by=self.who(), now=self.office.now)
        self.given += minor

    def do_allot(self) -> None:
        pot = db.session.get_one(Pot, self.chance.choice((self.office.pot.id, self.other_pot.id)))
        capital, revenue = (
            self.chance.randint(-200_00, 200_00) for _ in range(int(os.environ.get("GRANT_LIVES", "2")))
        )
        funds.allot(pot, Amounts.of(capital, revenue), why="", by=self.who(), now=self.office.now)

    def do_match(self) -> None:
        amounts = self.chance.choice((Amounts(), self.some(100_00)))
        source = f"scheme:{self.chance.randint(1, 3)}"
        books.reserve(self.office.pot.id, source, amounts, now=self.office.now)

    def is_whole(self, before: Amounts) -> None:
        """What was given is what stands somewhere; nothing is below nothing, and every figure is the ledger's."""
        told = figures.of_fund(self.office.fund)
        pots = fund_queries.pots_of(self.office.fund)
        stands = together(fund_queries.balance_of(pot.id).budget for pot in pots) + told.unallotted
        assert stands == told.budget
        assert told.budget.total.minor == before.total.minor + self.given
        assert self.office.problems() == []


WEIGHTS = {
    "do_recommend": 5, "do_consult": 7, "do_decide": 9, "do_announce": 7, "do_reach": 6, "do_plan": 8, "do_draft": 7, "do_offer": 8,
    "do_sign": 9, "do_countersign": 10, "do_instruct": 10, "do_pay": 10, "do_ask_back": 4, "do_approve_back": 4, "do_receive_back": 4,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(int(os.environ.get("GRANT_LIVES", "2"))))
def test_money_is_conserved_in_random_lives(office, seed):
    office.pot = office.pot_of("demo:4242", Amounts.of(3_000_00, 2_000_00))
    life = Life(office, Random(seed))
    db.session.commit()
    before = figures.of_fund(office.fund).budget
    for number in range(STEPS):
        life.step()
        if number % 100 == 99:
            life.is_whole(before)
    life.is_whole(before)
    states = set(db.session.scalars(sa.select(Award.status)))
    assert life.done > STEPS / 5 and len(states) > 5, (life.done, states)
    assert london_today(office.now) < DAY + timedelta(days=4 * STEPS)


def test_a_guard_that_is_taken_away_is_noticed(office):
    """The property would see a lost pound: broken on purpose."""
    office.award(300_00)
    assert office.problems() == []
    db.session.execute(
        sa.text(
            "UPDATE pot_balance SET left_minor = left_minor - 1, paid_minor = paid_minor + 1 WHERE spending = 'capital'"
        )
    )
    assert len(office.problems()) >= 2
    with pytest.raises(NotEnough):
        office.recommend(700_00)

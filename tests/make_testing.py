"""Builders of test grants: brought into each state by the acts that lead there, so that the books say the same."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select

from civic.accounts.models import Organisation, User
from civic.accounts.queries.organisations import members_of
from civic.challenge.applying.models import ChallengeApplication, Startup
from civic.challenge.models import Challenge
from civic.challenge.testing.actions import milestones, offering, planning, spending, subsidy
from civic.challenge.testing.actions.offering import Offer
from civic.challenge.testing.actions.subsidy import Confirming, Declared
from civic.challenge.testing.models import Milestone, TestGrant
from civic.challenge.testing.queries import spending as spending_queries
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules.plans import Line, Step
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.grants.actions import agreements, awards, decisions, funds, instalments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.models import Agreement, Award, Decision, Fund, Instalment, Report
from civic.grants.proposing import Terms
from civic.grants.queries import awards as award_queries
from civic.grants.queries.agreements import open_of
from civic.grants.rules.amounts import Amounts

GRANT, BUDGET = GBP(15_000), GBP(150_000)


class TestPeople:
    """Everybody with a part in a test; nobody has two."""

    __test__ = False

    def __init__(self, make: Any):
        self.manager, self.other_manager = make.staff("challenge_manager"), make.staff("challenge_manager")
        money = make.money_people
        self.consultee, self.approver, self.finance = money.consultee, money.approver, money.finance
        self.administrator = money.administrator
        self.partner = make.challenge_partner(name="Northbank Council")
        self.owner, self.signer, self.colleague = make.member(), make.member(), make.member()
        make.partner_member(self.partner, person=self.signer)
        make.partner_member(self.partner, person=self.colleague)
        self.startup = make.startup(owner=self.owner)
        self.programme = make.programme()
        self.challenge = make.challenge("final", programme=self.programme, partner=self.partner)
        self.call = make.call(self.programme, status="matched")


class MakeTesting:
    """Tests as they are really run; later states are made by the acts that lead there."""

    now: datetime
    money_people: Any

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def challenge_application(self, challenge: Challenge | None = None, **about: Any) -> ChallengeApplication:
        """An application (make_applying)."""
        raise NotImplementedError

    def challenge(self, status: str = "commenting", **about: Any) -> Challenge:
        """A challenge (make_challenge)."""
        raise NotImplementedError

    def startup(self, *, owner: User | None = None, **about: Any) -> Startup:
        """A startup (make_applying)."""
        raise NotImplementedError

    def _speaking(self) -> AbstractContextManager[Any]:
        """Messages are written in a request (make_grants)."""
        raise NotImplementedError

    @cached_property
    def test_people(self) -> TestPeople:
        """Manager, consultee, approver, finance officer, a startup's owner and two of a partner, made when first needed."""
        return TestPeople(self)

    def test_pot(self, amount: Money = BUDGET, *, spending: str = "revenue") -> Fund:
        """A fund of the challenge managers, with money set aside for the programme; the same one each time."""
        people = self.test_people
        pot = offering.pot_of(people.programme)
        if pot is not None:
            return pot.fund
        fund = funds.make(
            slug=f"challenge-{self.number()}", title="Civic Innovation Challenge", summary="For tests.", language="en",
            managed_by="challenge_manager", consultees=1, by=people.manager, now=self.now,
        )  # fmt: skip
        given = funds.Given(spending, amount, "MD2286", date(2018, 6, 1), "https://example.org/md2286", "Challenge")
        change = funds.propose_budget(fund, given, by=people.manager, now=self.now)
        funds.book_budget(change, by=people.finance, now=self.now)
        amounts = Amounts.only(spending, amount)
        offering.set_aside(people.programme, fund, amounts, why="", by=people.manager, now=self.now)
        db.session.flush()
        return fund

    def matched_application(self, startup: Startup | None = None) -> ChallengeApplication:
        """A matched application of the people's startup, or of another; a second one of a startup is for another challenge."""
        people, startup = self.test_people, startup or self.test_people.startup
        mine = select(ChallengeApplication.id).where(ChallengeApplication.startup_id == startup.id).limit(1)
        challenge = people.challenge
        if db.session.scalar(mine) is not None:
            challenge = self.challenge("final", programme=people.programme, partner=people.partner)
        return self.challenge_application(challenge, call=people.call, startup=startup, status="matched")

    def test_grant(
        self, status: str = "planned", *, amount: Money = GRANT, startup: Startup | None = None, upto: str = ""
    ) -> TestGrant:
        """A test in any state.

        Of a planned one `upto` says how far: offered, declared, planned, decided, announced, written, signed.
        """
        self.test_pot()
        application = self.matched_application(startup)
        with self._speaking():
            test = offering.offer(application, self.test_terms(amount), by=self.test_people.manager, now=self.now)
            self._bring(test, upto or {"planned": "offered", "ended": "announced"}.get(status, "signed"))
            if status == "ended":
                offering.decline(test, words="We moved away.", by=self.test_people.owner, now=self.now)
            elif status == "stopped":
                self.reach_milestone(test)
                self.pay_milestone(test)
                self.end_award(test)
            elif status == "finished":
                self.finish_test(test)
        db.session.commit()
        return queries.fresh(test.id)

    def test_terms(self, amount: Money = GRANT, **about: Any) -> Offer:
        """What is recommended."""
        return Offer(amount, "revenue", "The panel and the partner want to see it tried.", **about)

    def steps(self, grant: Money = GRANT, parts: int = 3) -> list[Step]:
        """Milestones in equal parts, a month apart."""
        today = london_today(self.now)
        return [
            Step(f"Milestone {place}", "A page with what was found.", today + timedelta(days=30 * place), money)
            for place, money in enumerate(grant.split([1] * parts), 1)
        ]

    def lines(self, grant: Money = GRANT) -> list[Line]:
        """A budget of two lines."""
        people, users = grant.split([2, 1])
        return [Line("people", "Two developers", people), Line("users", "Testing with carers", users)]

    def declared(self, test: TestGrant, *aids: tuple[date, Money], by: User | None = None) -> Any:
        """The startup confirms what it was given before."""
        who = Confirming(by or self.owner_of(test), "Ada Okafor", "Director")
        return subsidy.declare(test, [Declared(day, "Somewhere", money) for day, money in aids], who, now=self.now)

    def plan_test(self, test: TestGrant, steps: Sequence[Step] | None = None) -> None:
        """Milestones and budget that add up."""
        test, by = queries.fresh(test.id), self.owner_of(test)
        grant = test.grant
        planning.plan_milestones(test, steps or self.steps(grant), language="en", by=by, now=self.now)
        planning.plan_budget(test, self.lines(grant), language="en", by=by, now=self.now)

    def decide_test(self, test: TestGrant) -> Award:
        """Consulted on and decided."""
        people = self.test_people
        decision = db.session.scalars(
            select(Decision).where(Decision.award_id == test.award_id, Decision.status == "recommended")
        ).one()
        decisions.give_view(decision, view="supports", words="", language="en", by=people.consultee, now=self.now)
        number = f"ADD{2000 + self.number()}"
        return decisions.decide(decision, number=number, reasons="It fits.", by=people.approver, now=self.now)

    def written(self, test: TestGrant) -> Agreement:
        """The agreement from the plan, offered."""
        people = self.test_people
        agreement = planning.write_agreement(test, language="en", by=people.manager, now=self.now)
        agreements.offer(agreement, by=people.manager, now=self.now)
        return agreement

    def sign_test(self, test: TestGrant) -> None:
        """Both sides sign the version that waits."""
        agreement = open_of(test.award_id)
        assert agreement is not None
        owner = Signer(self.owner_of(test), "Ada Okafor", "Director")
        agreements.sign_for_recipient(agreement, owner, now=self.now)
        approver = Signer(self.test_people.approver, "Grace Achebe", "Executive Director")
        agreements.sign_for_authority(agreement, approver, now=self.now)

    def milestone(self, test: TestGrant, place: int = 1) -> Milestone:
        """One of its milestones."""
        return queries.milestones_of(test.id)[place - 1]

    def reach_milestone(self, test: TestGrant, place: int = 1, *, signed: bool = True) -> Milestone:
        """Handed in, and signed off unless said."""
        found = self.milestone(test, place)
        with self._speaking():
            milestones.hand_in(found, words="It works.", language="en", by=self.owner_of(test), now=self.now)
            if signed:
                said = {"words": "We saw it.", "language": "en", "as_role": "Head of Innovation"}
                milestones.sign_off(found, **said, by=self.test_people.signer, now=self.now)
        return self.milestone(test, place)

    def pay_milestone(self, test: TestGrant, place: int = 1) -> Instalment:
        """Instructed by a manager and paid by a finance officer."""
        people, found = self.test_people, self.milestone(test, place)
        part = db.session.get_one(Instalment, found.instalment_id)
        with self._speaking():
            instalments.instruct(part, by=people.manager, now=self.now)
            paid = {"paid_on": london_today(self.now), "bank_reference": f"BACS {part.id}"}
            instalments.pay(part, **paid, by=people.finance, now=self.now)
        return part

    def spent(self, test: TestGrant, share: int = 100) -> Report:
        """The next report, telling that so many hundredths of each line were spent; accepted."""
        report = next(each for each in award_queries.reports_of(test.award_id) if each.status == "due")
        told = {each.id: each.amount.percent(share) for each in queries.lines_of(test.id)}
        with self._speaking():
            spending.send(test, report, told, text="Done.", language="en", by=self.owner_of(test), now=self.now)
            reports.accept(report, by=self.test_people.manager, now=self.now)
        assert spending_queries.told_in(report.id) == report.spent.total
        return report

    def finish_test(self, test: TestGrant, *, share: int = 100) -> None:
        """Every milestone reached and paid, every report accepted, what came of it published, the file closed."""
        people = self.test_people
        for place in range(1, len(queries.milestones_of(test.id)) + 1):
            self.reach_milestone(test, place)
            self.pay_milestone(test, place)
        for report in award_queries.reports_of(test.award_id):
            if report.status == "due":
                self.spent(test, share)
        award = db.session.get_one(Award, test.award_id)
        with self._speaking():
            awards.publish_outcome(award, text="Carers rest.", language="en", by=people.manager, now=self.now)
            awards.complete(award, by=people.manager, now=self.now)

    def end_award(self, test: TestGrant) -> None:
        """A decision ends the grant."""
        people, award = self.test_people, db.session.get_one(Award, test.award_id)
        ending = Terms(Amounts(), "It does not work.")
        with self._speaking():
            decisions.recommend_change(award, ending, by=people.manager, now=self.now)
            self.decide_test(test)

    def owner_of(self, test: TestGrant) -> User:
        """An owner of its startup."""
        startup = db.session.get_one(Startup, test.startup_id)
        organisation = db.session.get_one(Organisation, startup.organisation_id)
        return db.session.get_one(User, next(each for each in members_of(organisation) if each.role == "owner").user_id)

    def _bring(self, test: TestGrant, upto: str) -> None:
        people = self.test_people
        steps: dict[str, Any] = {
            "offered": lambda: None,
            "declared": lambda: self.declared(test),
            "planned": lambda: self.plan_test(test),
            "decided": lambda: self.decide_test(test),
            "announced": lambda: awards.announce(db.session.get_one(Award, test.award_id), by=people.manager, now=self.now),
            "written": lambda: self.written(queries.fresh(test.id)),
            "signed": lambda: self.sign_test(test),
        }  # fmt: skip
        for name, step in steps.items():
            step()
            if name == upto:
                return

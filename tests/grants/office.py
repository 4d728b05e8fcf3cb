"""An office that gives public money: its people, a fund with a pot, and things to give it to that no package of the house knows."""

from datetime import date, timedelta
from typing import Any

from flask import Flask
from markupsafe import Markup

from civic.core.clock import london_today
from civic.core.db import db
from civic.core.manifest import Subject
from civic.grants.actions import agreements, authority, decisions, funds, instalments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.instalments import Planned
from civic.grants.checks import public_money_is_whole
from civic.grants.models import Agreement, Award, Decision, Pot
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries import authority as authority_queries
from civic.grants.queries import awards as queries
from civic.grants.rules.amounts import Amounts
from civic.ledger.checks import books_balance

DEMO = "demo"
parties: dict[int, frozenset[int]] = {}
"""Who stands behind a thing of the tests, by its number."""
DEMO_SUBJECT = Subject(
    kind=DEMO,
    label="Example",
    url=lambda number: f"/en/demo/{number}",
    draw=lambda number: Markup("<p>An example.</p>"),
    public_url=lambda number: "",
    parties=lambda number: parties.get(number, frozenset()),
)


class Office:
    """Two officers, two consultees, approvers of every grade, two finance officers; and a pot with money in it."""

    def __init__(self, app: Flask, make: Any, *, capital: int = 1_000_00, revenue: int = 500_00):
        parties.clear()
        self.app, self.make, self.now = app, make, make.now
        self.officer, self.other_officer = make.staff("funds_officer"), make.staff("funds_officer")
        self.consultee, self.other_consultee = make.staff("consultee"), make.staff("consultee")
        self.finance, self.other_finance = make.staff("finance_officer"), make.staff("finance_officer")
        self.administrator = make.administrator()
        if not authority_queries.grades():
            authority.set_up_grades(by=self.administrator, now=self.now)
        self.grades = {grade.code: grade for grade in authority_queries.grades()}
        self.approver, self.mayor = self.approver_of("director"), self.approver_of("mayor")
        self.fund = funds.make(
            slug=f"fund-{make.number()}",
            title="Crowdfund London",
            summary="For places.",
            language="en",
            managed_by="funds_officer",
            consultees=1,
            by=self.officer,
            now=self.now,
        )
        self.pot = self.pot_of(f"demo:{make.number()}", Amounts.of(capital, revenue))
        self.numbers = 1000
        db.session.commit()

    def approver_of(self, grade: str) -> Any:
        """Somebody who decides up to a grade's limit."""
        person = self.make.staff("approver")
        authority.give(person, self.grades[grade], by=self.administrator, why="For a test.", now=self.now)
        return person

    def give(self, amounts: Amounts) -> None:
        """A decision of the authority gives the fund more."""
        for spending, money in amounts.parts:
            given = funds.Given(spending, money, "MD2605", date(2026, 3, 10))
            change = funds.propose_budget(self.fund, given, by=self.officer, now=self.now)
            funds.book_budget(change, by=self.finance, now=self.now)

    def pot_of(self, owner: str, amounts: Amounts) -> Pot:
        """A pot with money of the fund."""
        self.give(amounts)
        pot = funds.pot_for(self.fund, owner, title="Round", language="en", now=self.now)
        if amounts:
            funds.allot(pot, amounts, why="For the round.", by=self.officer, now=self.now)
        return pot

    def proposed(self, **facts: Any) -> Proposed:
        """Something that asks for money."""
        number = self.make.number()
        known = {"pot": self.pot, "subject": f"{DEMO}:{number}", "title": f"Bench {number}", "recipient": "Friends"}
        return Proposed(**(known | {"language": "en"} | facts))

    def recommend(self, capital: int, revenue: int = 0, *, by: Any = None, **facts: Any) -> Decision:
        """An officer recommends so many pence."""
        terms = {name: facts.pop(name) for name in ("conditions", "expires_at") if name in facts}
        terms_ = Terms(Amounts.of(capital, revenue), "It will be used by many.", **terms)
        return decisions.recommend(self.proposed(**facts), terms_, by=by or self.officer, now=self.now)

    def consult(self, decision: Decision) -> None:
        """A consultee agrees."""
        decisions.give_view(decision, view="supports", words="", language="en", by=self.consultee, now=self.now)

    def decide(self, decision: Decision, by: Any = None) -> Award:
        """An approver decides, with the next number."""
        self.numbers += 1
        return decisions.decide(decision, number=f"DD{self.numbers}", reasons="", by=by or self.approver, now=self.now)

    def award(self, capital: int, revenue: int = 0, **facts: Any) -> Award:
        """Money that was decided."""
        decision = self.recommend(capital, revenue, **facts)
        self.consult(decision)
        return self.decide(decision)

    def plan(self, award: Award, parts: int = 1) -> None:
        """Instalments in equal parts, a month between them, and a final report."""
        capital, revenue = award.amounts.capital.split([1] * parts), award.amounts.revenue.split([1] * parts)
        today = london_today(self.now)
        planned = [
            Planned(f"Part {number}", Amounts(c, r), today + timedelta(days=30 * number))
            for number, (c, r) in enumerate(zip(capital, revenue, strict=True), 1)
        ]
        instalments.plan(
            award, [each for each in planned if each.amounts], language="en", by=self.officer, now=self.now
        )
        reports.schedule(award, [(today + timedelta(days=200), "final")], by=self.officer, now=self.now)

    def agree(self, award: Award) -> Agreement:
        """Both sides sign what an officer drafted."""
        agreement = agreements.draft(award, text="We agree.", language="en", by=self.officer, now=self.now)
        agreements.offer(agreement, by=self.officer, now=self.now)
        member = self.make.member()
        agreements.sign_for_recipient(agreement, Signer(member, "Ada Byron", "Chair"), now=self.now)
        agreements.sign_for_authority(agreement, Signer(self.approver, "G. Achebe", "Director"), now=self.now)
        return agreement

    def pay(self, award: Award) -> None:
        """Every instalment that can be is instructed and paid."""
        for each in queries.instalments_of(award.id):
            if each.status == "planned":
                instalments.instruct(each, by=self.officer, now=self.now)
            if each.status == "instructed":
                instalments.pay(
                    each, paid_on=london_today(self.now), bank_reference="B1", by=self.finance, now=self.now
                )

    def problems(self) -> list[str]:
        """Everything that is not true of public money and of the books."""
        return [*public_money_is_whole(), *books_balance()]

"""Builders of public money: funds, pots, decisions and awards, brought into each state by the acts that lead there."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from flask import current_app, has_request_context
from markupsafe import Markup

from civic.accounts.models import Organisation, User
from civic.accounts.queries.organisations import members_of
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.manifest import Subject
from civic.grants.actions import agreements, authority, awards, decisions, funds, instalments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.decisions import Proposed, Terms
from civic.grants.actions.instalments import Planned
from civic.grants.models import Agreement, Award, Decision, Fund, Instalment, Pot
from civic.grants.queries import authority as authority_queries
from civic.grants.queries import awards as award_queries
from civic.grants.queries import decisions as decision_queries
from civic.grants.rules.amounts import Amounts

THING = "thing"
DRAWN = "All that they wrote about it."
parties: dict[int, frozenset[int]] = {}
"""Who stands behind a thing of the tests, by its number; emptied by the fixture that makes the kind known."""
A_THING = Subject(
    kind=THING,
    label="A thing",
    url=lambda number: f"/en/things/{number}/staff",
    draw=lambda number: Markup("<p translate='no'>{}</p>").format(DRAWN),
    public_url=lambda number: f"/en/things/{number}" if number % 2 else "",
    parties=lambda number: parties.get(number, frozenset()),
)
"""A kind of thing that no package of the house knows: even numbers have no public page."""

BUDGET = Amounts.of(300_000_00, 100_000_00)
A_PART = Amounts.of(12_000_00, 3_000_00)


class MoneyPeople:
    """Those who stand behind public money, one of each kind; two who run funds and two who look after the payments."""

    def __init__(self, make: Any):
        self.officer, self.second_officer = make.staff("funds_officer"), make.staff("funds_officer")
        self.consultee = make.staff("consultee")
        self.approver = make.staff("approver")
        self.finance, self.second_finance = make.staff("finance_officer"), make.staff("finance_officer")
        self.administrator = make.administrator()
        if not authority_queries.grades():
            authority.set_up_grades(by=self.administrator, now=make.now)
        self.grades = {grade.code: grade for grade in authority_queries.grades()}
        self.give_grade(self.approver, "director", make.now)

    def give_grade(self, person: User, code: str, now: datetime) -> None:
        """Let an approver decide up to a grade's limit."""
        authority.give(person, self.grades[code], by=self.administrator, why="Scheme of delegation", now=now)


class MakeGrants:
    """Public money as it is really given; everything is done by the actions, so that the books say the same."""

    now: datetime
    member: Callable[..., User]
    organisation: Callable[..., Organisation]

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    @cached_property
    def money_people(self) -> MoneyPeople:
        """Officer, consultee, approver (Executive Director), finance officers and administrator, made when first needed."""
        return MoneyPeople(self)

    def fund(self, *, budget: Amounts = BUDGET, slug: str = "", **facts: Any) -> Fund:
        """A fund with a booked budget (`Amounts()` for none)."""
        people, number = self.money_people, self.number()
        known = {
            "title": f"Crowdfund London {number}",
            "summary": "For projects that make a neighbourhood better, chosen **with** the people who live there.",
            "language": "en",
            "managed_by": "funds_officer",
            "consultees": 1,
        }
        fund = funds.make(slug=slug or f"fund-{number}", **(known | facts), by=people.officer, now=self.now)
        for spending, money in budget.parts:
            given = funds.Given(
                spending, money, "MD2163", date(2018, 3, 26), "https://example.org/md2163", "Good Growth Fund"
            )
            change = funds.propose_budget(fund, given, by=people.officer, now=self.now)
            funds.book_budget(change, by=people.finance, now=self.now)
        db.session.flush()
        return fund

    def pot(self, fund: Fund | None = None, *, amounts: Amounts | None = None, owner: str = "", title: str = "") -> Pot:
        """A pot with money of a fund: half of its budget unless said."""
        fund, number = fund or self.fund(), self.number()
        pot = funds.pot_for(
            fund, owner or f"{THING}:{number}", title=title or f"Round {number}", language="en", now=self.now
        )
        amounts = Amounts.of(150_000_00, 50_000_00) if amounts is None else amounts
        if amounts:
            funds.allot(pot, amounts, why="For this round", by=self.money_people.officer, now=self.now)
        pot.fund = fund
        db.session.flush()
        return pot

    def decision(
        self,
        amounts: Amounts = A_PART,
        *,
        status: str = "recommended",
        pot: Pot | None = None,
        views: Sequence[str] = ("supports",),
        by: User | None = None,
        conditions: str = "Permission of the landowner, in writing.",
        rationale: str = "The panel ranked it third. It brings a **market** back to a street that lost it.",
        expires_at: datetime | None = None,
        number: str = "",
        **about: Any,
    ) -> Decision:
        """A first recommendation with the views of so many consultees, perhaps decided, refused or withdrawn."""
        people, pot = self.money_people, pot or self.pot()
        terms = Terms(amounts, rationale, conditions, expires_at)
        with self._speaking():
            decision = decisions.recommend(self.proposed(pot, **about), terms, by=by or people.officer, now=self.now)
            for position, view in enumerate(views):
                words = "" if view == "supports" else "The street needs a crossing first."
                consultee = people.consultee if position == 0 else self.staff("consultee")  # type: ignore[attr-defined]
                decisions.give_view(decision, view=view, words=words, language="en", by=consultee, now=self.now)
            self._bring_decision(decision, status, number)
        whole = decision_queries.whole().where(Decision.id == decision.id)
        return db.session.scalars(whole.execution_options(populate_existing=True)).one()

    def proposed(self, pot: Pot, **about: Any) -> Proposed:
        """What the money is for; of an organisation unless `organisation` is None and `person` is given."""
        number = self.number()
        person = about.pop("person", None)
        organisation = about.pop("organisation", None) or (None if person else self.organisation(status="verified"))
        known: dict[str, Any] = {
            "subject": f"{THING}:{number}",
            "title": f"A market for Deptford {number}",
            "language": "en",
            "summary": "Stalls, shelter and power for forty traders.",
            "place": "E09000023",
            "recipient": organisation.name if organisation else (person.display_name or person.email),
            "organisation_id": organisation.id if organisation else None,
            "person_id": person.id if person else None,
            "needs_target": False,
        }
        return Proposed(pot, **(known | about))

    def award(self, status: str = "agreed", amounts: Amounts = A_PART, *, parts: int = 2, **facts: Any) -> Award:
        """An award in any state; where it gets so far it has `parts` instalments, a report half-way and a final one.

        Whatever decision() takes can be said too: pot, organisation, person, title, subject, needs_target, conditions, expires_at.
        """
        if status in ("withdrawn", "turned_down"):
            facts["status"] = {"withdrawn": "withdrawn", "turned_down": "refused"}[status]
        elif status != "proposed":
            facts["status"] = "decided"
        decision = self.decision(amounts, **facts)
        award = decision.award
        with self._speaking():
            if status not in ("proposed", "withdrawn", "turned_down", "approved"):
                self._bring_award(award, status, parts)
        return db.session.scalars(
            award_queries.whole().where(Award.id == award.id).execution_options(populate_existing=True)
        ).one()

    def plan(self, award: Award, parts: int = 2) -> list[Instalment]:
        """Instalments in equal parts a month apart, each but the first with a condition; a progress and a final report."""
        people, today = self.money_people, london_today(self.now)
        capital, revenue = award.amounts.capital.split([1] * parts), award.amounts.revenue.split([1] * parts)
        planned = [
            Planned(
                f"Part {place}",
                Amounts(c, r),
                today + timedelta(days=30 * place),
                "" if place == 1 else "Show the invoices for the part before.",
            )
            for place, (c, r) in enumerate(zip(capital, revenue, strict=True), 1)
        ]
        made = instalments.plan(award, planned, language="en", by=people.officer, now=self.now)
        days = [(today + timedelta(days=90), "progress"), (today + timedelta(days=365), "final")]
        reports.schedule(award, days, by=people.officer, now=self.now)
        return made

    def offer(self, award: Award, text: str = "## What we agree\n\nYou build the market. We pay for it.") -> Agreement:
        """An agreement that waits to be signed; instalments are planned where there are none."""
        people = self.money_people
        with self._speaking():
            if award_queries.planned(award.id) != award.amounts:
                self.plan(award)
            agreement = agreements.draft(award, text=text, language="en", by=people.officer, now=self.now)
            agreements.offer(agreement, by=people.officer, now=self.now)
        return agreement

    def sign(self, agreement: Agreement, *sides: str) -> Agreement:
        """Signed by "recipient", "authority", or both where none is named."""
        people, sides = self.money_people, sides or ("recipient", "authority")
        with self._speaking():
            if "recipient" in sides:
                signer = Signer(self.recipient_of(agreement.award_id), "Ada Okafor", "Chair of the trustees")
                agreements.sign_for_recipient(agreement, signer, now=self.now)
            if "authority" in sides:
                signer = Signer(people.approver, "Grace Achebe", "Executive Director")
                agreements.sign_for_authority(agreement, signer, now=self.now)
        return agreement

    def pay(self, award: Award, count: int = 1) -> None:
        """So many instalments instructed by an officer and paid by a finance officer."""
        people = self.money_people
        with self._speaking():
            for each in [one for one in award_queries.instalments_of(award.id) if one.status == "planned"][:count]:
                instalments.instruct(each, by=people.officer, now=self.now)
                paid = {"paid_on": london_today(self.now), "bank_reference": f"BACS {each.id}"}
                instalments.pay(each, **paid, by=people.finance, now=self.now)

    def recipient_of(self, award: Award | int) -> User:
        """Somebody who may sign for an award's recipient: an owner of the organisation, or the person."""
        found = db.session.get_one(Award, award if isinstance(award, int) else award.id)
        if found.organisation_id is None:
            return db.session.get_one(User, found.person_id)
        organisation = db.session.get_one(Organisation, found.organisation_id)
        owner = next(member for member in members_of(organisation) if member.role == "owner")
        return db.session.get_one(User, owner.user_id)

    def _bring_decision(self, decision: Decision, status: str, number: str) -> None:
        people = self.money_people
        if status == "decided":
            number = number or f"DD{2600 + self.number()}"
            reasons = "It fits the fund, and the neighbours stand behind it."
            decisions.decide(decision, number=number, reasons=reasons, by=people.approver, now=self.now)
        elif status == "refused":
            decisions.refuse(decision, reasons="The lease ends too soon.", by=people.approver, now=self.now)
        elif status == "withdrawn":
            decisions.withdraw(decision, by=people.officer, now=self.now, why="The applicant asked for it.")

    def _bring_award(self, award: Award, status: str, parts: int) -> None:
        people = self.money_people
        awards.announce(award, by=people.officer, now=self.now)
        if status == "announced":
            assert award.needs_target, "an award that waits for no target is due as soon as it is announced"
            return
        if status == "released":
            awards.release(award.subject, "declined", by=self.recipient_of(award), now=self.now, words="We moved away.")
            return
        awards.reach(award.subject, now=self.now)
        if status == "due":
            return
        self.plan(award, parts)
        self.sign(self.offer(award))
        if status == "stopped":
            self.pay(award)
            ending = Terms(Amounts(), "The group has dissolved.")
            decision = decisions.recommend_change(award, ending, by=people.officer, now=self.now)
            decisions.give_view(decision, view="supports", words="", language="en", by=people.consultee, now=self.now)
            self._bring_decision(decision, "decided", "")
        elif status == "completed":
            self.pay(award, parts)
            self._report_all(award)
            words = "Forty traders sell there **every Saturday**."
            awards.publish_outcome(award, text=words, language="en", by=people.officer, now=self.now)
            awards.complete(award, by=people.officer, now=self.now)

    def _report_all(self, award: Award) -> None:
        by, spent = self.recipient_of(award), award_queries.paid(award.id)
        for report in award_queries.reports_of(award.id):
            reports.submit(report, text="All is built.", language="en", spent=spent, by=by, now=self.now)
            reports.accept(report, by=self.money_people.officer, now=self.now)

    def _speaking(self) -> AbstractContextManager[Any]:
        """Messages are written in a request."""
        return nullcontext() if has_request_context() else current_app.test_request_context("/en/")

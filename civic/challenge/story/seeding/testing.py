"""From the grant to what came of it two years later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.story.seeding.cast import Cast, Year
from civic.challenge.support.actions import outcomes
from civic.challenge.support.queries.outcomes import of_journey
from civic.challenge.testing.actions import milestones, offering, planning, spending, subsidy
from civic.challenge.testing.actions.offering import Offer
from civic.challenge.testing.actions.subsidy import Confirming
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules.plans import Line, Step
from civic.core.clock import london_minute
from civic.core.db import db
from civic.core.money import Money
from civic.grants.actions import agreements, awards, decisions, funds, instalments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.funds import Given
from civic.grants.models import Award, Fund
from civic.grants.queries import awards as award_queries
from civic.grants.queries.decisions import open_of
from civic.grants.rules.amounts import Amounts

REVENUE = "revenue"
STEPS = (
    ("Agreed with the partner how the test is measured", "The plan, signed by both sides", 14, 5),
    ("In use with the first people", "How many use it, and what they said", 60, 6),
    ("What the test showed", "The report with its figures", 120, 4),
)
"""Title, evidence, day after the start, share of the grant in fifteenths."""
LINES = (("people", "The team’s time", 9), ("users", "Working with residents", 4), ("evaluation", "Measuring", 2))
"""Category, title, share of the grant in fifteenths."""
PARTS = 15


def fund(
    cast: Cast, *, slug: str, title: str, summary: str, money: Money, number: str, on: date, source: str, now: datetime
) -> Fund:
    """The money of the challenge: proposed by the manager, booked by finance."""
    made = funds.make(
        slug=slug,
        title=title,
        summary=summary,
        language="en",
        managed_by="challenge_manager",
        consultees=1,
        by=cast.manager,
        now=now,
    )
    change = funds.propose_budget(made, Given(REVENUE, money, number, on, source), by=cast.manager, now=now)
    funds.book_budget(change, by=cast.finance, now=now)
    return made


def grant(year: Year, fund_: Fund, *, number: str) -> list[TestGrant]:
    """Offered, declared, consulted on, decided and announced."""
    cast, now = year.cast, year.days.decided
    matched, amount = year.matched, year.call.grant
    whole = Amounts.only(REVENUE, Money(amount.minor * len(matched)))
    offering.set_aside(year.programme, fund_, whole, why=number, by=cast.manager, now=now)
    terms = Offer(amount=amount, spending=REVENUE, rationale="It was matched, and its test can show whether it works.")
    made = offering.offer_together(matched, terms, by=cast.manager, now=now)
    for each in made:
        owner = year.owners[each.startup_id]
        subsidy.declare(each, [], Confirming(owner, owner.display_name or "Its director", "Director"), now=now)
        decision = open_of(each.award_id)
        assert decision is not None
        words = "It fits the programme."
        decisions.give_view(decision, view="supports", words=words, language="en", by=cast.consultee, now=now)
        decisions.decide(decision, number=number, reasons="", by=cast.approver, now=now)
    awards.announce_together([_award(each) for each in made], by=cast.manager, now=now)
    return made


def start(year: Year, test: TestGrant) -> None:
    """Planned together, written into an agreement, signed by both sides."""
    cast, now = year.cast, year.days.starts
    test = queries.fresh(test.id)
    owner = year.owners[test.startup_id]
    begins = now.date()
    share = test.grant.minor // PARTS
    steps = [
        Step(title, shown, begins + timedelta(days=days), Money(share * part)) for title, shown, days, part in STEPS
    ]
    steps[-1] = Step(
        steps[-1].title,
        steps[-1].evidence,
        steps[-1].due_on,
        test.grant - sum((each.amount for each in steps[:-1]), Money(0)),
    )
    planning.plan_milestones(test, steps, language="en", by=owner, now=now)
    lines = [Line(category, title, Money(share * part)) for category, title, part in LINES]
    lines[0] = replace(lines[0], amount=test.grant - sum((each.amount for each in lines[1:]), Money(0)))
    planning.plan_budget(test, lines, language="en", by=owner, now=now)
    agreement = planning.write_agreement(test, language="en", by=cast.manager, now=now)
    agreements.offer(agreement, by=cast.manager, now=now)
    agreements.sign_for_recipient(agreement, Signer(owner, owner.display_name or "Its director", "Director"), now=now)
    signer = Signer(cast.approver, cast.approver.display_name or "Its director", "Executive Director")
    agreements.sign_for_authority(agreement, signer, now=now)


def reach(year: Year, test: TestGrant, *, many: int = len(STEPS), until: datetime | None = None) -> None:
    """The first so many milestones are shown, signed off and paid, those only that are due `until` then."""
    cast = year.cast
    owner, person = year.owners[test.startup_id], _partner(year, test)
    for each in queries.milestones_of(test.id)[:many]:
        at = london_minute(each.due_on, "11:00")
        if until is not None and at > until:
            return
        milestones.hand_in(each, words="It is reached; the evidence is with it.", language="en", by=owner, now=at)
        milestones.sign_off(
            each, words="We saw it.", language="en", as_role="Head of Innovation", by=person, now=at + timedelta(days=2)
        )
        part = next(one for one in award_queries.instalments_of(test.award_id) if one.id == each.instalment_id)
        instalments.instruct(part, by=cast.manager, now=at + timedelta(days=3))
        paid = at + timedelta(days=5)
        instalments.pay(part, paid_on=paid.date(), bank_reference=f"TEST-{part.id:06}", by=cast.finance, now=paid)


def finish(year: Year, test: TestGrant) -> None:
    """Spending told by lines, accepted, published, closed."""
    cast, owner = year.cast, year.owners[test.startup_id]
    lines = queries.lines_of(test.id)
    days = award_queries.reports_of(test.award_id)
    for number, report in enumerate(days, 1):
        at = london_minute(report.due_on, "09:00")
        spent = {each.id: Money(each.amount.minor * number // len(days)) for each in lines}
        spending.send(
            test, report, spent, text="What was done so far, and what it cost.", language="en", by=owner, now=at
        )
        reports.accept(report, by=cast.manager, now=at + timedelta(days=2))
        last = at + timedelta(days=9)
    award = _award(test)
    text = "The test is over. What it showed stands with the outcomes."
    awards.publish_outcome(award, text=text, language="en", by=cast.manager, now=last)
    awards.complete(award, by=cast.manager, now=last)


Told = Callable[[ChallengeApplication, int], dict[str, Any] | None]
"""What is verified of an application after so many months; nothing where nobody answered."""


def tell_outcomes(year: Year, applications: Sequence[ChallengeApplication], told: Told, *, until: datetime) -> None:
    """Asked on their days, answered by both sides, verified and published; where nobody answers it is closed, because."""
    for application in applications:
        outcomes.plan(application.id, now=until)
        for each in of_journey(application.id):
            at = london_minute(each.ask_on, "09:00")
            if at > until:
                break
            outcomes.ask(each.id, now=at)
            db.session.refresh(each)
            facts = told(application, each.months)
            if facts is None:
                why = "Neither side answered."
                outcomes.move(each, "close", why=why, by=year.cast.manager, now=at + timedelta(days=90))
                continue
            _answer(year, application, each, facts, at)


def _answer(year: Year, application: ChallengeApplication, outcome: Any, facts: dict[str, Any], at: datetime) -> None:
    said = {
        "in_use": facts["in_use"], "used_by": facts["used_by"], "value": facts["text"], "contract_minor": facts["contract_minor"],
        "jobs": facts["jobs"], "investment_minor": facts["investment_minor"], "language": "en",
        "why_not": facts["text"] if facts["in_use"] == "no" else "",
    }  # fmt: skip
    challenge = next(each for each in year.challenges if each.id == application.challenge_id)
    people = {"startup": year.owners[application.startup_id]}
    if challenge.partner_id is not None:
        people["partner"] = year.cast.partners[challenge.partner_id]
    for side, person in people.items():
        outcomes.answer(outcome, side, by=person, now=at + timedelta(days=7), **said)
    db.session.refresh(outcome)
    outcomes.publish(outcome, by=year.cast.manager, now=at + timedelta(days=14), **facts)


def _partner(year: Year, test: TestGrant) -> Any:
    challenge = next(each for each in year.challenges if each.id == test.challenge_id)
    assert challenge.partner_id is not None
    return year.cast.partners[challenge.partner_id]


def _award(test: TestGrant) -> Award:
    return db.session.get_one(Award, test.award_id)

"""Test grants for example data and recreated years: each step by the act that a page would do, at the moment that it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from civic.accounts.models import User
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Programme
from civic.challenge.testing.actions import changes, milestones, offering, planning, spending, subsidy
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.actions.offering import Offer
from civic.challenge.testing.actions.subsidy import Confirming, Declared
from civic.challenge.testing.models import Change, Milestone, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules.plans import Line, Step
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import Money
from civic.grants.actions import agreements, awards, decisions, funds, instalments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.funds import Given
from civic.grants.models import Award, Fund, Instalment
from civic.grants.queries import awards as award_queries
from civic.grants.queries.agreements import open_of
from civic.grants.queries.decisions import open_of as open_decision
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class TestDesk:
    """Who does what at City Hall: nobody does two things that must be apart. The approver has a grade (grants.seeds.plant)."""

    __test__ = False

    manager: User
    consultee: User
    approver: User
    finance: User


@dataclass(frozen=True)
class Pair:
    """The people of a match: an owner of the startup's organisation, and somebody with a seat for the partner."""

    owner: User
    partner: User
    owner_name: str
    owner_position: str = "Director"
    partner_role: str = "Head of Innovation"


def fund(
    programme: Programme, title: str, summary: str, amount: Money, given: Given, desk: TestDesk, *, now: datetime
) -> Fund:
    """A fund that the challenge managers run, with one booked decision, and so much of it set aside for a programme."""
    told = {"slug": f"challenge-{programme.slug}", "title": title, "summary": summary, "language": programme.language}
    made = funds.make(**told, managed_by="challenge_manager", consultees=1, by=desk.manager, now=now)
    change = funds.propose_budget(made, given, by=desk.manager, now=now)
    funds.book_budget(change, by=desk.finance, now=now)
    amounts = Amounts.only(given.spending, amount)
    offering.set_aside(programme, made, amounts, why="", by=desk.manager, now=now)
    return made


def offer(application: ChallengeApplication, terms: Offer, desk: TestDesk, *, now: datetime) -> TestGrant:
    """Recommended, and the startup is notified."""
    return offering.offer(application, terms, by=desk.manager, now=now)


def declare(test: TestGrant, aids: Sequence[Declared], pair: Pair, *, now: datetime) -> None:
    """Confirmed in writing by the startup."""
    subsidy.declare(test, aids, Confirming(pair.owner, pair.owner_name, pair.owner_position), now=now)


def plan(test: TestGrant, steps: Sequence[Step], lines: Sequence[Line], pair: Pair, *, now: datetime) -> None:
    """Milestones and budget, each exactly the grant."""
    test = queries.fresh(test.id)
    planning.plan_milestones(test, steps, language="en", by=pair.owner, now=now)
    planning.plan_budget(test, lines, language="en", by=pair.owner, now=now)


def decide(test: TestGrant, number: str, desk: TestDesk, *, source: str = "", now: datetime) -> Award:
    """Consulted on, decided and announced."""
    decision = open_decision(test.award_id)
    assert decision is not None, "nothing waits to be decided"
    words = "The partner is ready, and the sum is small for what can be learned."
    decisions.give_view(decision, view="supports", words=words, language="en", by=desk.consultee, now=now)
    award = decisions.decide(decision, number=number, reasons="", by=desk.approver, source=source, now=now)
    if not award.is_public:
        awards.announce(award, by=desk.manager, now=now)
    return award


def agree(test: TestGrant, pair: Pair, desk: TestDesk, *, now: datetime) -> None:
    """The agreement is written from the plan, offered and signed by both sides: the test runs."""
    agreement = planning.write_agreement(queries.fresh(test.id), language="en", by=desk.manager, now=now)
    agreements.offer(agreement, by=desk.manager, now=now)
    sign(test, pair, desk, now=now)


def sign(test: TestGrant, pair: Pair, desk: TestDesk, *, now: datetime) -> None:
    """Both sides sign the version that waits."""
    agreement = open_of(test.award_id)
    assert agreement is not None, "nothing waits to be signed"
    startup = Signer(pair.owner, pair.owner_name, pair.owner_position)
    agreements.sign_for_recipient(agreement, startup, now=now)
    authority = Signer(desk.approver, desk.approver.display_name or "", "Executive Director (example)")
    agreements.sign_for_authority(agreement, authority, now=now)


def hand_in(test: TestGrant, place: int, words: str, pair: Pair, *, now: datetime) -> Milestone:
    """The startup shows a milestone, counted from 1."""
    step = queries.milestones_of(test.id)[place - 1]
    milestones.hand_in(step, words=words, language="en", by=pair.owner, now=now)
    return step


def sign_off(test: TestGrant, place: int, words: str, pair: Pair, *, now: datetime) -> None:
    """The partner signs it off."""
    step = queries.milestones_of(test.id)[place - 1]
    role = pair.partner_role
    milestones.sign_off(step, words=words, language="en", as_role=role, by=pair.partner, now=now)


def pay(test: TestGrant, place: int, desk: TestDesk, *, now: datetime) -> None:
    """A manager gives the instruction, a finance officer pays."""
    step = queries.milestones_of(test.id)[place - 1]
    part = db.session.get_one(Instalment, step.instalment_id)
    instalments.instruct(part, by=desk.manager, now=now)
    paid_on = london_today(now)
    instalments.pay(part, paid_on=paid_on, bank_reference=f"EXAMPLE-{part.id:06}", by=desk.finance, now=now)


def report(
    test: TestGrant, text: str, spent: Mapping[str, Money], pair: Pair, desk: TestDesk, *, now: datetime
) -> None:
    """The next report: what was spent so far, by the titles of the budget lines; sent and accepted."""
    due = next(each for each in award_queries.reports_of(test.award_id) if each.status == "due")
    told = {each.id: spent.get(each.title, Money(0)) for each in queries.lines_of(test.id)}
    spending.send(test, due, told, text=text, language="en", by=pair.owner, now=now)
    reports.accept(due, by=desk.manager, now=now)


def pivot(test: TestGrant, what: str, why: str, pair: Pair, desk: TestDesk, *, now: datetime) -> Change:
    """The solution changes, and all three sides agree."""
    change = changes.ask(test, Wish("pivot", why, what), side="startup", by=pair.owner, now=now)
    changes.agree(change, side="partner", by=pair.partner, now=now)
    changes.agree(change, side="manager", by=desk.manager, now=now)
    return change


def stop(test: TestGrant, why: str, number: str, desk: TestDesk, *, now: datetime) -> None:
    """The managers ask that it stops, and it is decided."""
    changes.ask(test, Wish("stop", why), side="manager", by=desk.manager, now=now)
    decide(test, number, desk, now=now)


def finish(test: TestGrant, outcome: str, desk: TestDesk, *, now: datetime) -> None:
    """What came of it is published, and the file closed; every milestone is paid and every report accepted."""
    award = db.session.get_one(Award, test.award_id)
    awards.publish_outcome(award, text=outcome, language="en", by=desk.manager, now=now)
    awards.complete(award, by=desk.manager, now=now)

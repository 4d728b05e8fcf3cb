"""The demo's fund: who may decide how much, and money given by decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from civic.accounts.models import User
from civic.core.clock import london_minute, london_today
from civic.grants.actions import agreements, authority, decisions, funds, instalments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.funds import Given
from civic.grants.actions.instalments import Planned
from civic.grants.models import Award, Decision, Fund
from civic.grants.queries import awards as queries
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class Desk:
    """Who does what in the demo: nobody does two things that must be apart."""

    officer: User
    assessors: tuple[User, ...]
    consultee: User
    approver: User
    finance: User
    administrator: User


def at(day: date) -> datetime:
    """Ten in the morning of a day in London."""
    return london_minute(day, "10:00")


def plant(desk: Desk, *, now: datetime) -> None:
    """The grades, and the approver's delegation."""
    grades = {grade.code: grade for grade in authority.set_up_grades(by=desk.administrator, now=now)}
    authority.give(desk.approver, grades["director"], by=desk.administrator, why="Example data.", now=now)


def fund(slug: str, title: str, summary: str, desk: Desk, *, consultees: int = 1, now: datetime) -> Fund:
    """A fund that the funds officer runs."""
    told = {"slug": slug, "title": title, "summary": summary, "language": "en"}
    return funds.make(**told, managed_by="funds_officer", consultees=consultees, by=desk.officer, now=now)


def give(fund_: Fund, amounts: Amounts, number: str, on: date, desk: Desk, *, source: str = "", now: datetime) -> None:
    """Money that a decision of the authority gave to a fund: proposed by one person, booked by another."""
    for spending, money in amounts.parts:
        change = funds.propose_budget(fund_, Given(spending, money, number, on, source), by=desk.officer, now=now)
        funds.book_budget(change, by=desk.finance, now=now)


def decide(decision: Decision, number: str, desk: Desk, *, reasons: str = "", source: str = "", now: datetime) -> Award:
    """Consulted on and decided."""
    consult(decision, desk, now=now)
    return decisions.decide(decision, number=number, reasons=reasons, by=desk.approver, source=source, now=now)


def consult(decision: Decision, desk: Desk, *, now: datetime) -> None:
    """The consultee agrees."""
    words = "It fits what we heard from the neighbourhood."
    decisions.give_view(decision, view="supports", words=words, language="en", by=desk.consultee, now=now)


def agree(award: Award, planned: list[Planned], text: str, signer: Signer, desk: Desk, *, now: datetime) -> None:
    """Planned, drafted, offered and signed by both sides."""
    instalments.plan(award, planned, language="en", by=desk.officer, now=now)
    agreement = agreements.draft(award, text=text, language="en", by=desk.officer, now=now)
    agreements.offer(agreement, by=desk.officer, now=now)
    agreements.sign_for_recipient(agreement, signer, now=now)
    approver = Signer(desk.approver, desk.approver.display_name or "", "Executive Director (example)")
    agreements.sign_for_authority(agreement, approver, now=now)


def pay(award: Award, desk: Desk, *, count: int, now: datetime) -> None:
    """The first so many instalments are instructed by one person and paid by another."""
    for each in queries.instalments_of(award.id)[:count]:
        instalments.instruct(each, by=desk.officer, now=now)
        instalments.pay(
            each, paid_on=london_today(now), bank_reference=f"EXAMPLE-{each.id:06}", by=desk.finance, now=now
        )


def schedule(award: Award, days: list[tuple[date, str]], desk: Desk, *, now: datetime) -> None:
    """Say when the recipient reports."""
    reports.schedule(award, days, by=desk.officer, now=now)


def report(award: Award, text: str, signer: User, desk: Desk, *, due_on: date, now: datetime) -> None:
    """A final report that was sent and accepted."""
    for each in reports.schedule(award, [(due_on, "final")], by=desk.officer, now=now):
        reports.submit(each, text=text, language="en", spent=award.amounts, by=signer, now=now)
        reports.accept(each, by=desk.officer, now=now)

"""Awards: one with all that belongs to it, lists, sums, and what is due."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import OrganisationMember
from civic.core.db import db
from civic.grants.models import Award, Decision, Fund, GrantPaper, Instalment, Pot, Repayment, Report
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import IN_USE, MOVING, PAID
from civic.grants.rules.reporting import EARLY


def of_subject(subject: str) -> Award | None:
    """The award of a thing that is proposed or stands; at most one was decided for it."""
    mine = select(Award).where(Award.subject == subject, Award.status.in_(IN_USE), Award.basis == "decision")
    return db.session.scalars(mine).one_or_none()


def awards_of_subjects(subjects: Sequence[str]) -> dict[str, Award]:
    """The awards of several things, by their names, in one statement."""
    mine = select(Award).where(Award.subject.in_(subjects), Award.status.in_(IN_USE))
    return {award.subject: award for award in db.session.scalars(mine)}


def award_by_public_id(public_id: str) -> Award | None:
    """The award with this public name, with its pot, fund and organisation."""
    if not public_id.isalnum() or len(public_id) > 40:
        return None
    return db.session.scalars(whole().where(Award.public_id == public_id)).one_or_none()


def public_award(public_id: str) -> Award | None:
    """The same, if everybody may know of it."""
    award = award_by_public_id(public_id)
    return award if award is not None and award.is_public else None


def whole() -> Select[Any]:
    """Awards with their pot, fund and organisation."""
    pot = joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    return select(Award).options(pot, joinedload(Award.organisation))


def listed(fund: Fund, states: Sequence[str] = ()) -> Select[Any]:
    """The awards of a fund, for staff."""
    found = whole().join(Pot, Pot.id == Award.pot_id).where(Pot.fund_id == fund.id)
    return found.where(Award.status.in_(states)) if states else found


def published(fund: Fund | None = None, pot_id: int | None = None) -> Select[Any]:
    """What everybody may know of: announced awards, of a fund or of a pot or all."""
    found = whole().where(Award.announced_at.is_not(None))
    if fund is not None:
        found = found.join(Pot, Pot.id == Award.pot_id).where(Pot.fund_id == fund.id)
    return found.where(Award.pot_id == pot_id) if pot_id is not None else found


def awards_of_person(person_id: int) -> list[Award]:
    """What was given to somebody, or to an organisation they act for, as far as it was announced; the newest first."""
    mine = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    theirs = or_(Award.organisation_id.in_(mine), Award.person_id == person_id)
    found = whole().where(theirs, Award.announced_at.is_not(None))
    return list(db.session.scalars(found.order_by(Award.id.desc()).limit(200)))


# The parts of one award.


def instalments_of(award_id: int) -> list[Instalment]:
    """Its instalments in their order."""
    mine = select(Instalment).where(Instalment.award_id == award_id)
    return list(db.session.scalars(mine.order_by(Instalment.position, Instalment.id)))


def planned_of(award_id: int) -> list[Instalment]:
    """Those of them that nobody has claimed yet."""
    return [each for each in instalments_of(award_id) if each.status == "planned"]


def reports_of(award_id: int) -> list[Report]:
    """Its reports by their days."""
    return list(
        db.session.scalars(select(Report).where(Report.award_id == award_id).order_by(Report.due_on, Report.id))
    )


def due_of(award_id: int) -> list[Report]:
    """Those of them that were not sent yet."""
    return [each for each in reports_of(award_id) if each.status == "due"]


def repayments_of(award_id: int) -> list[Repayment]:
    """What was asked back, the oldest first."""
    return list(db.session.scalars(select(Repayment).where(Repayment.award_id == award_id).order_by(Repayment.id)))


def part_of(award: Award, kind: Any, number: int) -> Any | None:
    """One instalment, report or repayment of this award."""
    mine = select(kind).where(kind.id == number, kind.award_id == award.id) if 0 < number < 2**62 else None
    return None if mine is None else db.session.scalars(mine).one_or_none()


def papers_of(award: Award) -> dict[str, list[GrantPaper]]:
    """Evidence by what it belongs to ("instalment:3")."""
    mine = select(GrantPaper).where(GrantPaper.award_id == award.id).order_by(GrantPaper.id)
    found: dict[str, list[GrantPaper]] = {}
    for paper in db.session.scalars(mine.options(joinedload(GrantPaper.file, innerjoin=True))):
        found.setdefault(paper.owner, []).append(paper)
    return found


def paper_of(award: Award, paper_id: int) -> GrantPaper | None:
    """One paper of this award, with its file."""
    if not 0 < paper_id < 2**62:
        return None
    mine = select(GrantPaper).where(GrantPaper.id == paper_id, GrantPaper.award_id == award.id)
    return db.session.scalars(mine.options(joinedload(GrantPaper.file, innerjoin=True))).one_or_none()


def decision_numbers(award_ids: Sequence[int]) -> dict[int, list[tuple[str, date | None]]]:
    """(number, day) of every decision that was taken about awards, in one statement."""
    taken = select(Decision.award_id, Decision.number, Decision.decided_at).where(
        Decision.award_id.in_(award_ids), Decision.status == "decided"
    )
    found: dict[int, list[tuple[str, date | None]]] = {}
    for award_id, number, decided_at in db.session.execute(taken.order_by(Decision.id)):
        found.setdefault(award_id, []).append((number, decided_at.date() if decided_at else None))
    return found


# Sums.


def _sum(model: Any, award_id: int, states: Sequence[str]) -> Amounts:
    sums = select(func.coalesce(func.sum(model.capital_minor), 0), func.coalesce(func.sum(model.revenue_minor), 0))
    return Amounts.of(*db.session.execute(sums.where(model.award_id == award_id, model.status.in_(states))).one())


def paid(award_id: int) -> Amounts:
    """What was paid under an award, whatever has come back of it."""
    return _sum(Instalment, award_id, PAID)


def in_motion(award_id: int) -> Amounts:
    """What was paid, or is being paid."""
    return _sum(Instalment, award_id, MOVING)


def planned(award_id: int) -> Amounts:
    """What all its instalments come to, but for those that were cancelled."""
    return _sum(Instalment, award_id, ("planned", "claimed", *MOVING))


def returned(award_id: int) -> Amounts:
    """What came back."""
    return _sum(Repayment, award_id, ("received",))


def may_come_back(award_id: int) -> Amounts:
    """What was paid, less what came back, is asked back or was given up."""
    return paid(award_id) - _sum(Repayment, award_id, ("asked", "approved", "received", "written_off"))


def paid_of(award_ids: Sequence[int]) -> dict[int, Amounts]:
    """What was paid under several awards, in one statement; those without payments are missing."""
    sums = select(Instalment.award_id, func.sum(Instalment.capital_minor), func.sum(Instalment.revenue_minor))
    mine = sums.where(Instalment.award_id.in_(award_ids), Instalment.status.in_(PAID)).group_by(Instalment.award_id)
    return {award_id: Amounts.of(capital, revenue) for award_id, capital, revenue in db.session.execute(mine)}


def what_is_missing(award: Award) -> list[str]:
    """What an agreed award still needs before its file can be closed: agreement, instalments, reports, repayments, outcome."""
    missing = []
    if award.amounts != award.agreed:
        missing.append("agreement")
    if any(each.status not in ("paid", "confirmed", "cancelled") for each in instalments_of(award.id)):
        missing.append("instalments")
    if any(each.status not in ("accepted", "waived") for each in reports_of(award.id)):
        missing.append("reports")
    if any(each.status in ("asked", "approved") for each in repayments_of(award.id)):
        missing.append("repayments")
    if not award.outcome:
        missing.append("outcome")
    return missing


# What is due.


def expired(now: datetime) -> list[int]:
    """Offers whose time has run out unsigned."""
    mine = select(Award.id).where(Award.status.in_(("approved", "announced", "due")), Award.expires_at <= now)
    return list(db.session.scalars(mine.order_by(Award.expires_at, Award.id)))


def reports_to_remind(today: date) -> list[int]:
    """Reports that are due within two weeks or overdue, and of which nobody was reminded today."""
    told = or_(Report.reminded_on.is_(None), Report.reminded_on < today)
    mine = select(Report.id).join(Award, Award.id == Report.award_id).where(Award.status.in_(("agreed", "stopped")))
    return list(db.session.scalars(mine.where(Report.status == "due", Report.due_on <= today + EARLY, told)))


def to_pay() -> Select[Any]:
    """Instalments with an instruction to pay, with their awards."""
    whole_award = joinedload(Instalment.award, innerjoin=True)
    pot = whole_award.joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    return (
        select(Instalment)
        .where(Instalment.status == "instructed")
        .options(pot, whole_award.joinedload(Award.organisation))
    )


def how_many(model: Any, *states: str) -> int:
    """How many rows of a kind stand in these states."""
    return db.session.scalar(select(func.count()).select_from(model).where(model.status.in_(states))) or 0

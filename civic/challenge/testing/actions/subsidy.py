"""Minimal financial assistance: what the startup confirms, the sum as the law wants it, and the confirmation once it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, cast, delete, func, select

from civic.challenge.applying.models import Startup
from civic.challenge.testing.actions.holding import held
from civic.challenge.testing.actions.telling import tell_side
from civic.challenge.testing.models import DeclaredAid, SubsidyNotice, TestGrant
from civic.challenge.testing.queries import subsidy as queries
from civic.challenge.testing.refusals import BeyondCeiling, MoreThanNotified, NotDeclared
from civic.challenge.testing.rules.subsidy import Check
from civic.core import audit
from civic.core.clock import london_today
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import IllegalMove, advance
from civic.grants.models import Award


@dataclass(frozen=True)
class Declared:
    """One earlier assistance as it is declared."""

    given_on: date
    giver: str
    amount: Money


@dataclass(frozen=True)
class Confirming:
    """Who confirms in writing: the account, the full name, and in which position."""

    by: Any
    name: str
    position: str


def declare(test: TestGrant, aids: Sequence[Declared], who: Confirming, *, now: datetime) -> Check:
    """Confirm for the startup what it was given before; the sum says whether the grant may be given beside it.

    What was given by this house is counted by itself. Declared again before the agreement is in force, the new words count.
    Raises IllegalMove afterwards.
    """
    _, test = held(test)
    notice = _held_notice(test)
    if test.status != "planned":
        raise IllegalMove()
    for each in queries.aids_of(notice.id):
        db.session.delete(each)
    db.session.add_all(
        DeclaredAid(notice_id=notice.id, given_on=each.given_on, giver=each.giver, amount_minor=each.amount.minor)
        for each in aids
    )
    db.session.flush()
    found = queries.check_of(notice, london_today(now))
    notice.declared_by_id, notice.declared_at = who.by.id, now
    notice.declared_name, notice.declared_position = who.name, who.position
    notice.earlier_minor = found.earlier.minor
    advance(notice, "confirm" if found.fits else "exceed", by=who.by, now=now)
    told = {"earlier_minor": found.earlier.minor, "gross_minor": found.gross.minor, "fits": found.fits}
    audit.record("subsidy.declared", on=notice, by=who.by, now=now, after=told)
    tell_side(test, "manager", "subsidy", now=now, what="declared", by=who.by)
    return found


def must_fit(test: TestGrant, award: Award, *, now: datetime) -> SubsidyNotice:
    """Before anything is given: it is confirmed, still fits today, and is not more than was notified.

    The startup is locked, so that two grants to it at once are counted one after the other. Raises NotDeclared, BeyondCeiling,
    MoreThanNotified.
    """
    locked(Startup, test.startup_id)
    notice = _held_notice(test)
    if notice.status not in ("confirmed", "exceeded"):
        raise NotDeclared()
    found = queries.check_of(notice, london_today(now))
    if notice.status == "exceeded" or not found.fits:
        raise BeyondCeiling(found)
    if award.amounts.total > notice.gross:
        raise MoreThanNotified()
    return notice


def give(test: TestGrant, award: Award, *, now: datetime) -> None:
    """The agreement is in force, so it is given: the confirmation of section 37(4) goes to the startup."""
    notice = must_fit(test, award, now=now)
    today = london_today(now)
    notice.earlier_minor = queries.check_of(notice, today).earlier.minor
    notice.gross_minor = award.amounts.total.minor
    notice.given_on, notice.given_at = today, now
    advance(notice, "give", by=None, now=now)
    audit.record("subsidy.given", on=notice, by=None, now=now, after={"gross_minor": notice.gross_minor})
    tell_side(test, "startup", "subsidy", now=now, what="confirmation")


def forget_declared(now: datetime, years: int) -> int:
    """Delete what startups declared of other subsidies, once nobody needs it any more; how many rows.

    What was given here stays, as all public money does. An offer that came to nothing counts from its declaration.
    """
    today = london_today(now)
    until = today.replace(year=today.year - years, day=min(today.day, 28))
    since = func.coalesce(SubsidyNotice.given_on, cast(SubsidyNotice.declared_at, Date))
    over = select(SubsidyNotice.id).where(SubsidyNotice.status.in_(("given", "void")), since < until)
    gone = db.session.scalars(
        delete(DeclaredAid).where(DeclaredAid.notice_id.in_(over)).returning(DeclaredAid.id)
    ).all()
    return len(gone)


def _held_notice(test: TestGrant) -> SubsidyNotice:
    found = queries.notice_of(test.award_id)
    assert found is not None, "a test grant without its notification"
    notice: SubsidyNotice = locked(SubsidyNotice, found.id)
    return notice

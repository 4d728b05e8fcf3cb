"""Money that goes back to the fund: underspend and reclaim; asked for by one person, approved by another, received by a third."""

from datetime import date, datetime
from typing import Any

from civic.core import audit
from civic.core.announcements import announce as tell
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance
from civic.grants import events
from civic.grants.actions import books, telling
from civic.grants.actions.standing import hold, must_be_impartial
from civic.grants.models import Award, Repayment
from civic.grants.queries import awards as queries
from civic.grants.refusals import NeedsSomebodyElse, NotAnAmount, TooMuchBack
from civic.grants.rules.amounts import Amounts


def ask(award: Award, *, kind: str, amounts: Amounts, why: str, language: str, by: Any, now: datetime) -> Repayment:
    """Ask that money goes back: "underspend" (it was not needed) or "reclaim" (the conditions were not kept).

    Raises TooMuchBack, NotAnAmount, IsTheirOwn, HasInterest, and IllegalMove where nothing was ever paid.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    if award.status not in ("agreed", "completed", "stopped"):
        raise IllegalMove()
    if not amounts or not amounts.is_sound:
        raise NotAnAmount()
    if not amounts.fits(queries.may_come_back(award.id)):
        raise TooMuchBack()
    repayment = Repayment(
        award_id=award.id,
        kind=kind,
        capital_minor=amounts.capital.minor,
        revenue_minor=amounts.revenue.minor,
        why=why,
        language=language,
        asked_by_id=by.id,
        asked_at=now,
    )
    db.session.add(repayment)
    db.session.flush()
    audit.record("repayment.asked", on=repayment, by=by, now=now, why=why, after={"total_minor": amounts.total.minor})
    return repayment


def withdraw(repayment: Repayment, *, by: Any, now: datetime, why: str = "") -> None:
    """Take it back, or say no to it, before it is approved."""
    award, repayment = _held(repayment)
    must_be_impartial(award.subject, by)
    advance(repayment, "withdraw", by=by, now=now, why=why)
    audit.record("repayment.withdrawn", on=repayment, by=by, now=now, why=why)


def approve(repayment: Repayment, *, by: Any, now: datetime) -> None:
    """Say yes to it, so that the recipient is asked; raises NeedsSomebodyElse for who asked."""
    award, repayment = _held(repayment)
    must_be_impartial(award.subject, by)
    if repayment.asked_by_id == by.id:
        raise NeedsSomebodyElse("asked")
    advance(repayment, "approve", by=by, now=now)
    repayment.approved_by_id, repayment.approved_at = by.id, now
    audit.record("repayment.approved", on=repayment, by=by, now=now)
    telling.tell_recipients(award, "repayment_approved", now=now, repayment=repayment)


def receive(repayment: Repayment, *, received_on: date, bank_reference: str, by: Any, now: datetime) -> None:
    """Record that the money came; it is left in the pot again. Raises NeedsSomebodyElse for who approved it."""
    award, repayment = _held(repayment)
    must_be_impartial(award.subject, by)
    if repayment.approved_by_id == by.id:
        raise NeedsSomebodyElse("repaid")
    advance(repayment, "receive", by=by, now=now, why=bank_reference)
    repayment.received_by_id, repayment.received_on, repayment.bank_reference = by.id, received_on, bank_reference
    ref, memo = f"repayment:{repayment.id}", bank_reference
    books.move(
        award.pot_id, repayment.amounts, "paid", "left", kind="grant_returned", ref=ref, at=now, by=by, memo=memo
    )
    audit.record("repayment.received", on=repayment, by=by, now=now, after={"bank_reference": bank_reference})
    tell(events.PotChanged(award.pot_id, now))


def write_off(repayment: Repayment, *, why: str, by: Any, now: datetime) -> None:
    """Give up what cannot be had back; it stays among what was paid. Raises NeedsSomebodyElse for who asked."""
    award, repayment = _held(repayment)
    must_be_impartial(award.subject, by)
    if repayment.asked_by_id == by.id:
        raise NeedsSomebodyElse("asked")
    advance(repayment, "write_off", by=by, now=now, why=why)
    audit.record("repayment.written_off", on=repayment, by=by, now=now, why=why)


def _held(repayment: Repayment) -> tuple[Award, Repayment]:
    award = hold(db.session.get_one(Award, repayment.award_id))
    held: Repayment = locked(Repayment, repayment.id)
    held.award = award
    return award, held

"""Recommend, consult, decide: three steps by three kinds of people; the code never lets one be two of them.

Deciding reserves the money in the same transaction, so of any number of decisions at once none spends a pound that is not there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.assessment import queries as assessment
from civic.core import audit, subjects
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can
from civic.grants import events
from civic.grants.actions import awards, books, telling
from civic.grants.actions.standing import hold, must_be_impartial
from civic.grants.models import Award, ConsulteeView, Decision, Grade
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries import authority, funds
from civic.grants.queries import decisions as queries
from civic.grants.queries.awards import in_motion, of_subject
from civic.grants.refusals import (
    AlreadyAwarded,
    AlreadyRecommended,
    BeyondLimit,
    FundClosed,
    LessThanPaid,
    NeedsSomebodyElse,
    NoDelegation,
    NotAnAmount,
    NotConsulted,
    NotEnough,
)
from civic.grants.rules import decisions as rules
from civic.grants.rules.amounts import NOTHING, Amounts
from civic.grants.rules.authority import lowest_for, reaches


def recommend(proposed: Proposed, terms: Terms, *, by: Any, now: datetime) -> Decision:
    """Recommend an award; consultees are told.

    Raises AlreadyAwarded, AlreadyRecommended, NotAnAmount, NotEnough, FundClosed, IsTheirOwn, HasInterest.
    """
    subjects.hold(proposed.subject)
    must_be_impartial(proposed.subject, by)
    if funds.of_pot(proposed.pot.id).status == "closed":
        raise FundClosed()
    award = of_subject(proposed.subject)
    if award is not None:
        raise AlreadyRecommended() if award.status == "proposed" else AlreadyAwarded()
    _must_be_something(terms.amounts)
    _must_be_there(proposed.pot.id, terms.amounts)
    award = proposed.award(now)
    db.session.add(award)
    db.session.flush()
    return _recommended(award, "award", terms, by=by, now=now)


def recommend_change(award: Award, terms: Terms, *, by: Any, now: datetime) -> Decision:
    """Recommend that a standing award becomes larger or smaller, or (with amounts of nothing) that it ends.

    Raises AlreadyRecommended, NotAnAmount, LessThanPaid, NotEnough, IsTheirOwn, HasInterest, IllegalMove.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    if award.status not in ("approved", "announced", "due", "agreed") or award.basis != "decision":
        raise IllegalMove()
    if queries.open_of(award.id) is not None:
        raise AlreadyRecommended()
    if terms.amounts == award.amounts or not terms.amounts.is_sound:
        raise NotAnAmount()
    _must_cover(award, terms.amounts)
    _must_be_there(award.pot_id, rules.added(award.amounts, terms.amounts))
    return _recommended(award, "change" if terms.amounts else "cancel", terms, by=by, now=now)


def _recommended(award: Award, kind: str, terms: Terms, *, by: Any, now: datetime) -> Decision:
    result = assessment.result_of(award.subject)
    decision = Decision(
        award_id=award.id,
        kind=kind,
        capital_minor=terms.amounts.capital.minor,
        revenue_minor=terms.amounts.revenue.minor,
        conditions=terms.conditions,
        expires_at=terms.expires_at,
        rationale=terms.rationale,
        language=terms.language,
        result_bps=result.bps if result else None,
        assessed_by=sorted(assessment.who_assessed(award.subject)),
        recommended_by_id=by.id,
        recommended_at=now,
    )
    decision.award = award
    db.session.add(decision)
    db.session.flush()
    audit.record("grant.recommended", on=decision, by=by, now=now, why=terms.rationale, after=_told(decision))
    telling.ask_consultees(decision, now=now)
    return decision


def withdraw(decision: Decision, *, by: Any, now: datetime, why: str = "") -> None:
    """Take a recommendation back before it is decided."""
    award, decision = _held(decision)
    must_be_impartial(award.subject, by)
    advance(decision, "withdraw", by=by, now=now, why=why)
    audit.record("grant.withdrawn", on=decision, by=by, now=now, why=why)
    _end_if_first(award, decision, "withdraw", by=by, now=now, why=why)


def give_view(decision: Decision, *, view: str, words: str, language: str, by: Any, now: datetime) -> ConsulteeView:
    """Say as a consultee what one thinks of a recommendation; said again while it is open, the new words count.

    Raises NeedsSomebodyElse for who recommended it, IsTheirOwn, HasInterest, IllegalMove once it is decided.
    """
    award, decision = _held(decision)
    if decision.status != "recommended":
        raise IllegalMove()
    if decision.recommended_by_id == by.id:
        raise NeedsSomebodyElse("recommended")
    must_be_impartial(award.subject, by)
    mine = select(ConsulteeView).where(ConsulteeView.decision_id == decision.id, ConsulteeView.consultee_id == by.id)
    given = db.session.scalars(mine).one_or_none() or ConsulteeView(decision_id=decision.id, consultee_id=by.id)
    before = {"view": given.view, "words": given.words} if given.id else None
    given.view, given.words, given.language, given.given_at = view, words, language, now
    db.session.add(given)
    db.session.flush()
    audit.record("grant.consulted", on=decision, by=by, now=now, why=words, before=before, after={"view": view})
    return given


def decide(decision: Decision, *, number: str, reasons: str, by: Any, now: datetime, source: str = "") -> Award:
    """Say yes to a recommendation, with the decision's number; the money is reserved (or goes back) at once.

    Raises NeedsSomebodyElse for who assessed, recommended or was consulted, NotConsulted, NoDelegation, BeyondLimit, NotEnough,
    LessThanPaid, IsTheirOwn, HasInterest.
    """
    award, decision = _held(decision)
    if not can(decision, "decide"):
        raise IllegalMove()
    assessed_by = _must_be_apart(award, decision, by)
    grade = _must_reach(decision, by)
    _must_be_consulted(award, decision)
    decision.assessed_by, decision.number, decision.form, decision.grade = assessed_by, number, grade.form, grade.title
    decision.decided_by_id, decision.decided_at, decision.reasons, decision.source = by.id, now, reasons, source
    difference = decision.amounts - award.amounts
    decision.capital_change_minor, decision.revenue_change_minor = difference.capital.minor, difference.revenue.minor
    advance(decision, "decide", by=by, now=now, why=number)
    audit.record("grant.decided", on=decision, by=by, now=now, why=reasons, after=_told(decision) | {"number": number})
    {"award": _give, "change": _change, "cancel": _cancel}[decision.kind](award, decision, by, now)
    db.session.flush()
    return award


def decide_together(
    decisions: Sequence[Decision], *, number: str, reasons: str, by: Any, now: datetime, source: str = ""
) -> None:
    """Decide several recommendations under one number: all of them, or none where one cannot be."""
    for decision in sorted(decisions, key=lambda each: each.award_id):
        decide(decision, number=number, reasons=reasons, by=by, now=now, source=source)


def refuse(decision: Decision, *, reasons: str, by: Any, now: datetime) -> None:
    """Say no to a recommendation; what stood before stands."""
    award, decision = _held(decision)
    decision.assessed_by = _must_be_apart(award, decision, by)
    advance(decision, "refuse", by=by, now=now, why=reasons)
    decision.decided_by_id, decision.decided_at, decision.reasons = by.id, now, reasons
    audit.record("grant.refused", on=decision, by=by, now=now, why=reasons)
    _end_if_first(award, decision, "turn_down", by=by, now=now, why=reasons)


def decline_early(award: Award, *, words: str, by: Any, now: datetime) -> None:
    """The recipient does not want what is only recommended, or decided and not announced yet; its money goes back to the pot.

    The door has made sure that the person may say so for the recipient. Raises IllegalMove once it is announced.
    """
    award = hold(award)
    if award.is_public or award.status not in ("proposed", "approved"):
        raise IllegalMove()
    open_one = queries.open_of(award.id)
    if open_one is not None:
        decision: Decision = locked(Decision, open_one.id)
        advance(decision, "withdraw", by=by, now=now, why=words)
        audit.record("grant.withdrawn", on=decision, by=by, now=now, why=words)
    if award.status == "approved":
        awards.let_go(award, "declined", by=by, now=now, why=words)
    elif open_one is not None:
        _end_if_first(award, open_one, "withdraw", by=by, now=now, why=words)


# What a decision does.


def _give(award: Award, decision: Decision, by: Any, now: datetime) -> None:
    ref = f"decision:{decision.id}"
    books.move(
        award.pot_id,
        decision.amounts,
        "left",
        "reserved",
        kind="grant_reserved",
        ref=ref,
        at=now,
        by=by,
        memo=decision.number,
    )
    awards.take_on(award, decision, by=by, now=now)
    announce(events.AwardDecided(award.id, award.subject, now))


def _change(award: Award, decision: Decision, by: Any, now: datetime) -> None:
    _must_cover(award, decision.amounts)
    ref, memo = f"decision:{decision.id}", decision.number
    more = rules.added(award.amounts, decision.amounts)
    loose, agreed = rules.taken_from(award.agreed, award.amounts, decision.amounts)
    for kind, amounts, source, target in (
        ("grant_reserved", more, "left", "reserved"),
        ("grant_released", loose, "reserved", "left"),
        ("grant_uncommitted", agreed, "committed", "left"),
    ):
        books.move(award.pot_id, amounts, source, target, kind=kind, ref=ref, at=now, by=by, memo=memo)
    covered = award.agreed - agreed
    award.agreed_capital_minor, award.agreed_revenue_minor = covered.capital.minor, covered.revenue.minor
    awards.change(award, decision, now=now)


def _cancel(award: Award, decision: Decision, by: Any, now: datetime) -> None:
    if award.status == "agreed":
        awards.stop(award, by=by, now=now, why=decision.reasons or decision.rationale)
    else:
        awards.let_go(award, "cancelled", by=by, now=now, why=decision.reasons or decision.rationale)


def _end_if_first(award: Award, decision: Decision, verb: str, *, by: Any, now: datetime, why: str) -> None:
    if decision.kind == "award":
        advance(award, verb, by=by, now=now, why=why)
        award.ended_at = now
        announce(events.AwardTurnedDown(award.id, award.subject, now))
    else:
        announce(events.ChangeTurnedDown(award.id, award.subject, decision.id, why, now))


# What must be so.


def _held(decision: Decision) -> tuple[Award, Decision]:
    award = hold(db.session.get_one(Award, decision.award_id))
    held: Decision = locked(Decision, decision.id)
    held.award = award
    return award, held


def _must_be_apart(award: Award, decision: Decision, by: Any) -> list[int]:
    """Whoever decides has neither assessed nor recommended nor been consulted; the numbers of those who assessed it."""
    must_be_impartial(award.subject, by)
    assessed_by = sorted(assessment.who_assessed(award.subject))
    if decision.recommended_by_id == by.id:
        raise NeedsSomebodyElse("recommended")
    if by.id in assessed_by:
        raise NeedsSomebodyElse("assessed")
    if by.id in queries.consultees_of(decision.id):
        raise NeedsSomebodyElse("consulted")
    return assessed_by


def _must_reach(decision: Decision, by: Any) -> Grade:
    grade, total = authority.held_by(by.id), decision.amounts.total
    if grade is None:
        raise NoDelegation()
    if not reaches(grade, total):
        needed = lowest_for(authority.grades(), total)
        raise BeyondLimit(grade.limit or NOTHING, needed.title if needed else None)
    return grade


def _must_be_consulted(award: Award, decision: Decision) -> None:
    if len(queries.consultees_of(decision.id)) < funds.of_pot(award.pot_id).consultees:
        raise NotConsulted()


def _must_be_something(amounts: Amounts) -> None:
    if not amounts or not amounts.is_sound:
        raise NotAnAmount()


def _must_be_there(pot_id: int, amounts: Amounts) -> None:
    left = funds.left_in(pot_id)
    for spending, money in amounts.parts:
        if money > getattr(left, spending):
            raise NotEnough(spending)


def _must_cover(award: Award, amounts: Amounts) -> None:
    if not in_motion(award.id).fits(amounts) and amounts:
        raise LessThanPaid()


def _told(decision: Decision) -> dict[str, Any]:
    return {"kind": decision.kind, "capital_minor": decision.capital_minor, "revenue_minor": decision.revenue_minor}

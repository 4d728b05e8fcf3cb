"""What came of it: planned from the end of the test, asked by itself, answered by both, verified and published by staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Challenge
from civic.challenge.support.actions.telling import tell_sides
from civic.challenge.support.models import ChallengeOutcome, OutcomeAnswer
from civic.challenge.support.queries.journeys import sides_of
from civic.challenge.support.queries.outcomes import answers_to, of_journey
from civic.challenge.support.refusals import InterestedParty, NoAnswerYet, ReasonMissing
from civic.challenge.support.rules.choices import OUTCOME_MONTHS
from civic.challenge.support.rules.outcomes import answer_by, months_after, reminders_due
from civic.core import audit
from civic.core.clock import london_today
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance

BOTH = ("startup", "partner")
FIELDS = ("in_use", "used_by", "value", "contract_minor", "jobs", "investment_minor", "why_not", "language")
VERIFIED = ("in_use", "used_by", "contract_minor", "jobs", "investment_minor", "text", "language")


def plan(application_id: int, *, now: datetime) -> list[ChallengeOutcome]:
    """Plan the three questions of a matched application, counted from its match until a later day is known. Twice is once."""
    held: ChallengeApplication = locked(ChallengeApplication, application_id)
    there = of_journey(application_id)
    if held.status != "matched" or there:
        return there
    assert held.matched_at is not None
    start = london_today(held.matched_at)
    made = [
        ChallengeOutcome(application_id=held.id, months=each, ask_on=months_after(start, each))
        for each in OUTCOME_MONTHS
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def count_from(application_id: int, day: date, *, now: datetime) -> None:
    """The test ended on this day, so the questions that were not asked yet are counted from it."""
    for each in plan(application_id, now=now):
        held: ChallengeOutcome = locked(ChallengeOutcome, each.id)
        if held.status == "planned":
            held.ask_on = months_after(day, held.months)
    db.session.flush()


def ask(outcome_id: int, *, now: datetime) -> None:
    """The day has come: both sides are asked. Nobody is asked about what was lost."""
    held: ChallengeOutcome = locked(ChallengeOutcome, outcome_id)
    application = db.session.get_one(ChallengeApplication, held.application_id)
    if held.status != "planned":
        return
    if application.status != "matched":
        held.why = "–"
        advance(held, "close", by=None, now=now)
        return
    held.asked_at, held.answer_by = now, answer_by(london_today(now))
    advance(held, "ask", by=None, now=now)
    db.session.flush()
    tell_sides("outcome", application, BOTH, now=now, by=None, what="asked", outcome=held.id)


def look_after(outcome_id: int, *, now: datetime) -> None:
    """Remind whoever has not answered, and mark what is overdue."""
    held: ChallengeOutcome = locked(ChallengeOutcome, outcome_id)
    if held.status != "asked" or held.asked_at is None or held.answer_by is None:
        return
    today = london_today(now)
    missing = tuple(side for side in BOTH if side not in answers_to(held))
    due = reminders_due(london_today(held.asked_at), today)
    application = db.session.get_one(ChallengeApplication, held.application_id)
    if due > held.reminders:
        held.reminders = due
        tell_sides("outcome", application, missing, now=now, by=None, what="reminded", outcome=held.id)
    if today > held.answer_by:
        advance(held, "fall_due", by=None, now=now)
        tell_sides("outcome", application, missing, now=now, by=None, what="overdue", outcome=held.id)
    db.session.flush()


def answer(outcome: ChallengeOutcome, side: str, *, by: Any, now: datetime, **values: Any) -> OutcomeAnswer:
    """One side answers, or answers anew until the other has; with both it goes to staff. Raises IllegalMove."""
    assert values.keys() == set(FIELDS), values.keys()
    held: ChallengeOutcome = locked(ChallengeOutcome, outcome.id)
    if held.status not in ("asked", "overdue") or side not in BOTH:
        raise IllegalMove()
    given = answers_to(held)
    found = given.get(side)
    if found is None:
        found = OutcomeAnswer(outcome_id=held.id, side=side, answered_by_id=by.id, answered_at=now, **values)
        db.session.add(found)
    else:
        for name, value in values.items():
            setattr(found, name, value)
        found.answered_by_id, found.answered_at = by.id, now
    db.session.flush()
    if {*given, side} >= set(_sides_asked(held)):
        advance(held, "answer", by=by, now=now)
        db.session.flush()
    return found


def publish(outcome: ChallengeOutcome, *, by: Any, now: datetime, **values: Any) -> None:
    """Staff publish what they verified; everybody reads it. Raises InterestedParty, IllegalMove."""
    assert values.keys() == set(VERIFIED), values.keys()
    held = _judged(outcome, by)
    for name, value in values.items():
        setattr(held, name, value)
    held.verified_by_id, held.published_at = by.id, now
    _move(held, "publish", "", by, now)
    application = db.session.get_one(ChallengeApplication, held.application_id)
    tell_sides("outcome", application, BOTH, now=now, by=by.id, what="published", outcome=held.id)


def move(outcome: ChallengeOutcome, verb: str, *, why: str, language: str = "en", by: Any, now: datetime) -> None:
    """Staff go on with one side's answer, send both back, close without an answer, or take back what was published.

    Each has a reason. Raises ReasonMissing, NoAnswerYet, InterestedParty, IllegalMove.
    """
    if verb not in ("settle", "send_back", "close", "withdraw"):
        raise IllegalMove()
    if not why:
        raise ReasonMissing()
    held = _judged(outcome, by)
    if verb == "settle" and held.status in ("asked", "overdue") and not answers_to(held):
        raise NoAnswerYet()
    if verb == "send_back":
        held.asked_at, held.reminders, held.answer_by = now, 0, answer_by(london_today(now))
    held.why, held.why_language = why, language
    _move(held, verb, why, by, now)
    if verb == "send_back":
        application = db.session.get_one(ChallengeApplication, held.application_id)
        tell_sides("outcome", application, BOTH, now=now, by=by.id, what="sent_back", outcome=held.id)


def _move(held: ChallengeOutcome, verb: str, why: str, by: Any, now: datetime) -> None:
    advance(held, verb, by=by, now=now, why=why)
    db.session.flush()
    audit.record(f"{verb} outcome", on=held, by=by, now=now, why=why, after={"in_use": held.in_use})


def _judged(outcome: ChallengeOutcome, by: Any) -> ChallengeOutcome:
    """The outcome, locked, for somebody who belongs to neither side."""
    held: ChallengeOutcome = locked(ChallengeOutcome, outcome.id)
    application = db.session.get_one(ChallengeApplication, held.application_id)
    if sides_of(application, by.id):
        raise InterestedParty()
    return held


def _sides_asked(outcome: ChallengeOutcome) -> tuple[str, ...]:
    """Both; the startup alone where nobody knows the partner."""
    partner = db.session.scalar(
        select(Challenge.partner_id)
        .join(ChallengeApplication, ChallengeApplication.challenge_id == Challenge.id)
        .where(ChallengeApplication.id == outcome.application_id)
    )
    return BOTH if partner is not None else ("startup",)

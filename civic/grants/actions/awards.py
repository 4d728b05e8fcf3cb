"""An award's life after its decision: announced, reached, released, stopped, completed; the money follows every move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civic.assessment import queries as assessment
from civic.core import audit, subjects
from civic.core.announcements import announce as tell
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can
from civic.grants import events
from civic.grants.actions import agreements, books, instalments, reports, telling
from civic.grants.actions.editions import must_be_seen
from civic.grants.actions.standing import hold, must_be_impartial
from civic.grants.models import Award, Decision
from civic.grants.proposing import Proposed
from civic.grants.queries import awards as queries
from civic.grants.queries.funds import reservation
from civic.grants.refusals import StillOpen
from civic.grants.rules.amounts import NONE, Amounts
from civic.grants.rules.choices import UNSIGNED


def take_on(award: Award, decision: Decision, *, by: Any, now: datetime) -> None:
    """The first decision was taken and its money reserved: the award stands, and is not public yet."""
    _follow(award, decision)
    award.scores = assessment.published_scores(award.subject)
    advance(award, "approve", by=by, now=now, why=decision.number)


def change(award: Award, decision: Decision, *, now: datetime) -> None:
    """A later decision changed it; whoever shows the award hears so once it is public."""
    _follow(award, decision)
    db.session.flush()
    if award.is_public:
        tell(events.AwardChanged(award.id, award.subject, award.amounts.total, now))
        telling.tell_recipients(award, "award_changed", now=now)


def announce(award: Award, *, by: Any, now: datetime) -> None:
    """Let everybody know of it; where it waits for no target, it is owed from now on once both sides have signed.

    Raises IllegalMove, and whatever the package of its subject has against it.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    advance(award, "announce", by=by, now=now)
    award.announced_at = now
    audit.record("award.announced", on=award, by=by, now=now)
    db.session.flush()
    tell(events.AwardAnnounced(award.id, award.subject, award.amounts.total, now))
    telling.tell_recipients(award, "award_announced", now=now)
    if not award.needs_target:
        reach(award.subject, now=now)


def announce_together(chosen: Sequence[Award], *, by: Any, now: datetime) -> None:
    """Announce several at one moment: all of them, or none."""
    for award in sorted(chosen, key=lambda each: (each.subject, each.id)):
        announce(award, by=by, now=now)


def reach(subject: str, *, now: datetime) -> Award | None:
    """What the award waited for has come (the campaign has its target): it can be agreed now. None where none waits."""
    award = _standing(subject)
    if award is None or not can(award, "reach"):
        return None
    advance(award, "reach", by=None, now=now)
    award.reached_at = now
    return award


def release(subject: str, why: str, *, now: datetime, by: Any | None = None, words: str = "") -> Award | None:
    """The promise is void (ended, expired, declined): its money goes back to the pot by itself. None where nothing is promised.

    What both sides have signed is not void; that ends by a decision only.
    """
    award = _standing(subject)
    if award is None or award.status not in UNSIGNED:
        return None
    let_go(award, why, by=by, now=now, why=words)
    return award


def decline(award: Award, *, words: str, by: Any, now: datetime) -> None:
    """The recipient does not need it: its money goes back to the pot. Raises IllegalMove once both sides have signed."""
    award = hold(award)
    if award.status not in UNSIGNED or not award.is_public:
        raise IllegalMove()
    let_go(award, "declined", by=by, now=now, why=words)


def let_go(award: Award, reason: str, *, by: Any | None, now: datetime, why: str = "") -> None:
    """Release a locked award: reserved money becomes money that is left."""
    was_public = award.is_public
    advance(award, "release", by=by, now=now, why=why or reason)
    award.ended_at = now
    ref = f"award:{award.id}"
    books.move(
        award.pot_id, award.amounts, "reserved", "left", kind="grant_released", ref=ref, at=now, by=by, memo=reason
    )
    instalments.cancel_open(award, by=by, now=now)
    agreements.take_back_open(award, by=by, now=now, why=reason)
    audit.record("award.released", on=award, by=by, now=now, why=why or reason)
    tell(events.AwardReleased(award.id, award.subject, reason, now))
    if was_public:
        telling.tell_recipients(award, "award_released", now=now, reason=reason)


def expire(award_id: int, *, now: datetime) -> bool:
    """Release an offer whose time has run out; False where it was signed or prolonged meanwhile."""
    award = hold(db.session.get_one(Award, award_id))
    if award.status not in UNSIGNED or award.expires_at is None or now < award.expires_at:
        return False
    let_go(award, "expired", by=None, now=now)
    return True


def stop(award: Award, *, by: Any | None, now: datetime, why: str) -> None:
    """End a locked award that was agreed: nothing more is paid, and what was committed and not paid goes back to the pot."""
    instalments.cancel_open(award, by=by, now=now)
    agreements.take_back_open(award, by=by, now=now, why=why)
    paid = queries.paid(award.id)
    loose, open_part = award.amounts - award.agreed, award.agreed - paid
    ref = f"award:{award.id}"
    books.move(award.pot_id, loose, "reserved", "left", kind="grant_released", ref=ref, at=now, by=by, memo=why)
    books.move(award.pot_id, open_part, "committed", "left", kind="grant_uncommitted", ref=ref, at=now, by=by, memo=why)
    award.capital_minor, award.revenue_minor = paid.capital.minor, paid.revenue.minor
    award.agreed_capital_minor, award.agreed_revenue_minor = paid.capital.minor, paid.revenue.minor
    advance(award, "stop" if paid else "annul", by=by, now=now, why=why)
    award.ended_at = now
    reports.waive_open(award, by=by, now=now, why=why)
    audit.record("award.stopped", on=award, by=by, now=now, why=why)
    tell(
        events.AwardFinished(award.id, award.subject, now)
        if paid
        else events.AwardReleased(award.id, award.subject, "cancelled", now)
    )
    telling.tell_recipients(award, "award_stopped", now=now, why=why)


OUTCOME = ("outcome", "outcome_language")
"""What an officer writes of what came of it."""


def publish_outcome(award: Award, *, text: str, language: str, by: Any, now: datetime, seen: str | None = None) -> None:
    """Publish what came of it, for everybody; published again, the new words stand and the old ones are in the log.

    Raises ChangedMeanwhile, IsTheirOwn, HasInterest, and IllegalMove for what is not public or never was agreed.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    if award.status not in ("agreed", "completed", "stopped"):
        raise IllegalMove()
    must_be_seen(award, OUTCOME, seen)
    before = {"outcome": award.outcome} if award.outcome else None
    award.outcome, award.outcome_language, award.outcome_at = text, language, now
    audit.record("award.outcome", on=award, by=by, now=now, before=before, after={"outcome": text})


def complete(award: Award, *, by: Any, now: datetime) -> None:
    """Close the file: all is paid, every report accepted, what came of it published. Raises StillOpen otherwise."""
    award = hold(award)
    must_be_impartial(award.subject, by)
    if queries.what_is_missing(award):
        raise StillOpen()
    advance(award, "complete", by=by, now=now)
    award.ended_at = now
    audit.record("award.completed", on=award, by=by, now=now)
    tell(events.AwardFinished(award.id, award.subject, now))


@dataclass(frozen=True)
class Ruled:
    """The decision by which a rule gives money: proposed by one person, approved by another, before the first gift."""

    number: str
    why: str
    proposed_by_id: int | None
    proposed_at: datetime
    approved_by_id: int | None
    approved_at: datetime


def work_out(proposed: Proposed, source: str, ruled: Ruled, *, now: datetime) -> Award | None:
    """Turn what a rule has reserved into an award that can be agreed and paid like any other; None where it reserved nothing.

    Who approved the rule stands as who decided, so that nobody pays what they approved.
    """
    held = reservation(proposed.pot.id, source)
    amounts = held.amounts if held else NONE
    if held is None or not amounts:
        return None
    award = proposed.award(now)
    award.basis, award.needs_target = "formula", False
    award.capital_minor, award.revenue_minor = amounts.capital.minor, amounts.revenue.minor
    award.announced_at = award.reached_at = now
    held.capital_minor = held.revenue_minor = (
        0  # the money stays reserved where it is; it only belongs to the award now
    )
    db.session.add(award)
    db.session.flush()
    advance(award, "work_out", by=None, now=now, why=ruled.number)
    decision = Decision(
        award_id=award.id,
        kind="award",
        capital_minor=award.capital_minor,
        revenue_minor=award.revenue_minor,
        rationale=ruled.why,
        language=award.language,
        recommended_by_id=ruled.proposed_by_id,
        recommended_at=ruled.proposed_at,
        number=ruled.number,
        decided_by_id=ruled.approved_by_id,
        decided_at=ruled.approved_at,
        capital_change_minor=award.capital_minor,
        revenue_change_minor=award.revenue_minor,
        status="decided",
    )
    db.session.add(decision)
    db.session.flush()
    return award


def correct(award: Award, amounts: Amounts, *, now: datetime, why: str) -> Amounts:
    """Bring what a formula gives to what it comes to now (a gift went back); what was paid already and must go back is told.

    What is not paid becomes less at once, and an award of nothing ends; what was paid must be asked back by a person.
    """
    award = locked(Award, award.id)
    moving = queries.in_motion(award.id)
    kept = Amounts.of(
        max(amounts.capital.minor, moving.capital.minor), max(amounts.revenue.minor, moving.revenue.minor)
    )
    less = award.amounts - kept
    if not kept and award.status == "due":
        let_go(award, "gifts", by=None, now=now, why=why)
    elif not kept and award.status == "agreed":
        stop(award, by=None, now=now, why=why)
    elif less and award.status in ("due", "agreed"):
        from_loose, from_agreed = award.amounts - award.agreed, Amounts()
        loose = Amounts.of(
            min(less.capital.minor, from_loose.capital.minor), min(less.revenue.minor, from_loose.revenue.minor)
        )
        from_agreed = less - loose
        ref = f"award:{award.id}:{kept.capital.minor}:{kept.revenue.minor}"
        books.move(award.pot_id, loose, "reserved", "left", kind="grant_released", ref=ref, at=now, memo=why)
        books.move(award.pot_id, from_agreed, "committed", "left", kind="grant_uncommitted", ref=ref, at=now, memo=why)
        covered = award.agreed - from_agreed
        award.agreed_capital_minor, award.agreed_revenue_minor = covered.capital.minor, covered.revenue.minor
        award.capital_minor, award.revenue_minor = kept.capital.minor, kept.revenue.minor
        audit.record("award.corrected", on=award, by=None, now=now, why=why, after={"total_minor": kept.total.minor})
    return kept - amounts


def _follow(award: Award, decision: Decision) -> None:
    award.capital_minor, award.revenue_minor = decision.capital_minor, decision.revenue_minor
    award.conditions = decision.conditions
    if decision.expires_at is not None:
        award.expires_at = decision.expires_at


def _standing(subject: str) -> Award | None:
    subjects.hold(subject)
    found = queries.of_subject(subject)
    return locked(Award, found.id) if found else None

"""Warnings before suspensions, suspensions from publishing, and notes among moderators."""

from datetime import datetime, timedelta

from sqlalchemy import update

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db
from civic.moderation import refusals
from civic.moderation.actions.cases import hold_author
from civic.moderation.actions.telling import tell_person
from civic.moderation.models import Appeal, Case, StaffNote, Suspension, Warned
from civic.moderation.queries.people import suspension_of, warned_lately

LONGEST_DAYS = 365


def warn(person: User, *, words: str, language: str, by: User, now: datetime, case: Case | None = None) -> Warned:
    """Tell a person that what they write breaks the house rules. Raises NeedsSomebodyElse for oneself."""
    _refuse_oneself(person, by)
    warned = Warned(
        person_id=person.id, case_id=case.id if case else None, words=words, language=language, by_id=by.id, at=now
    )
    db.session.add(warned)
    db.session.flush()
    audit.record("moderation.warn", on=person, by=by, now=now, why=words)
    tell_person("moderation.warned", person.id, warned.id, by=by, now=now)
    return warned


def suspend(
    person: User, *, days: int, words: str, language: str, without_warning: str = "", by: User, now: datetime,
    case: Case | None = None,
) -> Suspension:  # fmt: skip
    """Let a person publish nothing for some days; they may still read and sign in.

    Raises NeedsAWarning where nobody warned them within twelve months and no reason says why, SuspendedAlready, NeedsSomebodyElse.
    """
    _refuse_oneself(person, by)
    hold_author(person.id)
    if suspension_of(person.id, now) is not None:
        raise refusals.SuspendedAlready()
    warned = warned_lately(person.id, now)
    if not warned and not without_warning:
        raise refusals.NeedsAWarning()
    suspension = Suspension(
        person_id=person.id, case_id=case.id if case else None, starts_at=now,
        ends_at=now + timedelta(days=min(days, LONGEST_DAYS)), words=words, language=language,
        without_warning="" if warned else without_warning, by_id=by.id, lifted_at=None, lifted_by_id=None,
    )  # fmt: skip
    db.session.add(suspension)
    db.session.flush()
    after = {"until": suspension.ends_at.isoformat(), "without_warning": suspension.without_warning}
    audit.record("moderation.suspend", on=person, by=by, now=now, why=words, after=after)
    tell_person("moderation.suspended", person.id, suspension.id, by=by, now=now)
    return suspension


def lift(suspension: Suspension, *, why: str, by: User, now: datetime) -> None:
    """End a suspension before its time; an appeal that waits is closed with it. Twice changes nothing."""
    hold_author(suspension.person_id)
    db.session.refresh(suspension, with_for_update=True)
    if not suspension.holds(now):
        return
    end(suspension, why=why, by=by, now=now)
    waiting = update(Appeal).where(Appeal.suspension_id == suspension.id, Appeal.outcome == "")
    db.session.execute(waiting.values(outcome="closed", decided_at=now))
    audit.record("moderation.lift", on=("account_user", suspension.person_id), by=by, now=now, why=why)
    tell_person("moderation.suspension_lifted", suspension.person_id, suspension.id, by=by, now=now)


def end(suspension: Suspension, *, why: str, by: User, now: datetime) -> None:
    """Write down that a suspension ended before its time; the person is held."""
    suspension.lifted_at, suspension.lifted_by_id, suspension.lifted_why = now, by.id, why
    db.session.flush()


def note(words: str, *, by: User, now: datetime, case: Case | None = None, person: User | None = None) -> StaffNote:
    """Write something for the other moderators, about a case or a person."""
    written = StaffNote(
        case_id=case.id if case else None, person_id=person.id if person else None, words=words, by_id=by.id, at=now
    )
    db.session.add(written)
    db.session.flush()
    return written


def _refuse_oneself(person: User, by: User) -> None:
    if person.id == by.id:
        raise refusals.NeedsSomebodyElse()

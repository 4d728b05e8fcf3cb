"""Writing what came of it, and signing it: whoever wrote any of it is not the one who signs."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.consultations import refusals
from civic.consultations.actions.counting import recount
from civic.consultations.actions.life import step
from civic.consultations.actions.telling import tell_outcome
from civic.consultations.actions.writing import held_fast
from civic.consultations.models import Consultation, Decision, Link, Theme, Tie, Writer
from civic.consultations.queries import outcome as queries
from civic.consultations.rules import outcome as rules
from civic.core import audit
from civic.core.db import db
from civic.core.jobs import enqueue
from civic.core.states import advance


def write_summary(consultation: Consultation, text: str, *, by: Any, now: datetime) -> None:
    """Say in a few paragraphs what we heard and what was decided."""
    consultation = open_to(consultation, by, now)
    consultation.outcome_summary = text
    db.session.flush()
    audit.record("consultation.outcome_written", on=consultation, by=by, now=now, after={"part": "summary"})


def write_theme(
    consultation: Consultation, theme: Theme | None, *, title: str, heard: str, by: Any, now: datetime
) -> Theme:
    """Add a theme, or change one."""
    consultation = open_to(consultation, by, now)
    if theme is None:
        theme = Theme(consultation_id=consultation.id, position=_next(Theme, consultation.id), title="", heard="")
        db.session.add(theme)
    theme.title, theme.heard = title, heard
    db.session.flush()
    audit.record("consultation.theme_written", on=consultation, by=by, now=now, after={"theme": theme.id})
    return theme


def remove_theme(consultation: Consultation, theme: Theme, *, by: Any, now: datetime) -> None:
    """Take a theme out in which no contribution stands."""
    consultation = open_to(consultation, by, now)
    if db.session.scalar(select(Link.id).where(Link.theme_id == theme.id).limit(1)) is not None:
        raise refusals.HasContributions()
    db.session.delete(theme)
    db.session.flush()
    audit.record("consultation.theme_removed", on=consultation, by=by, now=now, before={"title": theme.title})


def write_decision(
    consultation: Consultation, decision: Decision | None, *, decided: str, because: str, number: str, decided_on: date,
    url: str | None, themes: Collection[int], by: Any, now: datetime,
) -> Decision:  # fmt: skip
    """Add a decision, or change one: what, because of what, under which number, and which themes it answers."""
    consultation = open_to(consultation, by, now)
    known = set(db.session.scalars(select(Theme.id).where(Theme.consultation_id == consultation.id)))
    if not set(themes) <= known:
        raise refusals.UnknownTheme(field="themes")
    if decision is None:
        decision = Decision(consultation_id=consultation.id, position=_next(Decision, consultation.id))
        db.session.add(decision)
    decision.decided, decision.because, decision.number = decided, because, number
    decision.decided_on, decision.url = decided_on, url
    db.session.flush()
    db.session.execute(delete(Tie).where(Tie.decision_id == decision.id))
    for theme_id in sorted(set(themes)):
        db.session.add(Tie(theme_id=theme_id, decision_id=decision.id, consultation_id=consultation.id))
    db.session.flush()
    audit.record("consultation.decision_written", on=consultation, by=by, now=now, after={"number": number})
    return decision


def remove_decision(consultation: Consultation, decision: Decision, *, by: Any, now: datetime) -> None:
    """Take a decision out of an outcome that nobody has signed."""
    consultation = open_to(consultation, by, now)
    db.session.delete(decision)
    db.session.flush()
    audit.record("consultation.decision_removed", on=consultation, by=by, now=now, before={"number": decision.number})


def lacking(consultation: Consultation) -> list[str]:
    """What the outcome lacks before it may be handed over."""
    return rules.lacks(queries.as_rules_see_it(consultation, queries.outcome_of(consultation.id)))


def submit(consultation: Consultation, *, by: Any, now: datetime) -> None:
    """Hand the outcome to a second person; until that person or its writers act, nobody changes it."""
    consultation = open_to(consultation, by, now)
    if lacking(consultation):
        raise refusals.Lacking()
    recount(consultation)
    consultation.submitted_at, consultation.submitted_by_id = now, by.id
    db.session.flush()
    audit.record("consultation.outcome_submitted", on=consultation, by=by, now=now)


def send_back(consultation: Consultation, *, why: str, by: Any, now: datetime) -> None:
    """Open the outcome to its writers again: they take it back, or the second person asks for something."""
    consultation = held_fast(consultation)
    if consultation.status != "considering" or consultation.submitted_at is None:
        raise refusals.NotSubmitted()
    consultation.submitted_at = consultation.submitted_by_id = None
    db.session.flush()
    audit.record("consultation.outcome_sent_back", on=consultation, by=by, now=now, why=why.strip())


def sign(consultation: Consultation, *, by: Any, now: datetime, edition: int) -> None:
    """Publish the outcome as a second person who wrote none of it, and let everybody who took part know.

    `edition` is the version that was read. Raises SamePerson where the signer had a hand in it.
    """
    consultation = held_fast(consultation)
    if consultation.status != "considering" or consultation.submitted_at is None:
        raise refusals.NotSubmitted()
    if edition != consultation.version_id:
        raise refusals.ChangedMeanwhile()
    if not may_sign(consultation, by):
        raise refusals.SamePerson()
    if lacking(consultation):
        raise refusals.Lacking()
    recount(consultation)
    consultation.signed_by_id = by.id
    consultation.answered_at = consultation.touched_at = now
    advance(consultation, "answer", by=by, now=now)
    audit.record("consultation.answered", on=consultation, by=by, now=now, after={"edition": edition})
    enqueue(tell_outcome, key=f"consultation-outcome-{consultation.id}", consultation_id=consultation.id)


def may_sign(consultation: Consultation, person: User) -> bool:
    """Whether this person is a second pair of eyes for this outcome."""
    return rules.may_sign(
        person.id, person.roles, writers=queries.writers(consultation.id), submitted_by=consultation.submitted_by_id
    )


def open_to(consultation: Consultation, by: Any, now: datetime) -> Consultation:
    """The consultation, locked, where its outcome may be written; whoever writes is on record and does not sign."""
    consultation = held_fast(consultation)
    if consultation.status == "open" and consultation.stage(now) == "considering":
        step(consultation, now)
    if consultation.status != "considering":
        raise refusals.NotClosed()
    if consultation.submitted_at is not None:
        raise refusals.WithSigner()
    row = insert(Writer).values(consultation_id=consultation.id, person_id=by.id)
    db.session.execute(row.on_conflict_do_nothing())
    consultation.touched_at = now
    return consultation


def _next(model: Any, consultation_id: int) -> int:
    highest = select(func.max(model.position)).where(model.consultation_id == consultation_id)
    return (db.session.scalar(highest) or 0) + 1

"""The life of a consultation: announced after the check list, opened and closed by the clock, extended or closed early with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete

from civic.authoring.actions import pass_gate
from civic.consultations import refusals
from civic.consultations.actions.counting import recount
from civic.consultations.actions.writing import held_fast, need, tell_followers
from civic.consultations.models import Consultation, DateChange, OnRecord
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import outcome, registry
from civic.consultations.rules import gunning
from civic.core import audit
from civic.core.db import db
from civic.core.states import advance, can


def facts_of(consultation: Consultation) -> gunning.Facts:
    """The consultation as the rules of fairness look at it."""
    names = queries.held(consultation.id)
    known = registry.facts(names)
    return gunning.Facts(
        can_change=consultation.can_change,
        background=consultation.background,
        decision_maker=consultation.decision_maker,
        has_officer=consultation.officer_id is not None,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        decision_on=consultation.decision_on,
        equality_note=consultation.equality_note,
        language=consultation.language,
        documents=frozenset((row.Document.kind, row.Document.language) for row in queries.documents(consultation.id)),
        activities=tuple(
            gunning.Holds(name, each.is_public, each.opens_at, each.closes_at)
            for name in names
            if (each := known.get(name))
        ),
        least_days=current_app.config["CONSULTATION_LEAST_DAYS"],
        quiet=current_app.config["PRE_ELECTION_PERIODS"],
        decided_already=bool(outcome.outcome_of(consultation.id).decisions),
    )


def check_list(consultation: Consultation, now: datetime) -> list[gunning.Point]:
    """What the rules of fairness say of it as it stands."""
    return gunning.points(facts_of(consultation), now)


def announce(
    consultation: Consultation,
    reasons: Mapping[str, str],
    *,
    by: Any,
    now: datetime,
    edition: int | None = None,
    advice_why: str = "",
) -> None:
    """Let everybody know of it; it opens by itself when its time comes. Blocks cannot be talked away; each warning needs a
    public reason (by its code). `edition` is the version that whoever announces looked at; `advice_why` is why it goes out
    although its texts keep somebody out (KeepsSomebodyOut)."""
    consultation = held_fast(consultation)
    if edition is not None and edition != consultation.version_id:
        raise refusals.ChangedMeanwhile()
    points = check_list(consultation, now)
    if not can(consultation, "announce") or gunning.blocks(points):
        raise refusals.NotReady(gunning.blocks(points))
    given = {code: need(reasons.get(code, ""), field=f"why-{code}") for code in gunning.warnings(points)}
    pass_gate(f"consultation:{consultation.id}", why=advice_why, by=by, now=now)
    for code, why in given.items():
        db.session.add(OnRecord(consultation_id=consultation.id, code=code, why=why, by_id=by.id, at=now))
    consultation.announced_at = consultation.touched_at = now
    advance(consultation, "announce", by=by, now=now)
    audit.record("consultation.announced", on=consultation, by=by, now=now, after={"reasons": given})
    step(consultation, now)


def take_back(consultation: Consultation, *, by: Any, now: datetime) -> None:
    """Make a draft of it again before it opens; its reasons are asked for anew."""
    consultation = held_fast(consultation)
    if consultation.stage(now) != "coming_up":
        raise refusals.Announced()
    advance(consultation, "return", by=by, now=now)
    consultation.announced_at, consultation.touched_at = None, now
    db.session.execute(delete(OnRecord).where(OnRecord.consultation_id == consultation.id))
    audit.record("consultation.taken_back", on=consultation, by=by, now=now)


def extend(consultation: Consultation, closes_at: datetime, *, why: str, by: Any, now: datetime) -> None:
    """Give more time, with a reason that everybody can read."""
    consultation = held_fast(consultation)
    before = consultation.closes_at
    if consultation.stage(now) not in ("coming_up", "open") or before is None:
        raise refusals.NotOpen()
    if closes_at <= before:
        raise refusals.NotLater()
    _move(consultation, "extended", before, closes_at, need(why), by, now)


def close_early(consultation: Consultation, *, why: str, by: Any, now: datetime) -> None:
    """Close before the announced date, with a reason that everybody can read. The twelve weeks begin now."""
    consultation = held_fast(consultation)
    before = consultation.closes_at
    if consultation.stage(now) != "open" or before is None or consultation.opens_at == now:
        raise refusals.NotOpen()
    why = need(why)
    step(consultation, now)
    _move(consultation, "closed_early", before, now, why, by, now)
    advance(consultation, "close", by=by, now=now, why=why)
    recount(consultation)


def _move(
    consultation: Consultation, kind: str, before: datetime, after: datetime, why: str, by: Any, now: datetime
) -> None:
    change = DateChange(
        consultation_id=consultation.id, kind=kind, before=before, after=after, why=why, by_id=by.id, at=now
    )
    db.session.add(change)
    consultation.closes_at, consultation.touched_at = after, now
    db.session.flush()
    tell_followers(consultation, "consultation_dates", by=by, now=now, change=change.id)
    dates = {"before": {"closes_at": before.isoformat()}, "after": {"closes_at": after.isoformat()}}
    audit.record(f"consultation.{kind}", on=consultation, by=by, now=now, why=why, **dates)


def withdraw(consultation: Consultation, *, why: str, by: Any, now: datetime) -> None:
    """End it without an answer, with a reason; where it was announced, its page stays and says so."""
    consultation = held_fast(consultation)
    why = need(why)
    step(consultation, now)
    was_public = consultation.is_public
    consultation.withdrawn_why, consultation.touched_at = why, now
    consultation.submitted_at = consultation.submitted_by_id = None
    advance(consultation, "withdraw", by=by, now=now, why=why)
    audit.record("consultation.withdrawn", on=consultation, by=by, now=now, why=why)
    if was_public:
        tell_followers(consultation, "consultation_withdrawn", by=by, now=now)


def explain_delay(consultation: Consultation, why: str, *, by: Any, now: datetime) -> None:
    """Say publicly why the answer is late."""
    consultation = held_fast(consultation)
    if not consultation.is_overdue(now):
        raise refusals.NotOverdue()
    before = consultation.overdue_reason
    consultation.overdue_reason, consultation.overdue_reason_at = need(why), now
    consultation.touched_at = now
    db.session.flush()
    audit.record(
        "consultation.delay_explained", on=consultation, by=by, now=now, why=why.strip(), before={"reason": before}
    )


def step(consultation: Consultation, now: datetime) -> None:
    """Note what the clock has done: it has opened, it has closed. The caller holds the row."""
    if consultation.status == "coming_up" and consultation.stage(now) != "coming_up":
        advance(consultation, "open", by=None, now=now)
        consultation.touched_at = now
        if consultation.stage(now) == "open":
            tell_followers(consultation, "consultation_opened", by=None, now=now)
    if consultation.status == "open" and consultation.stage(now) == "considering":
        advance(consultation, "close", by=None, now=now)
        consultation.touched_at = now
        recount(consultation)

"""Things to look at: found each night, decided on by a person with a reason. Nothing follows from a decision by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import advance
from civic.crowdfund.matching.actions.gifts import person_of
from civic.crowdfund.matching.models import MatchSignal
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.queries import traces
from civic.crowdfund.matching.refusals import StandsBehind
from civic.crowdfund.matching.rules import facts
from civic.crowdfund.matching.rules.signals import Signal, signals
from civic.crowdfund.matching.rules.traces import Organisers
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.parties import acts_for


def look(scheme_id: int, *, now: datetime) -> int:
    """Look over all gifts of a scheme; how many things to look at are new, or open again because gifts have joined them.

    What is found again keeps its decision while its gifts are among those that were decided on; what is found no more stays as it is.
    """
    found = _found(scheme_id)
    held = queries.held(scheme_id)
    mine = select(MatchSignal).where(MatchSignal.scheme_id == held.id).with_for_update()
    known = {row.key: row for row in db.session.scalars(mine.execution_options(populate_existing=True))}
    new = sum(_keep(held.id, signal, known.get(signal.key), now) for signal in found)
    db.session.flush()
    return new


def dismiss(signal: MatchSignal, *, why: str, by: Any, now: datetime) -> None:
    """Say that it is harmless; raises IllegalMove, StandsBehind."""
    _decide(signal, "dismiss", why, by, now)


def uphold(signal: MatchSignal, *, why: str, by: Any, now: datetime) -> None:
    """Say that it is what it looks like; whether its gifts count is decided gift by gift. Raises IllegalMove, StandsBehind."""
    _decide(signal, "uphold", why, by, now)


def reopen(signal: MatchSignal, *, why: str, by: Any, now: datetime) -> None:
    """Think again; raises IllegalMove, StandsBehind."""
    row = _mine(signal, by)
    _open_again(row, by=by, now=now, why=why)
    audit.record("match_signal.reopened", on=row, by=by, now=now, why=why)


def must_be_apart(campaign_ids: Iterable[int], by: Any) -> None:
    """Raise StandsBehind for somebody who stands behind one of these campaigns."""
    for campaign in db.session.scalars(select(Campaign).where(Campaign.id.in_(list(campaign_ids)))).all():
        if acts_for(campaign, by):
            raise StandsBehind()


def _found(scheme_id: int) -> list[Signal]:
    scheme = queries.scheme_by_id(scheme_id)
    assert scheme is not None
    running = traces.running_of(scheme_id)
    targets = {each.campaign: each.target for each in running}
    organisers = {
        each.campaign: Organisers(each.organisation, frozenset(map(person_of, each.emails)), each.emails)
        for each in running
    }
    return signals(queries.terms_of(scheme), traces.traces_of(scheme_id), targets, organisers)


def _keep(scheme_id: int, signal: Signal, row: MatchSignal | None, now: datetime) -> bool:
    """Write down what was found; whether somebody must look at it anew."""
    if row is not None:
        row.seen_at = now
        if row.status != "open" and set(signal.gifts) <= set(row.gifts):
            return False
    is_new = row is None or row.status != "open"
    if row is None:
        row = MatchSignal(scheme_id=scheme_id, key=signal.key, kind=signal.kind, found_at=now, seen_at=now)
        db.session.add(row)
    row.campaigns, row.gifts = list(signal.campaigns), list(signal.gifts)
    row.effect_minor, row.facts = signal.effect.minor, facts.kept(signal.facts)
    if row.status in ("dismissed", "upheld"):
        _open_again(row, by=None, now=now, why="more gifts")
    return is_new


def _decide(signal: MatchSignal, verb: str, why: str, by: Any, now: datetime) -> None:
    row = _mine(signal, by)
    row.words = why
    row.decided_by_id, row.decided_at = by.id, now
    advance(row, verb, by=by, now=now, why=why)
    audit.record(f"match_signal.{row.status}", on=row, by=by, now=now, why=why, after={"gifts": row.gifts})


def _mine(signal: MatchSignal, by: Any) -> MatchSignal:
    row: MatchSignal = locked(MatchSignal, signal.id)
    must_be_apart(row.campaigns, by)
    return row


def _open_again(row: MatchSignal, *, by: Any | None, now: datetime, why: str) -> None:
    advance(row, "reopen", by=by, now=now, why=why)
    row.words, row.decided_by_id, row.decided_at = "", None, None
    db.session.flush()

"""Overrides: one person says for whom and why, a second one agrees; nobody is matched against their word."""

from __future__ import annotations

from datetime import datetime

from civic.accounts.models import User
from civic.challenge.matching.actions.runs import _hold
from civic.challenge.matching.models import Override, Run
from civic.challenge.matching.queries.runs import approved, overrides_of
from civic.challenge.matching.refusals import NotAccepted, NothingOverridden, NotOffered, OwnProposal, WhyMissing
from civic.challenge.matching.rules.documents import decided
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can


def propose_override(run: Run, application_id: int, kind: str, *, reason: str, by: User, now: datetime) -> Override:
    """Want a startup matched with a challenge (instead of any other), or a match undone, in a draft.

    Raises NotOffered, NotAccepted, NothingOverridden, WhyMissing, HasAStake, IllegalMove.
    """
    assert kind in ("match", "leave")
    held = _hold(run, by)
    if held.status != "draft":
        raise IllegalMove()
    if not reason:
        raise WhyMissing(field="reason")
    pair = next((pair for pair, number in held.inputs["pairs"].items() if number == application_id), None)
    if pair is None:
        raise NotOffered(field="application")
    startup, challenge = pair.split(":")
    _refuse_against_a_word(held, startup, challenge, kind)
    override = Override(
        run_id=held.id, application_id=application_id, kind=kind, reason=reason, proposed_by_id=by.id, proposed_at=now
    )
    db.session.add(override)
    db.session.flush()
    audit.record("propose override of challenge match", on=override, by=by, now=now, why=reason)
    return override


def _refuse_against_a_word(run: Run, startup: str, challenge: str, kind: str) -> None:
    accepted = challenge in run.inputs["startups"][startup] and startup in run.inputs["challenges"][challenge]["ranks"]
    if kind == "match" and not accepted:
        raise NotAccepted()
    has = decided(run.result, approved(run, overrides_of(run)))[startup] == challenge
    if has == (kind == "match"):
        raise NothingOverridden()


def decide_override(run: Run, override: Override, verb: str, *, by: User, now: datetime) -> None:
    """Approve or refuse what somebody else proposed, or withdraw it. Raises OwnProposal, HasAStake, IllegalMove."""
    held_run = _hold(run, by)
    held: Override = locked(Override, override.id)
    if held_run.status != "draft" or not can(held, verb):
        raise IllegalMove()
    if verb != "withdraw":
        if held.proposed_by_id == by.id:
            raise OwnProposal()
        held.decided_by_id, held.decided_at = by.id, now
    advance(held, verb, by=by, now=now)
    audit.record(f"{verb} override of challenge match", on=held, by=by, now=now, why=held.reason)

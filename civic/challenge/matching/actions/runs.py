"""Matches: computed from what was handed in, proposed by one person, published by another; then they never change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import func, select

from civic.accounts.models import User
from civic.challenge.applying.models import Call
from civic.challenge.matching.actions.holding import hold_call
from civic.challenge.matching.actions.ranking import takes_lists
from civic.challenge.matching.models import Run
from civic.challenge.matching.queries.inputs import inputs_of
from civic.challenge.matching.queries.runs import approved, overrides_of
from civic.challenge.matching.queries.stakes import has_a_stake
from civic.challenge.matching.refusals import (
    HasAStake,
    InputsChanged,
    NothingToMatch,
    OverridesWaiting,
    RankingStillOpen,
    TooFull,
    WhyMissing,
)
from civic.challenge.matching.rules.documents import decided, digest, essence, exported, market_of
from civic.challenge.matching.rules.stable import below_minimum, match, overfull
from civic.challenge.models import Programme
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can


def make_run(call: Call, *, closed: Iterable[int] = (), why: str = "", by: User, now: datetime) -> Run:
    """Compute a match from the lists that were sent, and pin what went in. After the first one is public: a substitute.

    Raises RankingStillOpen, NothingToMatch, HasAStake, and WhyMissing for a substitute and where a challenge is closed.
    """
    if has_a_stake(call, by.id):
        raise HasAStake()
    held = hold_call(call.id)
    if takes_lists(held, now) or held.ranks_close_at is None:
        raise RankingStillOpen()
    if held.status not in ("shortlisted", "matched"):
        raise IllegalMove()
    is_substitute, closed = held.status == "matched", sorted(set(closed))
    if (is_substitute or closed) and not why:
        raise WhyMissing()
    inputs = inputs_of(held, closed=closed, substitute=is_substitute)
    market = market_of(inputs)
    if not market.startups or not any(market.places.values()):
        raise NothingToMatch()
    last = db.session.scalar(select(func.max(Run.number)).where(Run.call_id == held.id)) or 0
    run = Run(
        call_id=held.id, number=last + 1, is_substitute=is_substitute, inputs=inputs | {"names": _made_up(inputs)},
        inputs_hash=digest(essence(inputs)), result=match(market), why=why, made_by_id=by.id, made_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    audit.record("compute challenge match", on=run, by=by, now=now, why=why, after={"inputs": run.inputs_hash})
    return run


def _made_up(inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Names for the file alone, by chance: neither their order nor a key leads back to anybody."""
    return {
        side: {number: f"{letter}-{token_hex(6)}" for number in inputs[side]}
        for side, letter in (("startups", "S"), ("challenges", "C"))
    }


def propose(run: Run, *, why: str = "", by: User, now: datetime) -> None:
    """Hand a match on to a second person. With a challenge below its minimum it says why one goes ahead.

    Raises OverridesWaiting, InputsChanged, TooFull, WhyMissing, HasAStake, IllegalMove.
    """
    held = _hold(run, by)
    if not can(held, "propose"):
        raise IllegalMove()
    final = _ready(held)
    if below_minimum(market_of(held.inputs), final) and not why:
        raise WhyMissing()
    held.proposed_by_id, held.proposed_at, held.proposed_why = by.id, now, why
    _moved(held, "propose", by, now, why)


def return_(run: Run, *, why: str, by: User, now: datetime) -> None:
    """Hand it back for somebody to look at it once more. Raises WhyMissing, HasAStake, IllegalMove."""
    held = _hold(run, by)
    if not why:
        raise WhyMissing()
    if not can(held, "return"):
        raise IllegalMove()
    held.proposed_by_id, held.proposed_at = None, None
    _moved(held, "return", by, now, why)


def discard(run: Run, *, by: User, now: datetime) -> None:
    """Put a draft away; it stays on record. Raises HasAStake, IllegalMove."""
    held = _hold(run, by)
    if not can(held, "discard"):
        raise IllegalMove()
    _moved(held, "discard", by, now, "")


def _hold(run: Run, by: User) -> Run:
    """The match, locked after its call, as everybody locks them; refuses who stands on a side."""
    call = hold_call(run.call_id)
    if has_a_stake(call, by.id):
        raise HasAStake()
    held: Run = locked(Run, run.id)
    return held


def _ready(run: Run) -> dict[str, str | None]:
    """What a match comes to; refuses while something is undecided, or is not as it was when it was computed."""
    overrides = overrides_of(run)
    if any(each.status == "proposed" for each in overrides):
        raise OverridesWaiting()
    if is_out_of_date(run):
        raise InputsChanged()
    final = decided(run.result, approved(run, overrides))
    if overfull(market_of(run.inputs), final):
        raise TooFull()
    return final


def is_out_of_date(run: Run) -> bool:
    """Whether something else would go in by now: somebody withdrew, or places changed."""
    call = db.session.get_one(Call, run.call_id)
    if (call.status == "matched") != run.is_substitute:
        return True
    closed = [int(name) for name, each in run.inputs["challenges"].items() if each["closed"]]
    return digest(essence(inputs_of(call, closed=closed, substitute=run.is_substitute))) != run.inputs_hash


def _moved(run: Run, verb: str, by: User, now: datetime, why: str) -> None:
    advance(run, verb, by=by, now=now, why=why)
    audit.record(f"{verb} challenge match", on=run, by=by, now=now, why=why)


def file_of(run: Run) -> dict[str, Any]:
    """A match as a file under made-up names, from which anybody can compute it once more."""
    slug = db.session.scalar(
        select(Programme.slug).join(Call, Call.programme_id == Programme.id).where(Call.id == run.call_id)
    )
    about = {"programme": slug, "number": run.number, "substitute": run.is_substitute}
    return exported(run.inputs, run.result, approved(run, overrides_of(run)), about)

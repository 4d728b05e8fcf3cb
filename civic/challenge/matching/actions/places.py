"""Before a match: how many startups each challenge takes, and when lists close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.challenge.applying.models import Call
from civic.challenge.matching.actions.holding import hold_call
from civic.challenge.matching.actions.runs import discard
from civic.challenge.matching.models import Places, Run
from civic.challenge.matching.queries.lists import places_of
from civic.challenge.matching.queries.stakes import has_a_stake
from civic.challenge.matching.refusals import ClosingInThePast, HasAStake, RankingClosed, WhyMissing
from civic.core import audit
from civic.core.db import db


def set_places(call: Call, wanted: Mapping[int, tuple[int, int]], *, by: User, now: datetime) -> None:
    """Say for challenges, by their numbers, how many startups they take and with how few they would go ahead.

    A match that was computed before is then out of date, and says so when somebody wants to publish it. Raises HasAStake.
    """
    if has_a_stake(call, by.id):
        raise HasAStake()
    hold_call(call.id)
    before = {number: (each.places, each.minimum) for number, each in places_of(wanted).items()}
    changed = {number: each for number, each in wanted.items() if before.get(number) != each}
    for number, (places, minimum) in sorted(changed.items()):
        values = {"places": places, "minimum": minimum, "set_by_id": by.id, "set_at": now}
        new = insert(Places).values(challenge_id=number, version=1, **values)
        db.session.execute(
            new.on_conflict_do_update(index_elements=["challenge_id"], set_=values | {"version": Places.version + 1})
        )
    if changed:
        audit.record(
            "set challenge places", on=call, by=by, now=now,
            before={str(number): before.get(number) for number in changed},
            after={str(number): list(each) for number, each in changed.items()},
        )  # fmt: skip


def move_closing(call: Call, ranks_close_at: datetime, *, why: str, by: User, now: datetime) -> None:
    """Let lists close at another moment; drafts of a match are discarded, as people may still change their lists.

    Raises RankingClosed once a match is proposed or public, ClosingInThePast, HasAStake, and WhyMissing where a moment was set.
    """
    if has_a_stake(call, by.id):
        raise HasAStake()
    held = hold_call(call.id)
    runs = list(db.session.scalars(select(Run).where(Run.call_id == call.id, Run.status != "discarded")))
    if held.status != "shortlisted" or any(each.status != "draft" for each in runs):
        raise RankingClosed()
    if ranks_close_at <= now:
        raise ClosingInThePast()
    if held.ranks_close_at is not None and not why:
        raise WhyMissing(field="moved_why")
    before, held.ranks_close_at = held.ranks_close_at, ranks_close_at
    for each in runs:
        discard(each, by=by, now=now)
    db.session.flush()
    audit.record(
        "move closing of challenge ranks", on=held, by=by, now=now, why=why,
        before={"ranks_close_at": before.isoformat() if before else None},
        after={"ranks_close_at": ranks_close_at.isoformat()},
    )  # fmt: skip

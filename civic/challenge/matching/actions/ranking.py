"""Ranking: a list is kept as a draft or sent, and can be changed until the closing second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm.attributes import flag_modified

from civic.accounts.models import User
from civic.challenge.applying.models import Call
from civic.challenge.matching.actions.holding import hold_call
from civic.challenge.matching.models import Choice, Ranking, Run
from civic.challenge.matching.queries.lists import offers_to_challenge, offers_to_startup
from civic.challenge.matching.queries.stakes import acts_for_an_applicant
from civic.challenge.matching.refusals import ConflictOfInterest, NotOffered, RankingClosed
from civic.core.db import db
from civic.core.errors import Conflict
from civic.core.states import advance


def takes_lists(call: Call, now: datetime) -> bool:
    """Whether lists can be changed now: late is late, to the second."""
    return call.status == "shortlisted" and call.ranks_close_at is not None and now < call.ranks_close_at


def save_for_startup(
    call: Call, startup_id: int, choices: Sequence[int], *, send: bool, by: User, now: datetime, seen: int | None = None
) -> Ranking:
    """Keep or send a startup's list of applications, best first; what is left out it does not accept.

    Raises RankingClosed, NotOffered, and Conflict where somebody else changed the list since version `seen`.
    """
    held = _hold(call, now)
    _refuse_strangers(choices, [each.application_id for each in offers_to_startup(held, startup_id)])
    ranking = _ranking(held, now, by, startup_id=startup_id)
    return _save(ranking, choices, send=send, by=by, now=now, seen=seen)


def save_for_partner(
    call: Call,
    challenge_id: int,
    choices: Sequence[int],
    *,
    send: bool,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Ranking:
    """Keep or send the list of a challenge's partner; the same refusals, and ConflictOfInterest for who acts for a startup too."""
    held = _hold(call, now)
    if acts_for_an_applicant(held.id, by.id):
        raise ConflictOfInterest()
    _refuse_strangers(choices, [each.application_id for each in offers_to_challenge(held, challenge_id)])
    ranking = _ranking(held, now, by, challenge_id=challenge_id)
    return _save(ranking, choices, send=send, by=by, now=now, seen=seen)


def take_back(call: Call, ranking: Ranking, *, by: User, now: datetime) -> None:
    """Make a draft of a list that was sent; it does not count until it is sent again. Raises RankingClosed, ConflictOfInterest."""
    held = _hold(call, now)
    if ranking.side == "partner" and acts_for_an_applicant(held.id, by.id):
        raise ConflictOfInterest()
    mine = _locked(ranking.id)
    advance(mine, "take_back", by=by, now=now)
    mine.edited_by_id, mine.edited_at = by.id, now
    db.session.flush()


def _hold(call: Call, now: datetime) -> Call:
    """The call, so that nobody matches while a list is being written; refuses where somebody has matched, whatever the clock says."""
    held = hold_call(call.id, shared=True)
    has_run = db.session.scalar(select(Run.id).where(Run.call_id == call.id, Run.status != "discarded").limit(1))
    if not takes_lists(held, now) or has_run is not None:
        raise RankingClosed()
    return held


def _refuse_strangers(choices: Sequence[int], offered: Sequence[int]) -> None:
    if len(set(choices)) != len(choices) or not set(choices) <= set(offered):
        raise NotOffered()


def _ranking(call: Call, now: datetime, by: User, **whose: int) -> Ranking:
    """The list of one side, begun where there is none, and locked."""
    (column, number), side = next(iter(whose.items())), "startup" if "startup_id" in whose else "partner"
    begun = upsert(Ranking).values(
        call_id=call.id, side=side, status="draft", edited_by_id=by.id, edited_at=now, version=0, **whose
    )
    db.session.execute(begun.on_conflict_do_nothing(index_elements=["call_id", column]))
    found = db.session.scalar(select(Ranking.id).where(Ranking.call_id == call.id, getattr(Ranking, column) == number))
    assert found is not None
    return _locked(found)


def _locked(ranking_id: int) -> Ranking:
    mine = select(Ranking).where(Ranking.id == ranking_id).with_for_update()
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def _save(
    ranking: Ranking, choices: Sequence[int], *, send: bool, by: User, now: datetime, seen: int | None
) -> Ranking:
    if seen is not None and seen != ranking.version:
        raise Conflict()
    if ranking.status == "sent" and not send:
        raise Conflict()  # what was sent is changed by sending it once more, or taken back first
    db.session.execute(delete(Choice).where(Choice.ranking_id == ranking.id))
    if choices:
        rows = [
            {"ranking_id": ranking.id, "place": place, "application_id": each} for place, each in enumerate(choices, 1)
        ]
        db.session.execute(insert(Choice), rows)
    ranking.edited_by_id, ranking.edited_at = by.id, now
    flag_modified(
        ranking, "edited_at"
    )  # also where only the choices differ: who read the old list must not overwrite this one
    if send:
        ranking.sent_by_id, ranking.sent_at = by.id, now
        advance(ranking, "send", by=by, now=now)
    db.session.flush()
    return ranking

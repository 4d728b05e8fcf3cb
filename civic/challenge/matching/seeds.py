"""The demo's matching, by the same actions that people use: whom each side ranks is given, the match is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from civic.accounts.models import User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.matching.actions import places, publishing, runs
from civic.challenge.matching.actions.ranking import save_for_partner, save_for_startup
from civic.challenge.matching.models import Run
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import people_of_partner
from civic.core.db import db


def take(call: Call, wanted: Mapping[Challenge, int], *, by: User, now: datetime, minimum: int = 0) -> None:
    """Say how many startups challenges take."""
    places.set_places(call, {each.id: (n, min(minimum, n)) for each, n in wanted.items()}, by=by, now=now)


def rank(
    call: Call,
    startups: Mapping[Startup, Sequence[Challenge]],
    challenges: Mapping[Challenge, Sequence[Startup]],
    *,
    now: datetime,
) -> None:
    """Send every list, each by the first of its people, a minute after the other; all of it must be before lists close.

    Each startup and each partner needs somebody who acts for it, and every pair an application on the shortlist.
    """
    number_of = _applications(call)
    for at, (startup, wish) in enumerate(startups.items()):
        wanted = [number_of[startup.id, each.id] for each in wish]
        moment = now + timedelta(minutes=at)
        save_for_startup(call, startup.id, wanted, send=True, by=_first(people_of_startup(startup.id)), now=moment)
    for at, (challenge, chosen) in enumerate(challenges.items(), len(startups)):
        assert challenge.partner_id is not None
        wanted = [number_of[each.id, challenge.id] for each in chosen]
        moment = now + timedelta(minutes=at)
        by = _first(people_of_partner(challenge.partner_id))
        save_for_partner(call, challenge.id, wanted, send=True, by=by, now=moment)


def publish(call: Call, *, manager: User, publisher: User, now: datetime, why: str = "") -> Run:
    """Compute the match, propose it and let a second person publish it; needs a request context, as links are made."""
    run = runs.make_run(call, why=why, by=manager, now=now)
    runs.propose(run, why=why or "It is what both sides want most.", by=manager, now=now + timedelta(hours=1))
    publishing.publish(run, by=publisher, now=now + timedelta(hours=3))
    return run


def _applications(call: Call) -> dict[tuple[int, int], int]:
    rows = db.session.execute(
        select(ChallengeApplication.startup_id, ChallengeApplication.challenge_id, ChallengeApplication.id).where(
            ChallengeApplication.call_id == call.id, ChallengeApplication.status == "shortlisted"
        )
    )
    return {(startup, challenge): number for startup, challenge, number in rows}


def _first(people: Sequence[int]) -> User:
    return db.session.get_one(User, people[0])

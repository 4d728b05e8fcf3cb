"""What goes into a match: the lists that were sent, of those who are still there, and the places that are free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.matching.models import Choice, Ranking
from civic.challenge.matching.queries.lists import places_of
from civic.challenge.matching.rules.stable import ALGORITHM
from civic.core.db import db


def inputs_of(call: Call, *, closed: Iterable[int] = (), substitute: bool = False) -> dict[str, Any]:
    """The market as it stands, without made-up names; three statements, however many there are.

    A first match is of everybody on the shortlist; a substitute of those who were left over, for the places that are free now.
    """
    pool = "unmatched" if substitute else "shortlisted"
    rows = db.session.execute(
        select(
            ChallengeApplication.id,
            ChallengeApplication.startup_id,
            ChallengeApplication.challenge_id,
            ChallengeApplication.status,
        )
        .where(
            ChallengeApplication.call_id == call.id,
            ChallengeApplication.status.in_(("shortlisted", "unmatched", "matched", "lost")),
        )
        .order_by(ChallengeApplication.id)
    ).all()
    taken = Counter(row.challenge_id for row in rows if row.status == "matched")
    busy = {row.startup_id for row in rows if row.status == "matched"}
    pairs = {
        row.id: (row.startup_id, row.challenge_id) for row in rows if row.status == pool and row.startup_id not in busy
    }
    lists = _sent(call)
    startups = sorted({startup for startup, _ in pairs.values()})
    challenges = sorted({challenge for _, challenge in pairs.values()})
    known, shut = places_of(challenges), set(closed)
    return {
        "algorithm": ALGORITHM,
        "startups": {
            str(each): [str(pairs[a][1]) for a in lists.get(("startup", each), ()) if a in pairs] for each in startups
        },
        "challenges": {
            str(each): {
                "places": max(0, (known[each].places if each in known else 1) - taken[each]),
                "minimum": max(0, (known[each].minimum if each in known else 0) - taken[each]),
                "closed": each in shut,
                "ranks": [str(pairs[a][0]) for a in lists.get(("partner", each), ()) if a in pairs],
            }
            for each in challenges
        },
        "pairs": {f"{startup}:{challenge}": number for number, (startup, challenge) in pairs.items()},
    }


def _sent(call: Call) -> dict[tuple[str, int], list[int]]:
    """Every list that was sent, by whose it is."""
    rows = db.session.execute(
        select(Ranking.side, Ranking.startup_id, Ranking.challenge_id, Choice.application_id)
        .join(Choice, Choice.ranking_id == Ranking.id)
        .where(Ranking.call_id == call.id, Ranking.status == "sent")
        .order_by(Ranking.id, Choice.place)
    )
    lists: dict[tuple[str, int], list[int]] = {}
    for side, startup, challenge, application in rows:
        lists.setdefault((side, startup or challenge or 0), []).append(application)
    return lists

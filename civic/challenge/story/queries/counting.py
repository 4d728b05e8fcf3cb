"""How many applied, and how far they came: by challenge and state, in one statement however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.core.db import db

FINALISTS = ("shortlisted", "unmatched", "matched", "lost")
"""States of an application that was once on the shortlist and did not leave it by itself."""
SENT = ("submitted", "ineligible", "not_shortlisted", *FINALISTS)
NAMED_FROM = ("shortlisted", "matched", "closed")
"""States of a call from which on everybody knows who the finalists are."""


@dataclass(frozen=True)
class Counts:
    """How many applications stand where; `withdrawn` ones count nowhere else."""

    by_state: Mapping[str, int] = field(default_factory=dict)

    def of(self, states: Iterable[str]) -> int:
        """How many are in one of these states."""
        return sum(self.by_state.get(each, 0) for each in states)

    @property
    def sent(self) -> int:
        """How many were sent and not withdrawn."""
        return self.of(SENT)

    @property
    def finalists(self) -> int:
        """How many came onto the shortlist."""
        return self.of(FINALISTS)

    @property
    def matched(self) -> int:
        """How many have a partner to test with."""
        return self.of(("matched",))

    def __add__(self, other: Counts) -> Counts:
        states = {*self.by_state, *other.by_state}
        return Counts({each: self.by_state.get(each, 0) + other.by_state.get(each, 0) for each in sorted(states)})


def call_of(programme_id: int) -> Call | None:
    """The call of a programme."""
    return db.session.scalar(select(Call).where(Call.programme_id == programme_id))


def counts_of(call_id: int) -> dict[int, Counts]:
    """By the number of the challenge."""
    rows = db.session.execute(
        select(ChallengeApplication.challenge_id, ChallengeApplication.status, func.count())
        .where(ChallengeApplication.call_id == call_id)
        .group_by(ChallengeApplication.challenge_id, ChallengeApplication.status)
        .order_by(ChallengeApplication.challenge_id, ChallengeApplication.status)
    )
    found: dict[int, dict[str, int]] = {}
    for challenge_id, status, many in rows:
        found.setdefault(challenge_id, {})[status] = many
    return {challenge_id: Counts(states) for challenge_id, states in found.items()}

"""Who acts in a year, and what happens in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from civic.accounts.models import User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, Programme


@dataclass(frozen=True)
class Cast:
    """Nobody does two things that must be apart. `partners` are people by the number of their partner."""

    manager: User
    publisher: User  # of briefs and of the match, which the manager proposes
    assessors: Sequence[User]
    consultee: User
    approver: User
    finance: User
    partners: Mapping[int, User]


@dataclass(frozen=True)
class Applicant:
    """An organisation that applies: who acts for it, its name, what it offers, and how well it is judged (0 to 5)."""

    name: str
    owner: User
    summary: str
    title: str
    score: int
    is_example: bool = True


@dataclass(frozen=True)
class Days:
    """The moments of a year."""

    opens: datetime
    closes: datetime
    shortlist: datetime
    ranks_close: datetime
    match: datetime
    decided: datetime
    starts: datetime


@dataclass
class Year:
    """What was made so far."""

    programme: Programme
    challenges: Sequence[Challenge]
    cast: Cast
    days: Days
    call: Call = field(init=False)
    startups: list[Startup] = field(default_factory=list)
    applications: list[ChallengeApplication] = field(default_factory=list)
    scores: dict[int, int] = field(default_factory=dict)  # by application
    owners: dict[int, User] = field(default_factory=dict)  # by startup

    def finalists(self, challenge: Challenge) -> list[ChallengeApplication]:
        """Who is on the shortlist of a challenge, the best first."""
        chosen = [
            each
            for each in self.applications
            if each.challenge_id == challenge.id and each.status in ("shortlisted", "unmatched", "matched")
        ]
        return sorted(chosen, key=lambda each: (-self.scores[each.id], each.id))

    @property
    def matched(self) -> list[ChallengeApplication]:
        """Who tests with a partner."""
        return [each for each in self.applications if each.status == "matched"]

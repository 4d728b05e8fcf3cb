"""Matches: one, those of a call, its overrides, and what was decided for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from civic.accounts.models import Organisation, User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.matching.models import Override, Run
from civic.challenge.matching.rules.documents import decided, market_of
from civic.challenge.matching.rules.stable import Market
from civic.challenge.models import Challenge
from civic.core.db import db
from civic.core.i18n import Words


@dataclass(frozen=True)
class Named:
    """A startup or a challenge of a match by its name, and where the public finds it."""

    name: Words
    slug: str = ""


@dataclass(frozen=True)
class Outcome:
    """A match with everything that was decided about it; names and numbers as in the pinned input."""

    run: Run
    market: Market
    found: dict[str, str | None]
    final: dict[str, str | None]
    overrides: Sequence[Override]  # all of them, in order
    startups: dict[str, Named]
    challenges: dict[str, Named]

    @property
    def pairs(self) -> dict[tuple[str, str], int]:
        """The application behind a startup and a challenge."""
        return {tuple(pair.split(":")): number for pair, number in self.run.inputs["pairs"].items()}  # type: ignore[misc]

    def offered_to(self, startup: str) -> list[str]:
        """The challenges that a startup could rank."""
        return [c for s, c in self.pairs if s == startup]

    def offered_by(self, challenge: str) -> list[str]:
        """The startups that a challenge's partner could rank."""
        return [s for s, c in self.pairs if c == challenge]


def run_at(call: Call, number: int) -> Run | None:
    """The match with this number in a call."""
    if not 0 < number < 2**62:
        return None
    return db.session.scalars(select(Run).where(Run.call_id == call.id, Run.number == number)).one_or_none()


def runs_of(call: Call) -> list[Run]:
    """Every match of a call, latest first."""
    return list(db.session.scalars(select(Run).where(Run.call_id == call.id).order_by(Run.number.desc())))


def published_of(call_ids: Iterable[int]) -> list[Run]:
    """The published matches of calls, latest first."""
    found = select(Run).where(Run.call_id.in_(list(call_ids)), Run.status == "published")
    return list(db.session.scalars(found.order_by(Run.published_at.desc(), Run.id.desc())))


def overrides_of(run: Run) -> list[Override]:
    """What somebody wanted decided otherwise, in order."""
    return list(db.session.scalars(select(Override).where(Override.run_id == run.id).order_by(Override.id)))


def override_in(run: Run, override_id: int) -> Override | None:
    """One of them."""
    if not 0 < override_id < 2**62:
        return None
    found = select(Override).where(Override.run_id == run.id, Override.id == override_id)
    return db.session.scalars(found).one_or_none()


def approved(run: Run, overrides: Iterable[Override]) -> list[tuple[str, str, str]]:
    """The overrides that count, as (kind, startup, challenge)."""
    pair_of = {number: pair.split(":") for pair, number in run.inputs["pairs"].items()}
    return [
        (each.kind, pair_of[each.application_id][0], pair_of[each.application_id][1])
        for each in overrides
        if each.status == "approved"
    ]


def outcome_of(run: Run) -> Outcome:
    """A match with its names and overrides; three statements."""
    overrides = overrides_of(run)
    return Outcome(
        run=run,
        market=market_of(run.inputs),
        found=dict(run.result),
        final=decided(run.result, approved(run, overrides)),
        overrides=overrides,
        startups=startup_names(run.inputs["startups"]),
        challenges=challenge_names(run.inputs["challenges"]),
    )


def startup_names(numbers: Iterable[str]) -> dict[str, Named]:
    """Startups by their numbers."""
    rows = db.session.execute(
        select(Startup.id, Organisation.name, Organisation.language)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .where(Startup.id.in_([int(each) for each in numbers]))
    )
    return {str(number): Named(Words(name, language)) for number, name, language in rows}


def challenge_names(numbers: Iterable[str]) -> dict[str, Named]:
    """Challenges by their numbers."""
    rows = db.session.execute(
        select(Challenge.id, Challenge.title, Challenge.language, Challenge.slug).where(
            Challenge.id.in_([int(each) for each in numbers])
        )
    )
    return {str(number): Named(Words(title, language), slug) for number, title, language, slug in rows}


def names_of(people: Iterable[int | None]) -> dict[int, str]:
    """Members of staff by their numbers."""
    wanted = [each for each in people if each is not None]
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted)))
    return {number: name or "" for number, name in rows}


def applications_in(run: Run) -> list[ChallengeApplication]:
    """The applications of a match, by number."""
    numbers = list(run.inputs["pairs"].values())
    found = select(ChallengeApplication).where(ChallengeApplication.id.in_(numbers))
    return list(db.session.scalars(found.order_by(ChallengeApplication.id)))

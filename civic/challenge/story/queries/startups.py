"""Startups that everybody may know: what is public about their tests, and their numbers in registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.support.queries.outcomes import PublicOutcome, outcomes_public
from civic.challenge.testing.queries.public import GrantRow, grants_of_startup
from civic.core.db import db


@dataclass(frozen=True)
class StartupStory:
    """The tests of a startup, and what came of each."""

    grants: tuple[GrantRow, ...]
    outcomes: tuple[tuple[PublicOutcome, tuple[PublicOutcome, ...]], ...]


def startup_story(startup: Startup) -> StartupStory:
    """What everybody may know of a startup's tests."""
    years = (
        select(Call.programme_id)
        .join(ChallengeApplication, ChallengeApplication.call_id == Call.id)
        .where(ChallengeApplication.startup_id == startup.id, ChallengeApplication.status == "matched")
        .distinct()
    )
    found = [each for year in db.session.scalars(years).all() for each in outcomes_public(year)]
    return StartupStory(
        tuple(grants_of_startup(startup.id)), by_test(each for each in found if each.startup_id == startup.id)
    )


def by_test(outcomes: Iterable[PublicOutcome]) -> tuple[tuple[PublicOutcome, tuple[PublicOutcome, ...]], ...]:
    """Outcomes put together by the test they tell of: one of them for who it was, then all of it in order of time."""
    found: dict[int, list[PublicOutcome]] = {}
    for each in outcomes:
        found.setdefault(each.application_id, []).append(each)
    return tuple((those[0], tuple(those)) for those in found.values())


def register_numbers(startup_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of startups in their registers, where they are known; one statement."""
    rows = db.session.execute(
        select(Startup.id, Organisation.registration_number)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .where(Startup.id.in_(list(startup_ids)))
    )
    return dict(rows.tuples().all())

"""Outcomes: of a journey, those that wait, and what everybody may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, Partner
from civic.challenge.support.models import ChallengeOutcome, OutcomeAnswer
from civic.core.db import db
from civic.core.money import Money


@dataclass(frozen=True)
class PublicOutcome:
    """What everybody may read about what came of one test, so many months after it."""

    application_id: int
    challenge_id: int
    challenge: str
    challenge_slug: str
    startup_id: int
    startup: str
    startup_language: str
    partner: str | None
    months: int
    status: str  # "published", "asked", "overdue", "answered", "planned" or "closed"
    asked_on: date
    in_use: str | None  # "yes", "partly", "no"; nothing before it is published
    used_by: str
    contract: Money | None
    jobs: int | None
    investment: Money | None
    text: str
    language: str
    why: str  # it was closed without an answer
    why_language: str
    is_example: bool


def outcomes_public(programme_id: int) -> list[PublicOutcome]:
    """Everything that came of a programme's tests, by challenge, startup and time; what is not published is there without its words."""
    query = (
        select(ChallengeOutcome, ChallengeApplication, Challenge, Organisation, Partner.name.label("partner"))
        .join(ChallengeApplication, ChallengeApplication.id == ChallengeOutcome.application_id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .outerjoin(Partner, Partner.id == Challenge.partner_id)
        .where(Call.programme_id == programme_id, ChallengeApplication.status == "matched")
        .order_by(Challenge.title, Organisation.name, ChallengeApplication.id, ChallengeOutcome.months)
    )
    return [_public(row) for row in db.session.execute(query)]


def _public(row: Any) -> PublicOutcome:
    found: ChallengeOutcome = row.ChallengeOutcome
    told = found.status == "published"
    return PublicOutcome(
        row.ChallengeApplication.id, row.Challenge.id, row.Challenge.title, row.Challenge.slug,
        row.ChallengeApplication.startup_id, row.Organisation.name, row.Organisation.language, row.partner,
        found.months, found.status, found.ask_on, found.in_use if told else None, found.used_by if told else "",
        Money(found.contract_minor) if told and found.contract_minor is not None else None,
        found.jobs if told else None,
        Money(found.investment_minor) if told and found.investment_minor is not None else None,
        found.text if told else "", found.language, found.why if found.status == "closed" else "", found.why_language, found.is_example,
    )  # fmt: skip


def outcome_by_id(outcome_id: int) -> ChallengeOutcome | None:
    """The outcome with this number."""
    return db.session.get(ChallengeOutcome, outcome_id) if 0 < outcome_id < 2**62 else None


def of_journey(application_id: int) -> list[ChallengeOutcome]:
    """The three times of a journey."""
    mine = select(ChallengeOutcome).where(ChallengeOutcome.application_id == application_id)
    return list(db.session.scalars(mine.order_by(ChallengeOutcome.months)))


def answers_to(outcome: ChallengeOutcome) -> dict[str, OutcomeAnswer]:
    """What each side said."""
    rows = db.session.scalars(select(OutcomeAnswer).where(OutcomeAnswer.outcome_id == outcome.id))
    return {each.side: each for each in rows}


def without_plan() -> list[int]:
    """Matched applications for which nobody has planned when to ask."""
    planned = select(ChallengeOutcome.application_id)
    query = select(ChallengeApplication.id).where(
        ChallengeApplication.status == "matched", ChallengeApplication.id.not_in(planned)
    )
    return list(db.session.scalars(query.order_by(ChallengeApplication.id).limit(500)))


def in_states(states: Iterable[str], *, until: date | None = None) -> list[int]:
    """Outcomes in some states, those planned until a day."""
    query = select(ChallengeOutcome.id).where(ChallengeOutcome.status.in_(list(states)))
    if until is not None:
        query = query.where(ChallengeOutcome.ask_on <= until)
    return list(db.session.scalars(query.order_by(ChallengeOutcome.id).limit(500)))


def in_programme(programme_id: int, *states: str) -> list[Row[Any]]:
    """Outcomes of a programme in some states, the longest awaited first: (outcome, startup, language, challenge, challenge_language)."""
    query = (
        select(
            ChallengeOutcome,
            Organisation.name.label("startup"),
            Organisation.language.label("startup_language"),
            Challenge.title.label("challenge"),
            Challenge.language.label("challenge_language"),
        )
        .join(ChallengeApplication, ChallengeApplication.id == ChallengeOutcome.application_id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .where(Call.programme_id == programme_id)
    )
    if states:
        query = query.where(ChallengeOutcome.status.in_(states))
    return list(db.session.execute(query.order_by(ChallengeOutcome.ask_on, ChallengeOutcome.id).limit(200)))


def how_many_wait() -> int:
    """Outcomes that both sides have answered and nobody has published, or that are overdue."""
    query = select(func.count()).where(ChallengeOutcome.status.in_(("answered", "overdue")))
    return db.session.scalar(query) or 0

"""Applications: one with all that belongs to it, whose it is, and those of a startup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.rules.choices import SENT
from civic.challenge.applying.rules.reminding import BEFORE
from civic.challenge.models import Challenge
from civic.core.db import db

_WRITERS = (
    ChallengeApplication.started_by_id,
    ChallengeApplication.edited_by_id,
    ChallengeApplication.submitted_by_id,
)


def whole() -> Select[Any]:
    """Applications with their call (and its programme), challenge (and its partner) and startup (and its organisation)."""
    return select(ChallengeApplication).options(
        joinedload(ChallengeApplication.call, innerjoin=True).joinedload(Call.programme, innerjoin=True),
        joinedload(ChallengeApplication.challenge, innerjoin=True).joinedload(Challenge.partner),
        joinedload(ChallengeApplication.startup, innerjoin=True).joinedload(Startup.organisation, innerjoin=True),
    )


def application_by_id(application_id: int) -> ChallengeApplication | None:
    """The application with this number, with all that belongs to it."""
    if not 0 < application_id < 2**62:
        return None
    found: ChallengeApplication | None = db.session.scalars(
        whole().where(ChallengeApplication.id == application_id)
    ).one_or_none()
    return found


def application_of(challenge_id: int, startup_id: int) -> ChallengeApplication | None:
    """The application of a startup to a challenge that was not given up, if there is one."""
    mine = select(ChallengeApplication).where(
        ChallengeApplication.challenge_id == challenge_id,
        ChallengeApplication.startup_id == startup_id,
        ChallengeApplication.status != "withdrawn",
    )
    return db.session.scalars(mine).one_or_none()


def of_person(person_id: int) -> list[ChallengeApplication]:
    """The applications of a person's startups, with all that belongs to them, the newest first."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    startups = select(Startup.id).where(Startup.organisation_id.in_(bodies))
    mine = whole().where(ChallengeApplication.startup_id.in_(startups))
    return list(db.session.scalars(mine.order_by(ChallengeApplication.id.desc()).limit(200)))


def of_startup(startup_id: int) -> list[ChallengeApplication]:
    """The applications of one startup, the newest first."""
    mine = whole().where(ChallengeApplication.startup_id == startup_id)
    return list(db.session.scalars(mine.order_by(ChallengeApplication.id.desc())))


def sent_in(call_id: int, states: Sequence[str], challenge_id: int | None = None) -> Select[Any]:
    """What was sent to a call and stands in these states, as ChallengeApplication."""
    found = whole().where(ChallengeApplication.call_id == call_id, ChallengeApplication.status.in_(states))
    return found.where(ChallengeApplication.challenge_id == challenge_id) if challenge_id is not None else found


def states_in(challenge_id: int) -> dict[int, str]:
    """Where each application to a challenge that was sent stands, by number."""
    rows = select(ChallengeApplication.id, ChallengeApplication.status).where(
        ChallengeApplication.challenge_id == challenge_id, ChallengeApplication.status.in_(SENT)
    )
    return dict(db.session.execute(rows).all())  # type: ignore[arg-type]


def by_numbers(numbers: Iterable[int]) -> list[ChallengeApplication]:
    """These applications with all that belongs to them, by number."""
    found = whole().where(ChallengeApplication.id.in_(list(numbers)))
    return list(db.session.scalars(found.order_by(ChallengeApplication.id)))


def drafts_near_deadline(now: datetime) -> list[tuple[int, datetime, datetime, datetime | None]]:
    """Drafts of open calls that close soon: number, deadline, when they were begun, and when their people were reminded."""
    rows = (
        select(
            ChallengeApplication.id,
            Call.closes_at,
            ChallengeApplication.created_at,
            ChallengeApplication.reminded_at,
        )
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(
            ChallengeApplication.status == "draft",
            Call.status == "open",
            Call.closes_at > now,
            Call.closes_at <= now + max(BEFORE),
        )
    )
    return [tuple(row) for row in db.session.execute(rows.order_by(ChallengeApplication.id))]  # type: ignore[misc]


def parties(application_id: int) -> frozenset[int]:
    """Everybody behind an application: the members of the startup's organisation, and who began, edited or sent it."""
    row = db.session.execute(
        select(Startup.organisation_id, *_WRITERS)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .where(ChallengeApplication.id == application_id)
    ).one_or_none()
    if row is None:
        return frozenset()
    members = select(OrganisationMember.user_id).where(OrganisationMember.organisation_id == row.organisation_id)
    return frozenset(each for each in (*row[1:], *db.session.scalars(members)) if each is not None)


def behind(person_id: int) -> frozenset[int]:
    """Every application that somebody stands behind, by the same rule as parties()."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    theirs = or_(Startup.organisation_id.in_(bodies), *(column == person_id for column in _WRITERS))
    rows = select(ChallengeApplication.id).join(Startup, Startup.id == ChallengeApplication.startup_id).where(theirs)
    return frozenset(db.session.scalars(rows))

"""Telling those who stand beside a journey, each in their language."""

from __future__ import annotations

from datetime import datetime

from civic.challenge.applying.models import KIND, ChallengeApplication
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import people_of_partner
from civic.challenge.support.models import DemoDay, Mentor, SupportSession
from civic.challenge.support.queries.mentors import active_mentors_of
from civic.core.db import db
from civic.core.subjects import named
from civic.notifications.actions.telling import tell


def tell_sides(
    notice: str,
    application: ChallengeApplication,
    sides: tuple[str, ...],
    *,
    now: datetime,
    by: int | None,
    **facts: str | int,
) -> None:
    """Tell the people of some sides of a journey."""
    people: set[int] = set()
    if "startup" in sides:
        people |= set(people_of_startup(application.startup_id))
    if "mentor" in sides:
        people |= set(active_mentors_of(application.id))
    if "partner" in sides:
        partner_id = db.session.get_one(Challenge, application.challenge_id).partner_id
        people |= set(people_of_partner(partner_id)) if partner_id is not None else set()
    tell(
        f"challenge_support.{notice}", people, about=named(KIND, application.id), now=now, by=by,
        journey=application.id, **facts,
    )  # fmt: skip


def tell_mentor(mentor: Mentor, what: str, *, now: datetime, by: int | None, **facts: str | int) -> None:
    """Tell a mentor about their seat, or about a startup that they are asked to help."""
    tell(
        "challenge_support.mentor", [mentor.person_id], about=named("mentor", mentor.id), now=now, by=by,
        what=what, mentor=mentor.id, **facts,
    )  # fmt: skip


def tell_session(session: SupportSession, what: str, *, now: datetime, by: int | None) -> None:
    """Tell both who meet; a partner's meeting that nobody hosts yet goes to all who act for it."""
    people = set(people_of_startup(session.startup_id)) if session.startup_id is not None else set()
    if session.host_id is not None:
        people.add(session.host_id)
    elif session.partner_id is not None:
        people |= set(people_of_partner(session.partner_id))
    tell(
        "challenge_support.session", people, about=named("support_session", session.id), now=now, by=by,
        what=what, session=session.id, starts=session.starts_at.isoformat(),
    )  # fmt: skip


def tell_of_day(day: DemoDay, what: str, people: list[int], *, now: datetime, by: int | None) -> None:
    """Tell people of a demo day."""
    tell(
        "challenge_support.demo_day", people, about=named("demo_day", day.id), now=now, by=by, what=what, day=day.id
    )  # fmt: skip

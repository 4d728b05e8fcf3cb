"""What happens by itself: questions are asked, people reminded, times that passed let go, and what is no longer needed forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import delete, func, select, update

from civic.challenge.support.actions import demo, outcomes, plans, sessions
from civic.challenge.support.models import DemoDay, Mentor, SupportSession
from civic.challenge.support.queries import demo as demo_queries
from civic.challenge.support.queries import outcomes as outcome_queries
from civic.challenge.support.queries import plans as plan_queries
from civic.challenge.support.queries import sessions as session_queries
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job

log = structlog.get_logger()
KEEP_NEEDS, KEEP_VISITORS = timedelta(days=30), timedelta(days=365)
KEEP_NOTES = timedelta(days=2 * 365)
KEEP_DECLINED = timedelta(days=365)


@job("challenge_support.remind")
def remind() -> None:
    """Remind of sessions, of actions and of the demo day; let go what nobody took."""
    now = clock.now()
    today = clock.london_today(now)
    found = (
        (session_queries.stale_offers(now), lambda key: sessions.let_pass(key, now=now)),
        (session_queries.to_remind(now), lambda key: sessions.remind(key, now=now)),
        (plan_queries.actions_to_remind(today), lambda key: plans.remind(key, now=now)),
        (demo_queries.to_remind(now), lambda key: demo.remind(key, now=now)),
    )
    db.session.rollback()
    for keys, act in found:
        _each(keys, act)


@job("challenge_support.ask_for_outcomes")
def ask_for_outcomes() -> None:
    """Plan questions of new matches, ask those whose day has come, remind and mark what is overdue."""
    now = clock.now()
    today = clock.london_today(now)
    _each(_found(outcome_queries.without_plan), lambda key: outcomes.plan(key, now=now))
    _each(_found(lambda: outcome_queries.in_states(["planned"], until=today)), lambda key: outcomes.ask(key, now=now))
    _each(_found(lambda: outcome_queries.in_states(["asked"])), lambda key: outcomes.look_after(key, now=now))


@job("challenge_support.forget")
def forget() -> None:
    """Erase what visitors need 30 days after a demo day, who came a year after it, notes two years after a session, and the
    words of mentors who were declined or left, after a year."""
    now = clock.now()
    past = select(DemoDay.id).where(DemoDay.ends_at < now - KEEP_NEEDS, DemoDay.forgotten_at.is_(None))
    _each(_found(lambda: list(db.session.scalars(past))), lambda key: demo.forget_needs(key, now=now))
    with transaction():
        demo.forget_people(now - KEEP_VISITORS)
        old = SupportSession.ends_at < now - KEEP_NOTES
        names = ("agreed", "attended", "about", "why", "place")
        written = func.concat(*(getattr(SupportSession, each) for each in names)) != ""
        db.session.execute(update(SupportSession).where(old, written).values(dict.fromkeys(names, "")))
        # Declined and ended seats go with their profiles; what they held stays counted with the startup.
        db.session.execute(
            delete(Mentor).where(
                Mentor.status.in_(("declined", "ended")),
                func.coalesce(Mentor.decided_at, Mentor.created_at) < now - KEEP_DECLINED,
            )
        )


def _found(ask: Callable[[], list[int]]) -> list[int]:
    keys = ask()
    db.session.rollback()
    return keys


def _each(found: Iterable[int], act: Callable[[int], Any]) -> None:
    for key in found:
        try:
            with transaction():
                act(key)
        except Exception:
            log.exception("step_failed", key=key)

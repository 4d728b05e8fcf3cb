"""Proposing a problem, changing it while nobody supports it, and supporting it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, literal, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.challenge.models import Problem, ProblemSupport
from civic.challenge.refusals import CannotSupport, OwnProblem, SupportedAlready
from civic.core.db import db, locked
from civic.core.search import document
from civic.moderation import actions as moderation

PLACE = "problem:0"
"""Where moderation counts how fast somebody proposes: all problems are one place."""


def propose(
    *, title: str, text: str, for_whom: str, borough: str, theme: str, language: str, by: User, now: datetime
) -> Problem:
    """Propose a problem; it may wait for a moderator: `problem.shown` tells. Raises what moderation raises."""
    told = _told(title, text, for_whom)
    screening = moderation.screen("problem", told, by=by, now=now, language=language, place=PLACE)
    problem = Problem(
        title=title, text=text, for_whom=for_whom, borough=borough, theme=theme, language=language, author_id=by.id,
        created_at=now, shown=screening.shown, words=document(literal(told), language),
    )  # fmt: skip
    db.session.add(problem)
    db.session.flush()
    moderation.published(f"problem:{problem.id}", screening, text=told, by=by, now=now)
    return problem


def change(
    problem: Problem,
    *,
    title: str,
    text: str,
    for_whom: str,
    borough: str,
    theme: str,
    language: str,
    by: User,
    now: datetime,
) -> None:
    """Change one's own words while nobody supports them. Raises SupportedAlready and what moderation raises."""
    values: dict[str, Any] = {
        "title": title, "text": text, "for_whom": for_whom, "borough": borough, "theme": theme, "language": language,
    }  # fmt: skip
    if all(getattr(problem, name) == value for name, value in values.items()):
        return
    name, told = f"problem:{problem.id}", _told(title, text, for_whom)
    screening = moderation.screen("problem", told, by=by, now=now, language=language, place=PLACE, own=name)
    moderation.changed(name, screening, text=told, by=by, now=now)
    held = locked(Problem, problem.id)
    if held is None or not held.may_still_change:
        raise SupportedAlready()
    for each, value in values.items():
        setattr(held, each, value)
    held.words, held.edited_at = document(literal(told), language), now
    db.session.flush()


def support(problem: Problem, *, by: User, now: datetime) -> None:
    """Support a problem; twice is once. Raises OwnProblem and CannotSupport."""
    if problem.author_id == by.id:
        raise OwnProblem()
    held = locked(Problem, problem.id)
    if held is None or not held.takes_support:
        raise CannotSupport()
    new = insert(ProblemSupport).values(problem_id=problem.id, person_id=by.id, at=now).on_conflict_do_nothing()
    if db.session.scalar(new.returning(ProblemSupport.id)) is not None:
        count(problem.id, 1)


def unsupport(problem: Problem, *, by: User) -> None:
    """Support it no more while nothing is decided; twice changes nothing. Raises CannotSupport."""
    held = locked(Problem, problem.id)
    if held is None or held.status != "open":
        raise CannotSupport()
    mine = delete(ProblemSupport).where(ProblemSupport.problem_id == problem.id, ProblemSupport.person_id == by.id)
    if db.session.scalar(mine.returning(ProblemSupport.id)) is not None:
        count(problem.id, -1)


def count(problem_id: int, by: int) -> None:
    """Raise or lower the kept number of supports; the problem is held."""
    mine = update(Problem).where(Problem.id == problem_id).values(supports=Problem.supports + by)
    db.session.execute(mine.execution_options(synchronize_session=False))


def _told(title: str, text: str, for_whom: str) -> str:
    return f"{title}\n\n{text}\n\n{for_whom}".strip()

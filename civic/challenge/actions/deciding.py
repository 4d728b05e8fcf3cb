"""What becomes of a problem: decided by staff in their own names and offices, for a reason that everybody reads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.challenge.models import Challenge, Problem, ProblemSupport
from civic.challenge.queries.problems import concerned_by
from civic.challenge.refusals import CannotMerge, ChallengeMissing, ReasonMissing, RoleMissing
from civic.core.db import db
from civic.core.states import IllegalMove, advance, can
from civic.notifications.actions import tell


def decide(
    problem: Problem,
    verb: str,
    *,
    reason: str,
    language: str,
    as_role: str,
    by: User,
    now: datetime,
    challenge: Challenge | None = None,
) -> None:
    """Answer a problem, take it up with a challenge, decline it or open it again; who proposed or supports it is told.

    Raises ReasonMissing, RoleMissing, ChallengeMissing, and IllegalMove where somebody moved it meanwhile.
    """
    _refuse_nameless(reason, as_role)
    if verb == "take_up" and (challenge is None or not challenge.is_public):
        raise ChallengeMissing()
    (held,) = _held(problem.id)
    if not can(held, verb):
        raise IllegalMove()
    held.challenge_id = challenge.id if verb == "take_up" and challenge is not None else None
    _move(held, verb, reason, language, as_role, by, now)
    _tell([held.id], held, by, now)


def merge(
    problem: Problem, into: Problem | None, *, reason: str, language: str, as_role: str, by: User, now: datetime
) -> None:
    """Merge a problem into another open one: whoever supports or proposed it supports that, and nobody is counted twice.

    Supports of erased accounts are nobody's and stay behind: they may have been somebody's who supports both. Raises CannotMerge,
    ReasonMissing, RoleMissing and IllegalMove.
    """
    _refuse_nameless(reason, as_role)
    if into is None or into.id == problem.id:
        raise CannotMerge()
    held = {each.id: each for each in _held(problem.id, into.id)}
    gone, target = held[problem.id], held[into.id]
    if not can(gone, "merge"):
        raise IllegalMove()
    if not target.takes_support:
        raise CannotMerge()
    concerned = concerned_by([gone.id])
    _join(gone, target, now)
    db.session.execute(
        update(Problem).where(Problem.merged_into_id == gone.id).values(merged_into_id=target.id)
    )  # what was merged into it before leads on to the same place
    gone.merged_into_id = target.id
    _move(gone, "merge", reason, language, as_role, by, now)
    tell(
        "challenge.problem_moved", concerned, about=f"problem:{target.id}", now=now, by=by.id, problem=gone.id,
        status="merged",
    )  # fmt: skip


def _join(gone: Problem, target: Problem, now: datetime) -> None:
    """Let the one's supporters and its author support the other, but for those who do or who proposed it themselves."""
    theirs = select(ProblemSupport.person_id.label("person"), ProblemSupport.at.label("since")).where(
        ProblemSupport.problem_id == gone.id, ProblemSupport.person_id.is_not(None)
    )
    author = select(Problem.author_id, literal(gone.created_at)).where(
        Problem.id == gone.id, Problem.author_id.is_not(None)
    )
    people = theirs.union(author).subquery()
    chosen = (
        select(literal(target.id), people.c.person, func.min(people.c.since))
        .where(people.c.person != (target.author_id or 0))
        .group_by(people.c.person)
    )
    joined = insert(ProblemSupport).from_select(["problem_id", "person_id", "at"], chosen).on_conflict_do_nothing()
    added = len(list(db.session.scalars(joined.returning(ProblemSupport.id))))
    target.supports += added
    db.session.flush()


def _held(*numbers: int) -> list[Problem]:
    """These problems, locked by their numbers, so that nobody waits for anybody in a circle."""
    query = select(Problem).where(Problem.id.in_(numbers)).order_by(Problem.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _refuse_nameless(reason: str, as_role: str) -> None:
    if not reason.strip():
        raise ReasonMissing()
    if not as_role.strip():
        raise RoleMissing()


def _move(problem: Problem, verb: str, reason: str, language: str, as_role: str, by: User, now: datetime) -> None:
    # What leads on and the state are one change to PostgreSQL: nothing is flushed between them.
    with db.session.no_autoflush:
        problem.reason, problem.reason_language = reason.strip(), language
        problem.decided_by_id, problem.decided_as, problem.decided_at = by.id, as_role.strip(), now
        advance(problem, verb, by=by, now=now, why=reason.strip())
    db.session.flush()


def _tell(numbers: list[int], problem: Problem, by: User, now: datetime) -> None:
    tell(
        "challenge.problem_moved", concerned_by(numbers), about=f"problem:{problem.id}", now=now, by=by.id,
        problem=problem.id, status=problem.status,
    )  # fmt: skip

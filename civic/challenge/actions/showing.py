"""How a problem or a remark is shown, as moderation decides: the only writer of `shown` and `broke` once a text stands."""

from __future__ import annotations

from civic.challenge.models import BriefRemark, Challenge, Problem
from civic.core.db import db, locked


def show_problem(number: int, shown: str, broke: str) -> None:
    """Show a problem in one of the four ways; its supports stay counted."""
    problem = locked(Problem, number)
    if problem is not None:
        problem.shown, problem.broke = shown, broke
        db.session.flush()


def show_remark(number: int, shown: str, broke: str) -> None:
    """Show a remark in one of the four ways, and count it among its brief's where everybody can see it."""
    found = db.session.get(BriefRemark, number)
    if found is None:
        return
    challenge = locked(Challenge, found.challenge_id)
    remark = locked(BriefRemark, number)
    was_in_sight = remark.is_in_sight
    remark.shown, remark.broke = shown, broke
    challenge.remarks += int(remark.is_in_sight) - int(was_in_sight)
    db.session.flush()

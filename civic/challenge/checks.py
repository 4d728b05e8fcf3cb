"""What must always be true of the challenge, for `flask civic check`."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, or_, select

from civic.challenge.models import BriefRemark, BriefWriter, Challenge, Criterion, Problem, ProblemSupport
from civic.core.db import db


def wrong_counts() -> Iterable[str]:
    """A sentence for every kept count that differs from what it counts."""
    fresh = select(func.count()).where(ProblemSupport.problem_id == Problem.id).scalar_subquery()
    rows = select(Problem.id, Problem.supports, fresh).where(Problem.supports != fresh).order_by(Problem.id)
    for number, kept, counted in db.session.execute(rows):
        yield f"problem {number}: {kept} supports kept for {counted}"
    seen = (
        select(func.count())
        .where(BriefRemark.challenge_id == Challenge.id, BriefRemark.shown.in_(("shown", "folded")))
        .scalar_subquery()
    )
    weights = func.coalesce(
        select(func.sum(Criterion.weight)).where(Criterion.challenge_id == Challenge.id).scalar_subquery(), 0
    )
    wrong = or_(Challenge.remarks != seen, Challenge.weight_total != weights)
    for slug, kept, counted, total, weighed in db.session.execute(
        select(Challenge.slug, Challenge.remarks, seen, Challenge.weight_total, weights).where(wrong)
    ):
        yield f"challenge {slug}: {kept} remarks kept for {counted}, a weight of {total} for {weighed}"


def published_by_writers() -> Iterable[str]:
    """Nobody publishes a brief on which they wrote; nobody supports their own problem."""
    both = (
        select(Challenge.slug)
        .join(BriefWriter, BriefWriter.challenge_id == Challenge.id)
        .where(BriefWriter.person_id == Challenge.published_by_id)
    )
    for slug in db.session.scalars(both):
        yield f"challenge {slug} was published by somebody who wrote on it"
    own = (
        select(Problem.id)
        .join(ProblemSupport, ProblemSupport.problem_id == Problem.id)
        .where(ProblemSupport.person_id == Problem.author_id)
    )
    for number in db.session.scalars(own):
        yield f"problem {number} is supported by whoever proposed it"


CHECKS = [wrong_counts, published_by_writers]

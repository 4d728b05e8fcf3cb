"""What moderation needs to know of problems and of remarks on briefs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.accounts.models import User
from civic.challenge.access import may_see_challenge, may_see_problem
from civic.challenge.actions.showing import show_problem, show_remark
from civic.challenge.models import BriefRemark, Challenge, Problem
from civic.core.db import db
from civic.core.manifest import Moderated, Published


def load_problems(numbers: Iterable[int]) -> Mapping[int, Published]:
    """Problems with these numbers."""
    rows = db.session.execute(
        select(Problem, User.display_name)
        .outerjoin(User, User.id == Problem.author_id)
        .where(Problem.id.in_(list(numbers)))
    )
    return {
        problem.id: Published(
            number=problem.id,
            author_id=problem.author_id,
            author=name or "",
            title=problem.title,
            text=f"{problem.title}\n\n{problem.text}\n\n{problem.for_whom}".strip(),
            language=problem.language,
            url=url_for("challenge.show_problem", problem_id=problem.id),
            at=problem.created_at,
            shown=problem.shown,
            version=2 if problem.edited_at else 1,
            edit_url=url_for("challenge.edit_problem", problem_id=problem.id) if problem.may_still_change else "",
        )
        for problem, name in rows
    }


def load_remarks(numbers: Iterable[int]) -> Mapping[int, Published]:
    """Remarks with these numbers; they cannot be changed, as others answer them."""
    rows = db.session.execute(
        select(BriefRemark, Challenge.slug, Challenge.title, User.display_name)
        .join(Challenge, Challenge.id == BriefRemark.challenge_id)
        .outerjoin(User, User.id == BriefRemark.author_id)
        .where(BriefRemark.id.in_(list(numbers)))
    )
    return {
        remark.id: Published(
            number=remark.id,
            author_id=remark.author_id,
            author=name or "",
            title=title,
            text=remark.text,
            language=remark.language,
            url=url_for("challenge.show_challenge", slug=slug, _anchor=f"remark-{remark.position}"),
            at=remark.at,
            shown=remark.shown,
        )
        for remark, slug, title, name in rows
    }


def _may_see_problem(number: int) -> bool:
    problem = db.session.get(Problem, number)
    return problem is not None and may_see_problem(problem)


def _may_see_remark(number: int) -> bool:
    remark = db.session.get(BriefRemark, number)
    challenge = db.session.get(Challenge, remark.challenge_id) if remark else None
    return remark is not None and remark.is_in_sight and challenge is not None and may_see_challenge(challenge)


MODERATED = [
    Moderated("problem", _l("Problem"), load_problems, show_problem, _may_see_problem),
    Moderated("brief_remark", _l("Comment on a brief"), load_remarks, show_remark, _may_see_remark),
]

"""Challenges: one, lists, its criteria, versions and remarks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import User
from civic.challenge.models import BriefRemark, BriefVersion, BriefWriter, Challenge, Criterion, Problem
from civic.challenge.queries.problems import names_of
from civic.challenge.rules.brief import BriefFacts
from civic.challenge.rules.choices import PUBLIC_STATES
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.pages import Page, page_of

SIZE = 25
IN_SIGHT = ("shown", "folded")
WHOLE: Any = select(Challenge).options(joinedload(Challenge.programme, innerjoin=True), joinedload(Challenge.partner))
"""A challenge with its programme and partner."""


class Remark(NamedTuple):
    """A remark with the names of who made and who answered it."""

    row: BriefRemark
    author: str | None
    answerer: str | None


def challenge_by_slug(slug: str) -> Challenge | None:
    """The challenge with this name in its address, with its programme and partner."""
    found: Challenge | None = db.session.scalar(WHOLE.where(Challenge.slug == slug[:100]))
    return found


def challenges(*, state: str = "", at: str | None = None, size: int = SIZE) -> Page:
    """One page of what everybody can read, the newest first; one statement."""
    wanted = [state] if state in PUBLIC_STATES else PUBLIC_STATES
    query = WHOLE.where(Challenge.status.in_(wanted))
    return page_of(query, [Challenge.created_at.desc(), Challenge.id.desc()], at=at, size=size, scalars=True)


def all_challenges(*, at: str | None = None) -> Page:
    """One page of every challenge, drafts too, for its desk."""
    return page_of(WHOLE, [Challenge.id.desc()], at=at, size=50, scalars=True)


def challenges_of(*, programme_id: int | None = None, partner_id: int | None = None) -> list[Challenge]:
    """The public challenges of a programme or of a partner, in the order in which they were written."""
    query = WHOLE.where(Challenge.status.in_(PUBLIC_STATES))
    if programme_id is not None:
        query = query.where(Challenge.programme_id == programme_id)
    if partner_id is not None:
        query = query.where(Challenge.partner_id == partner_id)
    return list(db.session.scalars(query.order_by(Challenge.id)))


def challenge_choices() -> list[tuple[str, Words]]:
    """Slug and title of every challenge that everybody can read, the newest first: a problem leads to one."""
    query = select(Challenge.slug, Challenge.title, Challenge.language).where(Challenge.status.in_(PUBLIC_STATES))
    rows = db.session.execute(query.order_by(Challenge.id.desc()).limit(200))
    return [(slug, Words(title, language)) for slug, title, language in rows]


def criteria_of(challenge: Challenge) -> list[Criterion]:
    """What answers are judged by."""
    mine = select(Criterion).where(Criterion.challenge_id == challenge.id)
    return list(db.session.scalars(mine.order_by(Criterion.position)))


def versions_of(challenge: Challenge) -> list[BriefVersion]:
    """What its brief said, from the first version on."""
    mine = select(BriefVersion).where(BriefVersion.challenge_id == challenge.id)
    return list(db.session.scalars(mine.order_by(BriefVersion.number)))


def remarks(challenge: Challenge, person_id: int | None, *, at: str | None = None, everything: bool = False) -> Page:
    """One page of remarks, the newest first, as Remark: those in sight, one's own too; two statements at most."""
    query = select(BriefRemark, User.display_name).outerjoin(User, User.id == BriefRemark.author_id)
    query = query.where(BriefRemark.challenge_id == challenge.id)
    if not everything:
        # A remark that was removed keeps its number and a line that says so.
        query = query.where((BriefRemark.shown != "waiting") | (BriefRemark.author_id == (person_id or 0)))
    page = page_of(query, [BriefRemark.position.desc()], at=at, size=SIZE)
    answerers = names_of(row[0].answered_by_id for row in page.items)
    return replace(
        page, items=[Remark(row[0], row[1], answerers.get(row[0].answered_by_id or 0)) for row in page.items]
    )


def remark_at(challenge: Challenge, position: int) -> BriefRemark | None:
    """The remark of this number."""
    if not 0 < position < 2**62:
        return None
    return db.session.scalar(
        select(BriefRemark).where(BriefRemark.challenge_id == challenge.id, BriefRemark.position == position)
    )


def author_name(remark: BriefRemark) -> str | None:
    """Who made it; None where the account is gone."""
    return names_of([remark.author_id]).get(remark.author_id or 0)


def unanswered(challenge_id: int | None = None) -> int:
    """How many remarks in sight wait for an answer: of one challenge, or of all."""
    query: Any = select(func.count()).where(BriefRemark.result == "", BriefRemark.shown.in_(IN_SIGHT))
    if challenge_id is not None:
        query = query.where(BriefRemark.challenge_id == challenge_id)
    return db.session.scalar(query) or 0


def has_written(challenge: Challenge, person_id: int) -> bool:
    """Whether this member of staff wrote on the brief."""
    mine = select(BriefWriter.id).where(BriefWriter.challenge_id == challenge.id, BriefWriter.person_id == person_id)
    return db.session.scalar(mine) is not None


def facts_of(challenge: Challenge) -> BriefFacts:
    """What is known of a brief when somebody wants to publish it."""
    return BriefFacts(
        statement=challenge.statement,
        success=challenge.success,
        adoption=challenge.adoption,
        weights=[each.weight for each in criteria_of(challenge)],
        comments_close_at=challenge.comments_close_at,
        unanswered=unanswered(challenge.id),
    )


def what_waits() -> int:
    """How much waits for those who run the challenge: open problems, and remarks without an answer; one statement."""
    problems = select(func.count()).where(Problem.status == "open", Problem.shown.in_(IN_SIGHT)).scalar_subquery()
    said = select(func.count()).where(BriefRemark.result == "", BriefRemark.shown.in_(IN_SIGHT)).scalar_subquery()
    return db.session.scalar(select(problems + said)) or 0

"""What everybody may know of a programme's test grants: once announced, who got how much, what was paid and reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from civic.challenge.applying.models import Startup
from civic.challenge.models import Challenge
from civic.challenge.testing.models import Change, Milestone, TestGrant
from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Award
from civic.grants.queries.awards import decision_numbers, paid_of


@dataclass(frozen=True)
class GrantRow:
    """One test grant as it is published."""

    test_id: int
    application_id: int
    startup_id: int
    startup: str
    challenge_id: int
    challenge: str
    challenge_slug: str
    language: str  # of the challenge
    amount: Money
    paid: Money
    reached: int
    milestones: int
    state: str  # of the test (wording.TESTS)
    award: str  # state of the award
    award_public_id: str
    decisions: tuple[tuple[str, date | None], ...]
    announced_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    pivots: int


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as it is published: what was to be reached by when, and whether it was."""

    title: str
    language: str
    due_on: date
    amount: Money
    status: str
    signed_off_at: datetime | None


def grants_public(programme_id: int) -> list[GrantRow]:
    """Every announced test grant of a programme, by challenge and startup; four statements however many there are."""
    with_it = select(Challenge.id).where(Challenge.programme_id == programme_id)
    return _rows(TestGrant.challenge_id.in_(with_it))


def grants_of_challenge(challenge_id: int) -> list[GrantRow]:
    """The same of one challenge."""
    return _rows(TestGrant.challenge_id == challenge_id)


def grants_of_startup(startup_id: int) -> list[GrantRow]:
    """The same of one startup."""
    return _rows(TestGrant.startup_id == startup_id)


def milestones_public(test_ids: Sequence[int]) -> dict[int, list[MilestoneRow]]:
    """The milestones of announced tests, in one statement; what was handed in stays between the sides."""
    found: dict[int, list[MilestoneRow]] = {}
    mine = (
        select(Milestone)
        .join(TestGrant, TestGrant.id == Milestone.test_id)
        .join(Award, Award.id == TestGrant.award_id)
        .where(Milestone.test_id.in_(test_ids), TestGrant.started_at.is_not(None), Award.announced_at.is_not(None))
    )
    for each in db.session.scalars(mine.order_by(Milestone.position, Milestone.id)):
        row = MilestoneRow(each.title, each.language, each.due_on, each.amount, each.status, each.signed_off_at)
        found.setdefault(each.test_id, []).append(row)
    return found


def pivots_public(test_ids: Sequence[int]) -> dict[int, list[tuple[str, str, datetime | None]]]:
    """What solutions became when all sides agreed to a pivot: (words, language, when)."""
    found: dict[int, list[tuple[str, str, datetime | None]]] = {}
    mine = select(Change.test_id, Change.what, Change.language, Change.ended_at).where(
        Change.test_id.in_(test_ids), Change.kind == "pivot", Change.status == "done"
    )
    for test_id, what, language, at in db.session.execute(mine.order_by(Change.id)):
        found.setdefault(test_id, []).append((what, language, at))
    return found


def _rows(which: Any) -> list[GrantRow]:
    tests: list[TestGrant] = list(db.session.scalars(_announced().where(which)))
    numbers = [each.award_id for each in tests]
    paid, decisions = paid_of(numbers), decision_numbers(numbers)
    counted = _counted([each.id for each in tests])
    return [
        GrantRow(
            test_id=each.id,
            application_id=each.application_id,
            startup_id=each.startup_id,
            startup=each.startup.organisation.name,
            challenge_id=each.challenge_id,
            challenge=each.challenge.title,
            challenge_slug=each.challenge.slug,
            language=each.challenge.language,
            amount=each.grant,
            paid=paid[each.award_id].total if each.award_id in paid else Money(0),
            reached=counted.get(each.id, (0, 0))[0],
            milestones=counted.get(each.id, (0, 0))[1],
            state=each.status,
            award=each.award.status,
            award_public_id=each.award.public_id,
            decisions=tuple(decisions.get(each.award_id, ())),
            announced_at=each.award.announced_at,
            started_at=each.started_at,
            ended_at=each.ended_at,
            pivots=each.pivots,
        )
        for each in tests
    ]


def _announced() -> Select[Any]:
    return (
        select(TestGrant)
        .join(Award, Award.id == TestGrant.award_id)
        .join(Challenge, Challenge.id == TestGrant.challenge_id)
        .where(Award.announced_at.is_not(None))
        .options(
            joinedload(TestGrant.award, innerjoin=True),
            joinedload(TestGrant.challenge, innerjoin=True),
            joinedload(TestGrant.startup, innerjoin=True).joinedload(Startup.organisation, innerjoin=True),
        )
        .order_by(Challenge.title, TestGrant.id)
    )


def _counted(test_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    reached = func.count().filter(Milestone.status == "signed_off")
    rows = select(Milestone.test_id, reached, func.count()).where(Milestone.test_id.in_(test_ids))
    return {
        number: (int(done), int(all_of_them))
        for number, done, all_of_them in db.session.execute(rows.group_by(Milestone.test_id))
    }

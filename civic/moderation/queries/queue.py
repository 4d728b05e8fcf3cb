"""The queue: what waits for a moderator, heaviest or oldest first, and how much of each kind."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Published
from civic.core.moderated import kind_of, published
from civic.core.pages import Page, page_of
from civic.moderation.models import Appeal, Case, Report
from civic.moderation.queries.people import AuthorRecord, author_records

SIZE = 25
COUNTED = 1_000
"""Queues are counted up to here; beyond it is "more than"."""

OLDEST: tuple[Any, ...] = (Case.opened_at, Case.id)
HEAVIEST: tuple[Any, ...] = (Case.weight.desc(), Case.id)
# What each stretch of the queue holds, and in which order: who was reported most heavily, who has waited longest.
FACETS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "": ((Case.status == "open",), OLDEST),
    "heaviest": ((Case.status == "open",), HEAVIEST),
    "reported": ((Case.status == "open", Case.is_reported), HEAVIEST),
    "waiting": ((Case.status == "open", Case.is_waiting), OLDEST),
    "alike": ((Case.status == "open", Case.is_alike), OLDEST),
    "waves": ((Case.status == "open", Case.is_wave), OLDEST),
    "appeals": ((Case.status == "appealed",), OLDEST),
}


class Row(NamedTuple):
    """One case as the queue shows it."""

    case: Case
    text: Published | None  # None where it is gone
    rules: list[tuple[str, int]]  # what was reported, and by how many
    author: AuthorRecord | None
    claimed_by: str

    @property
    def kind(self) -> Any:
        """What kind of text it is, in words."""
        return kind_of(self.case.thing)[0].label


def queue_query(facet: str, language: str = "") -> tuple[Select[Any], tuple[Any, ...]]:
    """The cases of a stretch of the queue, in one language where one is asked for, and their order."""
    conditions, order = FACETS[facet]
    spoken = [Case.language == language] if language else []
    return select(Case).where(*conditions, *spoken), order


def queue(facet: str, now: datetime, *, language: str = "", at: str | None = None) -> Page:
    """A page of the queue as Row."""
    query, order = queue_query(facet, language)
    page = page_of(query, order, at=at, size=SIZE, scalars=True)
    return Page(rows(page.items, now), page.next, page.previous)


def rows(cases: Iterable[Case], now: datetime) -> list[Row]:
    """What is known of cases, in a few statements however many they are."""
    cases = list(cases)
    if not cases:
        return []
    texts = published(case.thing for case in cases)
    reported = _rules([case.id for case in cases])
    authors = author_records((case.author_id for case in cases if case.author_id is not None), now)
    claimed = _claimed({case.claimed_by_id for case in cases if case.claimed_until and case.claimed_until > now})
    return [
        Row(
            case,
            texts.get(case.thing),
            reported.get(case.id, []),
            authors.get(case.author_id or 0),
            claimed.get(case.claimed_by_id or 0, "") if case.claimed_until and case.claimed_until > now else "",
        )
        for case in cases
    ]


def _rules(cases: list[int]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    counted = select(Report.case_id, Report.rule, func.count().label("n")).where(
        Report.case_id.in_(cases), Report.status == "standing"
    )
    for case_id, rule, n in db.session.execute(
        counted.group_by(Report.case_id, Report.rule).order_by(Report.case_id, func.count().desc(), Report.rule)
    ):
        found.setdefault(case_id, []).append((rule, n))
    return found


def _claimed(people: set[int | None]) -> dict[int, str]:
    wanted = people - {None}
    if not wanted:
        return {}
    return {
        number: name or ""
        for number, name in db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted)))
    }


def how_many() -> dict[str, int]:
    """How many cases lie in each stretch of the queue, and appeals against suspensions, counted up to COUNTED + 1; one statement."""
    counts = [
        select(func.count()).select_from(select(Case.id).where(*FACETS[facet][0]).limit(COUNTED + 1).subquery())
        .scalar_subquery().label(facet or "all")
        for facet in FACETS
        if facet != "heaviest"
    ]  # fmt: skip
    counts.append(
        select(func.count()).select_from(_suspension_appeals().subquery()).scalar_subquery().label("suspensions")
    )
    found = db.session.execute(select(*counts)).one()._mapping
    return {("" if name == "all" else name): n for name, n in found.items()}


def waiting_for_moderators() -> int:
    """How many cases and appeals wait, for the staff front page; counted up to COUNTED + 1."""
    waiting = select(Case.id).where(Case.status.in_(("open", "appealed"))).limit(COUNTED + 1)
    appeals = select(func.count()).select_from(_suspension_appeals().subquery()).scalar_subquery()
    return db.session.scalar(select(func.count() + appeals).select_from(waiting.subquery())) or 0


def _suspension_appeals() -> Select[Any]:
    waiting: Select[Any] = select(Appeal.id).where(Appeal.suspension_id.is_not(None), Appeal.outcome == "")
    return waiting.limit(COUNTED + 1)

"""Problems: one, lists by columns and keys, how many each narrowing would leave, and what became of one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from civic.accounts.models import User
from civic.challenge.models import Problem, ProblemSupport
from civic.challenge.rules.choices import PROBLEM_SORTS
from civic.core.db import db
from civic.core.i18n import LANGUAGES, Words
from civic.core.pages import Page, page_of
from civic.core.search import configuration, matches
from civic.core.states import StateChange, history

SIZE = 25
FACETS = ("theme", "borough", "status")
EVERYWHERE = "london"
"""How an address asks for problems of all London."""


@dataclass(frozen=True)
class Wish:
    """Which problems somebody wants to see; "" is not asked. Merged ones are shown only where they are asked for."""

    words: str = ""
    theme: str = ""
    borough: str = ""
    status: str = ""
    sort: str = PROBLEM_SORTS[0]
    out_of_sight_too: bool = False  # for staff


class ListedProblem(NamedTuple):
    """A problem as a row of a list."""

    id: int
    title: Words
    for_whom: Words
    borough: str
    theme: str
    status: str
    shown: str
    supports: int
    author_id: int | None
    created_at: datetime


_COLUMNS = (
    Problem.id, Problem.title, Problem.for_whom, Problem.language, Problem.borough, Problem.theme, Problem.status,
    Problem.shown, Problem.supports, Problem.author_id, Problem.created_at,
)  # fmt: skip
_ORDERS: dict[str, list[Any]] = {
    "supported": [Problem.supports.desc(), Problem.id.desc()],
    "newest": [Problem.created_at.desc(), Problem.id.desc()],
    "oldest": [Problem.created_at, Problem.id],
}


def problem_by_id(problem_id: int) -> Problem | None:
    """The problem of this number, in sight or not."""
    return db.session.get(Problem, problem_id) if 0 < problem_id < 2**62 else None


def problems(wish: Wish, language: str, *, at: str | None = None, size: int = SIZE) -> Page:
    """One page of problems as ListedProblem; one statement."""
    query = select(*_COLUMNS).where(*_wanted(wish, language))
    page = page_of(query, _ORDERS[wish.sort], at=at, size=size)
    return replace(page, items=[_listed(row) for row in page.items])


def facets(wish: Wish, language: str) -> dict[str, dict[str, int]]:
    """How many problems each narrowing would leave, given the others: counts["theme"]["homes"]; one statement."""
    columns = (Problem.theme, Problem.borough, Problem.status)
    query = select(*columns, func.count()).where(*_seen(wish), *_worded(wish, language)).group_by(*columns)
    wanted = {name: getattr(wish, name) for name in FACETS}
    counts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in FACETS}
    for theme, borough, status, number in db.session.execute(query):
        has = {"theme": theme, "borough": borough or EVERYWHERE, "status": status}
        misses = {name for name in FACETS if wanted[name] and has[name] != wanted[name]}
        if status == "merged" and not wanted["status"]:
            misses.add("status")
        for name in FACETS:
            if misses <= {name}:
                counts[name][has[name]] += number
    return {name: dict(found) for name, found in counts.items()}


def supports_it(problem: Problem, person_id: int | None) -> bool:
    """Whether this person supports it."""
    if person_id is None:
        return False
    mine = select(ProblemSupport.id).where(
        ProblemSupport.problem_id == problem.id, ProblemSupport.person_id == person_id
    )
    return db.session.scalar(mine) is not None


def merged_into(problem: Problem) -> list[ListedProblem]:
    """The problems that were merged into this one and can be seen."""
    query = select(*_COLUMNS).where(Problem.merged_into_id == problem.id, Problem.shown == "shown")
    return [_listed(row) for row in db.session.execute(query.order_by(Problem.id))]


def behind_challenge(challenge_id: int) -> list[ListedProblem]:
    """The problems that a challenge came from, the most supported first."""
    query = select(*_COLUMNS).where(Problem.challenge_id == challenge_id, Problem.shown.in_(("shown", "folded")))
    return [_listed(row) for row in db.session.execute(query.order_by(Problem.supports.desc(), Problem.id))]


def moves_of(problem: Problem) -> list[tuple[StateChange, str | None]]:
    """Every decision about it, oldest first, with the name of who took it; two statements at most."""
    moves = history(problem)
    names = names_of(move.actor_id for move in moves)
    return [(move, names.get(move.actor_id or 0)) for move in moves]


def names_of(people: Any) -> dict[int, str]:
    """What others call these people; no statement for nobody."""
    numbers = {number for number in people if number}
    if not numbers:
        return {}
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(numbers)))
    return {number: name for number, name in rows if name}


def how_many_wait() -> int:
    """How many open problems stand in sight and wait for a decision."""
    waiting = select(func.count()).where(Problem.status == "open", Problem.shown.in_(("shown", "folded")))
    return db.session.scalar(waiting) or 0


def concerned_by(problem_ids: list[int]) -> frozenset[int]:
    """The accounts that proposed or support any of these."""
    authors = select(Problem.author_id).where(Problem.id.in_(problem_ids), Problem.author_id.is_not(None))
    supporters = select(ProblemSupport.person_id).where(
        ProblemSupport.problem_id.in_(problem_ids), ProblemSupport.person_id.is_not(None)
    )
    return frozenset(db.session.scalars(authors.union(supporters)))  # type: ignore[arg-type]


def _seen(wish: Wish) -> list[ColumnElement[bool]]:
    return [] if wish.out_of_sight_too else [Problem.shown.in_(("shown", "folded"))]


def _worded(wish: Wish, language: str) -> list[ColumnElement[bool]]:
    if not wish.words.strip():
        return []
    # By the rules of every language that the site speaks, and of none: words in any of them are found.
    tried = {configuration(each): each for each in (language, *LANGUAGES, "")}
    return [or_(*(matches(Problem.words, wish.words, each) for each in tried.values()))]


def _wanted(wish: Wish, language: str) -> list[ColumnElement[bool]]:
    found = [*_seen(wish), *_worded(wish, language)]
    found.append(Problem.status == wish.status if wish.status else Problem.status != "merged")
    if wish.theme:
        found.append(Problem.theme == wish.theme)
    if wish.borough:
        found.append(Problem.borough == ("" if wish.borough == EVERYWHERE else wish.borough))
    return found


def _listed(row: Any) -> ListedProblem:
    return ListedProblem(
        id=row.id,
        title=Words(row.title, row.language),
        for_whom=Words(row.for_whom, row.language),
        borough=row.borough,
        theme=row.theme,
        status=row.status,
        shown=row.shown,
        supports=row.supports,
        author_id=row.author_id,
        created_at=row.created_at,
    )

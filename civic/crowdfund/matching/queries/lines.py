"""The working of one campaign line by line, for everybody to check: every part of every gift in its order, numbered and nameless."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import contains_eager, selectinload

from civic.core.db import db, stream
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.crowdfund.matching.models import MatchEntry, MatchFunder, MatchPart, MatchPlace, MatchScheme
from civic.crowdfund.models import Campaign, Pledge
from civic.grants.models import Pot

SIZE = 100
NOTHING = Money(0)


@dataclass(frozen=True)
class Line:
    """One part of a gift with what was given for it; of a scheme that gives sums, what was given with it."""

    number: int  # of the gift within its campaign: by when it was promised, whatever scheme is looked at
    part: int  # 0, or by how often the gift had been raised before
    since: datetime
    amount: Money
    is_excluded: bool
    full: Money | None  # what the rule comes to; None where it looks at the whole campaign and nothing is earned here
    given: Money
    cap: str
    shares: dict[int, Money]
    given_so_far: Money  # matched, up to this line
    counted_so_far: Money  # gifts that count, up to this line
    backers_so_far: int

    @property
    def reason(self) -> str:
        """Why less was given than the rule comes to, one of formulas.REASONS; a gift that staff left out may have no entry."""
        return self.cap or ("excluded" if self.is_excluded else "")


@dataclass(frozen=True)
class Sums:
    """What all lines come to."""

    lines: int = 0
    gifts: int = 0
    amount: Money = NOTHING
    full: Money = NOTHING
    given: Money = NOTHING


def place_at(slug: str, scheme: str) -> MatchPlace | None:
    """A campaign's place in a scheme, where everybody may know of both, with all that belongs to it; two statements."""
    funders = selectinload(MatchScheme.funders).joinedload(MatchFunder.pot, innerjoin=True)
    mine = (
        select(MatchPlace)
        .join(MatchPlace.campaign)
        .join(MatchPlace.scheme)
        .where(Campaign.slug == slug, MatchScheme.slug == scheme)
        .where(Campaign.opened_at.is_not(None), MatchScheme.approved_at.is_not(None))
    )
    whole = mine.options(
        contains_eager(MatchPlace.campaign),
        contains_eager(MatchPlace.scheme).options(funders.joinedload(Pot.fund, innerjoin=True)),
    )
    return db.session.scalars(whole).one_or_none()


def lines(place: MatchPlace, *, at: str | None = None, size: int = SIZE) -> tuple[Page, Sums]:
    """One page of the lines, as Line, and what all of them come to; one statement."""
    rows = _rows(place)
    page = page_of(select(rows), [rows.c.since, rows.c.pledge_id, rows.c.part], at=at, size=size)
    sums = _sums(page.items[0]) if page.items else Sums()
    return replace(page, items=[_line(row) for row in page.items]), sums


def all_lines(place: MatchPlace) -> Iterator[Line]:
    """Every line in its order, a thousand at a time."""
    rows = _rows(place)
    order = (rows.c.since, rows.c.pledge_id, rows.c.part)
    return map(_line, stream(select(rows).order_by(*order)))


def numbers_of(campaign_ids: Any) -> Subquery:
    """The number of each gift within its campaign (numbers or a select of them): it stays the same when others are cancelled."""
    order = (Pledge.authorised_at, Pledge.id)
    number = func.row_number().over(partition_by=Pledge.campaign_id, order_by=order)
    mine = select(Pledge.id, number.label("number"))
    return mine.where(Pledge.campaign_id.in_(campaign_ids), Pledge.authorised_at.is_not(None)).subquery()


def _rows(place: MatchPlace) -> Any:
    """Parts with their entries; after a close an entry stays though its gift was given back, so each may stand alone."""
    p, e = _parts(place), _entries(place)
    numbers = numbers_of([place.campaign_id])
    joined = p.join(e, (e.c.pledge_id == p.c.pledge_id) & (e.c.since == p.c.since), full=True)
    pledge_id = func.coalesce(p.c.pledge_id, e.c.pledge_id)
    both = (
        select(
            pledge_id.label("pledge_id"),
            func.coalesce(p.c.part, e.c.part).label("part"),
            func.coalesce(p.c.since, e.c.since).label("since"),
            func.coalesce(p.c.amount_minor, 0).label("amount"),
            func.coalesce(p.c.is_excluded, False).label("is_excluded"),
            func.coalesce(p.c.counted, 0).label("counted"),
            func.coalesce(p.c.is_new, 0).label("is_new"),
            e.c.full_minor.label("full"),
            func.coalesce(e.c.amount_minor, 0).label("given"),
            func.coalesce(e.c.cap, "").label("cap"),
            e.c.shares,
        )
        .select_from(joined)
        .subquery()
    )
    order = (both.c.since, both.c.pledge_id, both.c.part)

    def so_far(column: Any) -> Any:
        return func.sum(column).over(order_by=order)

    return (
        select(
            both,
            func.coalesce(numbers.c.number, 0).label("number"),
            so_far(both.c.given).label("given_so_far"),
            so_far(both.c.counted).label("counted_so_far"),
            so_far(both.c.is_new).label("backers_so_far"),
            func.count().over().label("all_lines"),
            func.sum(case((both.c.part == 0, 1), else_=0)).over().label("all_gifts"),
            func.sum(both.c.amount).over().label("all_amounts"),
            func.sum(both.c.full).over().label("all_full"),
            func.sum(both.c.given).over().label("all_given"),
        )
        .select_from(both)
        .outerjoin(numbers, numbers.c.id == both.c.pledge_id)
        .subquery()
    )


def _parts(place: MatchPlace) -> Any:
    order = (MatchPart.since, MatchPart.pledge_id, MatchPart.part)
    first = func.row_number().over(partition_by=(MatchPart.person, MatchPart.is_excluded), order_by=order)
    counts = MatchPart.is_excluded.is_(False)
    return (
        select(
            MatchPart.pledge_id,
            MatchPart.part,
            MatchPart.since,
            MatchPart.amount_minor,
            MatchPart.is_excluded,
            case((counts, MatchPart.amount_minor), else_=0).label("counted"),
            case((counts & (first == 1), 1), else_=0).label("is_new"),
        )
        .where(MatchPart.scheme_id == place.scheme_id, MatchPart.campaign_id == place.campaign_id)
        .subquery()
    )


def _entries(place: MatchPlace) -> Any:
    mine = (MatchEntry.scheme_id == place.scheme_id) & (MatchEntry.campaign_id == place.campaign_id)
    columns = (MatchEntry.pledge_id, MatchEntry.part, MatchEntry.since)
    figures = (MatchEntry.full_minor, MatchEntry.amount_minor, MatchEntry.cap, MatchEntry.shares)
    return select(*columns, *figures).where(mine).subquery()


def _line(row: Any) -> Line:
    return Line(
        number=row.number,
        part=row.part,
        since=row.since,
        amount=Money(row.amount),
        is_excluded=row.is_excluded,
        full=None if row.full is None else Money(row.full),
        given=Money(row.given),
        cap=row.cap,
        shares={int(funder): Money(minor) for funder, minor in (row.shares or {}).items()},
        given_so_far=Money(int(row.given_so_far)),
        counted_so_far=Money(int(row.counted_so_far)),
        backers_so_far=int(row.backers_so_far),
    )


def _sums(row: Any) -> Sums:
    return Sums(
        lines=row.all_lines,
        gifts=int(row.all_gifts),
        amount=Money(int(row.all_amounts)),
        full=Money(int(row.all_full or 0)),
        given=Money(int(row.all_given)),
    )

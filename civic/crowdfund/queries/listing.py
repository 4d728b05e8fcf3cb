"""The list of campaigns: columns and not entities, cut by keys, and how many there are in each borough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from civic.accounts.models import Organisation
from civic.core.db import db
from civic.core.files import StoredFile
from civic.core.i18n import Words
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.core.search import matches
from civic.crowdfund.models import Campaign, CampaignPicture, CampaignTotal
from civic.crowdfund.queries.figures import progress_of
from civic.crowdfund.rules.progress import Progress
from civic.crowdfund.rules.stages import NEARLY_BPS, SOON_DAYS, stage
from civic.places import BOROUGHS, borough

OPEN_SHOWS = ("open", "nearly", "soon")
SHOWS = (*OPEN_SHOWS, "settling", "funded", "unsuccessful", "withdrawn", "all")
SORTS = ("ending", "newest", "reached")
SIZE = 20
MOST_COUNTED = 5_000
"""More campaigns than this are not counted for the map."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of the list; anything that is not offered counts as not asked."""

    words: str = ""
    borough: str = ""
    kind: str = ""
    show: str = "open"
    sort: str = ""

    @property
    def order(self) -> str:
        """How it is sorted: what is open by its deadline, what is over by its launch, unless asked otherwise."""
        is_open = self.show in OPEN_SHOWS
        offered = SORTS if is_open else SORTS[1:]
        return self.sort if self.sort in offered else offered[0]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked beyond what the page shows by itself."""
        return bool(self.words or self.borough or self.kind or self.show != "open")


@dataclass(frozen=True, slots=True)
class Listed:
    """One campaign as a row of the list."""

    number: int
    slug: str
    version: int
    title: Words
    line: Words
    place: str
    borough: str | None
    organisation: str
    stage: str
    closes_at: datetime
    progress: Progress
    backers: int
    picture: str | None  # key of the file
    alt: str


_COLUMNS = (
    Campaign.id, Campaign.slug, Campaign.version, Campaign.title, Campaign.summary, Campaign.language, Campaign.place, Campaign.place_kind,
    Campaign.borough, Campaign.status, Campaign.closes_at, Campaign.target_minor, Campaign.currency,
    Campaign.pledged_at_close_minor, Campaign.offline_at_close_minor, Campaign.funds_at_close_minor, Campaign.match_at_close_minor,
    Organisation.name.label("organisation"), CampaignTotal.pledged_minor, CampaignTotal.offline_minor, CampaignTotal.funds_minor,
    CampaignTotal.in_kind_minor, CampaignTotal.match_minor, CampaignTotal.backers, CampaignTotal.offline_backers,
    StoredFile.key.label("picture"), CampaignPicture.alt,
)  # fmt: skip


# Built once: to put it together takes longer than to answer it.
_ROWS: Any = (
    select(*_COLUMNS)
    .select_from(Campaign)
    .join(Organisation, Organisation.id == Campaign.organisation_id)
    .join(CampaignTotal, CampaignTotal.campaign_id == Campaign.id)
    .outerjoin(CampaignPicture, CampaignPicture.id == Campaign.cover_id)
    .outerjoin(StoredFile, StoredFile.id == CampaignPicture.file_id)
)


def campaigns(wish: Wish, now: datetime, language: str, *, at: str | None = None, size: int = SIZE) -> Page:
    """One page of the campaigns somebody wants to see, as Listed; one statement."""
    query = _ROWS.where(*_wanted(wish, now, language))
    page = page_of(query, _order(wish), at=at, size=size)
    return replace(page, items=[listed(row, now) for row in page.items])


def by_borough(wish: Wish, now: datetime, language: str) -> dict[str, int] | None:
    """How many campaigns fit the wish in each of the 33 boroughs, whatever borough was asked for; one statement.

    None where there are more than MOST_COUNTED: to count them would take longer than the rest of the page.
    """
    fitting = select(Campaign.borough).where(*_wanted(replace(wish, borough=""), now, language))
    if wish.show == "nearly":
        fitting = fitting.join(CampaignTotal, CampaignTotal.campaign_id == Campaign.id)
    some = fitting.limit(MOST_COUNTED + 1).subquery()
    counted = select(some.c.borough, func.count()).group_by(some.c.borough)
    found: dict[Any, int] = dict(db.session.execute(counted).all())  # type: ignore[arg-type]
    if sum(found.values()) > MOST_COUNTED:
        return None
    return {each.gss: found.get(each.gss, 0) for each in BOROUGHS}


def near(gss: str | None, now: datetime, size: int) -> list[Listed]:
    """Open campaigns, those of a borough first, the next to close first; for the front page."""
    order: list[Any] = [Campaign.closes_at, Campaign.id]
    if gss:
        order.insert(0, Campaign.borough.is_distinct_from(gss))
    rows = db.session.execute(_ROWS.where(*_in_show("open", now)).order_by(*order).limit(size))
    return [listed(row, now) for row in rows]


def newest(size: int, now: datetime) -> list[Any]:
    """The campaigns that opened last, for feeds and site maps: (slug, title, summary, language, opened_at)."""
    columns = (Campaign.slug, Campaign.title, Campaign.summary, Campaign.language, Campaign.opened_at)
    public = select(*columns).where(Campaign.opened_at.is_not(None), Campaign.opened_at <= now)
    return list(db.session.execute(public.order_by(Campaign.opened_at.desc(), Campaign.id.desc()).limit(size)))


def listed(row: Any, now: datetime) -> Listed:
    """A row of _COLUMNS as the list shows it; its figures by the same function as everywhere."""
    return Listed(
        number=row.id,
        slug=row.slug,
        version=row.version,
        title=Words(row.title, row.language),
        line=Words(row.summary, row.language),
        place=place_words(row.place, row.place_kind, row.borough),
        borough=row.borough,
        organisation=row.organisation,
        stage=stage(row.status, row.closes_at, now),
        closes_at=row.closes_at,
        progress=progress_of(_WithTarget(row), row),  # type: ignore[arg-type]
        backers=row.backers + row.offline_backers,
        picture=row.picture,
        alt=row.alt or "",
    )


def place_words(place: str, kind: str, gss: str | None) -> str:
    """Where it is: the place and its borough, or the borough alone."""
    where = borough(gss) if gss else None
    name = where.name if where else ""
    if kind == "borough" or not place or place == name:
        return name or place
    return f"{place}, {name}" if name and name.casefold() not in place.casefold() else place


def told_by(row: Listed) -> tuple[Any, ...]:
    """By what a row is known: another version, sum, stage or picture is another row to draw."""
    return row.slug, row.version, row.stage, row.progress.counted.minor, row.backers, row.picture, row.organisation


class _WithTarget:
    """A row of columns that answers like a campaign where figures are worked out."""

    def __init__(self, row: Any):
        self._row = row
        self.target = Money(row.target_minor, row.currency)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _order(wish: Wish) -> list[Any]:
    if wish.order == "reached":
        return [CampaignTotal.reached_bps.desc(), CampaignTotal.campaign_id.desc()]
    if wish.order == "ending":
        return [Campaign.closes_at, Campaign.id]
    return [Campaign.opened_at.desc(), Campaign.id.desc()]


def _wanted(wish: Wish, now: datetime, language: str) -> list[ColumnElement[bool]]:
    found = _in_show(wish.show, now)
    if wish.borough:
        found.append(Campaign.borough == wish.borough)
    if wish.kind:
        found.append(Campaign.kind == wish.kind)
    if wish.words:
        # Most campaigns are written in English, whatever language the reader's pages are in.
        tried = dict.fromkeys((language, "en"))
        found.append(or_(*(matches(Campaign.words, wish.words, each) for each in tried)))
        found.append(Campaign.opened_at.is_not(None))
    return found


def _in_show(show: str, now: datetime) -> list[ColumnElement[bool]]:
    match show:
        case "settling":
            uncounted = and_(Campaign.status == "live", Campaign.closes_at <= now)
            return [or_(Campaign.status.in_(("collecting", "shortfall")), uncounted)]
        case "funded":
            return [Campaign.status.in_(("paying", "funded", "delivered"))]
        case "unsuccessful":
            return [Campaign.status.in_(("failed", "refunding"))]
        case "withdrawn":
            return [Campaign.status == "withdrawn", Campaign.opened_at.is_not(None)]
        case "all":
            return [Campaign.opened_at.is_not(None)]
    is_open = [Campaign.status == "live", Campaign.closes_at > now]
    if show == "nearly":
        return [*is_open, CampaignTotal.reached_bps.between(NEARLY_BPS, 9_999)]
    return [*is_open, Campaign.closes_at <= now + timedelta(days=SOON_DAYS)] if show == "soon" else is_open

"""What is said around a campaign: news, comments in their threads, backers who agreed to be named, and who is written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import BigInteger, Select, and_, bindparam, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.manifest import Published
from civic.core.pages import Page, page_of
from civic.crowdfund.models import (
    BackerMessage,
    Campaign,
    CampaignComment,
    CampaignFollow,
    CampaignUpdate,
    OfflinePledge,
    Pledge,
)
from civic.crowdfund.queries.campaigns import public_campaign

STANDS_BY = ("authorised", "charging", "past_due", "collected", "partly_refunded", "disputed", "released")
"""Pledges whose backers are named: those that stand, and those that stood when a campaign failed."""
WRITTEN_TO = ("authorised", "charging", "past_due", "collected", "partly_refunded", "disputed")
"""Pledges whose backers the organiser may write to."""


# News.


def updates(campaign: Campaign, *, at: str | None = None, size: int = 10) -> Page:
    """The organiser's news, the newest first: (id, title, text, language, at, edited_at)."""
    return page_of(_updates(campaign), [CampaignUpdate.id.desc()], at=at, size=size)


def update_by_id(campaign: Campaign, update_id: int) -> Any | None:
    """One piece of news of this campaign."""
    if not 0 < update_id < 2**62:
        return None
    return db.session.execute(_updates(campaign).where(CampaignUpdate.id == update_id)).first()


def _updates(campaign: Campaign) -> Select[Any]:
    columns = (
        CampaignUpdate.id,
        CampaignUpdate.title,
        CampaignUpdate.text,
        CampaignUpdate.language,
        CampaignUpdate.at,
        CampaignUpdate.edited_at,
    )
    query: Any = select(*columns).where(CampaignUpdate.campaign_id == campaign.id)
    return query  # type: ignore[no-any-return]


# Comments.


class Said(NamedTuple):
    """One comment as the page shows it; what is removed or waits has neither text nor author for anybody but whoever wrote it."""

    id: int
    position: int
    author: str | None
    is_organiser: bool
    text: Words | None
    at: datetime
    shown: str
    broke: str
    author_id: int | None
    replies: list[Said]


@dataclass(frozen=True)
class Threads:
    """A stretch of a campaign's comments, the newest thread first; `older` begins the next stretch."""

    threads: list[Said]
    older: int | None


def comments(campaign: Campaign, *, before: int | None = None, size: int = 20) -> Threads:
    """Threads of comments with their answers in one statement; `before` is the number of a thread."""
    begun = select(CampaignComment.id).where(
        CampaignComment.campaign_id == campaign.id, CampaignComment.answers_id.is_(None)
    )
    if before is not None:
        begun = begun.where(CampaignComment.position < before)
    top = begun.order_by(CampaignComment.position.desc()).limit(size + 1).subquery()
    rows = db.session.execute(
        select(*_SAID)
        .join(top, or_(CampaignComment.id == top.c.id, CampaignComment.answers_id == top.c.id))
        .outerjoin(User, User.id == CampaignComment.author_id)
        .where(CampaignComment.campaign_id == campaign.id)
        .order_by(CampaignComment.position)
    ).all()
    return _threads(rows, size)


def _threads(rows: Sequence[Any], size: int) -> Threads:
    """Comments in the order of their numbers, put under those that they answer; one thread more than `size` says there are older."""
    found = {row.id: _said(row) for row in rows if row.answers_id is None}
    for row in rows:
        if row.answers_id is not None:
            found[row.answers_id].replies.append(_said(row))
    newest = sorted(found.values(), key=lambda each: -each.position)
    return Threads(newest[:size], newest[size - 1].position if len(newest) > size else None)


_SAID = (
    CampaignComment.id, CampaignComment.position, CampaignComment.answers_id, CampaignComment.is_organiser, CampaignComment.text,
    CampaignComment.language, CampaignComment.at, CampaignComment.shown, CampaignComment.broke, CampaignComment.author_id,
    User.display_name,
)  # fmt: skip


def _said(row: Any) -> Said:
    # Of what is removed nothing is left here; what waits is for its author, and the page sees to that.
    is_gone = row.shown == "removed"
    text = None if is_gone else Words(row.text, row.language)
    author = None if is_gone else row.display_name
    return Said(row.id, row.position, author, row.is_organiser, text, row.at, row.shown, row.broke, row.author_id, [])


def comment_at(campaign: Campaign, position: int) -> CampaignComment | None:
    """The comment with this number, however it is shown."""
    if not 0 < position < 2**62:
        return None
    return db.session.scalar(
        select(CampaignComment).where(CampaignComment.campaign_id == campaign.id, CampaignComment.position == position)
    )


def public_comment(slug: str, position: int) -> CampaignComment | None:
    """The comment with this number under a campaign that everybody can see."""
    campaign = public_campaign(slug)
    return comment_at(campaign, position) if campaign is not None else None


def published_comments(numbers: Iterable[int]) -> dict[int, Published]:
    """Comments as moderators see them."""
    rows = db.session.execute(
        select(CampaignComment, Campaign.title, Campaign.slug, User.display_name)
        .join(Campaign, Campaign.id == CampaignComment.campaign_id)
        .outerjoin(User, User.id == CampaignComment.author_id)
        .where(CampaignComment.id.in_(list(numbers)))
    )
    return {
        said.id: Published(
            number=said.id,
            author_id=said.author_id,
            author=name or "",
            title=title,
            text=said.text,
            language=said.language,
            url=url_for(
                "crowdfund.list_comments", slug=slug, before=said.position + 1, _anchor=f"comment-{said.position}"
            ),
            at=said.at,
            shown=said.shown,
            edit_url=url_for("crowdfund.edit_comment", slug=slug, position=said.position),
        )
        for said, title, slug, name in rows
    }


def is_comment_public(number: int) -> bool:
    """Whether a comment stands under a campaign that everybody can see."""
    found = select(Campaign).join(CampaignComment, CampaignComment.campaign_id == Campaign.id)
    campaign = db.session.scalars(found.where(CampaignComment.id == number)).one_or_none()
    return campaign is not None and campaign.is_public()


# Backers.


class Backer(NamedTuple):
    """Somebody who agreed to be named."""

    name: str
    message: Words | None
    at: datetime
    key: int  # for moderators, who may hide what was written
    is_hidden: bool


def backers(campaign: Campaign, *, at: str | None = None, size: int = 25, hidden_too: bool = False) -> Page:
    """Backers who agreed to be named, the latest first, as Backer; what moderators hid only where they ask for it."""
    named = _named(hidden_too).where(Pledge.campaign_id == campaign.id)
    page = page_of(named, [Pledge.authorised_at.desc(), Pledge.id.desc()], at=at, size=size)
    return replace(page, items=[_backer(row) for row in page.items])


def named_backer(campaign: Campaign, key: int) -> Pledge | None:
    """A pledge whose name is, or was, shown with a campaign."""
    mine = select(Pledge).where(Pledge.id == key, Pledge.campaign_id == campaign.id, ~Pledge.is_anonymous)
    return db.session.scalars(mine.where(Pledge.authorised_at.is_not(None))).one_or_none()


def _named(hidden_too: bool = False) -> Select[Any]:
    columns = (
        Pledge.id,
        Pledge.shown_name,
        Pledge.message,
        Pledge.message_hidden_at,
        Pledge.language,
        Pledge.authorised_at,
    )
    query: Any = select(*columns).where(
        ~Pledge.is_anonymous, Pledge.status.in_(STANDS_BY), Pledge.authorised_at.is_not(None)
    )
    return query if hidden_too else query.where(Pledge.message_hidden_at.is_(None))  # type: ignore[no-any-return]


def _backer(row: Any) -> Backer:
    message = Words(row.message, row.language) if row.message else None
    return Backer(row.shown_name, message, row.authorised_at, row.id, row.message_hidden_at is not None)


def backers_by_hand(campaign: Campaign, size: int = 200) -> list[str]:
    """The names of those who gave cash, a cheque or a transfer and agreed to be named."""
    given = select(OfflinePledge.shown_name).where(
        OfflinePledge.campaign_id == campaign.id,
        OfflinePledge.status == "counted",
        ~OfflinePledge.is_anonymous,
        OfflinePledge.shown_name != "",
    )
    return list(db.session.scalars(given.order_by(OfflinePledge.id.desc()).limit(size)))


# The latest of all three, for the campaign's own page.

NEWS_SHOWN, BACKERS_SHOWN, THREADS_SHOWN = 3, 8, 5


@dataclass(frozen=True)
class Latest:
    """The newest of what is said around a campaign."""

    updates: list[News]
    backers: list[Backer]
    comments: Threads


class News(NamedTuple):
    """A piece of news."""

    id: int
    title: str
    text: str
    language: str
    at: datetime
    edited_at: datetime | None


class _Comment(NamedTuple):
    id: int
    position: int
    answers_id: int | None
    is_organiser: bool
    text: str
    language: str
    at: datetime
    shown: str
    broke: str
    author_id: int | None
    display_name: str | None


def latest(campaign: Campaign) -> Latest:
    """The last news, backers and threads of a campaign, in one statement."""
    news, named, said = db.session.execute(_LATEST, {"campaign_id": campaign.id}).one()
    updates = [News._make((*each[:4], _moment(each[4]), each[5] and _moment(each[5]))) for each in news or ()]
    backers = [
        Backer(name, Words(words, language) if words else None, _moment(at), key, bool(hidden))
        for key, name, words, hidden, language, at in named or ()
    ]
    rows = [_Comment._make((*each[:6], _moment(each[6]), *each[7:])) for each in said or ()]
    return Latest(updates, backers, _threads(rows, THREADS_SHOWN))


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _the_latest() -> Select[Any]:
    """Built once: to put it together takes longer than to answer it."""
    campaign_id = bindparam("campaign_id", type_=BigInteger)
    news = (
        select(*(CampaignUpdate.__table__.c[name] for name in News._fields))
        .where(CampaignUpdate.campaign_id == campaign_id)
        .order_by(CampaignUpdate.id.desc())
        .limit(NEWS_SHOWN)
        .subquery()
    )
    named = (
        _named()
        .where(Pledge.campaign_id == campaign_id)
        .order_by(Pledge.authorised_at.desc(), Pledge.id.desc())
        .limit(BACKERS_SHOWN)
        .subquery()
    )
    top = (
        select(CampaignComment.id)
        .where(CampaignComment.campaign_id == campaign_id, CampaignComment.answers_id.is_(None))
        .order_by(CampaignComment.position.desc())
        .limit(THREADS_SHOWN + 1)
        .subquery()
    )
    said = (
        select(*_SAID)
        .join(top, or_(CampaignComment.id == top.c.id, CampaignComment.answers_id == top.c.id))
        .outerjoin(User, User.id == CampaignComment.author_id)
        .where(CampaignComment.campaign_id == campaign_id)
        .subquery()
    )
    return select(
        _as_arrays(news.c, news.c.id.desc()),
        _as_arrays(named.c, named.c.authorised_at.desc(), named.c.id.desc()),
        _as_arrays(said.c, said.c.position),
    )


def _as_arrays(columns: Iterable[Any], *order: Any) -> Any:
    return select(func.jsonb_agg(aggregate_order_by(func.jsonb_build_array(*columns), *order))).scalar_subquery()


# Who is written to.


class Reader(NamedTuple):
    """Somebody who gets news or a message by mail, once, whatever ties them to the campaign."""

    address: str
    language: str
    person_id: int | None
    backs: bool


def readers(campaign_id: int, *, follow_too: bool, after: str = "", size: int = 200) -> list[Reader]:
    """The next stretch of those who back a campaign (or follow it), by address; who asked to hear no more is left out."""
    address = func.lower(func.coalesce(User.email, Pledge.email))
    backing: Any = (
        select(
            address.label("address"),
            func.coalesce(User.language, Pledge.language).label("language"),
            Pledge.user_id.label("person_id"),
            (func.abs(1) == 1).label("backs"),
        )
        .outerjoin(User, User.id == Pledge.user_id)
        .where(Pledge.campaign_id == campaign_id, Pledge.status.in_(WRITTEN_TO), Pledge.quiet_at.is_(None))
        .where(address > after)
    )
    if follow_too:
        following = (
            select(func.lower(User.email), User.language, User.id, func.abs(1) == 0)
            .join(CampaignFollow, CampaignFollow.user_id == User.id)
            .where(CampaignFollow.campaign_id == campaign_id, func.lower(User.email) > after)
        )
        backing = union_all(backing, following)
    each = backing.subquery()
    once = (
        select(each.c.address, each.c.language, each.c.person_id, each.c.backs)
        .ext(distinct_on(each.c.address))
        .order_by(each.c.address, each.c.backs.desc())
        .limit(size)
    )
    return [Reader(*row) for row in db.session.execute(once)]


def how_many_read(campaign_id: int) -> int:
    """How many people a message to backers reaches."""
    address = func.lower(func.coalesce(User.email, Pledge.email))
    counted = (
        select(func.count(address.distinct()))
        .select_from(Pledge)
        .outerjoin(User, User.id == Pledge.user_id)
        .where(and_(Pledge.campaign_id == campaign_id, Pledge.status.in_(WRITTEN_TO), Pledge.quiet_at.is_(None)))
        .where(address != "")
    )
    return db.session.scalar(counted) or 0


def messages(campaign: Campaign, size: int = 10) -> list[BackerMessage]:
    """The messages sent to backers, the latest first."""
    sent = select(BackerMessage).where(BackerMessage.campaign_id == campaign.id)
    return list(db.session.scalars(sent.order_by(BackerMessage.id.desc()).limit(size)))


_LATEST = _the_latest()

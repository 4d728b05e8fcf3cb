"""Finding campaigns, and everything that one page of a campaign shows of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased, joinedload

from civic.accounts.models import OrganisationMember, User
from civic.core.db import db
from civic.core.files import SERVED_AS, StoredFile
from civic.core.money import Money
from civic.crowdfund.models import (
    Campaign,
    CampaignCost,
    CampaignFollow,
    CampaignFunding,
    CampaignMatch,
    CampaignPicture,
    CampaignTotal,
    CampaignVideo,
    Milestone,
    Pledge,
)
from civic.crowdfund.queries.figures import nothing

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def campaign_by_slug(slug: str) -> Campaign | None:
    """The campaign at this address with its organisation, in whatever state; what could be no address is not looked for."""
    if not SLUG.fullmatch(slug):
        return None
    return db.session.scalar(_BY_SLUG, {"slug": slug})


_BY_SLUG = (
    select(Campaign)
    .where(Campaign.slug == bindparam("slug", type_=Text))
    .options(joinedload(Campaign.organisation, innerjoin=True))
)


def public_campaign(slug: str) -> Campaign | None:
    """The campaign at this address if everybody may know of it."""
    campaign = campaign_by_slug(slug)
    return campaign if campaign is not None and campaign.is_public() else None


def shared_lock(campaign_id: int) -> Campaign:
    """The campaign, held so that it cannot close while something is added to it: lock it before pledge and total."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.id == campaign_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one()


def closing_lock(campaign_id: int) -> Campaign:
    """The campaign, held alone: nobody else adds to it or closes it meanwhile.

    Its key stays free: a row that refers to it and is written twice looks at it again, and must not wait for us while we wait for it.
    """
    mine = select(Campaign).where(Campaign.id == campaign_id).with_for_update(key_share=True)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


@dataclass(frozen=True)
class Parts:
    """What a campaign's page is made of, beside the campaign itself."""

    total: CampaignTotal
    costs: list[Cost]
    fundings: list[Funding]
    milestones: list[Step]
    pictures: list[Picture]
    film: Film | None
    matches: list[Match]

    @property
    def cover(self) -> Picture | None:
        """The picture at the head of the page."""
        return next((each for each in self.pictures if each.is_cover), None)

    @property
    def told(self) -> tuple[Any, ...]:
        """By what these parts are known: what they say, all of it, in a form that can be compared."""
        lists: tuple[list[Any], ...] = (self.costs, self.fundings, self.milestones, self.pictures, self.matches)
        return (*(tuple(each) for each in lists), self.film)

    def fundings_of(self, kind: str, *, checked: bool = True) -> list[Funding]:
        """Money raised before, or gifts in kind; those whose evidence staff have seen, or all of them."""
        return [each for each in self.fundings if each.kind == kind and (each.is_checked or not checked)]


class Cost(NamedTuple):
    """One line of the budget."""

    title: str
    amount: Money
    spending: str
    note: str


class Funding(NamedTuple):
    """Money raised before, or a gift in kind."""

    kind: str
    giver: str
    what: str
    amount: Money
    is_checked: bool


class Match(NamedTuple):
    """Money of a funder that counts towards the target now; `key` is what its own page is found by."""

    kind: str
    key: str
    funder: str
    language: str  # of the funder's name
    amount: Money


class Step(NamedTuple):
    """A milestone."""

    title: str
    due_on: date
    done_on: date | None


class Picture(NamedTuple):
    """A picture in the story, with its words and its size in pixels."""

    key: str
    alt: str
    caption: str
    width: int
    height: int
    is_cover: bool


class Film(NamedTuple):
    """The film with its captions and its words as text."""

    key: str
    media_type: str
    captions: str
    language: str
    transcript: str

    @property
    def name(self) -> str:
        """The name it is served under."""
        return SERVED_AS[self.media_type][0]


def parts(campaign: Campaign) -> Parts:
    """Everything the campaign's page shows of its own, in one statement."""
    row = db.session.execute(_PARTS, {"campaign_id": campaign.id}, execution_options={"populate_existing": True}).one()
    total, costs, fundings, milestones, pictures, matches, film = row
    return Parts(
        total or nothing(campaign.id),
        [Cost(title, Money(minor), spending, note) for title, minor, spending, note in costs or ()],
        [Funding(kind, giver, what, Money(minor), bool(seen)) for kind, giver, what, minor, seen in fundings or ()],
        [
            Step(title, date.fromisoformat(due), done and date.fromisoformat(done))
            for title, due, done in milestones or ()
        ],
        [Picture(*each) for each in pictures or ()],
        Film(*film) if film else None,
        [Match(kind, key, funder, language, Money(minor)) for kind, key, funder, language, minor in matches or ()],
    )


def _collected(*columns: Any, order: Any) -> Any:
    """The rows of a table that belong to the campaign, as one array of arrays."""
    whole = aggregate_order_by(func.jsonb_build_array(*columns), order)
    return select(func.jsonb_agg(whole))


def _the_parts() -> Select[Any]:
    """Built once: to put it together takes longer than to answer it."""
    film, captions = aliased(StoredFile), aliased(StoredFile)
    mine = Campaign.id
    costs = _collected(
        CampaignCost.title,
        CampaignCost.amount_minor,
        CampaignCost.spending,
        CampaignCost.note,
        order=CampaignCost.position,
    ).where(CampaignCost.campaign_id == mine)
    fundings = _collected(
        CampaignFunding.kind,
        CampaignFunding.giver,
        CampaignFunding.what,
        CampaignFunding.amount_minor,
        CampaignFunding.verified_at.is_not(None),
        order=CampaignFunding.id,
    ).where(CampaignFunding.campaign_id == mine)
    milestones = _collected(Milestone.title, Milestone.due_on, Milestone.done_on, order=Milestone.position).where(
        Milestone.campaign_id == mine
    )
    pictures = (
        _collected(
            StoredFile.key,
            CampaignPicture.alt,
            CampaignPicture.caption,
            StoredFile.width,
            StoredFile.height,
            func.coalesce(CampaignPicture.id == Campaign.cover_id, False),
            order=CampaignPicture.position,
        )
        .select_from(CampaignPicture)
        .join(StoredFile, StoredFile.id == CampaignPicture.file_id)
        .where(CampaignPicture.campaign_id == mine, CampaignPicture.place == "story")
    )
    matches = _collected(
        CampaignMatch.kind,
        CampaignMatch.key,
        CampaignMatch.funder,
        CampaignMatch.language,
        CampaignMatch.amount_minor,
        order=CampaignMatch.id,
    ).where(CampaignMatch.campaign_id == mine, CampaignMatch.is_standing, CampaignMatch.amount_minor > 0)
    video = (
        select(
            func.jsonb_build_array(
                film.key, film.media_type, captions.key, CampaignVideo.captions_language, CampaignVideo.transcript
            )
        )
        .select_from(CampaignVideo)
        .join(film, film.id == CampaignVideo.film_id)
        .join(captions, captions.id == CampaignVideo.captions_id)
        .where(CampaignVideo.campaign_id == mine)
    )
    wanted = (costs, fundings, milestones, pictures, matches, video)
    asked = [each.correlate(Campaign).scalar_subquery() for each in wanted]
    query: Any = select(CampaignTotal, *asked).select_from(Campaign)
    return (  # type: ignore[no-any-return]
        query.outerjoin(CampaignTotal, CampaignTotal.campaign_id == Campaign.id).where(mine == bindparam("campaign_id"))
    )


_PARTS = _the_parts()


class Mine(NamedTuple):
    """What a campaign is to one member."""

    role: str | None  # in its organisation
    follows: bool
    pledge: str | None  # the public id of their standing pledge


def mine(campaign: Campaign, person: User | None) -> Mine:
    """What the campaign is to somebody, in one statement; nothing to a visitor."""
    if person is None:
        return Mine(None, False, None)
    role = select(OrganisationMember.role).where(
        OrganisationMember.organisation_id == campaign.organisation_id, OrganisationMember.user_id == person.id
    )
    follows = select(CampaignFollow.user_id).where(
        CampaignFollow.campaign_id == campaign.id, CampaignFollow.user_id == person.id
    )
    # Of several the latest that was not given up.
    pledged = (
        select(Pledge.public_id)
        .where(Pledge.user_id == person.id, Pledge.campaign_id == campaign.id, Pledge.status.not_in(GIVEN_UP))
        .order_by(Pledge.id.desc())
        .limit(1)
    )
    found = select(role.scalar_subquery(), follows.exists(), pledged.scalar_subquery())
    return Mine(*db.session.execute(found).one())


GIVEN_UP = ("awaiting_card", "abandoned", "refused", "cancelled")

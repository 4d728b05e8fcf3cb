"""What stands in a campaign that is being written."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation, OrganisationMember, User
from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.models import (
    Campaign,
    CampaignCost,
    CampaignEvidence,
    CampaignFunding,
    CampaignPicture,
    CampaignVideo,
    Milestone,
)
from civic.crowdfund.rules import steps
from civic.crowdfund.rules.campaigns import Budget, budget

Part = TypeVar("Part", CampaignCost, CampaignFunding, Milestone, CampaignPicture, CampaignEvidence)


def part_of(campaign: Campaign, kind: type[Part], part_id: int) -> Part | None:
    """One cost, funding, milestone, picture or piece of evidence of this campaign."""
    if not 0 < part_id < 2**62:
        return None
    return db.session.scalar(select(kind).where(kind.id == part_id, kind.campaign_id == campaign.id))


def costs_of(campaign: Campaign) -> list[CampaignCost]:
    """What must be paid for, in the order its organiser gave it."""
    mine = select(CampaignCost).where(CampaignCost.campaign_id == campaign.id)
    return list(db.session.scalars(mine.order_by(CampaignCost.position)))


def fundings_of(campaign: Campaign) -> list[CampaignFunding]:
    """What was raised or given before."""
    mine = select(CampaignFunding).where(CampaignFunding.campaign_id == campaign.id)
    return list(db.session.scalars(mine.order_by(CampaignFunding.id)))


def milestones_of(campaign: Campaign) -> list[Milestone]:
    """The steps of the project, earliest first."""
    mine = select(Milestone).where(Milestone.campaign_id == campaign.id)
    return list(db.session.scalars(mine.order_by(Milestone.position)))


def pictures_of(campaign: Campaign, place: str = "story") -> list[CampaignPicture]:
    """The pictures of one place ("story", "report:<id>"), with their files, in their order."""
    mine = select(CampaignPicture).where(CampaignPicture.campaign_id == campaign.id, CampaignPicture.place == place)
    mine = mine.order_by(CampaignPicture.position, CampaignPicture.id)
    return list(db.session.scalars(mine.options(joinedload(CampaignPicture.file, innerjoin=True))))


def film_of(campaign: Campaign) -> CampaignVideo | None:
    """The campaign's film with its files."""
    mine = select(CampaignVideo).where(CampaignVideo.campaign_id == campaign.id)
    files = (joinedload(CampaignVideo.film, innerjoin=True), joinedload(CampaignVideo.captions, innerjoin=True))
    return db.session.scalar(mine.options(*files))


def evidence_of(campaign: Campaign) -> list[CampaignEvidence]:
    """Every quote, permission and letter, with its file, in the order in which they came."""
    mine = select(CampaignEvidence).where(CampaignEvidence.campaign_id == campaign.id)
    mine = mine.order_by(CampaignEvidence.id)
    return list(db.session.scalars(mine.options(joinedload(CampaignEvidence.file, innerjoin=True))))


def budget_of(campaign: Campaign) -> Budget:
    """The sums of its costs and of what is there already."""
    return budget(
        ((cost.spending, cost.amount_minor) for cost in costs_of(campaign)),
        ((funding.kind, funding.amount_minor) for funding in fundings_of(campaign)),
    )


def written(campaign: Campaign, organisation_kind: str) -> steps.Written:
    """Everything the steps look at."""
    costs, fundings = costs_of(campaign), fundings_of(campaign)
    quotes = dict(
        db.session.execute(
            select(CampaignEvidence.cost_id, func.count())
            .where(CampaignEvidence.campaign_id == campaign.id, CampaignEvidence.cost_id.is_not(None))
            .group_by(CampaignEvidence.cost_id)
        ).all()
    )
    return steps.Written(
        texts={name: getattr(campaign, name) for name in (*steps.TEXTS, "place")},
        impacts=tuple(campaign.impacts),
        borough=campaign.borough,
        place_kind=campaign.place_kind,
        closes_at=campaign.closes_at,
        budget=budget(
            ((cost.spending, cost.amount_minor) for cost in costs),
            ((funding.kind, funding.amount_minor) for funding in fundings),
        ),
        costs=tuple(steps.Cost(cost.id, Money(cost.amount_minor), quotes.get(cost.id, 0)) for cost in costs),
        unproved=sum(funding.evidence_id is None for funding in fundings),
        fundings=len(fundings),
        milestones=_number(Milestone, Milestone.campaign_id == campaign.id),
        pictures=_number(
            CampaignPicture, (CampaignPicture.campaign_id == campaign.id) & (CampaignPicture.place == "story")
        ),
        has_film=db.session.get(CampaignVideo, campaign.id) is not None,
        is_charity=organisation_kind == "registered_charity",
        claims_gift_aid=campaign.gift_aid,
    )


def organisation_of(campaign: Campaign) -> Organisation:
    """The organisation that runs it."""
    return db.session.scalars(select(Organisation).where(Organisation.id == campaign.organisation_id)).one()


def organisers_of(campaign: Campaign) -> list[User]:
    """The people who act for its organisation: they are told what becomes of the campaign."""
    mine = select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)
    mine = mine.where(OrganisationMember.organisation_id == campaign.organisation_id)
    return list(db.session.scalars(mine.order_by(OrganisationMember.id)))


def campaigns_of(user: User) -> list[Row[Any]]:
    """The campaigns of a person's organisations, newest first: (slug, title, language, status, organisation)."""
    columns = select(Campaign.slug, Campaign.title, Campaign.language, Campaign.status, Organisation.name)
    mine = columns.join(Organisation, Organisation.id == Campaign.organisation_id).join(
        OrganisationMember, OrganisationMember.organisation_id == Organisation.id
    )
    mine = mine.where(OrganisationMember.user_id == user.id).order_by(Campaign.created_at.desc(), Campaign.id.desc())
    return list(db.session.execute(mine.limit(100)))


def _number(model: type, where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(where)) or 0

"""What a draft asks money for, what is there already, and the steps of the project."""

from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.actions.campaigns import hold_draft, retarget
from civic.crowdfund.models import Campaign, CampaignCost, CampaignEvidence, CampaignFunding, Milestone
from civic.crowdfund.queries import writing
from civic.crowdfund.rules.campaigns import moved


def add_cost(campaign: Campaign, *, title: str, amount: Money, spending: str, note: str = "") -> CampaignCost:
    """Put a cost at the end; the target follows."""
    draft = hold_draft(campaign)
    last = db.session.scalar(select(func.max(CampaignCost.position)).where(CampaignCost.campaign_id == draft.id))
    cost = CampaignCost(
        campaign_id=draft.id,
        position=0 if last is None else last + 1,
        title=title,
        amount_minor=amount.minor,
        spending=spending,
        note=note,
    )
    db.session.add(cost)
    db.session.flush()
    retarget(draft)
    return cost


def change_cost(cost: CampaignCost, campaign: Campaign, *, title: str, amount: Money, spending: str, note: str) -> None:
    """Change a cost; the target follows."""
    draft = hold_draft(campaign)
    cost.title, cost.amount_minor, cost.spending, cost.note = title, amount.minor, spending, note
    db.session.flush()
    retarget(draft)


def move_cost(cost: CampaignCost, campaign: Campaign, steps: int) -> None:
    """Move a cost so many places down (or up, where negative)."""
    draft = hold_draft(campaign)
    costs = {each.id: each for each in writing.costs_of(draft)}
    for position, number in enumerate(moved(list(costs), cost.id, steps)):
        costs[number].position = position
    db.session.flush()


def remove_cost(cost: CampaignCost, campaign: Campaign) -> None:
    """Take a cost away; its quotes stay as evidence of the campaign."""
    draft = hold_draft(campaign)
    db.session.execute(update(CampaignEvidence).where(CampaignEvidence.cost_id == cost.id).values(cost_id=None))
    db.session.delete(cost)
    db.session.flush()
    retarget(draft)


def add_funding(
    campaign: Campaign, *, kind: str, giver: str, what: str, amount: Money, evidence: Any
) -> CampaignFunding:
    """Money raised before or a gift in kind; `evidence` is a stored file, or None for now."""
    draft = hold_draft(campaign)
    funding = CampaignFunding(
        campaign_id=draft.id,
        kind=kind,
        giver=giver,
        what=what,
        amount_minor=amount.minor,
        evidence_id=evidence.id if evidence else None,
    )
    db.session.add(funding)
    db.session.flush()
    return funding


def change_funding(
    funding: CampaignFunding, campaign: Campaign, *, kind: str, giver: str, what: str, amount: Money, evidence: Any
) -> None:
    """Change what was raised or given; staff look at it afresh. Without new `evidence` the old stays."""
    hold_draft(campaign)
    funding.kind, funding.giver, funding.what, funding.amount_minor = kind, giver, what, amount.minor
    if evidence is not None:
        funding.evidence_id = evidence.id
    funding.verified_at = funding.verified_by_id = None
    db.session.flush()


def remove_funding(funding: CampaignFunding, campaign: Campaign) -> None:
    """Take a sum or gift away."""
    hold_draft(campaign)
    db.session.delete(funding)
    db.session.flush()


def put_milestone(campaign: Campaign, milestone: Milestone | None, *, title: str, due_on: date) -> Milestone:
    """Add a milestone or change one; they stand in the order of their days."""
    draft = hold_draft(campaign)
    if milestone is None:
        milestone = Milestone(campaign_id=draft.id, position=len(writing.milestones_of(draft)))
        db.session.add(milestone)
    milestone.title, milestone.due_on = title, due_on
    db.session.flush()
    _order_milestones(draft)
    return milestone


def remove_milestone(milestone: Milestone, campaign: Campaign) -> None:
    """Take a milestone away."""
    draft = hold_draft(campaign)
    db.session.execute(delete(Milestone).where(Milestone.id == milestone.id))
    _order_milestones(draft)


def _order_milestones(campaign: Campaign) -> None:
    for position, each in enumerate(sorted(writing.milestones_of(campaign), key=lambda one: (one.due_on, one.id))):
        each.position = position
    db.session.flush()

"""Writing a campaign: its costs, what is there already, and its milestones."""

from decimal import Decimal
from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock, files
from civic.core.db import transaction
from civic.core.errors import NotFound, saving
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.security import limit, takes_uploads
from civic.crowdfund.actions import budget as actions
from civic.crowdfund.forms.budget import CostForm, FundingForm, MilestoneForm, RemovalForm
from civic.crowdfund.models import Campaign, CampaignCost, CampaignFunding, Milestone
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.rules.campaigns import LARGE_COST, card_costs
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.writing import must_be_a_draft, next_step

DIRECTIONS = {"up": -1, "down": 1}
PAPER = files.MAX_PICTURE + files.AROUND


@bp.get("/campaigns/<slug>/edit/costs")
@for_organisers
def list_costs(campaign: Campaign) -> ResponseReturnValue:
    """What everything costs, with quotes, and what the crowd must give."""
    must_be_a_draft(campaign)
    papers = queries.evidence_of(campaign)
    return render_template(
        "crowdfund/writing/list_costs.html",
        campaign=campaign,
        costs=queries.costs_of(campaign),
        quotes={
            cost_id: [each for each in papers if each.cost_id == cost_id] for cost_id in {p.cost_id for p in papers}
        },
        budget=queries.budget_of(campaign),
        estimate=_estimate(campaign),
        large=LARGE_COST,
        following=next_step(campaign, "costs"),
    )


@bp.get("/campaigns/<slug>/edit/costs/new")
@for_organisers
def new_cost(campaign: Campaign) -> ResponseReturnValue:
    """The form for one more cost."""
    must_be_a_draft(campaign)
    return _cost_page(campaign, CostForm(), None)


@bp.post("/campaigns/<slug>/edit/costs/new")
@for_organisers
def create_cost(campaign: Campaign) -> ResponseReturnValue:
    """Add a cost; then its quotes, or the next one."""
    form = CostForm()
    if form.validate():
        with saving(form) as saved:
            cost = actions.add_cost(campaign, **_cost(form))
        if saved.ok and request.form.get("act") == "quote":
            return see_other("crowdfund.new_evidence", slug=campaign.slug, kind="quote", cost=cost.id)
        if saved.ok:
            return see_other("crowdfund.list_costs", slug=campaign.slug, _anchor=f"cost-{cost.id}")
    return _cost_page(campaign, form, None), 422


@bp.post("/campaigns/<slug>/edit/costs/card-costs")
@for_organisers
def add_card_costs(campaign: Campaign) -> ResponseReturnValue:
    """Add the estimate of what card payments cost as a cost of its own."""
    estimate = _estimate(campaign)
    with transaction():
        if estimate:
            title, note = _("Cost of card payments"), _("Estimated from the provider’s prices.")
            actions.add_cost(campaign, title=title, amount=estimate, spending="revenue", note=note)
    return see_other("crowdfund.list_costs", slug=campaign.slug)


@bp.get("/campaigns/<slug>/edit/costs/<int:cost_id>")
@for_organisers
def edit_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """The form for one cost."""
    must_be_a_draft(campaign)
    cost = _found(campaign, CampaignCost, cost_id)
    return _cost_page(campaign, CostForm(obj=cost), cost)


@bp.post("/campaigns/<slug>/edit/costs/<int:cost_id>")
@for_organisers
def update_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Change a cost."""
    cost, form = _found(campaign, CampaignCost, cost_id), CostForm()
    if form.validate():
        with saving(form) as saved:
            actions.change_cost(cost, campaign, **_cost(form))
        if saved.ok:
            return see_other("crowdfund.list_costs", slug=campaign.slug, _anchor=f"cost-{cost_id}")
    return _cost_page(campaign, form, _found(campaign, CampaignCost, cost_id)), 422


@bp.post("/campaigns/<slug>/edit/costs/<int:cost_id>/place")
@for_organisers
def move_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Move a cost one place up or down."""
    cost = _found(campaign, CampaignCost, cost_id)
    with transaction():
        actions.move_cost(cost, campaign, DIRECTIONS.get(request.form.get("direction", ""), 0))
    return see_other("crowdfund.list_costs", slug=campaign.slug, _anchor=f"cost-{cost_id}")


@bp.get("/campaigns/<slug>/edit/costs/<int:cost_id>/removal")
@for_organisers
def confirm_cost_removal(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Whether a cost is really to go."""
    return _removal(campaign, "costs", _found(campaign, CampaignCost, cost_id).title)


@bp.post("/campaigns/<slug>/edit/costs/<int:cost_id>/removal")
@for_organisers
def remove_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Take a cost away."""
    cost = _found(campaign, CampaignCost, cost_id)
    with transaction():
        actions.remove_cost(cost, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_costs", slug=campaign.slug)


@bp.get("/campaigns/<slug>/edit/funding")
@for_organisers
def list_fundings(campaign: Campaign) -> ResponseReturnValue:
    """Money and gifts that are there already, with their proof."""
    must_be_a_draft(campaign)
    return render_template(
        "crowdfund/writing/list_fundings.html",
        campaign=campaign,
        fundings=queries.fundings_of(campaign),
        budget=queries.budget_of(campaign),
        following=next_step(campaign, "funding"),
    )


@bp.get("/campaigns/<slug>/edit/funding/new")
@for_organisers
def new_funding(campaign: Campaign) -> ResponseReturnValue:
    """The form for a sum or gift."""
    must_be_a_draft(campaign)
    return _funding_page(campaign, FundingForm(), None)


@bp.post("/campaigns/<slug>/edit/funding/new")
@for_organisers
@takes_uploads(PAPER)
@limit("60/hour", key=person)
def create_funding(campaign: Campaign) -> ResponseReturnValue:
    """Add a sum or gift."""
    return _save_funding(campaign, None)


@bp.get("/campaigns/<slug>/edit/funding/<int:funding_id>")
@for_organisers
def edit_funding(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """The form for one sum or gift."""
    must_be_a_draft(campaign)
    funding = _found(campaign, CampaignFunding, funding_id)
    return _funding_page(campaign, FundingForm(obj=funding), funding)


@bp.post("/campaigns/<slug>/edit/funding/<int:funding_id>")
@for_organisers
@takes_uploads(PAPER)
@limit("60/hour", key=person)
def update_funding(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Change a sum or gift."""
    return _save_funding(campaign, _found(campaign, CampaignFunding, funding_id))


@bp.get("/campaigns/<slug>/edit/funding/<int:funding_id>/removal")
@for_organisers
def confirm_funding_removal(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Whether a sum or gift is really to go."""
    return _removal(campaign, "funding", _found(campaign, CampaignFunding, funding_id).what)


@bp.post("/campaigns/<slug>/edit/funding/<int:funding_id>/removal")
@for_organisers
def remove_funding(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Take a sum or gift away."""
    funding = _found(campaign, CampaignFunding, funding_id)
    with transaction():
        actions.remove_funding(funding, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_fundings", slug=campaign.slug)


@bp.get("/campaigns/<slug>/edit/milestones")
@for_organisers
def list_milestones(campaign: Campaign) -> ResponseReturnValue:
    """The steps of the project."""
    must_be_a_draft(campaign)
    return render_template(
        "crowdfund/writing/list_milestones.html",
        campaign=campaign,
        milestones=queries.milestones_of(campaign),
        following=next_step(campaign, "milestones"),
    )


@bp.get("/campaigns/<slug>/edit/milestones/new")
@for_organisers
def new_milestone(campaign: Campaign) -> ResponseReturnValue:
    """The form for a milestone."""
    must_be_a_draft(campaign)
    return _milestone_page(campaign, MilestoneForm(), None)


@bp.post("/campaigns/<slug>/edit/milestones/new")
@for_organisers
def create_milestone(campaign: Campaign) -> ResponseReturnValue:
    """Add a milestone."""
    return _save_milestone(campaign, None)


@bp.get("/campaigns/<slug>/edit/milestones/<int:milestone_id>")
@for_organisers
def edit_milestone(campaign: Campaign, milestone_id: int) -> ResponseReturnValue:
    """The form for one milestone."""
    must_be_a_draft(campaign)
    milestone = _found(campaign, Milestone, milestone_id)
    return _milestone_page(campaign, MilestoneForm(obj=milestone), milestone)


@bp.post("/campaigns/<slug>/edit/milestones/<int:milestone_id>")
@for_organisers
def update_milestone(campaign: Campaign, milestone_id: int) -> ResponseReturnValue:
    """Change a milestone."""
    return _save_milestone(campaign, _found(campaign, Milestone, milestone_id))


@bp.post("/campaigns/<slug>/edit/milestones/<int:milestone_id>/removal")
@for_organisers
def remove_milestone(campaign: Campaign, milestone_id: int) -> ResponseReturnValue:
    """Take a milestone away."""
    milestone = _found(campaign, Milestone, milestone_id)
    with transaction():
        actions.remove_milestone(milestone, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_milestones", slug=campaign.slug)


def _save_funding(campaign: Campaign, funding: CampaignFunding | None) -> ResponseReturnValue:
    form = FundingForm()
    if form.validate():
        facts = {"kind": form.kind.data, "giver": form.giver.data, "what": form.what.data, "amount": form.amount.data}
        with saving(form) as saved:
            proof = (
                files.keep_document(form.document.data, now=clock.now(), field="document")
                if form.document.data
                else None
            )
            if funding is None:
                actions.add_funding(campaign, **facts, evidence=proof)
            else:
                actions.change_funding(funding, campaign, **facts, evidence=proof)
        if saved.ok:
            return see_other("crowdfund.list_fundings", slug=campaign.slug)
    return _funding_page(campaign, form, funding), 422


def _save_milestone(campaign: Campaign, milestone: Milestone | None) -> ResponseReturnValue:
    form = MilestoneForm()
    if form.validate():
        with saving(form) as saved:
            actions.put_milestone(campaign, milestone, title=form.title.data, due_on=form.due_on.data)
        if saved.ok:
            return see_other("crowdfund.list_milestones", slug=campaign.slug)
    return _milestone_page(campaign, form, milestone), 422


def _cost(form: CostForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "amount": form.amount.data,
        "spending": form.spending.data,
        "note": form.note.data or "",
    }


def _estimate(campaign: Campaign) -> Money:
    """What card payments will about cost, were the crowd to give what is needed now."""
    config = current_app.config
    bps = int(config["PLATFORM_FEE_PERCENT"] * 100)
    percent = Decimal(config["PAYMENT_FEE_PERCENT"])
    return card_costs(queries.budget_of(campaign).needed, percent=percent, pence=config["PAYMENT_FEE_PENCE"], bps=bps)


def _cost_page(campaign: Campaign, form: CostForm, cost: CampaignCost | None) -> str:
    return render_template("crowdfund/writing/edit_cost.html", campaign=campaign, form=form, cost=cost)


def _funding_page(campaign: Campaign, form: FundingForm, funding: CampaignFunding | None) -> str:
    return render_template("crowdfund/writing/edit_funding.html", campaign=campaign, form=form, funding=funding)


def _milestone_page(campaign: Campaign, form: MilestoneForm, milestone: Milestone | None) -> str:
    return render_template("crowdfund/writing/edit_milestone.html", campaign=campaign, form=form, milestone=milestone)


def _removal(campaign: Campaign, step: str, what: str) -> str:
    must_be_a_draft(campaign)
    page = {"campaign": campaign, "step": step, "what": what, "form": RemovalForm()}
    return render_template("crowdfund/writing/confirm_removal.html", **page)


def _found(campaign: Campaign, kind: Any, part_id: int) -> Any:
    part = queries.part_of(campaign, kind, part_id)
    if part is None:
        raise NotFound()
    return part

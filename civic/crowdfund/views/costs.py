"""Writing a campaign: what everything costs."""

from decimal import Decimal
from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.money import Money
from civic.core.pages import see_other
from civic.crowdfund.actions import budget as actions
from civic.crowdfund.forms.budget import CostForm
from civic.crowdfund.models import Campaign, CampaignCost
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.rules.campaigns import LARGE_COST, card_costs
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.parts import found, removal_page
from civic.crowdfund.views.writing import must_be_a_draft, next_step

DIRECTIONS = {"up": -1, "down": 1}


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
    cost = found(campaign, CampaignCost, cost_id)
    return _cost_page(campaign, CostForm(obj=cost), cost)


@bp.post("/campaigns/<slug>/edit/costs/<int:cost_id>")
@for_organisers
def update_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Change a cost."""
    cost, form = found(campaign, CampaignCost, cost_id), CostForm()
    if form.validate():
        with saving(form) as saved:
            actions.change_cost(cost, campaign, **_cost(form))
        if saved.ok:
            return see_other("crowdfund.list_costs", slug=campaign.slug, _anchor=f"cost-{cost_id}")
    return _cost_page(campaign, form, found(campaign, CampaignCost, cost_id)), 422


@bp.post("/campaigns/<slug>/edit/costs/<int:cost_id>/place")
@for_organisers
def move_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Move a cost one place up or down."""
    cost = found(campaign, CampaignCost, cost_id)
    with transaction():
        actions.move_cost(cost, campaign, DIRECTIONS.get(request.form.get("direction", ""), 0))
    return see_other("crowdfund.list_costs", slug=campaign.slug, _anchor=f"cost-{cost_id}")


@bp.get("/campaigns/<slug>/edit/costs/<int:cost_id>/removal")
@for_organisers
def confirm_cost_removal(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Whether a cost is really to go."""
    return removal_page(campaign, "costs", found(campaign, CampaignCost, cost_id).title)


@bp.post("/campaigns/<slug>/edit/costs/<int:cost_id>/removal")
@for_organisers
def remove_cost(campaign: Campaign, cost_id: int) -> ResponseReturnValue:
    """Take a cost away."""
    cost = found(campaign, CampaignCost, cost_id)
    with transaction():
        actions.remove_cost(cost, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_costs", slug=campaign.slug)


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

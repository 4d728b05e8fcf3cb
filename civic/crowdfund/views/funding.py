"""Writing a campaign: money and gifts that are there already, with their proof."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock, files
from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.security import limit, takes_uploads
from civic.crowdfund.actions import budget as actions
from civic.crowdfund.forms.budget import FundingForm
from civic.crowdfund.models import Campaign, CampaignFunding
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.parts import found, removal_page
from civic.crowdfund.views.writing import must_be_a_draft, next_step

PAPER = files.MAX_PICTURE + files.AROUND


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
    funding = found(campaign, CampaignFunding, funding_id)
    return _funding_page(campaign, FundingForm(obj=funding), funding)


@bp.post("/campaigns/<slug>/edit/funding/<int:funding_id>")
@for_organisers
@takes_uploads(PAPER)
@limit("60/hour", key=person)
def update_funding(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Change a sum or gift."""
    return _save_funding(campaign, found(campaign, CampaignFunding, funding_id))


@bp.get("/campaigns/<slug>/edit/funding/<int:funding_id>/removal")
@for_organisers
def confirm_funding_removal(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Whether a sum or gift is really to go."""
    return removal_page(campaign, "funding", found(campaign, CampaignFunding, funding_id).what)


@bp.post("/campaigns/<slug>/edit/funding/<int:funding_id>/removal")
@for_organisers
def remove_funding(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Take a sum or gift away."""
    funding = found(campaign, CampaignFunding, funding_id)
    with transaction():
        actions.remove_funding(funding, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_fundings", slug=campaign.slug)


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


def _funding_page(campaign: Campaign, form: FundingForm, funding: CampaignFunding | None) -> str:
    return render_template("crowdfund/writing/edit_funding.html", campaign=campaign, form=form, funding=funding)

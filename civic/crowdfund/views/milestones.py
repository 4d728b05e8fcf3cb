"""Writing a campaign: the steps of the project."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.crowdfund.actions import budget as actions
from civic.crowdfund.forms.budget import MilestoneForm
from civic.crowdfund.models import Campaign, Milestone
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.parts import found
from civic.crowdfund.views.writing import must_be_a_draft, next_step


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
    milestone = found(campaign, Milestone, milestone_id)
    return _milestone_page(campaign, MilestoneForm(obj=milestone), milestone)


@bp.post("/campaigns/<slug>/edit/milestones/<int:milestone_id>")
@for_organisers
def update_milestone(campaign: Campaign, milestone_id: int) -> ResponseReturnValue:
    """Change a milestone."""
    return _save_milestone(campaign, found(campaign, Milestone, milestone_id))


@bp.post("/campaigns/<slug>/edit/milestones/<int:milestone_id>/removal")
@for_organisers
def remove_milestone(campaign: Campaign, milestone_id: int) -> ResponseReturnValue:
    """Take a milestone away."""
    milestone = found(campaign, Milestone, milestone_id)
    with transaction():
        actions.remove_milestone(milestone, campaign)
    flash(_("It is removed."), "success")
    return see_other("crowdfund.list_milestones", slug=campaign.slug)


def _save_milestone(campaign: Campaign, milestone: Milestone | None) -> ResponseReturnValue:
    form = MilestoneForm()
    if form.validate():
        with saving(form) as saved:
            actions.put_milestone(campaign, milestone, title=form.title.data, due_on=form.due_on.data)
        if saved.ok:
            return see_other("crowdfund.list_milestones", slug=campaign.slug)
    return _milestone_page(campaign, form, milestone), 422


def _milestone_page(campaign: Campaign, form: MilestoneForm, milestone: Milestone | None) -> str:
    return render_template("crowdfund/writing/edit_milestone.html", campaign=campaign, form=form, milestone=milestone)

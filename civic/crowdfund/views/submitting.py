"""Sending a campaign to be checked, taking it back, and withdrawing it."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can
from civic.crowdfund.actions import campaigns as actions
from civic.crowdfund.actions import settlement
from civic.crowdfund.forms.campaigns import SubmissionForm, WithdrawalForm
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.views.writing import gaps_of, must_be_a_draft, progress_of


@bp.get("/campaigns/<slug>/submission")
@for_organisers
def confirm_submission(campaign: Campaign) -> ResponseReturnValue:
    """What is still missing, or what is about to be sent and what becomes of it."""
    must_be_a_draft(campaign)
    return _submission(campaign, SubmissionForm())


@bp.post("/campaigns/<slug>/submission")
@for_organisers
def submit_campaign(campaign: Campaign) -> ResponseReturnValue:
    """Send it to be checked."""
    must_be_a_draft(campaign)
    form = SubmissionForm()
    if form.validate():
        gaps = gaps_of(campaign, queries.written(campaign, queries.organisation_of(campaign).kind))
        with saving(form) as saved:
            actions.submit(campaign, gaps, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Sent. We look at it within five working days and write to everybody who acts for you."), "success")
            return see_other("crowdfund.edit_campaign", slug=campaign.slug)
    return _submission(campaign, form), 422


@bp.post("/campaigns/<slug>/recall")
@for_organisers
def recall_campaign(campaign: Campaign) -> ResponseReturnValue:
    """Take it back to change something."""
    with transaction():
        actions.recall(campaign, by=me(), now=clock.now())
    flash(_("Taken back. You can change it and send it again."), "success")
    return see_other("crowdfund.edit_campaign", slug=campaign.slug)


@bp.get("/campaigns/<slug>/withdrawal")
@for_organisers
def confirm_withdrawal(campaign: Campaign) -> ResponseReturnValue:
    """What withdrawing means."""
    return _withdrawal(campaign, WithdrawalForm())


@bp.post("/campaigns/<slug>/withdrawal")
@for_organisers
def withdraw_campaign(campaign: Campaign) -> ResponseReturnValue:
    """Withdraw it; nobody is charged, and every backer of a live one is told why."""
    form = WithdrawalForm()
    if form.validate():
        with saving(form) as saved:
            settlement.withdraw(campaign, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The campaign is withdrawn. Nobody is charged."), "success")
            return see_other("crowdfund.edit_campaign", slug=campaign.slug)
    return _withdrawal(campaign, form), 422


def _submission(campaign: Campaign, form: SubmissionForm) -> str:
    return render_template("crowdfund/writing/confirm_submission.html", form=form, **progress_of(campaign))


def _withdrawal(campaign: Campaign, form: WithdrawalForm) -> str:
    if not can(campaign, "withdraw"):
        raise IllegalMove()
    return render_template("crowdfund/writing/confirm_withdrawal.html", form=form, campaign=campaign)

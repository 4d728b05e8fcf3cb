"""Campaigns as staff see them: those that wait first, and all of them."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import audit, clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.money import Money
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can
from civic.crowdfund.access import is_staff_of_crowdfund, may_check, may_check_campaigns
from civic.crowdfund.actions import settlement
from civic.crowdfund.forms.checking import StopForm
from civic.crowdfund.manage import desk
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import checking as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules.choices import STATES


@desk.get("")
@allowed(is_staff_of_crowdfund)
def list_campaigns() -> ResponseReturnValue:
    """Campaigns by state; those that wait to be checked come first to mind, the longest waiting on top."""
    status = request.args.get("status", "in_review")
    status = status if status in (*STATES, "all") else "in_review"
    words = request.args.get("q", "").strip()[:80]
    found = queries.campaigns("" if status == "all" else status, words)
    order = [Campaign.submitted_at, Campaign.id] if status == "in_review" else [Campaign.id.desc()]
    return render_template(
        "crowdfund/manage/list_campaigns.html",
        page=page_of(found, order, at=request.args.get("at")),
        status=status,
        words=words,
        statuses=("in_review", "live", "collecting", "shortfall", "paying", "refunding", "funded", "all"),
        money=Money,
    )


@desk.get("/<slug>/withdrawal")
@allowed(may_check_campaigns)
@allowed(may_check, on=campaign_by_slug)
def confirm_stop(campaign: Campaign) -> ResponseReturnValue:
    """What stopping a campaign means."""
    return _stop_page(campaign, StopForm())


@desk.post("/<slug>/withdrawal")
@allowed(may_check_campaigns)
@allowed(may_check, on=campaign_by_slug)
def stop_campaign(campaign: Campaign) -> ResponseReturnValue:
    """Stop a campaign: nobody is charged, and everybody who pledged is told why."""
    form, before = StopForm(), campaign.status
    if form.validate():
        with saving(form) as saved:
            now = clock.now()
            settlement.withdraw(campaign, by=me(), why=form.why.data, now=now)
            states = {"before": {"status": before}, "after": {"status": "withdrawn"}}
            audit.record("campaign.withdraw", on=campaign, by=me(), now=now, why=form.why.data, **states)
        if saved.ok:
            flash(_("Stopped. Nobody is charged, and everybody who pledged is told why."), "success")
            return see_other("campaign_desk.check_campaign", slug=campaign.slug)
    return _stop_page(campaign, form), 422


def _stop_page(campaign: Campaign, form: StopForm) -> str:
    if campaign.status == "draft" or not can(campaign, "withdraw"):
        raise IllegalMove()
    return render_template("crowdfund/manage/confirm_stop.html", campaign=campaign, form=form)

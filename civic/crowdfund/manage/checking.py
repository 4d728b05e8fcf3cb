"""Checking a campaign: papers, check list, and the decision."""

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can, history
from civic.crowdfund.access import is_staff_of_crowdfund, may_check, may_check_campaigns
from civic.crowdfund.actions import checking as actions
from civic.crowdfund.forms.checking import ChecksForm, ReturnForm
from civic.crowdfund.manage import desk
from civic.crowdfund.models import Campaign, CampaignFunding
from civic.crowdfund.queries import checking as queries
from civic.crowdfund.queries import writing
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules import checking as rules
from civic.crowdfund.wording.checking import OBSTACLES
from civic.payments.queries import payees


@desk.get("/<slug>/checks")
@allowed(is_staff_of_crowdfund, on=campaign_by_slug)
def check_campaign(campaign: Campaign) -> ResponseReturnValue:
    """The papers, the check list and the decision to take."""
    return _page(campaign)


@desk.post("/<slug>/checks")
@allowed(may_check_campaigns)
@allowed(may_check, on=campaign_by_slug)
def save_checks(campaign: Campaign) -> ResponseReturnValue:
    """Keep what was found so far."""
    _must_wait(campaign)
    form = ChecksForm()
    if form.validate():
        with saving(form) as saved:
            changed = actions.note(campaign, form.results(), by=me(), now=clock.now())
        if saved.ok:
            flash(_("Kept. You can go on at any time.") if changed else _("Nothing has changed."), "success")
            return see_other("campaign_desk.check_campaign", slug=campaign.slug, _anchor="decision")
    return _page(campaign, checks=form), 422


@desk.post("/<slug>/fundings/<int:funding_id>")
@allowed(may_check_campaigns)
@allowed(may_check, on=campaign_by_slug)
def verify_funding(campaign: Campaign, funding_id: int) -> ResponseReturnValue:
    """Let a sum or gift count, or no longer."""
    funding = writing.part_of(campaign, CampaignFunding, funding_id)
    if funding is None:
        raise NotFound()
    with transaction():
        is_proved = request.form.get("proved") == "yes"
        actions.verify_funding(funding, campaign, is_proved=is_proved, by=me(), now=clock.now())
    return see_other("campaign_desk.check_campaign", slug=campaign.slug, _anchor="funding")


@desk.post("/<slug>/approval")
@allowed(may_check_campaigns)
@allowed(may_check, on=campaign_by_slug)
def approve_campaign(campaign: Campaign) -> ResponseReturnValue:
    """Open it for pledges, by the rules of this site as they are today."""
    _must_wait(campaign)
    config = current_app.config
    policy = actions.Policy(
        grace_days=config["CAMPAIGN_GRACE_DAYS"],
        minimum_percent=config["CAMPAIGN_MINIMUM_PERCENT"],
        platform_fee_bps=int(config["PLATFORM_FEE_PERCENT"] * 100),
    )
    form = ReturnForm(formdata=None)
    with saving(form) as saved:
        actions.approve(campaign, policy, by=me(), now=clock.now())
    if not saved.ok:
        return _page(campaign, returning=form), 422
    flash(_("It is open for pledges, and the organisers are told."), "success")
    return see_other("campaign_desk.list_campaigns")


@desk.post("/<slug>/return")
@allowed(may_check_campaigns)
@allowed(may_check, on=campaign_by_slug)
def return_campaign(campaign: Campaign) -> ResponseReturnValue:
    """Return it to its organisers with questions."""
    _must_wait(campaign)
    form = ReturnForm()
    if form.validate():
        with saving(form) as saved:
            actions.send_back(campaign, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Returned, and told to the organisers."), "success")
            return see_other("campaign_desk.list_campaigns")
    return _page(campaign, returning=form), 422


def _must_wait(campaign: Campaign) -> None:
    if campaign.status != "in_review":
        raise actions.NotWaiting()


def _page(campaign: Campaign, checks: ChecksForm | None = None, returning: ReturnForm | None = None) -> str:
    now, number = clock.now(), queries.round_of(campaign)
    found, may_act = queries.checks_of(campaign, number), may_check(campaign)
    if checks is None:
        checks = ChecksForm(formdata=None)
        checks.fill(found)
    if returning is None:
        returning = ReturnForm(formdata=None, why=_questions(found))
    organisation = writing.organisation_of(campaign)
    papers = writing.evidence_of(campaign)
    return render_template(
        "crowdfund/manage/check_campaign.html",
        campaign=campaign,
        organisation=organisation,
        form=next((each for each in (checks, returning) if each.errors), checks),
        checks=checks,
        returning=returning,
        found=found,
        before=queries.checks_of(campaign, number - 1) if number > 1 else {},
        number=number,
        costs=writing.costs_of(campaign),
        quotes={
            cost_id: [each for each in papers if each.cost_id == cost_id] for cost_id in {p.cost_id for p in papers}
        },
        papers=[each for each in papers if each.cost_id is None],
        fundings=writing.fundings_of(campaign),
        budget=writing.budget_of(campaign),
        milestones=writing.milestones_of(campaign),
        payee=payees.state(organisation.id),
        obstacles=[OBSTACLES[each] for each in actions.obstacles_of(campaign, now)],
        is_hurried=rules.is_hurried(campaign.closes_at, now, current_app.config["CAMPAIGN_MIN_DAYS"]),
        may_act=may_act,
        may_stop=may_act and campaign.status != "draft" and can(campaign, "withdraw"),
        moves=history(campaign),
        now=now,
    )


def _questions(found: dict) -> str:
    """A beginning for the letter: what was noted at the points with problems."""
    return "\n".join(f"- {check.note}" for check in found.values() if check.result == "problem" and check.note)

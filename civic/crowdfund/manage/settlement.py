"""What staff see of a campaign after its close: how the charges go, what falls short, what a payout waits for."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history
from civic.crowdfund.access import may_decide_on_money_of, may_settle
from civic.crowdfund.actions import payout, shortfall
from civic.crowdfund.forms.settlement import ProposalForm
from civic.crowdfund.manage import desk
from civic.crowdfund.models import Campaign, ShortfallDecision
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules import references
from civic.crowdfund.rules.settlement import shortfall_rule_sentence
from civic.crowdfund.wording import settlement as wording
from civic.payments.queries import charges


def may_decide(campaign: Campaign) -> bool:
    """Four eyes: who proposed does not decide, and nobody decides about an organisation of their own."""
    proposal = queries.open_proposal(campaign.id)
    return may_decide_on_money_of(campaign) and (proposal is None or proposal.proposed_by_id != me().id)


@desk.get("/settlements")
@allowed(may_settle)
def list_settlements() -> ResponseReturnValue:
    """Every campaign between its close and its end, those that wait for a person first."""
    return render_template("crowdfund/settlement/list_settlements.html", campaigns=queries.unsettled())


@desk.get("/<slug>/settlement")
@allowed(may_settle, on=campaign_by_slug)
def show_settlement(campaign: Campaign) -> ResponseReturnValue:
    """How far a campaign's settlement is."""
    return _page(campaign, ProposalForm())


@desk.post("/<slug>/settlement/proposals")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def create_proposal(campaign: Campaign) -> ResponseReturnValue:
    """Propose what happens to a campaign that fell short."""
    form = ProposalForm()
    if form.validate():
        facts = {"choice": form.choice.data, "days": form.days.data, "why": form.why.data}
        with saving(form) as saved:
            shortfall.propose(campaign, **facts, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your proposal is kept. Another officer must decide."), "success")
            return see_other("campaign_desk.show_settlement", slug=campaign.slug)
    return _page(campaign, form), 422


@desk.post("/<slug>/settlement/decisions")
@allowed(may_settle)
@allowed(may_decide, on=campaign_by_slug)
def decide_proposal(campaign: Campaign) -> ResponseReturnValue:
    """Carry out another officer's proposal, or say no to it."""
    decision = _open(campaign)
    with transaction():
        if request.form.get("act") == "decide":
            shortfall.decide(decision, by=me(), now=clock.now())
        else:
            shortfall.decline(decision, by=me(), now=clock.now())
    flash(_("Your decision is kept."), "success")
    return see_other("campaign_desk.show_settlement", slug=campaign.slug)


@desk.post("/<slug>/settlement/proposal-withdrawal")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def withdraw_proposal(campaign: Campaign) -> ResponseReturnValue:
    """Take one's own proposal back."""
    decision = _open(campaign)
    if decision.proposed_by_id != me().id:
        raise NotFound()
    with transaction():
        shortfall.decline(decision, by=me(), now=clock.now())
    flash(_("Your proposal is taken back."), "success")
    return see_other("campaign_desk.show_settlement", slug=campaign.slug)


@desk.post("/<slug>/settlement/payments")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def ask_for_payment(campaign: Campaign) -> ResponseReturnValue:
    """Ask once more for the payment to the organisation; a finance officer other than this one releases it."""
    with transaction():
        payout.ask_again(campaign, by=me(), now=clock.now())
    flash(_("The payment is asked for. Another finance officer must release it."), "success")
    return see_other("campaign_desk.show_settlement", slug=campaign.slug)


def _open(campaign: Campaign) -> ShortfallDecision:
    """The proposal that the page showed; one that was decided meanwhile is no longer there."""
    decision = queries.open_proposal(campaign.id)
    if decision is None or str(decision.id) != request.form.get("proposal"):
        raise shortfall.NotShort()
    return decision


def _page(campaign: Campaign, form: ProposalForm) -> str:
    if campaign.closed_at is None:
        raise NotFound()
    now, people = clock.now(), queries.officers(campaign.id)
    return render_template(
        "crowdfund/settlement/show_settlement.html",
        campaign=campaign,
        now=now,
        form=form,
        figures=figures.figures(campaign),
        secured=queries.secured(campaign),
        standings=queries.standings(campaign.id),
        run=charges.progress(references.of_campaign(campaign.id), now=now),
        ready=queries.readiness(campaign, now) if campaign.status in payout.PAYING else None,
        books=queries.books(campaign.id),
        expected=payout.payout_of(campaign),
        transfers=queries.transfers_of(campaign.id),
        proposal=queries.open_proposal(campaign.id),
        decisions=queries.decisions(campaign.id),
        people=people,
        moves=history(campaign)[::-1],
        rule=shortfall_rule_sentence(campaign),
        words=wording,
        may_act=may_decide_on_money_of(campaign),
        me=me(),
    )

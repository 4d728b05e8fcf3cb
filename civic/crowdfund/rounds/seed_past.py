"""Rounds that really were, 2015 to 2018, lived through to payment at their own dates. What is example is labelled so."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from civic.accounts.models import User
from civic.core.clock import london_minute
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.crowdfund.importing.loading import organisations_named
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds import seed_judging
from civic.crowdfund.rounds.actions import rounds
from civic.crowdfund.rounds.actions.rounds import Condition, Question, Tier
from civic.crowdfund.rounds.models import Application, Round, RoundTier
from civic.crowdfund.seed_content.pledges import PAST_ROUNDS, PastRound, Pledged
from civic.grants import seeds as grants
from civic.grants.actions import awards, decisions, funds
from civic.grants.actions.agreements import Signer
from civic.grants.actions.instalments import Planned
from civic.grants.models import Award, Fund
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries.funds import pot_by_owner
from civic.grants.seeds import Desk, at

EXAMPLE_PEOPLE = " Who recommended, decided and signed, and the agreements’ words, are examples."
PAPER = "The agreement of that time was not found in public sources. This text stands for it in the demo."


def plant(fund: Fund, desk: Desk, signer: User, *, now: datetime) -> int:
    """Rounds of the past with their projects, sums, decisions and days; tells how many pledges they hold."""
    for told in PAST_ROUNDS:
        _past(told, fund, desk, signer)
    # Consultees of the demo did not get these messages ten years ago.
    long_ago = OutgoingMessage.created_at < now - timedelta(days=365)
    db.session.execute(delete(OutgoingMessage).where(long_ago))
    return sum(len(each.pledges) for each in PAST_ROUNDS)


def _past(told: PastRound, fund: Fund, desk: Desk, signer: User) -> None:
    opened, closed = at(told.closed_on - timedelta(days=60)), london_minute(told.closed_on)
    grants.give(
        fund,
        told.budget,
        told.budget_number,
        told.decided_on - timedelta(days=90),
        desk,
        source=told.source,
        now=opened,
    )
    made = rounds.make(fund, slug=told.slug, title=told.title, language="en", by=desk.officer, now=opened)
    facts = {
        "theme": told.theme,
        "note": told.note + EXAMPLE_PEOPLE,
        "applications_open_at": opened,
        "applications_close_at": closed,
        "campaigns_live_by": closed,
        "assessed_by": told.decided_on - timedelta(days=10),
        "decided_by": told.decided_on,
        "announced_on": told.announced_on,
        "targets_by": london_minute(told.targets_on),
        "agreements_by": told.targets_on + timedelta(days=60),
        "paid_from": told.targets_on,
        "paid_until": told.targets_on + timedelta(days=120),
    }
    rounds.tell(made, facts, by=desk.officer, now=opened)
    tiers = rounds.set_tiers(made, [Tier(f"Up to £{told.most.minor // 100:,}", told.most)])
    rounds.set_conditions(made, [Condition("in_london", "The project is in Greater London.")], tiers)
    rounds.set_questions(made, [Question("application", "what", "What would you like to do?")])
    seed_judging.criteria(made, [(title, 1, "", "", "") for title in told.criteria], desk, now=opened)
    pot = pot_by_owner(made.name)
    assert pot is not None
    funds.allot(pot, told.budget, why=told.budget_number, by=desk.officer, now=opened)
    rounds.open(made, by=desk.officer, now=opened)
    made.unsealed_at = closed  # there are no scores to be had: nothing is put before assessors
    pledged = [_pledged(made, tiers[0], each, told, desk) for each in told.pledges]
    awards.announce_together([award for award, _ in pledged], by=desk.officer, now=at(told.announced_on))
    for award, each in pledged:
        _lived(award, each, told, desk, signer)
    rounds.close(made, by=desk.officer, now=at(told.targets_on + timedelta(days=300)))


def _pledged(made: Round, tier: RoundTier, each: Pledged, told: PastRound, desk: Desk) -> tuple[Award, Pledged]:
    """A project that applied and was pledged money, as the decision of that day says."""
    campaign = (
        db.session.scalar(select(Campaign).where(Campaign.external_key == each.campaign)) if each.campaign else None
    )
    body = (
        campaign.organisation_id
        if campaign
        else organisations_named({each.recipient}, at(told.closed_on))[each.recipient]
    )
    application = Application(
        round_id=made.id,
        status="submitted",
        tier_id=tier.id,
        campaign_id=campaign.id if campaign else None,
        organisation_id=body,
        title=each.title,
        borough=each.borough,
        capital_minor=each.amounts.capital.minor,
        revenue_minor=each.amounts.revenue.minor,
        answers={},
        created_at=at(told.closed_on),
        submitted_at=at(told.closed_on),
        note=each.note,
    )
    db.session.add(application)
    db.session.flush()
    pot = pot_by_owner(made.name)
    assert pot is not None
    proposed = Proposed(
        pot=pot,
        subject=application.name,
        title=each.title,
        summary=campaign.summary if campaign else "",
        language="en",
        place=each.borough,
        organisation_id=body,
        recipient=each.recipient,
        note=each.note,
    )
    terms = Terms(each.amounts, "Among the highest-scoring projects of the round.")
    recommended = decisions.recommend(proposed, terms, by=desk.officer, now=at(told.decided_on - timedelta(days=8)))
    return grants.decide(recommended, told.number, desk, source=told.source, now=at(told.decided_on)), each


def _lived(award: Award, each: Pledged, told: PastRound, desk: Desk, signer: User) -> None:
    """What came of a pledge: the target reached, agreed, paid, reported and published; or the money back in the fund."""
    target = at(told.targets_on)
    if not each.is_reached:
        awards.release(award.subject, "ended", now=target)
        return
    awards.reach(award.subject, now=target)
    agreed, paid = target + timedelta(days=40), target + timedelta(days=55)
    who = Signer(signer, "Name not recorded", "For the project")
    grants.agree(award, [Planned("The whole pledge", award.amounts, paid.date())], PAPER, who, desk, now=agreed)
    grants.pay(award, desk, count=1, now=paid)
    done = paid + timedelta(days=200)
    text = "Example: the report of that time was not found in public sources."
    grants.report(award, text, signer, desk, due_on=done.date(), now=done)
    if each.outcome:
        awards.publish_outcome(award, text=each.outcome, language="en", by=desk.officer, now=done)
        awards.complete(award, by=desk.officer, now=done)

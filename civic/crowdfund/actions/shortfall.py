"""When too many cards failed: one officer proposes what happens, another decides; the code never lets one do both."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.errors import Conflict, Forbidden
from civic.core.states import advance
from civic.crowdfund.actions import settlement, telling
from civic.crowdfund.events import CampaignSecured
from civic.crowdfund.models import Campaign, ShortfallDecision
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.queries.campaigns import closing_lock
from civic.crowdfund.rules.settlement import MOST_EXTRA_DAYS, grace_end

VERBS = {"pay_out": "pay_out", "extend": "extend", "refund": "refund"}


class NotShort(Conflict):
    """Only a campaign that fell short has something to decide."""

    sentence = _l("There is nothing to decide for this campaign at the moment.")


class AlreadyProposed(Conflict):
    """One proposal at a time."""

    sentence = _l("Somebody has made a proposal already. It must be decided first.")


class NeedsSomebodyElse(Forbidden):
    """Four eyes."""

    sentence = _l("You proposed this yourself. Another officer must decide.")


class BadDays(Conflict):
    """An extension has a length."""

    field = "days"
    sentence = _l("Enter a number of days from 1 to 30.")


def propose(
    campaign: Campaign, *, choice: str, days: int | None, why: str, by: Any, now: datetime
) -> ShortfallDecision:
    """Propose to pay out all the same, to give backers more time, or to give everybody their money back."""
    campaign = closing_lock(campaign.id)
    if campaign.status != "shortfall":
        raise NotShort()
    if queries.open_proposal(campaign.id) is not None:
        raise AlreadyProposed()
    days = days if choice == "extend" else None
    if choice == "extend" and not (days and 1 <= days <= MOST_EXTRA_DAYS):
        raise BadDays()
    decision = ShortfallDecision(
        campaign_id=campaign.id, choice=choice, days=days, why=why, proposed_by_id=by.id, proposed_at=now
    )
    db.session.add(decision)
    db.session.flush()
    audit.record("propose_on_shortfall", on=campaign, by=by, now=now, why=why, after={"choice": choice, "days": days})
    return decision


def decide(decision: ShortfallDecision, *, by: Any, now: datetime) -> None:
    """Carry out what another officer proposed; raises NeedsSomebodyElse for who proposed it."""
    campaign = closing_lock(decision.campaign_id)
    decision = locked(ShortfallDecision, decision.id)
    if decision.proposed_by_id == by.id:
        raise NeedsSomebodyElse()
    if campaign.status != "shortfall":
        raise NotShort()
    advance(decision, "decide", by=by, now=now)
    decision.decided_by_id, decision.decided_at = by.id, now
    audit.record(
        "decide_on_shortfall", on=campaign, by=by, now=now, why=decision.why, after={"choice": decision.choice}
    )
    advance(campaign, VERBS[decision.choice], by=by, now=now, why=decision.why)
    {"pay_out": _pay_out, "extend": _extend, "refund": _refund}[decision.choice](campaign, decision, now)


def decline(decision: ShortfallDecision, *, by: Any, now: datetime) -> None:
    """Say no to a proposal, or take one's own back; the campaign waits for another."""
    campaign = closing_lock(decision.campaign_id)
    decision = locked(ShortfallDecision, decision.id)
    advance(decision, "decline", by=by, now=now)
    if decision.proposed_by_id != by.id:
        decision.decided_by_id = by.id
    decision.decided_at = now
    audit.record("decline_on_shortfall", on=campaign, by=by, now=now, after={"choice": decision.choice})


def _pay_out(campaign: Campaign, decision: ShortfallDecision, now: datetime) -> None:
    settlement.give_up_on(queries.still_waiting(campaign.id), now)
    announce(CampaignSecured(campaign.id, now))


def _extend(campaign: Campaign, decision: ShortfallDecision, now: datetime) -> None:
    """Backers of failed cards hear of it within a minute (the reminders look for those not told since)."""
    assert decision.days is not None
    campaign.grace_until = grace_end(now, decision.days)
    settlement.forget_reminders(campaign.id)
    telling.tell_organisers(campaign.id, "organiser_extended")


def _refund(campaign: Campaign, decision: ShortfallDecision, now: datetime) -> None:
    settlement.give_up_on(queries.still_waiting(campaign.id), now)
    telling.tell_everybody(campaign.id, "campaign_refunding")
    telling.tell_organisers(campaign.id, "organiser_refunding")
    settlement.refund_everybody(campaign, now)

"""What staff decide about a campaign before anybody may pledge to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db
from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.states import advance
from civic.crowdfund.actions import totals
from civic.crowdfund.actions.campaigns import hold, retarget, tell_organisers
from civic.crowdfund.models import Campaign, CampaignCheck, CampaignFunding
from civic.crowdfund.queries import checking as queries
from civic.crowdfund.queries import writing
from civic.crowdfund.queries.parties import acts_for
from civic.crowdfund.rules import checking as rules
from civic.payments.queries import payees


class NotWaiting(Conflict):
    """It is not on the desk any more: taken back, returned or opened meanwhile."""

    sentence = _l("This campaign is not waiting to be checked. Nothing was saved.")


class OwnOrganisation(Forbidden):
    """Nobody decides about a campaign of an organisation of their own."""

    sentence = _l("You act for this organisation yourself, so somebody else decides.")


class NotReady(CivicError):
    """Something stands in the way of going live; `obstacles` says what."""

    sentence, status = _l("It cannot go live yet. The list says what stands in the way."), 422

    def __init__(self, obstacles: list[str]):
        super().__init__()
        self.obstacles = obstacles


@dataclass(frozen=True)
class Policy:
    """The published rules of this site, which a campaign keeps from its launch on."""

    grace_days: int
    minimum_percent: int
    platform_fee_bps: int  # hundredths of a percent


def note(campaign: Campaign, results: Mapping[str, tuple[str, str]], *, by: User, now: datetime) -> int:
    """Write down what was found (item → result and note) in this round; tells how many points changed."""
    held = _on_the_desk(campaign, by)
    number = queries.round_of(held)
    there = queries.checks_of(held, number)
    changed = {item: found for item, found in results.items() if item not in there or _facts(there[item]) != found}
    for item, (result, words) in changed.items():
        check = there.get(item) or CampaignCheck(campaign_id=held.id, round=number, item=item)
        check.result, check.note, check.checked_by_id, check.checked_at = result, words, by.id, now
        db.session.add(check)
    db.session.flush()
    if changed:
        after = {item: result for item, (result, _) in changed.items()}
        audit.record("campaign.check", on=held, by=by, now=now, after=after)
    return len(changed)


def verify_funding(funding: CampaignFunding, campaign: Campaign, *, is_proved: bool, by: User, now: datetime) -> None:
    """Let money raised before or a gift count, or no longer; of a live campaign the sums follow. Raises NotWaiting."""
    held = hold(campaign)
    _not_ones_own(held, by)
    if held.status not in ("in_review", "live") or (held.status == "live" and not is_proved):
        raise NotWaiting()
    if (funding.verified_at is not None) == is_proved:
        return
    funding.verified_at, funding.verified_by_id = (now, by.id) if is_proved else (None, None)
    db.session.flush()
    if held.status == "live":
        totals.add(held.id, **{_sum_of(funding): funding.amount_minor})
    audit.record("campaign.funding", on=held, by=by, now=now, after={"funding": funding.id, "proved": is_proved})


def send_back(campaign: Campaign, *, why: str, by: User, now: datetime) -> None:
    """Return it with questions; the organisers are told."""
    held = _on_the_desk(campaign, by)
    advance(held, "return", by=by, now=now, why=why)
    audit.record("campaign.return", on=held, by=by, now=now, why=why)
    tell_organisers("campaign_returned", held, now=now, why=why)


def obstacles_of(campaign: Campaign, now: datetime) -> list[str]:
    """What stands in the way of going live."""
    found = queries.checks_of(campaign, queries.round_of(campaign))
    return rules.obstacles(
        {item: check.result for item, check in found.items()},
        organisation_is_verified=writing.organisation_of(campaign).is_verified,
        payee=payees.state(campaign.organisation_id),
        closes_at=campaign.closes_at,
        target_minor=campaign.target_minor,
        now=now,
    )


def approve(campaign: Campaign, policy: Policy, *, by: User, now: datetime) -> None:
    """Open it for pledges with today's rules and its target fixed; raises NotReady with what stands in the way."""
    held = _on_the_desk(campaign, by)
    retarget(held)
    if in_the_way := obstacles_of(held, now):
        raise NotReady(in_the_way)
    held.grace_days, held.minimum_percent = policy.grace_days, policy.minimum_percent
    held.platform_fee_bps, held.opened_at = policy.platform_fee_bps, now
    advance(held, "approve", by=by, now=now)
    totals.open(held.id)
    for funding in writing.fundings_of(held):
        if funding.verified_at is not None:
            totals.add(held.id, **{_sum_of(funding): funding.amount_minor})
    after = {"target_minor": held.target_minor, "closes_at": held.closes_at.isoformat() if held.closes_at else None}
    audit.record("campaign.approve", on=held, by=by, now=now, after=after)
    tell_organisers("campaign_live", held, now=now)


def _on_the_desk(campaign: Campaign, by: User) -> Campaign:
    held = hold(campaign)
    _not_ones_own(held, by)
    if held.status != "in_review":
        raise NotWaiting()
    return held


def _not_ones_own(campaign: Campaign, by: User) -> None:
    if acts_for(campaign, by):
        raise OwnOrganisation()


def _facts(check: CampaignCheck) -> tuple[str, str]:
    return check.result, check.note


def _sum_of(funding: CampaignFunding) -> str:
    return {"money": "funds_minor", "in_kind": "in_kind_minor"}[funding.kind]

"""Putting a failed card right: with the bank, or with another card, until the grace window ends."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from civic.accounts.models import User
from civic.core.db import db, locked
from civic.core.errors import Conflict
from civic.core.states import advance
from civic.crowdfund.actions import settlement, telling, totals
from civic.crowdfund.models import Campaign, Pledge, PledgeConsent
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.rules import references
from civic.crowdfund.rules.pledging import MOST_SETUPS
from civic.crowdfund.rules.promise import CONSENT_VERSION
from civic.crowdfund.rules.settlement import LAST_TRY, REMINDER, grace_end
from civic.payments.actions import charges, setups
from civic.payments.events import CardNotWanted
from civic.payments.models import CardSetup, Charge


class NothingToFix(Conflict):
    """The card was charged meanwhile, or the time to put it right is over."""

    sentence = _l("There is nothing to put right any more. Reload the page to see what happened.")


def may_be_fixed(pledge: Pledge, campaign: Campaign, now: datetime) -> bool:
    """Whether a failed card can still be put right: while cards are being charged and the window is open."""
    is_open = campaign.grace_until is not None and now < campaign.grace_until
    return pledge.status == "past_due" and campaign.status == "collecting" and is_open


def begin_other_card(
    pledge: Pledge,
    campaign: Campaign,
    *,
    consent: str,
    language: str,
    ip: str,
    user_agent: str,
    return_path: str,
    now: datetime,
) -> CardSetup:
    """Begin a visit to the provider's page to save another card for the same sum; what was agreed to is kept as evidence.

    Raises NothingToFix where there is nothing to put right.
    """
    pledge = locked(Pledge, pledge.id)
    if not may_be_fixed(pledge, campaign, now) or pledge.setups >= MOST_SETUPS:
        raise NothingToFix()
    pledge.setups += 1
    db.session.add(
        PledgeConsent(
            pledge_id=pledge.id,
            amount_minor=pledge.amount_minor,
            tip_minor=pledge.tip_minor,
            text=consent,
            text_version=CONSENT_VERSION,
            language=language,
            given_at=now,
            ip=ip,
            user_agent=user_agent,
        )
    )
    return setups.begin(
        key=f"pledge-{pledge.id}-setup-{pledge.setups}",
        reference=references.of_pledge(pledge.public_id),
        amount=pledge.total,
        consent=consent,
        language=language,
        description=campaign.title,
        return_path=return_path,
        cancel_path=return_path,
        person=db.session.get(User, pledge.user_id) if pledge.user_id else None,
        email=pledge.email,
        now=now,
    )


def use_another_card(pledge: Pledge, *, payment_method_id: int, now: datetime) -> None:
    """A card was saved in place of one that failed: it is charged at once, and the old one let go.

    Raises CardNotWanted where the old one was charged meanwhile or the time is over.
    """
    campaign = db.session.get_one(Campaign, pledge.campaign_id, populate_existing=True)
    if not may_be_fixed(pledge, campaign, now):
        raise CardNotWanted("there is nothing to put right any more")
    # The charge first, as everywhere: whoever brings news of it holds it before the pledge.
    charge = queries.live_charge_of(pledge)
    if charge is not None and not charges.try_again(charge, payment_method_id=payment_method_id, now=now):
        raise CardNotWanted("the charge is with the bank at this moment")
    pledge = locked(Pledge, pledge.id)
    if pledge.status != "past_due":
        raise CardNotWanted("there is nothing to put right any more")
    before = totals.sums_of(pledge)
    advance(pledge, "retry", by=None, now=now, why="another card")
    if pledge.payment_method_id is not None:
        setups.let_go([pledge.payment_method_id], now=now)
    pledge.payment_method_id = payment_method_id
    totals.follow(pledge, before)
    if charge is None:
        facts = (pledge.public_id, pledge.amount_minor, pledge.tip_minor)
        request = settlement.charge_request(campaign, *facts, payment_method_id=payment_method_id)
        charges.queue([request], group=references.of_campaign(campaign.id), now=now)


def remind(pledge_id: int, now: datetime) -> bool:
    """Tell a backer again that their card needs them; in the last day a card that its bank will still hear is tried once more."""
    found = db.session.get_one(Pledge, pledge_id)
    charge = queries.live_charge_of(found)
    campaign = db.session.get_one(Campaign, found.campaign_id, populate_existing=True)
    if charge is not None and _is_last_try(charge, campaign, now):
        charges.try_again(charge, now=now)
    pledge = locked(Pledge, pledge_id)
    told_lately = pledge.reminded_at is not None and pledge.reminded_at > now - REMINDER
    if told_lately or not may_be_fixed(pledge, campaign, now):
        return False
    pledge.reminded_at = now
    telling.tell_one(pledge, "charge_reminder")
    return True


def _is_last_try(charge: Charge, campaign: Campaign, now: datetime) -> bool:
    """A try that would come after the window comes within its last day instead; once, and only in the window agreed to."""
    until, tried_at = campaign.grace_until, charge.last_synced_at
    if charge.status != "retry_wait" or until is None or campaign.closed_at is None or now < until - LAST_TRY:
        return False
    is_extended = until > grace_end(campaign.closed_at, campaign.grace_days)
    too_late = charge.next_attempt_at is not None and charge.next_attempt_at >= until
    return too_late and not is_extended and (tried_at is None or tried_at < until - LAST_TRY)

"""Gifts that reached the organisation directly: recorded by one officer with evidence, counted when another has looked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit, files
from civic.core.db import db, locked
from civic.core.errors import CivicError, Forbidden
from civic.core.money import Money
from civic.core.states import advance
from civic.crowdfund.actions import totals
from civic.crowdfund.actions.pledges import CampaignClosed
from civic.crowdfund.models import Campaign, OfflinePledge
from civic.crowdfund.queries.campaigns import shared_lock
from civic.crowdfund.queries.parties import acts_for
from civic.crowdfund.rules.choices import OFFLINE_METHODS


class SecondPerson(Forbidden):
    """Two people answer for every sum that counts."""

    sentence = _l("You recorded this gift yourself. Somebody else must confirm it.")


class NotAGift(CivicError):
    """A sum that cannot have been given."""

    sentence, status = _l("Enter an amount of at least £1."), 422
    field = "amount"


@dataclass(frozen=True)
class Gift:
    """What is known of a gift that did not come by card."""

    method: str
    amount: Money
    received_on: datetime
    is_anonymous: bool = True
    shown_name: str = ""
    note: str = ""


def record(campaign: Campaign, gift: Gift, evidence: Any, *, by: Any, now: datetime) -> OfflinePledge:
    """Write down a gift with its evidence (an upload); it does not count yet. Raises CampaignClosed or FileRefused."""
    assert gift.method in OFFLINE_METHODS
    campaign = shared_lock(campaign.id)
    if not campaign.is_open(now):
        raise CampaignClosed()
    _not_their_own(campaign, by)
    if gift.amount.minor < 100 or gift.amount.minor > 100_000_000:
        raise NotAGift()
    kept = files.keep_document(evidence, now=now, field="evidence")
    offline = OfflinePledge(
        campaign_id=campaign.id,
        method=gift.method,
        amount_minor=gift.amount.minor,
        is_anonymous=gift.is_anonymous,
        shown_name="" if gift.is_anonymous else gift.shown_name,
        note=gift.note,
        evidence_id=kept.id,
        status="recorded",
        recorded_by_id=by.id,
        received_on=gift.received_on,
        created_at=now,
    )
    db.session.add(offline)
    db.session.flush()
    audit.record("offline_pledge.record", on=offline, by=by, now=now, after={"amount_minor": offline.amount_minor})
    return offline


def confirm(offline: OfflinePledge, *, by: Any, now: datetime) -> None:
    """Let a gift count, by somebody else than who recorded it. Raises SecondPerson, or CampaignClosed after the close."""
    offline = _decided_by(offline, by, now, verb="confirm")
    totals.add(offline.campaign_id, offline_minor=offline.amount_minor, offline_backers=1)


def decline(offline: OfflinePledge, *, by: Any, now: datetime, why: str) -> None:
    """Turn a recorded gift down, for a reason."""
    _decided_by(offline, by, now, verb="decline", why=why)


def withdraw(offline: OfflinePledge, *, by: Any, now: datetime, why: str) -> None:
    """Let a gift no longer count, for a reason; until the close."""
    campaign, offline = _held(offline)
    if not campaign.is_open(now):
        raise CampaignClosed()
    _not_their_own(campaign, by)
    advance(offline, "withdraw", by=by, now=now, why=why)
    totals.add(offline.campaign_id, offline_minor=-offline.amount_minor, offline_backers=-1)
    _note("withdraw", offline, by, now, why)


def _decided_by(offline: OfflinePledge, by: Any, now: datetime, *, verb: str, why: str = "") -> OfflinePledge:
    campaign, offline = _held(offline)
    if verb == "confirm" and not campaign.is_open(now):
        raise CampaignClosed()
    if offline.recorded_by_id == by.id:
        raise SecondPerson()
    _not_their_own(campaign, by)
    advance(offline, verb, by=by, now=now, why=why)
    offline.confirmed_by_id = by.id
    _note(verb, offline, by, now, why)
    return offline


def _held(offline: OfflinePledge) -> tuple[Campaign, OfflinePledge]:
    campaign = shared_lock(offline.campaign_id)
    return campaign, locked(OfflinePledge, offline.id)


def _not_their_own(campaign: Campaign, by: Any) -> None:
    if acts_for(campaign, by):
        raise Forbidden()


def _note(verb: str, offline: OfflinePledge, by: Any, now: datetime, why: str) -> None:
    states = {"after": {"status": offline.status, "amount_minor": offline.amount_minor}}
    audit.record(f"offline_pledge.{verb}", on=offline, by=by, now=now, why=why, **states)

"""What can be done: write a wish down, go on with it, take it back, and forget it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from civic.core import audit, mail, tokens
from civic.core.db import db
from civic.core.i18n import speaking
from civic.core.money import Money
from civic.core.states import advance
from civic.core.web import external_url
from civic.crowdfund.actions.pledges import CampaignClosed
from civic.crowdfund.intents import queries
from civic.crowdfund.intents.models import PledgeIntent
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import shared_lock

DAYS = 30
"""A wish that nobody went on with is forgotten after so many days, or when the campaign closes."""


@dataclass(frozen=True)
class Wished:
    """What somebody means to pledge, and how they are reached."""

    amount: Money
    language: str
    name: str = ""
    email: str = ""
    address: str = ""


def take(campaign: Campaign, wished: Wished, *, by: Any, now: datetime) -> tuple[PledgeIntent, str]:
    """Write a wish down and send the link to whoever has an e-mail address; gives the code for the letter to the others.

    The code is kept as a hash only, so it is shown once. Raises CampaignClosed.
    """
    campaign = shared_lock(campaign.id)
    if not campaign.is_open(now):
        raise CampaignClosed()
    code = tokens.code_from("crowdfund.intent", tokens.secret_token())
    intent = PledgeIntent(
        campaign_id=campaign.id, code_hash=tokens.hashed(queries.plain(code)), amount_minor=wished.amount.minor,
        language=wished.language, name=wished.name, email=wished.email, address=wished.address, taken_by_id=by.id, created_at=now,
    )  # fmt: skip
    db.session.add(intent)
    db.session.flush()
    audit.record("pledge_intent.take", on=intent, by=by, now=now, after={"amount_minor": intent.amount_minor})
    if intent.email:
        with speaking(intent.language):
            link = external_url("intents.show_intent", code=code)
        told: dict[str, Any] = {"campaign": campaign, "intent": intent, "link": link, "days": DAYS}
        mail.send("intents/invitation", to=intent.email, language=intent.language, now=now, **told)
    return intent, code


def go_on(intent_id: int, *, by: Any, now: datetime) -> PledgeIntent:
    """The person is there and goes on by themselves."""
    intent = queries.locked_intent(intent_id)
    if intent.status != "opened":
        advance(intent, "open", by=by, now=now)
    return intent


def end(intent_id: int, verb: str, *, by: Any, now: datetime, why: str = "") -> None:
    """Withdraw a wish or let it expire; name and addresses go at once."""
    intent = queries.locked_intent(intent_id)
    intent.name = intent.email = intent.address = ""
    with db.session.no_autoflush:
        advance(intent, verb, by=by, now=now, why=why)
    audit.record(f"pledge_intent.{verb}", on=intent, by=by, now=now, why=why)


def forget(now: datetime) -> int:
    """Let expire what is too old or can no longer come to anything; gives how many."""
    over = queries.overdue(now - timedelta(days=DAYS), now)
    for intent_id in over:
        end(intent_id, "expire", by=None, now=now)
    return len(over)

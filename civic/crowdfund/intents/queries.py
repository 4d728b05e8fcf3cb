"""What can be asked of wishes to pledge."""

from datetime import datetime

from sqlalchemy import Select, or_, select

from civic.core.db import db, locked
from civic.core.tokens import hashed
from civic.crowdfund.intents.models import PledgeIntent
from civic.crowdfund.models import Campaign

STANDING = ("sent", "opened")


def plain(code: str) -> str:
    """A code as it is looked for, however it was typed."""
    return "".join(each for each in code.upper() if each.isalnum())[:40]


def intent_by_code(code: str) -> tuple[PledgeIntent, Campaign] | None:
    """The wish that a code leads to, with its campaign."""
    query = select(PledgeIntent, Campaign).join(Campaign, Campaign.id == PledgeIntent.campaign_id)
    row = db.session.execute(query.where(PledgeIntent.code_hash == hashed(plain(code)))).first()
    return (row[0], row[1]) if row else None


def intent_by_id(intent_id: int) -> PledgeIntent | None:
    """The wish with this number."""
    return db.session.get(PledgeIntent, intent_id) if 0 < intent_id < 2**62 else None


def locked_intent(intent_id: int) -> PledgeIntent:
    """The wish as it is now, held until the transaction ends."""
    return locked(PledgeIntent, intent_id)


def for_staff() -> Select:
    """Every wish with the campaign's title."""
    columns = (
        PledgeIntent.id, PledgeIntent.status, PledgeIntent.amount_minor, PledgeIntent.name, PledgeIntent.created_at,
        Campaign.title, Campaign.language,
    )  # fmt: skip
    return select(*columns).join(Campaign, Campaign.id == PledgeIntent.campaign_id)


def open_campaigns(now: datetime) -> list[Campaign]:
    """The campaigns that take pledges now, the next to close first; at most two hundred."""
    query = select(Campaign).where(Campaign.status == "live", Campaign.closes_at > now)
    return list(db.session.scalars(query.order_by(Campaign.closes_at, Campaign.id).limit(200)))


def overdue(moment: datetime, now: datetime) -> list[int]:
    """The wishes that are too old, or whose campaign takes no pledges any more."""
    over = or_(Campaign.status != "live", Campaign.closes_at <= now, PledgeIntent.created_at < moment)
    query = select(PledgeIntent.id).join(Campaign, Campaign.id == PledgeIntent.campaign_id)
    return list(db.session.scalars(query.where(PledgeIntent.status.in_(STANDING), over)))

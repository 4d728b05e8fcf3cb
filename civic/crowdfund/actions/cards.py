"""Saved cards of a campaign: kept for one charge, let go when that charge is over."""

from datetime import datetime

from sqlalchemy import select

from civic.core.db import db
from civic.crowdfund.models import Pledge
from civic.payments.actions import setups
from civic.payments.models import PaymentMethod


def let_go_of_campaign(campaign_id: int, now: datetime) -> None:
    """Let every card go that was saved for a campaign and has not been let go yet."""
    saved = select(PaymentMethod.id).join(Pledge, Pledge.payment_method_id == PaymentMethod.id)
    mine = saved.where(Pledge.campaign_id == campaign_id, PaymentMethod.detached_at.is_(None))
    setups.let_go(db.session.scalars(mine).all(), now=now)


def let_go_of(pledge: Pledge, now: datetime) -> None:
    """Let the card of one pledge go."""
    if pledge.payment_method_id is not None:
        setups.let_go([pledge.payment_method_id], now=now)
